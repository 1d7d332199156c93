"""Long texts: scrolled, cut or wrapped, searched; only what is on the screen is drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from harbortui.shown import Part
from harbortui.widgets.columns import EDGE, LEFT
from harbortui.widgets.ink import Inked, join, width
from harbortui.widgets.moving import MOVING, WHEEL
from harbortui.widgets.paper import wrap

Row = tuple[Part, ...]


def _words(row: Row) -> str:
    return "".join(part.text for part in row).casefold()


def plain_row(line: str) -> Row:
    """A line without tones."""
    return (Part(line),)


class Pager(Inked, can_focus=True):
    """Rows of (safe) text. `rows` are made by its owner; this moves, wraps and finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        Binding("space", "leap(1.0)", "a page down", show=False, id="page"),
        Binding("right", "sideways(20)", "to the right", show=False, id="right"),
        Binding("left", "sideways(-20)", "to the left", show=False, id="left"),
    ]

    @dataclass
    class Moved(Message):
        """Other rows are in view."""

        pager: Pager

    def __init__(self) -> None:
        super().__init__()
        self.source: Sequence[Row] = ()
        self.rows: Sequence[Row] = ()
        self.origin: list[int] = []
        """For each shown row the source row it came from; empty while nothing is wrapped."""
        self._widest: int | None = None
        self.wrapped = False
        self.hang = 0
        """Columns that the rest of a wrapped line is moved in by."""
        self.top, self.across = 0, 0
        self._height = 0
        self.find = ""
        self.hit = -1
        """The line of the text that was found."""
        self.tail = False
        """The text grows, and its end is what one wants to see."""

    def show(self, rows: Sequence[Row]) -> None:
        """This text; the place stays, and the end stays the end."""
        follows = self._follows
        self.source = rows
        self._wrap()
        self.top = self._lowest if follows else min(self.top, self._lowest)
        self.refresh()

    def _wrap(self) -> None:
        room, self._widest = self.size.width - LEFT - EDGE, None
        if not self.wrapped or room <= 0:
            self.rows, self.origin = self.source, []
            return
        wrapped = [
            (place, row)
            for place, line in enumerate(self.source)
            for row in wrap(line, room, self.hang)
        ]
        self.rows = [row for _, row in wrapped]
        self.origin = [place for place, _ in wrapped]

    @property
    def _lowest(self) -> int:
        return max(0, len(self.rows) - max(1, self._height))

    @property
    def _follows(self) -> bool:
        """The end is in view, and shall be when it is further down."""
        return bool(self.source and (self.top or self.tail)) and self.top >= self._lowest

    @property
    def percent(self) -> int:
        """How far down the last visible row is."""
        shown = self.top + self.size.height
        return 100 if shown >= len(self.rows) else shown * 100 // max(1, len(self.rows))

    def go(self, top: int) -> None:
        """Put this row on top."""
        top = max(0, min(top, self._lowest))
        if top != self.top:
            self.top = top
            self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Moved(self))

    def go_source(self, place: int) -> None:
        """Show this row of the text, a third from the top."""
        self.go(self._first(place) - self.size.height // 3)

    def flip_wrap(self) -> None:
        """Cut long lines, or wrap them; what is on top stays there."""
        place = self._from(self.top)
        self.wrapped, self.across = not self.wrapped, 0
        self._wrap()
        self.top = min(self._first(place), self._lowest)
        self._tell()

    def search(self, text: str, forward: bool = True) -> bool:
        """To the next line that holds the text, round the end; false when there is none."""
        self.find = text
        count, wanted, step = len(self.source), text.casefold(), 1 if forward else -1
        start = self.hit if self.hit >= 0 else self._from(self.top) - (1 if forward else 0)
        for n in range(1, count + 1):
            place = (start + step * n) % count
            if wanted in _words(self.source[place]):
                self.hit = place
                rows = range(place, place + 1) if not self.origin else self._shown(place)
                row = next((one for one in rows if wanted in _words(self.rows[one])), rows[0])
                self.go(row - self.size.height // 3)
                self.refresh()
                return True
        return False

    def _from(self, row: int) -> int:
        """The line of the text that a shown row belongs to."""
        return self.origin[row] if row < len(self.origin) else row

    def _first(self, place: int) -> int:
        """The first row of a line of the text."""
        return self._shown(place)[0] if self.origin else place

    def _shown(self, place: int) -> range:
        """The rows that a wrapped line has become."""
        return range(bisect_left(self.origin, place), bisect_right(self.origin, place))

    def render_line(self, y: int) -> Strip:
        """One row, with what was searched for picked out."""
        base, room = self.rich_style, self.size.width - EDGE
        place = self.top + y
        row = self.rows[place] if place < len(self.rows) else ()
        found = bool(self.find) and self._from(place) == self.hit
        bar = Part("▌  " if found else " " * LEFT, "accent")
        strip = Strip([Segment(part.text, self.pen(part.tone, base)) for part in self._lit(row)])
        left, wide = self.across, room - LEFT
        shown = strip.crop(left, left + wide) if not self.wrapped else strip
        head = Segment(bar.text, self.pen(bar.tone, base))
        return Strip(join([head, *shown])).adjust_cell_length(self.size.width, base)

    def _lit(self, row: Row) -> Row:
        if not self.find:
            return row
        found: list[Part] = []
        wanted = self.find.casefold()
        for part in row:
            rest, low = part.text, part.text.casefold()
            while len(low) == len(rest) and wanted in low:
                at = low.index(wanted)
                found += [Part(rest[:at], part.tone), Part(rest[at : at + len(wanted)], "button")]
                rest, low = rest[at + len(wanted) :], low[at + len(wanted) :]
            found.append(Part(rest, part.tone))
        return tuple(found)

    def action_move(self, rows: int) -> None:
        """Some rows down, or up."""
        self.go(self.top + rows)

    def action_leap(self, pages: float) -> None:
        """A page or half of one."""
        self.go(self.top + int(pages * self.size.height))

    def action_first(self) -> None:
        """To the beginning."""
        self.go(0)

    def action_last(self) -> None:
        """To the end."""
        self.go(len(self.rows))

    def action_sideways(self, by: int) -> None:
        """Long lines that are cut, further to the right or back."""
        if self._widest is None:
            self._widest = max(map(width, self.rows), default=0)
        most = max(0, self._widest - self.size.width + LEFT + EDGE)
        self.across = max(0, min(self.across + by, most))
        self.refresh()

    def on_resize(self) -> None:
        """What is on top stays there, and the end the end."""
        follows, place = self._follows, self._from(self.top)
        self._height = self.size.height
        self._wrap()
        self.top = self._lowest if follows else min(self._first(place), self._lowest)
        self._tell()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_move(-WHEEL)
