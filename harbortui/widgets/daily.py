"""Rows in order of time, with a line wherever a day begins; most of them are never looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from harbortui.shown import Heading

R = TypeVar("R")
LINE = "─" * 150
"""Cut at the edge of the screen."""


class Daily(Generic[R]):
    """A view over rows by rising number; days are found by halving, not row by row."""

    def __init__(
        self,
        items: Sequence[R],
        number: Callable[[R], int],
        day: Callable[[R], str],
        last: Callable[[R], int] | None = None,
    ) -> None:
        self.items = items
        self._number, self._day = number, day
        self._last = last or number
        """A row may stand for several numbers: up to this one."""
        begins = [0, *self._begins(0, len(items) - 1)] if items else []
        self._heads = [place + above for above, place in enumerate(begins)]

    def _begins(self, first: int, last: int) -> Iterator[int]:
        """Where another day begins, between two rows."""
        if self._day(self.items[first]) == self._day(self.items[last]):
            return
        if last - first == 1:
            yield last
            return
        middle = (first + last) // 2
        yield from self._begins(first, middle)
        yield from self._begins(middle, last)

    def __len__(self) -> int:
        return len(self.items) + len(self._heads)

    def row(self, place: int) -> R | Heading | None:
        """The row at a place, or the day that begins there."""
        if not 0 <= place < len(self):
            return None
        above = bisect_right(self._heads, place)
        if above and self._heads[above - 1] == place:
            return Heading(f"{self._day(self.items[place - above + 1])}  {LINE}")
        return self.items[place - above]

    def index(self, key: Hashable) -> int | None:
        """Where the row with this number is."""
        if not isinstance(key, int):
            return None
        found = bisect_right(self.items, key, key=self._number) - 1
        if found < 0 or self._last(self.items[found]) < key:
            return None
        return self.place(found)

    def place(self, item: int) -> int:
        """Where the n-th row stands."""
        above = 0
        while above < len(self._heads) and self._heads[above] <= item + above:
            above += 1
        return item + above
