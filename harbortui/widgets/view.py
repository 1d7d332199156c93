"""Rows drawn in columns: only what is on the screen, each line kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from harbortui.clock import Clock
from harbortui.shown import Column, Heading, Part, When
from harbortui.text import safe
from harbortui.widgets.columns import Layout
from harbortui.widgets.ink import STATES, Inked, fit, join, parts
from harbortui.widgets.rows import Listed, Rows

R = TypeVar("R")
SAMPLE = 200
"""Rows that column widths are made for."""
BAR, MARK = "▌", "*"


class RowView(Inked, Generic[R]):
    """Draws rows; which of them are on the screen is said by `top`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cursor--line", "cursor--bar", "stale--text"}

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        clock: Clock,
        *,
        sign: Callable[[R], Part | None] = lambda _: None,
        head: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.key, self.clock, self.sign = key, clock, sign
        self.columns = tuple(columns)
        self.arranged = Layout(self.columns)
        self.head = 1 if head else 0
        self.wide = False
        self.sorted_by, self.reverse = "", False
        self.stale = False
        self.lit = False
        """The cursor shows even while keys go elsewhere."""
        self.empty = ""
        """What stands there when there are no rows."""
        self.marks: dict[Hashable, R] = {}
        self.rows: Rows[R | Heading] = Listed[R | Heading]((), lambda _: None)
        self.place, self.top = 0, 0
        self._kept: dict[int, Strip] = {}
        self._picture: tuple[object, ...] = ()
        self._forgotten = False

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.rows) + self.head

    def redraw(self) -> None:
        """Draw every line anew: the clock, the tones or the columns have changed."""
        self._kept.clear()
        self.refresh()

    def age(self, stale: bool, empty: str) -> None:
        """The rows are old, or new again; what stands there when there are none."""
        if (stale, empty) != (self.stale, self.empty):
            self.stale, self.empty = stale, empty
            self.redraw()

    def redraw_row(self, place: int) -> None:
        """Draw one row anew."""
        self._kept.pop(place, None)
        line = place - self.top + self.head
        if self.head <= line < self.size.height:
            self.refresh_line(line)

    def refresh_line(self, line: int) -> None:
        """Have one line of the screen drawn."""
        self.refresh(Region(0, line, self.size.width, 1))

    def forget_widths(self) -> None:
        """Other rows are coming: their widths count alone, from the next measure on."""
        self._forgotten, self._picture = True, ()

    def measure(self) -> None:
        """Make the columns wide enough for the rows near the screen."""
        if self._forgotten:
            self.arranged, self._forgotten = Layout(self.columns), False
        near = [row for row in self._near() if row is not None and not isinstance(row, Heading)]
        written = [self._cells(row) for row in near]
        self.arranged.measure(written, self.size.width, self.wide, self._times(near))

    def _times(self, rows: Sequence[R]) -> set[int]:
        """The columns in which moments are written in full."""
        if self.clock.mode == "relative":
            return set()
        return {
            n
            for n, column in enumerate(self.columns)
            if any(isinstance(column.cell(row), When) for row in rows)
        }

    def _near(self) -> list[R | Heading | None]:
        """The rows that column widths are made for; those on the screen are among them."""
        first = max(0, min(self.top, len(self.rows) - SAMPLE))
        return [self.rows.row(n) for n in range(first, min(len(self.rows), first + SAMPLE))]

    def _cells(self, row: R) -> list[tuple[Part, ...]]:
        return [parts(column.cell(row), self.clock) for column in self.columns]

    def looks_as_before(self) -> bool:
        """Whether all that is drawn is as it was when this was last asked."""
        before, places = self._picture, range(self.top, self.top + self.size.height)
        in_view = [row for place in places if (row := self.rows.row(place)) is not None]
        written = [
            (self.sign(row), self._cells(row)) for row in in_view if not isinstance(row, Heading)
        ]
        titles = (self.sorted_by, self.reverse, self.empty)
        self._picture = (self.place, self.top, len(self.rows), titles, self._near(), written)
        self._kept = {place: line for place, line in self._kept.items() if place in places}
        return before == self._picture

    def render_line(self, y: int) -> Strip:
        """One line of the screen, from memory where nothing has changed."""
        if y < self.head:
            return self.titles()
        place = y - self.head + self.top
        if place not in self._kept:
            if len(self._kept) > 4 * max(10, self.size.height):
                self._kept.clear()
            self._kept[place] = self._row(place)
        return self._kept[place]

    def titles(self) -> Strip:
        """The line above the rows: the columns, and which of them sorts."""
        found: list[Part] = []
        for n, room in zip(self.arranged.shown, self.arranged.widths, strict=True):
            column = self.columns[n]
            arrow = (" ↓" if self.reverse else " ↑") if column.title == self.sorted_by else ""
            title = (Part(safe(column.title), "heading"), Part(arrow, "accent"))
            found += [*fit(title, room, column.right), Part(" " * self.arranged.gap)]
        return self._strip(None, found, self.rich_style)

    def _row(self, place: int) -> Strip:
        row = self.rows.row(place)
        if isinstance(row, Heading):
            return self._strip(None, [Part(safe(row.title, limit=200), "section")], self.rich_style)
        if row is None:
            return self._strip(None, self._no_row(place), self.rich_style)
        found: list[Part] = []
        for n, room in zip(self.arranged.shown, self.arranged.widths, strict=True):
            cell = parts(self.columns[n].cell(row), self.clock, room)
            found += [*fit(cell, room, self.columns[n].right), Part(" " * self.arranged.gap)]
        sign = Part(MARK, "accent") if self.key(row) in self.marks else self.sign(row)
        return self._strip(
            sign, found, self.rich_style, place == self.place and (self.lit or self.has_focus)
        )

    def _no_row(self, place: int) -> list[Part]:
        if not len(self.rows) and place == 1 and self.empty:
            return [Part(safe(self.empty, limit=400), "muted")]
        return [Part("·", "faint")] if place < len(self.rows) else []

    def _strip(
        self, sign: Part | None, found: Sequence[Part], base: Style, at_cursor: bool = False
    ) -> Strip:
        bar, bar_style = " ", base
        if at_cursor:
            base = base + self.get_component_rich_style("cursor--line", partial=True)
            bar_style = base + self.get_component_rich_style("cursor--bar", partial=True)
            bar = " " if base.reverse else BAR
        sign = sign or Part("")
        segments = [
            Segment(bar, bar_style),
            Segment(f"{safe(sign.text, limit=1) or ' '} ", self._style(sign.tone, base, at_cursor)),
            *(Segment(part.text, self._style(part.tone, base, at_cursor)) for part in found),
        ]
        return Strip(join(segments)).adjust_cell_length(self.size.width, base)

    def _style(self, tone: str, base: Style, at_cursor: bool) -> Style:
        if at_cursor:
            if tone not in STATES or base.reverse:
                return base
            return base + Style(color=self.pen(tone, base).color)
        if self.stale:
            return base + self.get_component_rich_style("stale--text", partial=True)
        return self.pen(tone, base)
