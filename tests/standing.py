"""A widget in an app of its own, with the console's looks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from typing import TypeVar

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from harbortui import paths
from harbortui.clock import Clock
from harbortui.resources.core import Column
from harbortui.themes import themes
from harbortui.widgets.ink import Palette
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.rows import Listed, Rows

W = TypeVar("W", bound=Widget)


class Stand(Palette):
    """Shows one widget, focused, as large as the screen."""

    CSS_PATH = sorted(paths.styles().glob("*.tcss"))

    def __init__(self, *shown: Widget) -> None:
        super().__init__(ansi_color=True)
        self.shown = shown
        self.messages: list[object] = []
        for theme in themes():
            self.register_theme(theme)
        self.theme = "night"

    def compose(self) -> ComposeResult:
        yield from self.shown


@asynccontextmanager
async def standing(*shown: Widget, size: tuple[int, int] = (80, 20)) -> AsyncIterator[Pilot[int]]:
    """The running app; the first widget has the focus."""
    app = Stand(*shown)
    async with app.run_test(size=size) as pilot:
        shown[0].focus()
        await pilot.pause()
        yield pilot


def drawn(widget: Widget) -> list[str]:
    """The lines of a widget as text."""
    return [line(widget, y) for y in range(widget.size.height)]


def line(widget: Widget, y: int) -> str:
    """One line of a widget as text."""
    strip: Strip = widget.render_line(y)
    return strip.text.rstrip()


class Range:
    """As many rows as one likes, without keeping any; those in `away` are not here."""

    def __init__(self, count: int, away: range = range(0)) -> None:
        self.count, self.away = count, away

    def __len__(self) -> int:
        return self.count

    def row(self, place: int) -> int | None:
        """A row is its place."""
        return place if 0 <= place < self.count and place not in self.away else None

    def index(self, key: Hashable) -> int | None:
        """Where a row is."""
        return key if isinstance(key, int) and 0 <= key < self.count else None


class Counted:
    """A column that counts how often it is asked for a cell."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def cell(self, row: object) -> str:
        self.asked.append(row)
        return f"row {row}"

    def since(self) -> list[object]:
        """What was asked for since the last time."""
        asked, self.asked = self.asked, []
        return asked


def table(counted: Counted | None = None, **more: bool) -> MarkTable[object]:
    cell = (counted or Counted()).cell
    return MarkTable((Column("NAME", cell, grow=True),), lambda row: row, Clock(), **more)


def listed(*rows: object) -> Rows[object]:
    return Listed(rows, lambda row: row)
