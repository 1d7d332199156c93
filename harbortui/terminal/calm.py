"""The end of reading, which Textual asks for ten times a second: it waits where nothing comes."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

TICK_S = 0.1  # as often as Textual 8.2 looks whether a sequence has its rest
CALM_S = 1.0  # by then it has given up waiting for one


class Calm(threading.Event):
    """Set when reading is to end; the thread that reads sleeps in `is_set` while all is quiet.

    Each waking of a process that does nothing costs up to a millisecond in a virtual machine.
    """

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._source = 0, -1
        self._woken, self._wake = os.pipe()
        self._heard_at = 0.0

    @contextmanager
    def reading(self, source: int) -> Iterator[None]:
        """This thread reads from the file `source` now."""
        self._reader, self._source, self._heard_at = threading.get_ident(), source, monotonic()
        try:
            yield
        finally:
            self._reader = 0

    def is_set(self) -> bool:
        """Whether to end; to the reader it is told when there is something to read, or an end."""
        if threading.get_ident() == self._reader:
            calm = monotonic() - self._heard_at > CALM_S
            files = [self._source, self._woken]
            if select.select(files, [], [], None if calm else TICK_S)[0]:
                self._heard_at = monotonic()
        return super().is_set()

    def set(self) -> None:
        """End, and say so to the reader."""
        super().set()
        os.write(self._wake, b"\0")

    def clear(self) -> None:
        """Go on."""
        if super().is_set():
            os.read(self._woken, 4096)
        super().clear()
