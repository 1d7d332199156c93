"""A table that shows a part of something longer: its ends are not the ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from textual.message import Message

from harbortui.shown import Heading
from harbortui.widgets.ink import parts, plain
from harbortui.widgets.marking import MarkTable

R = TypeVar("R")


class EndlessTable(MarkTable[R]):
    """Home and end ask the owner, who knows where the ends are."""

    @dataclass
    class First(Message):
        """To the very beginning."""

    @dataclass
    class Last(Message):
        """To the very end."""

    @dataclass
    class Wide(Message):
        """Other columns are wanted."""

    def action_wide(self) -> None:
        """Ask for the columns that are left out, or for the usual ones."""
        self.wide = not self.wide
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
            cells = (parts(column.cell(row), self.clock) for column in self.columns)
            if wanted in " ".join(map(plain, cells)).casefold():
                self.go(place)
                return True
        return False
