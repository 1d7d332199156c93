"""Following a log: every event once, in spite of commits that come late.

Ids are drawn when a row is inserted and seen when it is committed, so a lower one can appear
after a higher one. A row that ever appears does so within the grace after its id was drawn: what
was below a visible id is complete one grace later, and a pass over everything unsettled that
began by then has seen all of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from harbortui.api.audit import Event
from harbortui.api.errors import HarborError
from harbortui.audit.checks import Checks
from harbortui.audit.reader import Reader

GRACE = 15.0
"""Seconds from the draw of an id to its commit, at most; doubled when that was not enough."""
OVERLAP = 60
"""Unsettled events that are read again rather than asked for one by one where ids are missing."""
PATIENCE = 5.0
"""Seconds between two readings of what is not settled, where that takes requests of its own."""
PAGES = 20
"""Requests of one poll; the next one goes on where it ended."""
NEVER = float("-inf")


class Mark(NamedTuple):
    """An id that was visible when an answer was received (seconds, monotonic)."""

    at: float
    id: int


class Pass:
    """A reading of everything that is not settled; it may take several polls.

    It began NEVER when it reads what is new alone.
    """

    def __init__(self, began: float, holes: list[int], cursor: int) -> None:
        self.began, self.holes, self.cursor = began, holes, cursor


class Tail:
    """Delivers into `arrived`, by rising id; late rows are named in `late`.

    Every id up to `settled` has been delivered or never comes. `seen` has those delivered above,
    with their times. An error, or being cancelled, changes nothing but what had been read before.
    `now` is the client's monotonic clock, `moment` the server's time.
    """

    def __init__(
        self,
        reader: Reader,
        now: Callable[[], float],
        moment: Callable[[], datetime],
        settled: int,
        seen: Mapping[int, datetime] | None = None,
        grace: float = GRACE,
    ) -> None:
        self.reader, self.now, self.moment = reader, now, moment
        self.settled, self.grace = settled, grace
        self.seen: dict[int, datetime] = dict(seen or {})
        self.marks: deque[Mark] = deque()
        self.arrived: list[Event] = []
        self.late: set[int] = set()
        self.behind = 0
        """How many events are known to be there and have not been read."""
        self.rewound = False
        """The log has gone back: an id that was delivered is another event now, or none."""
        self.checks = Checks(reader, settled, now())
        self.pages, self.overlap, self.patience = PAGES, OVERLAP, PATIENCE
        self._pass: Pass | None = None
        self._whole_at = NEVER
        if self.seen:
            self._mark(max(self.seen))

    @property
    def top(self) -> int:
        """The highest id that has been delivered or settled."""
        return max(self.seen, default=self.settled)

    def drain(self) -> list[Event]:
        """The events that have arrived since the last time, by rising id but for late ones."""
        arrived, self.arrived = self.arrived, []
        return arrived

    async def poll(self) -> bool:
        """Read on; true when everything has been read, false when another poll should follow.

        Raises HarborError; look at `arrived` also then.
        """
        try:
            return await self._poll()
        except HarborError:
            self.checks.troubled = True
            raise

    async def _poll(self) -> bool:
        self._pass = turn = self._pass or self._begun()
        for _ in range(self.pages):
            if await self._read(turn):
                self._pass = None
                self._settle(turn.began)
                await self._check()
                return True
        return False

    def _begun(self) -> Pass:
        began = self.now()
        if len(self.seen) <= self.overlap:
            return Pass(began, [], self.settled + 1)
        if began - self._whole_at < self.patience:
            return Pass(NEVER, [], self.top + 1)
        self._whole_at = began
        if self.reader.dense:
            missing = (n for n in range(self.settled + 1, self.top) if n not in self.seen)
            holes = list(islice(missing, len(self.seen) + 1))
            if len(holes) <= len(self.seen):
                return Pass(began, holes, self.top + 1)
        return Pass(began, [], self.settled + 1)

    async def _read(self, turn: Pass) -> bool:
        """One request; true when it was the last one."""
        if turn.holes:
            self._deliver(await self.reader.of(turn.holes[: self.reader.page]))
            del turn.holes[: self.reader.page]
            return False
        answer = await self.reader.rising(turn.cursor)
        self._deliver(answer.events)
        if answer.events:
            self._mark(answer.edge)
        turn.cursor = max(turn.cursor, answer.edge + 1)
        unread = 0 if answer.total is None else answer.total - len(answer.events)
        self.behind = max(0, unread) if answer.full else 0
        return not answer.full or (answer.total is not None and unread <= 0)

    def _mark(self, number: int) -> None:
        if not self.marks or number > self.marks[-1].id:
            self.marks.append(Mark(self.now(), number))

    def _deliver(self, events: list[Event]) -> None:
        fresh = []
        for event in events:
            known = self.seen.get(event.id)
            if known is not None and known != event.op_time:
                self.rewound = True
            if event.id > self.settled and known is None:
                self.seen[event.id] = event.op_time
                fresh.append(event)
        self.checks.note(fresh)
        self.arrived += self.reader.taken(fresh)

    def _settle(self, began: float) -> None:
        """After a whole pass: what was below an id that was visible a grace before it began."""
        settled = self.settled
        while self.marks and self.marks[0].at + self.grace <= began:
            settled = max(settled, self.marks.popleft().id)
        while self.reader.dense and settled + 1 in self.seen:
            settled += 1
        if settled == self.settled:
            return
        ids = sorted(number for number in self.seen if number <= settled)
        for number in ids:
            del self.seen[number]
        while self.marks and self.marks[0].id <= settled:
            self.marks.popleft()
        self.settled = settled
        self.checks.ledger.settle(self.now(), settled, ids)

    async def _check(self) -> None:
        """Once a minute, and after an error: has anything come later than the grace?"""
        if not self.checks.due(self.now()):
            return
        late = await self.checks.late(self.now())
        if late:
            self.grace = self.checks.longer(self.grace)
            self.late |= {event.id for event in late}
            self.arrived += self.reader.taken(late)
        self.rewound = self.rewound or await self.checks.rewound(self.moment(), self.settled)
