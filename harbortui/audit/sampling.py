"""Statistics of more events than one wants to read: as many places of the log, a page of each.

Stratified sampling (W. G. Cochran, Sampling Techniques, 1977, chapter 5): the ids are cut into
equal strata; of each one window is read, by one bounded request, and stands for its stratum.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from harbortui.api.audit import Event
from harbortui.audit.reader import Answer, Reader
from harbortui.audit.statistics import Spell, Tally
from harbortui.audit.walk import SLOW, WIDEST

PLACES = 60
"""Strata: so many requests, and as many places in time."""


class Sample:
    """A filter over a range of ids, looked at in places; `now` is monotonic, in seconds."""

    def __init__(
        self, reader: Reader, low: int, high: int, now: Callable[[], float], places: int = PLACES
    ) -> None:
        self.reader, self._low, self._high, self._now = reader, low, high, now
        self._limit = reader.page if reader.dense else WIDEST
        self.places = max(1, min(places, -(-(high - low + 1) // reader.page)))
        self.tally = Tally()
        self.asked = 0
        self.whole = True
        """Nothing was left out: these are all the events, counted."""
        self._last: datetime | None = None

    @property
    def ended(self) -> bool:
        """Every place has been looked at."""
        return self.asked >= self.places

    async def step(self) -> None:
        """Look at the next place, by one bounded request for each of the reader's queries."""
        if not self.asked:
            await self._begin()
        size = self._high - self._low + 1
        low = self._low + size * self.asked // self.places
        high = self._low + size * (self.asked + 1) // self.places - 1
        self.asked += 1
        if high < low:
            return
        window = max(low, high - self._limit + 1)
        began = self._now()
        answer = await self.reader.falling(window, high)
        if self._now() - began > SLOW:
            self._limit = max(self.reader.page, (high - window + 1) // 2)
        self._take(answer, window, low, high)

    async def _begin(self) -> None:
        """When the first stratum begins: what it holds came after that."""
        first = await self.reader.any(self._low, self._low + self.reader.page - 1)
        self._last = first.op_time if first else None

    def _take(self, answer: Answer, window: int, low: int, high: int) -> None:
        taken = self.reader.taken(answer.events)
        whole = not answer.full and window == low
        self.whole &= whole
        if not taken:
            return
        there = _count(answer, window, high) * len(taken) / len(answer.events)
        count = there * (high - low + 1) / (high - window + 1)
        for event in taken:
            self.tally.add(event, count / len(taken))
        self._tell_when(taken, 0 if whole else count)

    def _tell_when(self, taken: list[Event], count: float) -> None:
        """All of them as they happened; or so many since what was read in the place before."""
        newest = max(event.op_time for event in taken)
        if not count:
            self.tally.spells += [Spell(event.op_time, event.op_time) for event in taken]
        else:
            since = self._last or min(event.op_time for event in taken)
            self.tally.spells.append(Spell(min(since, newest), newest, count))
        self._last = newest


def _count(answer: Answer, window: int, high: int) -> float:
    """How many events a window has: Harbor's own count, or as dense as the part that was read."""
    if not answer.full:
        return len(answer.events)
    if answer.total is not None:
        return answer.total
    return len(answer.events) * (high - window + 1) / (high - answer.edge + 1)
