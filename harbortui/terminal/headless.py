"""For tests: the same door and painter, without a terminal and without a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from harbortui.terminal.abilities import Abilities
from harbortui.terminal.diff import Painter
from harbortui.terminal.door import Door


class Recorder:
    """What an app writes to its terminal (`stock`) and what the terminal would get (`sent`).

    Give `driver_class()` to the app and run it with `run_test(headless=False)`.
    """

    def __init__(
        self,
        able: Abilities = Abilities(),  # noqa: B008  it is immutable
        *,
        plain: bool = False,
        ascii_only: bool = False,
        watch: Callable[[str, str], None] | None = None,
    ) -> None:
        self.stock: list[str] = []
        self.sent: list[str] = []
        self._door = Door(ascii_only=ascii_only)
        self._painter = Painter(able, plain=plain)
        self._watch = watch

    @property
    def dropped(self) -> int:
        """How many control strings and characters were kept from the terminal."""
        return self._door.dropped

    def driver_class(self) -> type[HeadlessDriver]:
        """The class for `App(driver_class=…)`."""

        class Driver(RecordingDriver):
            """The driver of this recorder."""

            recorder = self

        return Driver

    def write(self, text: str, columns: int, lines: int) -> None:
        """Take one write of Textual's, and tell the watcher both versions of it."""
        self._door.feed(text, columns, lines)
        self._note(text)

    def repaint(self) -> None:
        """Send the whole screen again."""
        self._door.forget()
        self._note("")

    def _note(self, stock: str) -> None:
        sent = self._painter.deliver(self._door.take())
        self.stock.append(stock)
        self.sent.append(sent)
        if self._watch is not None:
            self._watch(stock, sent)


class RecordingDriver(HeadlessDriver):
    """Textual's driver for tests, except that it gets frames."""

    recorder: ClassVar[Recorder]

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.app = app

    @property
    def is_headless(self) -> bool:
        """Textual 8.2 renders nothing for a driver that says it is."""
        return False

    def write(self, data: str) -> None:
        """Hand a frame or a control string to the recorder."""
        self.recorder.write(data, *self.app.size)

    def start_application_mode(self) -> None:
        """Enter the alternate screen."""
        self.write("\x1b[?1049h")
        super().start_application_mode()
