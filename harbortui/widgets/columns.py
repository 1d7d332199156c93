"""Which columns there are room for, and how wide each is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from harbortui.widgets.ink import width

if TYPE_CHECKING:
    from harbortui.shown import Column

LEFT = 3
"""The cursor bar, a sign, a space."""
EDGE = 2
"""Free at the right."""
NARROW = 100
LEAST = 12
"""A growing column is not made narrower than this before columns at the right go."""
BRIEF = 10
"""Columns of a moment of which only the date or the time is written, before columns go."""


class Layout:
    """The columns on the screen; widths only grow, so that scrolling does not shift them."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        self.all = tuple(columns)
        self.shown: list[int] = []
        """The places of the shown ones among all."""
        self.widths: list[int] = []
        self.gap = 3
        self._natural = [0] * len(self.all)

    def measure(
        self, rows: Sequence[Sequence[Any]], room: int, wide: bool, times: Collection[int] = ()
    ) -> None:
        """Arrange for these written rows (one sequence of cells a row, for all columns).

        `times` are the columns of moments that are written in full.
        """
        for n, column in enumerate(self.all):
            sorted_title = cell_len(column.title) + (2 if column.sort or column.value else 0)
            most = max((width(row[n]) for row in rows), default=0)
            title = sorted_title if column.title else 0
            self._natural[n] = max(title, most, self._natural[n], column.least)
        self._arrange(room, wide, times)

    def _arrange(self, room: int, wide: bool, times: Collection[int]) -> None:
        self.gap = 3 if room >= NARROW else 2
        inner = room - LEFT - EDGE
        shown = [
            n for n, column in enumerate(self.all) if wide or room >= NARROW or not column.wide
        ]
        widths = dict(enumerate(self._natural))
        while len(shown) > 1 and self._least(shown, widths) > inner:
            if full := [n for n in shown if n in times and widths[n] > BRIEF]:
                widths[full[-1]] = BRIEF
                continue
            shown.remove(self._first_to_go(shown, wide))
        over = sum(widths[n] for n in shown) + self.gap * (len(shown) - 1) - inner
        growing = [n for n in shown if self.all[n].grow] or shown[:1]
        while over > 0:
            widest = max(growing, key=lambda n: widths[n])
            if widths[widest] <= 1:
                break
            widths[widest] -= 1
            over -= 1
        self.shown, self.widths = shown, [widths[n] for n in shown]

    def _first_to_go(self, shown: Sequence[int], wide: bool) -> int:
        """From the right, growing ones last; where all were asked for, first those seen anyway."""
        last = list(reversed(shown[1:]))
        return min(last, key=lambda n: (self.all[n].grow, wide and self.all[n].wide))

    def _least(self, shown: Sequence[int], widths: Mapping[int, int]) -> int:
        return self.gap * (len(shown) - 1) + sum(
            min(LEAST, widths[n]) if self.all[n].grow else widths[n] for n in shown
        )
