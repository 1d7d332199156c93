"""Rows that go on below themselves: what one line has no room for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Generic, TypeVar

from harbortui.shown import Heading, Part
from harbortui.text import safe
from harbortui.widgets.ink import plain
from harbortui.widgets.paper import wrap
from harbortui.widgets.rows import Rows

R = TypeVar("R")


KEPT = 50_000
"""Texts whose lines are remembered."""
INDENT = "    "


class Below(Heading):
    """A line that belongs to the row above it."""


class Continued(Generic[R]):
    """A view over rows, each followed by a text in lines of so many columns."""

    def __init__(self, rows: Rows[R | Heading], text: Callable[[R], str], room: int) -> None:
        self._rows, self._text, self._room = rows, text, room
        counts = (1 + len(self._lines(place)) for place in range(len(rows)))
        self._starts = list(accumulate(counts, initial=0))

    def _lines(self, place: int) -> Sequence[str]:
        row = self._rows.row(place)
        if row is None or isinstance(row, Heading):
            return ()
        return wrapped(self._text(row), self._room)

    def __len__(self) -> int:
        return self._starts[-1]

    def row(self, place: int) -> R | Heading | None:
        """The row at a place, or a line of what stands above."""
        if not 0 <= place < len(self):
            return None
        above = bisect_right(self._starts, place) - 1
        if self._starts[above] == place:
            return self._rows.row(above)
        return Below(self._lines(above)[place - self._starts[above] - 1])

    def index(self, key: Hashable) -> int | None:
        """Where the row with this key is."""
        found = self._rows.index(key)
        return None if found is None else self._starts[found]


@lru_cache(maxsize=KEPT)
def wrapped(text: str, room: int, indent: str = INDENT) -> tuple[str, ...]:
    """A text as lines of at most so many columns."""
    shown, width = safe(text), max(1, room - len(indent))
    if shown.isascii():
        return tuple(f"{indent}{line}" for line in _cut(shown, width))
    return tuple(f"{indent}{plain(line)}" for line in wrap((Part(shown),), width))


def _cut(text: str, width: int) -> Iterator[str]:
    """Lines of letters that are all one column wide: a window has twenty thousand such texts."""
    while len(text) > width:
        place = text.rfind(" ", 0, width) + 1 or width
        yield text[:place]
        text = text[place:]
    if text:
        yield text
