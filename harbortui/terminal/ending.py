"""An end that others ask for: gracefully if the program can, by force if it cannot."""

from __future__ import annotations

import os
import signal
from asyncio import get_running_loop
from collections.abc import Callable
from contextvars import copy_context
from threading import Event, Lock, Thread
from types import FrameType
from typing import TypeVarTuple

Arguments = TypeVarTuple("Arguments")

ANSWER_S = 2.0  # the event loop must take the request within that
END_S = 6.5  # and the program be gone within that: a write in flight is given five seconds
ASKING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
IGNORED = (signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE)
HANG_UP = 128 + signal.SIGHUP


class Loop:
    """The event loop as signals and threads see it: what they call runs as a part of the app.

    The context of a signal is that of whatever it interrupted: Textual 8.2 forgets timers that
    are started in it.
    """

    def __init__(self) -> None:
        self._loop, self._context = get_running_loop(), copy_context()

    @property
    def is_over(self) -> bool:
        """Whether nothing will ever run in it again."""
        return self._loop.is_closed()

    def call(self, function: Callable[[*Arguments], object], *arguments: *Arguments) -> None:
        """Call a function soon, in the loop's thread."""
        self._loop.call_soon_threadsafe(function, *arguments, context=self._context.copy())

    def hear(self, number: signal.Signals, function: Callable[[int], object]) -> None:
        """Call it in the loop after this signal; any signal wakes the loop from then on.

        One that another thread gets, as SIGCONT may, would wait until something else wakes it.
        """
        self._loop.add_signal_handler(number, function, number)


class Ending:
    """Turns signals into `ask(code)` in the event loop, and sees to it that an end follows.

    `leave` restores the terminal without anybody's help; it must not wait for long.
    """

    def __init__(
        self,
        loop: Loop,
        ask: Callable[[int], None],
        leave: Callable[[], None],
        stop: Callable[[int], object] = os._exit,
    ) -> None:
        self._loop, self._ask, self._leave, self._stop = loop, ask, leave, stop
        self._answered = Event()
        self._begun = Lock()  # acquired once, for good

    def install(self) -> None:
        """Take over the signals that ask for an end, and those that would kill by mistake."""
        for number in ASKING:
            signal.signal(number, self._signalled)
        for number in IGNORED:
            signal.signal(number, signal.SIG_IGN)

    def begin(self, code: int) -> None:
        """Ask the program to end with exit code `code` (128 + the signal); later calls are idle."""
        if not self._begun.acquire(blocking=False):
            return
        if self._loop.is_over:
            self.now(code)
        Thread(target=self._watch, args=(code,), name="ending", daemon=True).start()
        self._loop.call(self._requested, code)

    def now(self, code: int) -> None:
        """Restore the terminal and be gone."""
        self._leave()
        self._stop(code)

    def _signalled(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGTERM and self._begun.locked():
            self.now(128 + number)
        self.begin(128 + number)

    def _requested(self, code: int) -> None:
        self._answered.set()
        self._ask(code)

    def _watch(self, code: int) -> None:
        if self._answered.wait(ANSWER_S):
            Event().wait(END_S)
        self.now(code)
