"""A table whose rows can be marked, so that a verb is for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType

from harbortui.shown import Heading
from harbortui.widgets.table import Table

R = TypeVar("R")


class MarkTable(Table[R]):
    """Marks are kept as items, by key: they survive filters and pages that are let go."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark", show=False, id="mark"),
        Binding("v", "mark_range", "mark up to the last mark", show=False, id="mark-range"),
        Binding("w", "wide", "columns left out, or the usual", show=False, id="wide"),
    ]

    @dataclass
    class Marked(Table.Moved):
        """Other rows are marked."""

    @property
    def chosen(self) -> list[R]:
        """The marked items, or else the one at the cursor."""
        current = self.current
        return list(self.marks.values()) or ([] if current is None else [current])

    def action_mark(self) -> None:
        """Mark the row at the cursor, or take its mark away, and go one down."""
        current = self.current
        if current is not None:
            self.mark_all([current], self.key(current) not in self.marks)
        self.action_move(1)

    def mark_all(self, items: Sequence[R], on: bool = True) -> None:
        """Mark these, or take their marks away."""
        for item in items:
            if on:
                self.marks[self.key(item)] = item
            else:
                self.marks.pop(self.key(item), None)
        self.redraw()
        self.post_message(self.Marked(self))

    def action_mark_range(self) -> None:
        """Mark from the last mark to the cursor."""
        last = next(reversed(self.marks), None)
        start = self.rows.index(last) if last is not None else self.place
        first, end = sorted((self.place if start is None else start, self.place))
        rows = (self.rows.row(place) for place in range(first, end + 1))
        self.mark_all([row for row in rows if row is not None and not isinstance(row, Heading)])

    def turn(self, items: Sequence[R]) -> None:
        """Mark these; when all of them are, take every mark away."""
        if all(self.key(item) in self.marks for item in items):
            self.unmark()
        else:
            self.mark_all(items)

    def unmark(self) -> None:
        """Take all marks away."""
        self.mark_all(list(self.marks.values()), False)

    def action_wide(self) -> None:
        """Show the columns that are hidden on narrow screens, or hide them."""
        self.wide = not self.wide
        self.retime()
