"""A table that shows a part of something longer: its ends are not the ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual.message import Message
from textual.strip import Strip

from harbortui.shown import Heading, Part
from harbortui.text import safe
from harbortui.widgets.columns import EDGE, LEFT
from harbortui.widgets.continued import Below, wrapped
from harbortui.widgets.ink import parts, plain
from harbortui.widgets.marking import MarkTable

R = TypeVar("R")


CONTEXT = 5
"""Rows that are seen on either side of what was searched for."""


class EndlessTable(MarkTable[R]):
    """Home and end ask the owner, who knows where the ends are; a row may stand for several."""

    within: Callable[[R], Sequence[R]] = staticmethod(lambda row: (row,))
    """The items that a row stands for."""
    besides: Callable[[R], str] = staticmethod(lambda row: "")
    """What a search finds in a row although no column shows it."""

    @dataclass
    class First(Message):
        """To the very beginning."""

    @dataclass
    class Last(Message):
        """To the very end."""

    @dataclass
    class Wide(Message):
        """Other columns are wanted."""

    @property
    def chosen(self) -> list[R]:
        """The marked items, or else those of the row at the cursor."""
        current = self.current
        return list(self.marks.values()) or ([] if current is None else list(self.within(current)))

    def mark_all(self, items: Sequence[R], on: bool = True) -> None:
        """Mark all that these stand for, or take their marks away."""
        super().mark_all([one for item in items for one in self.within(item)], on)

    @property
    def at_last(self) -> bool:
        """The cursor stands on the last row that is here."""
        after = range(self.place + 1, len(self.rows))
        return all(isinstance(self.rows.row(place), Heading) for place in after)

    def _keep_in_view(self) -> None:
        """With what belongs to the row at the cursor, below it."""
        super()._keep_in_view()
        last = self.place
        while isinstance(self.rows.row(last + 1), Below):
            last += 1
        self.top = max(self.top, min(self.place, last - self.room + 1))

    def _row(self, place: int) -> Strip:
        """What belongs to the row above is quieter than a heading."""
        row = self.rows.row(place)
        if not isinstance(row, Below):
            return super()._row(place)
        return self._strip(None, [Part(safe(row.title), "muted")], self.rich_style)

    def _no_row(self, place: int) -> list[Part]:
        """Why there are none takes more than a line where it is narrow."""
        if len(self.rows):
            return super()._no_row(place)
        lines = wrapped(self.empty, self.size.width - LEFT - EDGE, "")
        return [Part(lines[place - 1], "muted")] if 1 <= place <= len(lines) else []

    def action_wide(self) -> None:
        """Ask for rows in another shape."""
        self.post_message(self.Wide())

    def action_first(self) -> None:
        """Ask for the beginning."""
        self.post_message(self.First())

    def action_last(self) -> None:
        """Ask for the end."""
        self.post_message(self.Last())

    def to_first(self) -> None:
        """To the first row that is here."""
        self.go(0)

    def to_last(self) -> None:
        """To the last row that is here."""
        self.go(len(self.rows) - 1, -1)

    def find(self, wanted: str, forward: bool) -> bool:
        """To the next row that holds a (casefolded) text, round the end; false without one."""
        count = len(self.rows)
        for step in range(1, count + 1):
            place = (self.place + (step if forward else -step)) % count
            row = self.rows.row(place)
            if row is None or isinstance(row, Heading):
                continue
            if any(wanted in self._words(one) for one in self.within(row)):
                self.go(place)
                self._show_context()
                return True
        return False

    def _words(self, row: R) -> str:
        cells = (parts(column.cell(row), self.clock) for column in self.columns)
        return " ".join([*map(plain, cells), self.besides(row)]).casefold()

    def _show_context(self) -> None:
        """Not at the edge of the screen, where there is more."""
        context = min(CONTEXT, self.room // 3)
        lowest, highest = self.place + context - self.room + 1, self.place - context
        top = max(0, min(max(self.top, lowest), highest, len(self.rows) - self.room))
        if top != self.top:
            self.top = top
            self.refresh()
            self.post_message(self.Moved(self))
