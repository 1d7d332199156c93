"""A run of events without gaps: what the screen looks at, of a log of any length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from harbortui.api.audit import Event
from harbortui.audit.reader import by_id

LARGEST = 20_000
"""Events that are kept: the far side is let go."""


class Window:
    """All wanted events with ids from `low` to `high`; empty while `high` is below `low`."""

    def __init__(self, start: int, most: int = LARGEST) -> None:
        self.events: list[Event] = []
        self.low, self.high = start, start - 1
        self.live = False
        """Its newer end is that of the log: whatever comes belongs to it."""
        self.changed = False
        """An event that is here has become another one."""
        self._most = most

    def __len__(self) -> int:
        return len(self.events)

    def index(self, number: int) -> int | None:
        """Where the event with this id is."""
        place = bisect_left(self.events, number, key=by_id)
        there = place < len(self.events) and self.events[place].id == number
        return place if there else None

    def near(self, number: int) -> int:
        """Where the event with this id is, or the next one after it."""
        return min(bisect_left(self.events, number, key=by_id), max(0, len(self.events) - 1))

    def add_older(self, events: Sequence[Event], low: int) -> None:
        """What is between `low` and the older end."""
        self.events[:0] = events
        self.low = low
        self.let_newest_go()

    def add_newer(self, events: Sequence[Event], high: int) -> None:
        """What is between the newer end and `high`."""
        self.events += events
        self.high = max(high, self.high)
        self.let_oldest_go()

    def take(self, events: Sequence[Event], *, keep_oldest: bool = False) -> int:
        """What the tail has brought, late rows too; how many were new to the window."""
        before = len(self.events)
        for event in events:
            if event.id > self.high and self.live:
                self.events.append(event)
                self.high = event.id
            elif self.low <= event.id <= self.high:
                self._put(event)
        added = len(self.events) - before
        self.let_newest_go() if keep_oldest else self.let_oldest_go()
        return added

    def _put(self, event: Event) -> None:
        place = bisect_left(self.events, event.id, key=by_id)
        known = self.events[place] if place < len(self.events) else None
        if known is None or known.id != event.id:
            self.events.insert(place, event)
        elif known.op_time != event.op_time:
            self.changed = True

    def let_newest_go(self) -> None:
        """Keep the older side."""
        if len(self.events) > self._most:
            self.high = self.events[self._most].id - 1
            del self.events[self._most :]
            self.live = False

    def let_oldest_go(self) -> None:
        """Keep the newer side."""
        if (over := len(self.events) - self._most) > 0:
            self.low = self.events[over - 1].id + 1
            del self.events[:over]
