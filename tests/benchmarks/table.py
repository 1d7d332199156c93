"""What was measured, and what it may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """A measure of ours, those to compare with ("" if there are none), and the limit."""

    what: str
    ours: float
    limit: float
    unit: str = "bytes"
    textual: float | None = None
    curses: float | None = None
    least: bool = False
    """The limit is a lower one."""

    @property
    def kept(self) -> bool:
        """Whether it is within its limit."""
        return self.ours >= self.limit if self.least else self.ours <= self.limit

    def cells(self) -> list[str]:
        """The row as words."""
        limit = f"{'≥' if self.least else '≤'} {_number(self.limit)}"
        found = [_number(self.ours), _number(self.textual), _number(self.curses), limit]
        return [self.what, *found, self.unit, "kept" if self.kept else "MISSED"]


def table(rows: Iterable[Row]) -> str:
    """The table in Markdown."""
    heading = ["120×40", "harbortui", "Textual", "curses", "limit", "", ""]
    cells = [heading, *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(heading))]
    sides = ["<", *">>>>", "<", "<"]
    written = [
        "| " + " | ".join(f"{c:{s}{w}}" for c, s, w in zip(line, sides, widths, strict=True)) + " |"
        for line in cells
    ]
    rule = "|" + "|".join(
        "-" * (w + 1) + ("-" if s == "<" else ":") for s, w in zip(sides, widths, strict=True)
    )
    return "\n".join([written[0], f"{rule}|", *written[1:]])


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
