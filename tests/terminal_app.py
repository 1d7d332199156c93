"""A child for the tests on a pseudo-terminal: `terminal_app.py stock|ours|plain|hook REPORT`.

What happens inside is written, a line each, to the file descriptor REPORT.
"""

import fcntl
import os
import sys
import termios
import time
from typing import Any, ClassVar

from harbortui.terminal import start

start.prepare()

from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.widgets import DataTable, Footer, Input  # noqa: E402

from harbortui.terminal.diff import Painter  # noqa: E402
from harbortui.terminal.driver import Terminal  # noqa: E402

KIND, REPORT = sys.argv[1], int(sys.argv[2])


def report(line: str) -> None:
    os.write(REPORT, f"{line}\n".encode())


class Child(App[None]):
    BINDINGS: ClassVar[list[Any]] = [
        ("f2", "block", "Block"),
        ("f3", "flood", "Flood"),
        ("f4", "repaint", "Repaint"),
        ("f5", "ring", "Ring"),
        ("f6", "damage", "Damage"),
        ("f10", "quit", "Quit"),
        ("ctrl+z", "suspend_process", "Suspend"),
    ]

    def __init__(self) -> None:
        hook = self.end if KIND == "hook" else None
        self.terminal = Terminal(plain=KIND == "plain", end=hook, say=report)
        super().__init__(driver_class=None if KIND == "stock" else self.terminal.driver_class())
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")
        yield Input(select_on_focus=False)
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("number", "name")
        for number in range(300):
            table.add_row(str(number), f"row {number}")
        self.app_resume_signal.subscribe(self, lambda _: report("resumed"))

    def on_ready(self) -> None:
        report("ready")

    def on_unmount(self) -> None:
        report(f"unmounted, {self.terminal.dropped} dropped")

    def on_key(self, event: events.Key) -> None:
        report(f"key {event.key}")

    def on_input_changed(self, event: Input.Changed) -> None:
        report(f"input {event.value}")

    def end(self, code: int) -> None:
        report(f"asked {code}")
        self.set_timer(0.1, lambda: self.exit(return_code=code))

    def action_block(self) -> None:
        report("blocked")
        time.sleep(600)

    def action_repaint(self) -> None:
        self.terminal.repaint()
        report("repainted")

    def action_ring(self) -> None:
        self.call_after_refresh(self.bell)

    def action_damage(self) -> None:
        def fail(*_: object) -> str:
            raise ZeroDivisionError("a bug in the painter")

        Painter.paint = fail
        self.bell()
        self.screen.refresh()

    def action_flood(self) -> None:
        self.ticks = 0
        self.set_interval(0.02, self.tick)

    def tick(self) -> None:
        self.ticks += 1
        self.theme = ("textual-light", "textual-dark")[self.ticks % 2]
        self.query_one(DataTable).action_page_down()
        report(f"tick {self.ticks}")


if __name__ == "__main__":
    if "CONTROLLING" in os.environ:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    app = Child()
    app.run()
    sys.exit(app.return_code)
