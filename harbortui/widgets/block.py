"""A table below a heading of its own, several of which share a screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from rich.segment import Segment
from textual.strip import Strip

from harbortui.clock import Clock
from harbortui.shown import Column, Part
from harbortui.text import safe
from harbortui.widgets.frame import laid
from harbortui.widgets.ink import join
from harbortui.widgets.table import Table

R = TypeVar("R")


class Block(Table[R]):
    """Rows without titles; the line above them says what they are."""

    def __init__(
        self,
        heading: str,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        clock: Clock,
        *,
        sign: Callable[[R], Part | None],
        id: str,
    ) -> None:
        super().__init__(columns, key, clock, sign=sign, id=id)
        self.heading = heading
        self._said: tuple[str, str] | None = None

    def say(self, note: str = "", right: str = "") -> None:
        """Show the heading, and words beside it."""
        if (note, right) != self._said:
            self._said = note, right
            self.refresh_line(0)

    def titles(self) -> Strip:
        """The heading, once there is something to say of it."""
        if self._said is None:
            return Strip.blank(self.size.width, self.rich_style)
        note, right = map(safe, self._said)
        left = (Part(self.heading, "section"), Part(f"  {note}", "muted"))
        found = laid(left, (Part(right, "muted"),), self.size.width)
        base = self.rich_style
        pieces = [Segment(part.text, self.pen(part.tone, base)) for part in found]
        return Strip(join(pieces)).adjust_cell_length(self.size.width, base)
