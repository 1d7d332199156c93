"""What a table looks at: a short list, or pages that are fetched when they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from harbortui.api.model import Page

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

KEPT = 60
"""Pages kept in memory; the least recently seen goes first."""


class Rows(Protocol[R_co]):
    """A list of known length; a row is None while it is not here yet."""

    def __len__(self) -> int: ...

    def row(self, place: int) -> R_co | None:
        """The item at a place."""

    def index(self, key: Hashable) -> int | None:
        """Where the item with this key is, if it is here."""


class Listed(Generic[R]):
    """Rows that are all here."""

    def __init__(self, items: Sequence[R], key: Callable[[R], Hashable]) -> None:
        self.items = items
        self._places = {key(item): place for place, item in enumerate(items)}

    def __len__(self) -> int:
        return len(self.items)

    def row(self, place: int) -> R | None:
        """The item at a place."""
        return self.items[place] if 0 <= place < len(self.items) else None

    def index(self, key: Hashable) -> int | None:
        """Where the item with this key is."""
        return self._places.get(key)


class Pages(Generic[T]):
    """A sparse list: the total is Harbor's, pages come when they are seen."""

    def __init__(
        self,
        fetch: Callable[[int], Awaitable[Page[T]]],
        key: Callable[[T], Hashable],
        size: int,
    ) -> None:
        self._fetch, self._key, self.size = fetch, key, size
        self._pages: OrderedDict[int, list[T]] = OrderedDict()
        self._places: dict[Hashable, int] = {}
        self._unreadable: dict[int, int] = {}
        self.total = 0
        self.bound = False
        """There are more rows than `total`: Harbor does not say how many."""

    def __len__(self) -> int:
        # One more where there are more: when that row is seen, its page is asked for.
        return self.total + self.bound

    @property
    def unreadable(self) -> int:
        """How many rows of the pages that are here cannot be read."""
        return sum(self._unreadable.values())

    @property
    def answered(self) -> bool:
        """Harbor has said something of these rows, if only that there are none."""
        return bool(self._pages)

    @property
    def whole(self) -> bool:
        """Everything there is stands on the one page that is here."""
        return 1 in self._pages and self.total <= self.size and not self.bound

    @property
    def items(self) -> list[T]:
        """All rows that are here, in order."""
        return [item for number in sorted(self._pages) for item in self._pages[number]]

    def row(self, place: int) -> T | None:
        """The item at a place, None while its page is not here."""
        number, offset = divmod(place, self.size)
        page = self._pages.get(number + 1, ())
        return page[offset] if 0 <= offset < len(page) else None

    def index(self, key: Hashable) -> int | None:
        """Where the item with this key is, if it is here."""
        return self._places.get(key)

    def numbers(self, first: int, last: int) -> range:
        """The pages that hold the rows from `first` to `last`."""
        end = min(last, max(len(self) - 1, 0))
        return range(first // self.size + 1, max(first, end) // self.size + 2)

    def missing(self, first: int, last: int) -> list[int]:
        """Pages in view that are not here."""
        return [number for number in self.numbers(first, last) if number not in self._pages]

    @property
    def complete(self) -> bool:
        """Every row there is said to be is here; however many: the first gap is enough."""
        everywhere = self.numbers(0, self.total - 1)
        return self.total > 0 and all(number in self._pages for number in everywhere)

    async def load(self, first: int, last: int, *, again: bool = False) -> None:
        """Fetch the pages in view: those missing, or all of them anew."""
        seen = list(self.numbers(first, last))
        wanted = seen if again or not self._pages else self.missing(first, last)
        moved = False
        for number in wanted:
            moved = self._take(number, await self._fetch(number)) or moved
        if moved:
            # Positions have moved: what is out of view would show rows twice, or not at all.
            for number in [one for one in self._pages if one not in wanted]:
                self._forget(number)
            for number in self.missing(first, last):
                self._take(number, await self._fetch(number))
        for number in seen:
            if number in self._pages:
                self._pages.move_to_end(number)
        while len(self._pages) > max(KEPT, len(seen)):
            self._forget(next(iter(self._pages)))

    def _take(self, number: int, page: Page[T]) -> bool:
        """Keep a page; true when the others may hold rows that have moved."""
        known = bool(self._pages)
        fewer, more = page.total < self.total, page.total > self.total
        moved = known and not page.bound and (fewer or (more and not self.bound))
        self._forget(number)
        moved = moved or any(self._key(item) in self._places for item in page.items)
        if not (known and page.bound and fewer):
            self.total, self.bound = page.total, page.bound
        self._pages[number], self._unreadable[number] = page.items, page.unreadable
        start = (number - 1) * self.size
        for offset, item in enumerate(page.items):
            self._places[self._key(item)] = start + offset
        return moved

    def _forget(self, number: int) -> None:
        start = (number - 1) * self.size
        self._unreadable.pop(number, 0)
        for offset, item in enumerate(self._pages.pop(number, ())):
            key = self._key(item)
            if self._places.get(key) == start + offset:
                del self._places[key]

    def replace(self, items: Sequence[T]) -> None:
        """Put changed versions of rows in the place of those that are here."""
        for item in items:
            place = self._places.get(self._key(item))
            if place is not None:
                number, offset = divmod(place, self.size)
                page = self._pages.get(number + 1, [])
                if offset < len(page):  # a row that stood on two pages, one of them let go
                    page[offset] = item
