"""How events are spread over users, operations, kinds of things, results, and over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from heapq import nlargest
from typing import NamedTuple

from harbortui.api.audit import Event
from harbortui.audit.queries import repository_of
from harbortui.audit.wording import PUSH, did
from harbortui.audit.words import written

RESULTS = {True: "yes", False: "no"}
KEYS = ("user", "op", "type", "res", "ok")
"""What is counted, by the filter's keys."""
WITHIN = ("artifact", "tag")
"""Types that are counted by the repository that they are in."""


class Traits(NamedTuple):
    """The values that events are counted by, in the order of `KEYS`; empty ones do not count."""

    user: str
    operation: str
    type: str
    thing: str
    result: str


class Share(NamedTuple):
    """How many events have something in common."""

    value: str
    events: float


class Spell(NamedTuple):
    """So many events, spread evenly over a time."""

    since: datetime
    until: datetime
    events: float = 1.0


class Tally:
    """Events counted; one that was read may stand for many that were not."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.counts: dict[str, dict[str, float]] = {key: defaultdict(float) for key in KEYS}
        self.spells: list[Spell] = []
        self.total = 0.0
        self.read = 0
        """Events that were looked at."""
        for event in events:
            self.add(event)
            self.spells.append(Spell(event.op_time, event.op_time))

    def add(self, event: Event, weight: float = 1.0) -> None:
        """One event; when it happened is said apart, by `spells`."""
        self.read += 1
        self.total += weight
        for key, value in zip(KEYS, traits(event), strict=True):
            if value:
                self.counts[key][value] += weight

    def shares(self, key: str, most: int) -> tuple[list[Share], Share | None]:
        """The most frequent values, and all others together, whose value is how many they are."""
        counted = self.counts[key]
        values = nlargest(most, counted, counted.__getitem__)
        first = [Share(value, counted[value]) for value in values]
        rest = len(counted) - len(first)
        if not rest:
            return first, None
        return first, Share(f"{rest:,}", sum(counted.values()) - sum(one.events for one in first))

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From the first event to the last; None without events."""
        if not self.spells:
            return None
        return min(one.since for one in self.spells), max(one.until for one in self.spells)

    def series(self, bins: int) -> list[float]:
        """How many events there were in each of so many equal parts of the span."""
        found, span = [0.0] * bins, self.span
        if span is None:
            return found
        width = max((span[1] - span[0]) / bins, timedelta(milliseconds=1))
        for one in self.spells:
            for place, events in _parts(one, span[0], width, bins):
                found[place] += events
        return found


def _parts(
    spell: Spell, start: datetime, width: timedelta, bins: int
) -> Iterator[tuple[int, float]]:
    """A spell cut at the edges of the bins."""
    first = min(bins - 1, (spell.since - start) // width)
    last = min(bins - 1, (spell.until - start) // width)
    if first == last:
        yield first, spell.events
        return
    for place in range(first, last + 1):
        begins = max(spell.since, start + place * width)
        ends = spell.until if place == last else start + (place + 1) * width
        yield place, spell.events * ((ends - begins) / (spell.until - spell.since))


def traits(event: Event) -> Traits:
    """What an event has in common with others."""
    thing = event.resource
    if event.resource_type in WITHIN and "/" in thing:
        thing = repository_of(thing)
    operation = PUSH if did(event, PUSH) else event.operation
    result = "" if event.operation_result is None else RESULTS[event.operation_result]
    return Traits(event.username, operation, event.resource_type, thing, result)


def narrowing(key: str, value: str, *, without: bool = False) -> str:
    """The term of the filter that leaves only these events, or all but these."""
    return written(value, key, minus=without)
