"""What a list screen looks at: pages of one kind, filtered, sorted, completed. No widgets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from time import monotonic
from typing import Any

from harbortui.api.errors import Refused
from harbortui.api.model import Page, Query, both, contains
from harbortui.resources.core import Column, Heading, Preset, Resource
from harbortui.session import Session
from harbortui.widgets.ink import parts, plain
from harbortui.widgets.rows import Listed, Pages, Rows

AT_MOST = 1000
"""Rows that are gathered to be sorted or marked as a whole."""
COMPLETED_FOR = 60.0
"""Seconds before what a list's answer lacks is asked for again."""
KEPT = 5000


class TooManyRows(Refused):
    """Not every row is here: there are too many, or one did not want to wait."""


class Listing:
    """Rows of a resource under a parent, as the reader wants them."""

    def __init__(self, session: Session, resource: Resource[Any, Any], scope: Any) -> None:
        self.session, self.resource, self.scope = session, resource, scope
        self.text = ""
        self.preset: Preset[Any] | None = None
        self.column: Column[Any] | None = None
        self.reverse = False
        self._extras: dict[Hashable, tuple[float, dict[str, Any]]] = {}
        self._turn = asyncio.Lock()
        self._other = True
        self.pages = self._fresh()

    def _fresh(self) -> Pages[Any]:
        return Pages(self._fetch, self.resource.key, self.resource.size)

    def next_preset(self) -> bool:
        """The next named filter, after the last none; false when there are none at all."""
        presets = [None, *self.resource.filters]
        at = presets.index(self.preset)
        self.preset = presets[(at + 1) % len(presets)]
        return len(presets) > 1

    def restart(self) -> None:
        """Another filter or order: nothing that is here counts any more."""
        self.pages, self._other = self._fresh(), True

    def order(self, column: Column[Any] | None, reverse: bool) -> None:
        """Sort by another column, or the other way round."""
        self.column, self.reverse, self._other = column, reverse, True

    def same_again(self) -> bool:
        """False once after a restart or another order: the cursor goes to the first row then."""
        other, self._other = self._other, False
        return not other

    @property
    def here(self) -> bool:
        """Every row there is has been loaded, so that it can be sorted and filtered here."""
        pages = self.pages
        return pages.whole or (not pages.bound and pages.complete)

    @property
    def wants_all(self) -> bool:
        """What is chosen, or its order, is made here, out of every row."""
        by_text = bool(self.text) and not self.resource.search
        by_preset = self.preset is not None and self.preset.keep is not None
        return by_text or by_preset or (self.column is not None and not self.column.sort)

    async def _fetch(self, number: int) -> Page[Any]:
        now = self.session.clock.now()
        preset = self.preset.q if self.preset else ""
        text = contains(self.resource.search, self.text) if self.resource.search else ""
        q = both(preset if isinstance(preset, str) else preset(now), text)
        query = Query(number, self.resource.size, q, self._sort())
        page = await self.resource.page(self.session.harbor, self.scope, query)
        return page.map(self._with_extras)

    def _sort(self) -> str:
        """The order asked of Harbor; the resource's own order breaks ties, so pages hold still."""
        if self.column is None or not self.column.sort:
            return self.resource.order
        field = self.column.sort
        rest = [one for one in self.resource.order.split(",") if one.lstrip("-") != field]
        return ",".join([f"-{field}" if self.reverse else field, *filter(None, rest)])

    async def load(self, first: int, last: int, *, again: bool = False) -> None:
        """Fetch what is in view; all of it when it is chosen or sorted here. Raises TooManyRows."""
        async with self._turn:
            if self.wants_all:
                await self._all(again)
            else:
                await self.pages.load(first, last, again=again)

    async def gather(self) -> None:
        """Fetch every row. Raises TooManyRows."""
        async with self._turn:
            await self._all(False)

    async def _all(self, again: bool) -> None:
        pages, known = self.pages, self.pages.total
        last = known if self.resource.size < known <= AT_MOST else self.resource.size
        await pages.load(0, last - 1, again=again)
        while pages.total <= AT_MOST and pages.missing(0, len(pages) - 1):
            await pages.load(0, len(pages) - 1)
        if pages.total > AT_MOST:
            raise TooManyRows(f"{pages.total:,} rows are too many: narrow the filter")

    def rows(self) -> Rows[Any | Heading]:
        """What the table shows."""
        if not self.here:
            return self.pages
        items = self._arranged(self.pages.items)
        if self.resource.group is None or self.column is not None:
            return Listed(items, self.resource.key)
        return Listed(list(_grouped(items, self.resource.group)), self._row_key)

    def _row_key(self, row: Any) -> Hashable:
        return row if isinstance(row, Heading) else self.resource.key(row)

    def _arranged(self, items: list[Any]) -> list[Any]:
        if self.preset and self.preset.keep:
            items = [item for item in items if self.preset.keep(item)]
        if self.text and not self.resource.search:
            wanted = self.text.casefold()
            items = [item for item in items if wanted in self.words(item).casefold()]
        if self.column is not None and not self.column.sort:
            value = self.column.value or self.column.cell
            known = [(value(item), n, item) for n, item in enumerate(items)]
            unknown = [item for found, _, item in known if found is None]
            ranked = sorted((one for one in known if one[0] is not None), reverse=self.reverse)
            return [*(item for _, _, item in ranked), *unknown]
        return items

    def words(self, item: Any) -> str:
        """What `/` looks at when Harbor is not asked."""
        if self.resource.text:
            return self.resource.text(item)
        cells = (column.cell(item) for column in self.resource.columns)
        return " ".join(plain(parts(cell, self.session.clock)) for cell in cells)

    def sortable(self) -> list[Column[Any]]:
        """Columns that the list can be sorted by: Harbor's, or any when all rows can be here."""
        few = self.pages.total <= AT_MOST
        return [
            column
            for column in self.resource.columns
            if column.sort or (few and column.value is not None)
        ]

    def sought(self, first: int, last: int) -> tuple[int, ...]:
        """The pages in view that are not here, else the rows in view, which may lack something."""
        if not self.here and (missing := self.pages.missing(first, last)):
            return tuple(missing)
        return (first, last) if self.resource.enrich else ()

    def next_column(self) -> Column[Any] | None:
        """The column that comes after the one that sorts; None: Harbor's own order."""
        columns, now = [None, *self.sortable()], self.sorted_by
        at = columns.index(now) if now in columns else 0
        return columns[(at + 1) % len(columns)]

    def lacking(self, items: Sequence[Any]) -> list[Any]:
        """Rows whose missing fields are to be fetched: not known, old, or of what has changed."""
        enrich = self.resource.enrich
        if not enrich:
            return []
        old = max(monotonic() - COMPLETED_FOR, self.session.changed_at)
        return [item for item in items if self._completed(item) < old or enrich.lacks(item)]

    def between(self, first: int, last: int) -> list[Any]:
        """The items between two places, as far as they are here."""
        rows = self.rows()
        seen = (rows.row(place) for place in range(first, last + 1))
        return [row for row in seen if row is not None and not isinstance(row, Heading)]

    def _completed(self, item: Any) -> float:
        """When the missing fields of a row were filled (monotonic seconds)."""
        known = self._extras.get(self.resource.key(item))
        return known[0] if known else float("-inf")

    async def complete(self, items: Sequence[Any]) -> None:
        """Fill the fields that the list's answer lacks."""
        enrich = self.resource.enrich
        if not enrich or not items:
            return
        if len(self._extras) > KEPT:
            self._extras.clear()
        now = monotonic()
        for item in await enrich.run(self.session.harbor, items):
            extras = {name: getattr(item, name) for name in enrich.fields}
            self._extras[self.resource.key(item)] = (now, extras)
        self.pages.replace([self._with_extras(item) for item in items])

    def forget_extras(self) -> None:
        """The registry was changed, or the reader asks for news."""
        self._extras = {key: (float("-inf"), extras) for key, (_, extras) in self._extras.items()}

    def _with_extras(self, item: Any) -> Any:
        known = self._extras.get(self.resource.key(item))
        return item.model_copy(update=known[1]) if known else item

    @property
    def sorted_by(self) -> Column[Any] | None:
        """The chosen column, or the one that Harbor's own order begins with."""
        if self.column:
            return self.column
        field = self.resource.order.partition(",")[0].lstrip("-")
        return next((c for c in self.resource.columns if c.sort and c.sort == field), None)

    @property
    def falling(self) -> bool:
        """Whether the order shown is from the highest down."""
        return self.reverse if self.column else self.resource.order.startswith("-")

    def hidden(self, keys: Iterable[Hashable]) -> int:
        """How many of these the filter hides; known only when every row is here."""
        if not self.here:
            return 0
        rows = self.rows()
        return sum(rows.index(key) is None for key in keys)

    @property
    def shown(self) -> int:
        """How many things are listed, headings left out."""
        if not self.here:
            return self.pages.total
        return len(self._arranged(self.pages.items))


def _grouped(items: Iterable[Any], group: Callable[[Any], str]) -> Iterator[Any]:
    """The rows with a heading, and a blank line before it, where another group begins."""
    before = ""
    for item in items:
        now = group(item)
        if now != before:
            yield from ([Heading("")] if before else [])
            yield Heading(now)
            before = now
        yield item
