"""Sending to the terminal from a thread of its own: one that stalls holds nobody up."""

from __future__ import annotations

import os
import select
import termios
from collections.abc import Iterator
from threading import Condition, Thread
from time import monotonic

from harbortui.terminal.diff import Painter
from harbortui.terminal.door import Door
from harbortui.terminal.pace import QUESTION, Pace

PIECE = 4096  # bytes that one write takes; an end can come between two


class Wire:
    """A door, the painter behind it, and the thread that writes what the painter says.

    While the thread is busy or the terminal is behind, frames only change the picture in the
    door: what is painted next is the latest.
    """

    def __init__(self, descriptor: int, door: Door, painter: Painter) -> None:
        self.door = door
        self._descriptor = descriptor
        self._painter = painter
        self._pace = Pace()
        self._news = Condition()
        self._thread: Thread | None = None
        self._closing = self._listening = self._greeting = False
        self.lost = False

    def start(self) -> None:
        """Begin to send; nothing happens if it has begun."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._closing = self._listening = self._greeting = self.lost = False
        self._pace = Pace()
        self._thread = Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    def write(self, text: str, columns: int, lines: int) -> None:
        """Take one write of Textual's; never waits for the terminal."""
        with self._news:
            self.door.feed(text, columns, lines)
            self._news.notify_all()

    def repaint(self) -> None:
        """Send the whole screen again."""
        with self._news:
            self.door.forget()
            self._news.notify_all()

    def listen(self) -> None:
        """Somebody reads answers from now on: before that, the terminal would echo them."""
        with self._news:
            self._listening = self._greeting = True
            self._news.notify_all()

    def answered(self) -> None:
        """The terminal has answered a question of ours."""
        with self._news:
            self._pace.answered(monotonic())
            self._news.notify_all()

    def settle(self, limit: float) -> None:
        """Wait (seconds) for answers that are still to come: a shell would take them for input."""
        with self._news:
            self._news.wait_for(lambda: not self._pace.owed, limit)

    def close(self, limit: float) -> bool:
        """Send what is waiting and stop; False if the terminal did not take it within `limit` s."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join(limit)
        if self._thread is None or not self._thread.is_alive():
            self.lost = self.lost or self.door.waiting
            return not self.lost
        self.abandon()
        self._thread.join(limit / 4)
        return False

    def abandon(self) -> None:
        """Send nothing more, and throw away what the terminal has not read."""
        self._closing = self.lost = True
        try:
            termios.tcflush(self._descriptor, termios.TCOFLUSH)
        except termios.error:
            return  # it is no terminal any more

    def _run(self) -> None:
        for text in self._texts():
            self._send(text.encode("utf-8", "replace"))

    def _texts(self) -> Iterator[str]:
        """What is to be sent, one after another, until closed."""
        while True:
            with self._news:
                while not self._ready():
                    if self._closing:
                        return
                    self._news.wait(self._pause())
                self._greeting, delivery = False, self.door.take()
            text = self._painter.deliver(delivery)
            yield text
            with self._news:
                asks = self._listening and self._pace.sent(len(text), monotonic())
            if asks and not self._closing:
                yield QUESTION

    def _ready(self) -> bool:
        return self._greeting or (self.door.waiting and (self._closing or not self._pause()))

    def _pause(self) -> float | None:
        if not self.door.waiting:
            return None
        return self._pace.wait(monotonic())

    def _send(self, content: bytes) -> None:
        while content and not self.lost:
            try:
                written = os.write(self._descriptor, content[:PIECE])
            except BlockingIOError:  # another program made the terminal non-blocking
                select.select([], [self._descriptor], [], 1)
                continue
            except OSError:
                self.lost = True  # it hung up: the keyboard notices, too, and ends the program
                return
            content = content[written:]
