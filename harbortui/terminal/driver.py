"""The driver for Textual: few bytes out, harmless text in, and an end that is always clean."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import termios
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, ClassVar, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from harbortui.terminal.abilities import abilities
from harbortui.terminal.calm import Calm
from harbortui.terminal.diff import Painter
from harbortui.terminal.door import LEAVE, Door
from harbortui.terminal.ending import HANG_UP, Ending, Loop
from harbortui.terminal.keyboard import LARGEST_PASTE, Keyboard, pump
from harbortui.terminal.wire import Wire

TAKE_S = 0.8  # the terminal gets so long to read the last bytes
LEAVE_S = 0.5  # and so long for those that restore it, where it did not
ANSWER_S = 0.3  # and so long for an answer that a shell would take for input


class Terminal:
    """What the app knows of its terminal: make one, give its `driver_class()` to the app.

    `end(code)` is called in the event loop when a signal or a lost terminal asks for an end;
    without it the app just exits. `say(sentence)` is called there with what the user should know.
    """

    def __init__(
        self,
        *,
        plain: bool = False,
        ascii_only: bool = False,
        end: Callable[[int], None] | None = None,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self.plain, self.ascii_only = plain, ascii_only
        self.end, self.say = end, say
        self.driver: TerminalDriver | None = None

    def driver_class(self) -> type[TerminalDriver]:
        """The class for `App(driver_class=…)`."""

        class Driver(TerminalDriver):
            """The driver of this terminal."""

            terminal = self

        return Driver

    def repaint(self) -> None:
        """Send the whole screen again (`ctrl+l`): others have written to the terminal."""
        if self.driver is not None:
            self.driver.wire.repaint()

    @property
    def dropped(self) -> int:
        """How many control strings and characters were kept from the terminal."""
        return 0 if self.driver is None else self.driver.wire.door.dropped


class TerminalDriver(LinuxDriver):
    """Textual's driver for Linux with a door at its exit and a sieve at its entrance."""

    terminal: ClassVar[Terminal]

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        owner, output = self.terminal, _descriptor(sys.__stderr__)
        painter = Painter(abilities(os.environ.get("TERM", ""), output), plain=owner.plain)
        self.app = app
        self.exit_event = self._calm = Calm()
        self.loop = Loop()
        self.wire = Wire(output, Door(ascii_only=owner.ascii_only), painter)
        self.ending = Ending(self.loop, owner.end or self._exit, self.leave)
        self._input, self._output = self.fileno, output
        self._stop, self._go_on = _taken_over(signal.SIGTSTP), _taken_over(signal.SIGCONT)
        signal.signal(signal.SIGTSTP, self._stopped)
        self.loop.hear(signal.SIGCONT, self._resume)
        owner.driver = self

    def write(self, data: str) -> None:
        """Take a frame or a control string; never waits for the terminal."""
        self.wire.write(data, *self.app.size)

    def start_application_mode(self) -> None:
        """Enter the alternate screen, and watch for signals."""
        self.wire.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual 8.2
        self.ending.install()
        threading.excepthook = self._broken
        resize = _taken_over(signal.SIGWINCH)

        def resized(number: int, _: FrameType | None) -> None:
            # Not at once: a signal that interrupts this one would tell a newer size before it.
            self.loop.call(resize, number, None)
            self.loop.call(self._resized)

        signal.signal(signal.SIGWINCH, resized)

    def stop_application_mode(self) -> None:
        """Leave the alternate screen, and the terminal as it was."""
        self.wire.settle(ANSWER_S)
        super().stop_application_mode()

    def close(self) -> None:
        """Send the last bytes; a terminal that does not read them is left by force."""
        super().close()
        if not self.wire.close(TAKE_S):
            self.leave()

    def leave(self) -> None:
        """Restore the terminal at once, from whatever thread, and without waiting for long."""
        if not (self.wire.door.shown or self.wire.lost):
            return
        self.wire.abandon()
        last = threading.Thread(target=self._restore, name="terminal-restore", daemon=True)
        last.start()
        last.join(LEAVE_S)

    def run_input_thread(self) -> None:
        """Read the terminal in a thread of ours; Textual's reads what is left from a pipe."""
        (clean, into), (stopped, stop) = os.pipe(), os.pipe()
        keyboard = Keyboard(self.wire.answered, self._refused)
        arguments = (self._input, into, stopped, keyboard, self._hung_up)
        thread = threading.Thread(target=pump, args=arguments, name="terminal-input", daemon=True)
        self.fileno = clean
        thread.start()
        self.wire.listen()
        try:
            with self._calm.reading(clean):
                super().run_input_thread()
        finally:
            self.fileno = self._input
            os.close(clean)
            os.close(stop)
            thread.join()
            os.close(into)
            os.close(stopped)

    def _restore(self) -> None:
        try:
            if self.attrs_before is not None:
                termios.tcsetattr(self._input, termios.TCSANOW, self.attrs_before)
            os.write(self._output, LEAVE.encode())
        except (OSError, termios.error):
            return  # it hung up: there is nothing to restore

    def _broken(self, caught: threading.ExceptHookArgs) -> None:
        """A bug in a thread, which would leave a dead screen, ends the app as any other does."""
        if caught.exc_value is not None:
            self.app.call_later(_raise, caught.exc_value)

    def _exit(self, code: int) -> None:
        self.app.exit(return_code=code)

    def _hung_up(self) -> None:
        self.ending.begin(HANG_UP)

    def _refused(self, length: int) -> None:
        if self.terminal.say is not None:
            sentence = f"Paste refused: {length:,} characters, at most {LARGEST_PASTE:,}"
            self.loop.call(self.terminal.say, sentence)

    def _resized(self) -> None:
        """A terminal that came back with the same size (dtach, tmux): Textual would not paint."""
        if tuple(shutil.get_terminal_size()) == tuple(self.app.size):
            self.wire.repaint()

    def _stopped(self, number: int, frame: FrameType | None) -> None:
        if self.wire.door.shown:  # not in the middle of a write
            self.loop.call(self._stop, number, None)
        else:
            self._stop(number, frame)

    def _resume(self, number: int) -> None:
        """Start again; after SIGSTOP, which nobody hears, the shell has changed the terminal."""
        unheard = self.wire.door.shown
        if unheard:
            self.suspend_application_mode()
        self._go_on(number, None)
        if unheard:
            self.send_message(self.SignalResume())


def _raise(error: BaseException) -> None:
    raise error


def _taken_over(number: int) -> Callable[[int, FrameType | None], object]:
    """Textual's function for a signal."""
    function = signal.getsignal(number)
    return function if callable(function) else lambda _number, _frame: None


def _descriptor(stream: TextIO | None) -> int:
    return 2 if stream is None else stream.fileno()
