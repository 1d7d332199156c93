"""A table of as many rows as one wants: `python -m tests.benchmarks.rows NUMBER`."""

from __future__ import annotations

import sys
from functools import partial

from harbortui.terminal import start

start.prepare()

from textual.app import App, ComposeResult  # noqa: E402

from harbortui import paths  # noqa: E402
from harbortui.clock import Clock  # noqa: E402
from harbortui.resources.core import Column  # noqa: E402
from harbortui.terminal.driver import Terminal  # noqa: E402
from harbortui.themes import themes  # noqa: E402
from harbortui.widgets.rows import Rows  # noqa: E402
from harbortui.widgets.table import Table  # noqa: E402


class Numbers(Rows[int]):
    """The numbers below one."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __len__(self) -> int:
        return self.number

    def row(self, place: int) -> int | None:
        return place if 0 <= place < self.number else None

    def index(self, key: object) -> int | None:
        return key if isinstance(key, int) else None


def _cell(column: int, row: int) -> str:
    return f"{row * column % 997}"


class Long(App[None]):
    """The table alone."""

    CSS_PATH = sorted(paths.styles().glob("*.tcss"))

    def __init__(self, number: int) -> None:
        super().__init__(driver_class=Terminal().driver_class(), ansi_color=True)
        for theme in themes():
            self.register_theme(theme)
        self.theme = "night"
        self.number = number

    def compose(self) -> ComposeResult:
        """The table."""
        columns = [
            Column("NAME", lambda row: f"row {row % 1000}"),
            *[Column(f"C{n}", partial(_cell, n), right=True) for n in range(9)],
        ]
        self.table = Table(columns, lambda row: row, Clock())
        yield self.table

    def on_mount(self) -> None:
        """Its rows."""
        self.table.show(Numbers(self.number))


if __name__ == "__main__":
    Long(int(sys.argv[1])).run()
