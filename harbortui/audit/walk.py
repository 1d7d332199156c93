"""Walking through a log by windows of ids, never by offsets: what it costs is not its length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from harbortui.api.audit import Event
from harbortui.audit.reader import Answer, Reader
from harbortui.audit.window import Window

FIRST = 1_000
"""Ids of the first window of a filter; one that sees every id begins with a page."""
WIDEST = 2_000_000
SPARSE = 2
"""The part of a page, half of it, below which the next window is wider."""
SLOW = 0.5
"""Seconds: no reader waits longer for a window, no database counts longer."""
SLACK = 100
"""Ids beyond an end that was found by time: several servers' clocks do not agree."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Walk:
    """A window that grows at either end by one bounded request at a time.

    `now` is a monotonic clock in seconds; `top` says the highest id that is known to be there.
    """

    def __init__(self, reader: Reader, now: Callable[[], float], top: Callable[[], int]) -> None:
        self.reader, self.now, self.top = reader, now, top
        self.window = Window(1)
        self.floor = 1
        """The lowest id that is wanted."""
        self.least = reader.page if reader.dense else FIRST
        self.width, self.ceiling = self.least, WIDEST
        self._asked = range(0)
        """The ids of which an answer is on its way."""
        self.reached: datetime | None = None
        """The time of the last event that was seen, wanted or not: how far a search has come."""

    def start(self, number: int) -> None:
        """Begin anew, with nothing, before this id."""
        self.window = Window(number)
        self.width = self.least

    def go_on(self) -> None:
        """Let everything go that is here, and begin where it ended."""
        self.window = Window(self.window.high + 1)

    @property
    def at_start(self) -> bool:
        """Nothing wanted is older."""
        return self.window.low <= self.floor

    @property
    def at_end(self) -> bool:
        """Nothing wanted is newer, as far as is known."""
        return self.window.live or self.window.high >= self.top()

    async def older(self) -> int:
        """One window of ids further back; how many wanted events it had."""
        window = self.window
        if self.at_start:
            return 0
        high = window.low - 1
        low = max(self.floor, high - self.width + 1)
        began, asked = self.now(), range(low, high + 1)
        self._asked = asked
        answer = await self.reader.falling(low, high)
        self._adapt(answer, len(asked), self.now() - began)
        if self.window is not window or window.low != high + 1 or self._asked is not asked:
            return 0
        found = self.reader.taken(answer.events)
        window.add_older(found, answer.edge)
        return len(found)

    async def newer(self) -> int:
        """One window of ids further on, up to the top; how many wanted events it had."""
        window = self.window
        if self.at_end:
            return 0
        low = window.high + 1
        high = min(self.top(), low + self.width - 1)
        began, asked = self.now(), range(low, high + 1)
        self._asked = asked
        answer = await self.reader.rising(low, high)
        self._adapt(answer, len(asked), self.now() - began)
        if self.window is not window or window.high != low - 1 or self._asked is not asked:
            return 0
        found = self.reader.taken(answer.events)
        window.add_newer(found, answer.edge)
        return len(found)

    def overtaken(self, events: Sequence[Event]) -> None:
        """The tail has brought these: an answer that may lack one of them is not taken."""
        if any(event.id in self._asked for event in events):
            self._asked = range(0)

    def _adapt(self, answer: Answer, span: int, took: float) -> None:
        """Wider after few events for so many ids, narrower after too many, and never slow."""
        if answer.events:
            self.reached = answer.events[0].op_time
        if took > SLOW:
            self.ceiling = max(self.reader.page, self.width // 2)
        elif took < SLOW / 4:
            self.ceiling = min(WIDEST, self.ceiling * 2)
        if answer.full:
            self.width = max(self.reader.page, self.width // 2)
        elif not answer.events:
            self.width *= 4
        elif len(answer.events) < min(self.reader.page, span) // SPARSE:
            self.width *= 2
        self.width = min(self.width, self.ceiling)

    async def time_of_edge(self) -> None:
        """Look when it was where a search among few events has come to."""
        low = self.window.low
        if event := await self.reader.any(low, low + self.reader.page - 1):
            self.reached = event.op_time

    async def newest(self, now: datetime) -> Event | None:
        """The newest event that there is, of the last hour, the last day …; None: there is none."""
        span = HOUR
        while now - EPOCH > span:
            if event := await self.reader.by_time(now - span, None, newest=True):
                return event
            span *= 24
        return await self.reader.by_time(EPOCH, None, newest=True)

    async def first_since(self, moment: datetime, now: datetime) -> int | None:
        """The id of the first event from a moment on; None when nothing has happened since."""
        span = MINUTE
        while moment + span < now:
            if event := await self.reader.by_time(moment, moment + span):
                return event.id
            span *= 8
        event = await self.reader.by_time(moment, None)
        return event.id if event else None

    async def last_until(self, moment: datetime) -> int | None:
        """The id of the last event up to a moment; None when nothing had happened then."""
        span = MINUTE
        while moment - EPOCH > span:
            if event := await self.reader.by_time(moment - span, moment, newest=True):
                return event.id
            span *= 8
        event = await self.reader.by_time(EPOCH, moment, newest=True)
        return event.id if event else None

    async def oldest(self) -> int:
        """Before which id there is nothing: found by halving where every id is seen, else 1.

        Where whole stretches have been purged the place found is one beginning of events, and
        `older` goes on from it.
        """
        low, high = self.floor, max(self.top(), self.floor)
        if not self.reader.dense:
            return low
        while low < high:
            middle = low if low == self.floor else (low + high) // 2
            event = await self.reader.any(middle, middle + self.reader.page - 1)
            if event is None:
                low = min(middle + self.reader.page, high)
            elif middle == low:
                return event.id
            else:
                high = min(high - 1, middle)
        return low
