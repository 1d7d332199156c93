"""Somebody reads a log: looks at a window of it, goes elsewhere, and is told what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from harbortui.api.audit import LARGEST, Event
from harbortui.audit.filter import Filter
from harbortui.audit.log import Log
from harbortui.audit.reader import Reader
from harbortui.audit.tail import GRACE, Mark, Tail
from harbortui.audit.walk import SLACK, Walk

REACH = 2_000
"""Ids that are read again when following begins, at most."""
WAITING = 10_000
"""Events that wait for a reader who is elsewhere; then Harbor is not asked any more."""
BEHIND = 10_000
"""Events not read yet from which on it is offered to skip them."""

State = Literal["following", "waiting", "paused", "behind", "ended"]


@dataclass(frozen=True)
class Clocks:
    """Time as the engine needs it: monotonic seconds, and the server's time, UTC."""

    now: Callable[[], float]
    moment: Callable[[], datetime]


class Reading:
    """One filter over one log; every method is a few bounded requests, and may be cancelled."""

    def __init__(
        self,
        log: Log,
        wanted: Filter,
        clocks: Clocks,
        *,
        everything: bool,
        page: int = LARGEST,
        grace: float = GRACE,
    ) -> None:
        self.wanted, self.clocks, self._grace = wanted, clocks, grace
        self.reader = Reader(log, wanted, everything=everything, page=page)
        self.walk = Walk(self.reader, clocks.now, lambda: self.top)
        self.tail: Tail | None = None
        """None where the filter ends in the past, and before `open`."""
        self.at_end = True
        """The reader looks at the newest end, and wants it to move."""
        self.waiting = 0
        """Events that have come since the reader left the end."""
        self.delivered = 0
        """Events that the tail has brought."""
        self.opened = False
        self._top = 0
        """The newest id when it was opened; or the last one that the filter can want."""

    @property
    def window(self) -> list[Event]:
        """The events that are here, by rising id."""
        return self.walk.window.events

    @property
    def top(self) -> int:
        """The highest id that is known to be there."""
        return max(self._top, self.tail.top) if self.tail else self._top

    @property
    def state(self) -> State:
        """What becomes of new events."""
        if self.opened and self.tail is None:
            return "ended"
        if self.tail and self.tail.behind > BEHIND:
            return "behind"
        if self.at_end:
            return "following"
        return "paused" if self.waiting >= WAITING else "waiting"

    async def open(self) -> None:
        """Find the newest end, and where the filter's time begins; a window is there, still empty.

        Raises HarborError.
        """
        now, wanted = self.clocks.moment(), self.wanted
        newest = await self.walk.newest(now)
        self.tail, self._top = None, newest.id if newest else 0
        if wanted.until:
            last = await self.walk.last_until(wanted.until)
            self._top = min(self._top, last + SLACK) if last else 0
        if wanted.since:
            first = await self.walk.first_since(wanted.since, now)
            self.walk.floor = max(1, (self.top + 1 if first is None else first) - SLACK)
        if not wanted.until:
            self.tail = await self._tail(newest, now)
        self.opened = True
        self._to_end()

    async def _tail(self, newest: Event | None, now: datetime) -> Tail:
        """A tail behind which nothing is missing: what was drawn within the grace is read again."""
        settled, seen_at = self._top, self.clocks.now()
        recent = now - timedelta(seconds=2 * self._grace)
        if newest and newest.op_time >= recent:
            first = await self.reader.by_time(recent, None)
            lowest = min(first.id, newest.id) if first else newest.id
            settled = max(lowest - 1, newest.id - REACH)
        clocks = self.clocks
        tail = Tail(self.reader, clocks.now, clocks.moment, settled, grace=self._grace)
        if settled < self._top:
            tail.marks.append(Mark(seen_at, self._top))
        return tail

    def _to_end(self) -> None:
        self.walk.start(self.top + 1)
        self.walk.window.live = self.tail is not None
        self.at_end, self.waiting = True, 0

    @property
    def rewound(self) -> bool:
        """The log has gone back, as when a database was restored: read it anew."""
        return self.walk.window.changed or bool(self.tail and self.tail.rewound)

    async def poll(self) -> bool:
        """Let the tail read on; false when another poll should follow at once."""
        if self.tail is None or self.state == "paused":
            return True
        self._join()
        try:
            return await self.tail.poll()
        finally:
            self._take(self.tail.drain())

    def _take(self, events: list[Event]) -> None:
        self.delivered += len(events)
        self.walk.overtaken(events)
        self.walk.window.take(events, keep_oldest=not self.at_end)
        if not self.at_end:
            self.waiting += sum(event.id > self._top for event in events)

    async def older(self) -> int:
        """One request further back; how many events it found."""
        return await self.walk.older()

    async def newer(self) -> int:
        """One request further on; how many events it found."""
        found = await self.walk.newer()
        self._join()
        return found

    def _join(self) -> None:
        """A window that reaches up to what the tail has delivered gets what it delivers next."""
        if self.tail and self.walk.window.high >= self.tail.top:
            self.walk.window.live = True

    def leave_end(self) -> None:
        """The reader has moved up: what comes waits."""
        self.at_end = False

    def newest(self) -> bool:
        """Back to the newest end; false when the window has to be filled anew."""
        if self.walk.window.live or (self.tail is None and self.walk.at_end):
            self.at_end, self.waiting = True, 0
            return True
        self._to_end()
        return False

    async def oldest(self) -> None:
        """To the oldest end: an empty window there."""
        start = await self.walk.oldest()
        self.leave_end()
        self.walk.start(start)

    async def at(self, moment: datetime) -> bool:
        """To a time: an empty window there; false when nothing has happened since."""
        found = await self.walk.first_since(moment, self.clocks.moment())
        if found is None or found > self.top:
            return False
        self.leave_end()
        self.walk.start(max(found, self.walk.floor))
        return True

    def share(self, number: int) -> int:
        """How far along the log an id is, in percent: an estimate, since ids are not events."""
        floor, top = self.walk.floor, self.top
        return 100 if top <= floor else max(0, min(100, 100 * (number - floor) // (top - floor)))
