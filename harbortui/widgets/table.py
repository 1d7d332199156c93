"""A table that is a view over rows, with a cursor and marks that are kept by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from harbortui.shown import Heading
from harbortui.widgets.moving import MOVING, WHEEL
from harbortui.widgets.rows import Rows
from harbortui.widgets.view import RowView

R = TypeVar("R")


class Table(RowView[R], can_focus=True):
    """Rows that one moves through; headings between them are skipped."""

    BINDINGS: ClassVar[list[BindingType]] = MOVING

    @dataclass
    class Moved(Message):
        """The cursor stands on another row, or other rows are in view."""

        table: Table[Any]

        @property
        def control(self) -> Table[Any]:
            """The table, for selectors."""
            return self.table

    @dataclass
    class Chosen(Moved):
        """The row at the cursor was clicked again."""

    @property
    def current(self) -> R | None:
        """The item at the cursor."""
        row = self.rows.row(self.place)
        return None if isinstance(row, Heading) else row

    @property
    def room(self) -> int:
        """Rows that fit on the screen."""
        return max(1, self.size.height - self.head)

    @property
    def in_view(self) -> tuple[int, int]:
        """The first and the last place on the screen."""
        return self.top, self.top + self.room - 1

    def show(self, rows: Rows[R | Heading], *, keep: bool = True) -> None:
        """Look at these rows; the row at the cursor stays on its line of the screen, if kept.

        Rows that look as those before cost nothing more: most polls bring no news.
        """
        if not keep:
            self.place = self.top = 0
        current, offset = self.current if keep else None, self.place - self.top
        if len(rows) != len(self.rows) and self.styles.is_auto_height:
            self.refresh(layout=True)
        self.rows = rows
        place = rows.index(self.key(current)) if current is not None else None
        if place is not None:
            self.top = max(0, place - offset)
        self.place = self._nearest(self.place if place is None else place)
        self._keep_in_view()
        if self.looks_as_before():
            return
        self.measure()
        self.redraw()
        self.post_message(self.Moved(self))

    def _nearest(self, place: int, step: int = 1) -> int:
        """The nearest row that is no heading."""
        place = max(0, min(place, len(self.rows) - 1))
        for direction in (step, -step):
            found = place
            while 0 <= found < len(self.rows):
                if not isinstance(self.rows.row(found), Heading):
                    return found
                found += direction
        return place

    def go_to(self, wanted: Callable[[R], bool]) -> None:
        """Put the cursor on the first row of that kind, if there is one."""
        rows = enumerate(map(self.rows.row, range(len(self.rows))))
        for place, row in rows:
            if row is not None and not isinstance(row, Heading) and wanted(row):
                self.go(place)
                return

    def go(self, place: int, step: int = 1) -> None:
        """Put the cursor on a place."""
        before, top = self.place, self.top
        self.place = self._nearest(place, step)
        self._keep_in_view()
        if self.top != top:
            self._kept.pop(before, None)
            self._kept.pop(self.place, None)
            self.refresh()
        elif self.place != before:
            self.redraw_row(before)
            self.redraw_row(self.place)
        else:
            return
        self.post_message(self.Moved(self))

    def _keep_in_view(self) -> None:
        above = self.place
        while above > 0 and isinstance(self.rows.row(above - 1), Heading):
            above -= 1
        highest = max(0, len(self.rows) - self.room)
        self.top = max(0, min(self.top, above, highest))
        self.top = max(self.top, self.place - self.room + 1)

    def action_move(self, rows: int) -> None:
        """Some rows down, or up."""
        self.go(self.place + rows, 1 if rows > 0 else -1)

    def action_leap(self, pages: float) -> None:
        """A page or half of one."""
        rows = int(pages * self.room)
        self.top = max(0, min(self.top + rows, len(self.rows) - self.room))
        self._kept.pop(self.place, None)
        self.refresh()
        self.go(self.place + rows, 1 if rows > 0 else -1)

    def action_first(self) -> None:
        """To the first row."""
        self.go(0)

    def action_last(self) -> None:
        """To the last row."""
        self.go(len(self.rows) - 1, -1)

    def retime(self) -> None:
        """Times are written in another way: their columns have another width."""
        self.forget_widths()
        self.measure()
        self.redraw()

    def on_resize(self) -> None:
        self.measure()
        self._keep_in_view()
        self.redraw()
        self.post_message(self.Moved(self))

    def on_focus(self) -> None:
        self.redraw_row(self.place)

    def on_blur(self) -> None:
        self.redraw_row(self.place)

    def on_click(self, event: events.Click) -> None:
        place = event.y - self.head + self.top
        if event.y < self.head or place >= len(self.rows):
            return
        again = place == self.place and event.chain >= 2
        self.go(place)
        if again:
            self.post_message(self.Chosen(self))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_move(-WHEEL)
