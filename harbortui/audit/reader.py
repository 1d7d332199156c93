"""Bounded requests: ranges and lists of ids with the filter, single rows by time without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from harbortui.api.audit import LARGEST, Event, Found
from harbortui.api.errors import Unreadable
from harbortui.api.model import both
from harbortui.audit.filter import Filter
from harbortui.audit.log import Log
from harbortui.audit.queries import is_open, queries

SECOND = timedelta(seconds=1)


class Answer(NamedTuple):
    """Part of a range of ids: everything that Harbor has of it up to `edge`."""

    events: list[Event]
    """By rising id, not yet judged by the filter."""
    edge: int
    """Where it ends: the highest id of what is known, or the lowest when one goes down."""
    full: bool
    """There is more of the range beyond the edge."""
    total: int | None = None
    """How many events the range has, where Harbor says so."""


class Reader:
    """A log through a filter; `everything`: the account sees every event of it."""

    def __init__(self, log: Log, wanted: Filter, *, everything: bool, page: int = LARGEST) -> None:
        self.log, self.wanted, self.page = log, wanted, page
        self.everything = everything
        self.dense = everything and is_open(wanted)
        """Every id is seen, so that one that is missing is known to be."""

    @cached_property
    def _new(self) -> tuple[str, ...]:
        return queries(self.wanted)

    @cached_property
    def _old(self) -> tuple[str, ...]:
        return queries(self.wanted, old=True)

    @property
    def queries(self) -> tuple[str, ...]:
        """What Harbor is asked for, within each range of ids."""
        return self._old if self.log.old else self._new

    async def rising(self, low: int, high: int | None = None) -> Answer:
        """The range from its lowest id on; without `high` to the newest event."""
        return await self._range(low, high, falling=False)

    async def falling(self, low: int, high: int) -> Answer:
        """The range from its highest id down."""
        return await self._range(low, high, falling=True)

    async def _range(self, low: int, high: int | None, *, falling: bool) -> Answer:
        bounds = f"id=[{low}~{'' if high is None else high}]"
        pages = [
            await self.log.ask(both(bounds, q), "-id" if falling else "id", self.page)
            for q in self.queries
        ]
        cut = [page.events[-1].id for page in pages if _is_full(page, self.page)]
        found = {event.id: event for page in pages for event in page.events}
        if falling:
            edge = max(cut, default=low)
            events = [found[number] for number in sorted(found) if number >= edge]
        else:
            last = max([low - 1, *found]) if high is None else high
            edge = min(cut, default=last)
            events = [found[number] for number in sorted(found) if number <= edge]
        return Answer(events, edge, bool(cut), pages[0].total if len(pages) == 1 else None)

    async def of(self, ids: Sequence[int]) -> list[Event]:
        """The events that have these ids (a page at most), by rising id."""
        listed = f"id={{{' '.join(map(str, ids))}}}"
        return await self._first(listed, len(ids))

    async def count(self, low: int, high: int) -> int | None:
        """How many events a range has; None when that takes more than one request."""
        if len(self.queries) > 1:
            return None
        found = await self.log.ask(both(f"id=[{low}~{high}]", *self.queries), "id", 1)
        return found.total

    async def any(self, low: int, high: int) -> Event | None:
        """The first event of a short range, whatever the filter says."""
        return next(iter(await self._first(f"id=[{low}~{high}]", 1)), None)

    async def by_time(
        self, since: datetime | None, until: datetime | None, *, newest: bool = False
    ) -> Event | None:
        """The lowest or the highest id of a span of time, whatever the filter says.

        Harbor takes whole seconds: the span is widened to them.
        """
        start = _stamp(since) if since else ""
        end = _stamp(until + SECOND) if until else ""
        found = await self.log.ask(f"op_time=[{start}~{end}]", "-id" if newest else "id", 1)
        return next(iter(found.events), None)

    async def _first(self, q: str, size: int) -> list[Event]:
        found = await self.log.ask(q, "id", size)
        return sorted(found.events, key=by_id)

    def taken(self, events: Iterable[Event]) -> list[Event]:
        """Those that the filter wants: Harbor is not believed."""
        return [event for event in events if self.wanted.takes(event)]


def _is_full(page: Found, size: int) -> bool:
    """Rows that cannot be read were on the page all the same. Raises Unreadable."""
    full = len(page.events) + page.unreadable >= size
    if full and not page.events:
        raise Unreadable(f"none of {size} events that Harbor sent can be read")
    return full


def by_id(event: Event) -> int:
    """What windows and answers are in order of."""
    return event.id


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
