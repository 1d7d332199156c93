"""The store behind the audit log: events are appended, purged, rewound and found by id or time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import overload

from .clock import Clock
from .event import Event
from .generated import Fits, Generated, Matches

FOREVER = 1 << 62


@dataclass(frozen=True)
class Wanted:
    """Which events a request is about; `name` is what the rest of the filter is remembered by."""

    low: int = 0
    high: int = FOREVER
    ids: frozenset[int] | None = None
    since: int = -FOREVER
    until: int = FOREVER
    name: object = None
    fits: Fits = lambda event: True
    all_fit: bool = False
    """Whether `fits` need not be asked."""

    def takes(self, event: Event) -> bool:
        """Whether the event is wanted."""
        return (
            self.low <= event.id <= self.high
            and self.since <= event.at <= self.until
            and (self.ids is None or event.id in self.ids)
            and self.fits(event)
        )


@dataclass(frozen=True)
class Purge:
    """Removed events of a generated log: those up to an id that fit."""

    high: int
    name: object
    fits: Fits


class Stretch(Sequence[Event]):
    """The matching events of a generated log between two ids, both included."""

    def __init__(self, log: Generated, matches: Matches, low: int, high: int) -> None:
        self.log = log
        self.matches = matches
        self.first = matches.below(low)
        self.length = max(0, matches.below(high + 1) - self.first)

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> Event: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...

    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self.length))]
        return self.log.event(self.matches.nth(self.first + range(self.length)[index]))


class EventLog:
    """Events by rising id. Ids are drawn when an event is appended, and may become visible late."""

    def __init__(self, clock: Clock, base: Generated | None = None) -> None:
        self.clock = clock
        self.base = base
        self.base_last = base.count if base else 0
        self.purges: list[Purge] = []
        self.stored: list[Event] = []
        self.pending: list[tuple[int, Event]] = []
        self.next_id = self.base_last + 1
        self.in_step = True
        """Whether the times of stored events have never fallen so far."""

    def now(self) -> int:
        """The present in milliseconds since 1970."""
        return milliseconds(self.clock())

    def append(
        self,
        username: str,
        operation: str,
        resource_type: str,
        resource: str,
        description: str = "",
        *,
        succeeded: bool = True,
        project_id: int = 0,
        late: float = 0,
        at: datetime | None = None,
    ) -> int:
        """Draws an id for an event; it can be read at once, or `late` seconds from now."""
        moment = milliseconds(at) if at else self.now()
        said = description or f"{operation} {resource_type}: {resource}"
        fields = (username, operation, resource_type, resource, said, succeeded, project_id)
        event = Event(self.next_id, moment, *fields)
        self.next_id += 1
        if late:
            self.pending.append((self.now() + int(late * 1000), event))
        else:
            self._keep(event)
        return event.id

    def _keep(self, event: Event) -> None:
        """Stores an event; only one that is late has a lower id than the last one stored."""
        last = self.stored[-1] if self.stored else event
        self.in_step = self.in_step and last.id <= event.id and last.at <= event.at
        if last.id <= event.id:
            self.stored.append(event)
        else:
            insort(self.stored, event, key=by_id)

    def burn(self, count: int = 1) -> None:
        """Draws ids that no event will ever have, as failed insertions do."""
        self.next_id += count

    def purge(self, before: datetime, name: object = None, fits: Fits = lambda event: True) -> int:
        """Removes the events before a time that fit; returns how many they were."""
        moment = milliseconds(before)
        count = self.count_before(before, name, fits)
        wanted = Wanted(until=moment - 1, fits=fits)
        self.stored = [event for event in self.stored if not wanted.takes(event)]
        if self.base:
            self.purges.append(Purge(self.base.first_since(moment) - 1, name, fits))
        return count

    def count_before(self, before: datetime, name: object, fits: Fits) -> int:
        """How many events `purge` would remove."""
        wanted = Wanted(until=milliseconds(before) - 1, name=name, fits=fits)
        return sum(map(len, self.parts(wanted)))

    def rewind(self, last: int) -> None:
        """Forgets everything after an id, as restoring a database does; ids are drawn again."""
        self.base_last = min(self.base_last, last)
        self.stored = [event for event in self.stored if event.id <= last]
        self.pending = [(due, event) for due, event in self.pending if event.id <= last]
        self.next_id = last + 1

    def restore(self, events: Sequence[Event]) -> None:
        """Holds these events, by rising id, and no others."""
        self.stored = list(events)
        self.next_id = events[-1].id + 1
        self.in_step = all(one.at <= other.at for one, other in pairwise(events))

    def settle(self) -> None:
        """Makes events visible whose commit was late and is now due."""
        for due, event in list(self.pending):
            if due <= self.now():
                self.pending.remove((due, event))
                self._keep(event)

    def parts(self, wanted: Wanted) -> list[Sequence[Event]]:
        """The wanted events by rising id, in a few runs."""
        self.settle()
        if wanted.ids is not None and self.base:
            low, high = min(wanted.ids, default=0), max(wanted.ids, default=0)
            known = [self._generated_one(number) for number in sorted(wanted.ids)]
            found = [event for event in known if event and wanted.takes(event)]
            return [found, self._kept(wanted, low, high)]
        return [*self._generated(wanted), self._kept(wanted, wanted.low, wanted.high)]

    def _kept(self, wanted: Wanted, low: int, high: int) -> Sequence[Event]:
        begin = bisect_left(self.stored, low, key=by_id)
        end = bisect_right(self.stored, high, key=by_id)
        if self.in_step:
            begin = max(begin, bisect_left(self.stored, wanted.since, key=by_time))
            end = min(end, bisect_right(self.stored, wanted.until, key=by_time))
            if wanted.all_fit and wanted.ids is None:
                return self.stored[begin:end]
        return [event for event in self.stored[begin:end] if wanted.takes(event)]

    def _generated_one(self, number: int) -> Event | None:
        if not self.base or not 1 <= number <= self.base_last:
            return None
        event = self.base.event(number)
        gone = any(number <= purge.high and purge.fits(event) for purge in self.purges)
        return None if gone else event

    def _generated(self, wanted: Wanted) -> Iterator[Sequence[Event]]:
        """The generated part, cut where purges end, since each piece lacks other events."""
        if not self.base:
            return
        low = max(wanted.low, self.base.first_since(wanted.since))
        high = min(wanted.high, self.base_last, self.base.first_since(wanted.until + 1) - 1)
        edges = sorted({purge.high for purge in self.purges if low <= purge.high < high} | {high})
        for edge in edges:
            gone = tuple(purge for purge in self.purges if purge.high >= edge)
            fits = lacking(wanted.fits, gone)
            name = (wanted.name, tuple(purge.name for purge in gone))
            yield Stretch(self.base, self.base.matching(name, fits), low, edge)
            low = edge + 1


def lacking(fits: Fits, gone: Sequence[Purge]) -> Fits:
    """A filter without what was purged."""
    return lambda event: fits(event) and not any(purge.fits(event) for purge in gone)


def by_id(event: Event) -> int:
    """What a log is kept in order by."""
    return event.id


def by_time(event: Event) -> int:
    """What most of a log is in order by, too."""
    return event.at


def milliseconds(moment: datetime) -> int:
    """A moment as milliseconds since 1970, fractions of them cut."""
    whole = int(moment.astimezone(UTC).replace(microsecond=0).timestamp())
    return whole * 1000 + moment.microsecond // 1000
