"""Writing a filtered log to a file, oldest first, in constant memory; and going on with it."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from harbortui.api.audit import Event
from harbortui.api.errors import Refused
from harbortui.audit.filter import Filter
from harbortui.audit.formats import Ended, Format
from harbortui.audit.log import Log
from harbortui.audit.reading import Clocks, Reading


@dataclass(frozen=True)
class Progress:
    """How far an export has come."""

    rows: int = 0
    reached: datetime | None = None
    """The time of the last event that was looked at."""
    percent: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.rows / self.seconds if self.seconds > 0 else 0.0


class Part:
    """The events of a log that a filter wants, page by page, up to what is there now."""

    def __init__(self, log: Log, wanted: Filter, clocks: Clocks, *, everything: bool) -> None:
        self.reading = Reading(log, wanted, clocks, everything=everything)
        self.clocks = clocks
        self.progress = Progress()

    async def pages(self, after: int = 0, last: int | None = None) -> AsyncIterator[list[Event]]:
        """Events with ids above `after`, up to `last` or the newest one; may be empty pages.

        Raises HarborError; begin again behind the last event that was got.
        """
        if not self.reading.opened:
            await self.reading.open()
        walk, began = self.reading.walk, self.clocks.now()
        last = self.reading.top if last is None else last
        walk.top = lambda: last
        start = after + 1 if after else await walk.oldest()
        walk.start(max(start, walk.floor))
        walk.window.live = False
        while walk.window.high < last:
            await walk.newer()
            events = walk.window.events
            self.progress = Progress(
                self.progress.rows + len(events),
                walk.reached,
                self.reading.share(walk.window.high),
                self.clocks.now() - began,
            )
            walk.go_on()
            yield events
            await asyncio.sleep(0)  # the demo's answers take no time: keys have their turn here
        self.progress = replace(self.progress, percent=100)


class File:
    """An export on disk, its owner's alone (0600): new, or gone on with behind its last record."""

    def __init__(self, path: Path, form: Format) -> None:
        self.path, self.form = path.absolute(), form
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | os.O_NONBLOCK
        self._file: BinaryIO = os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)
        os.set_blocking(self._file.fileno(), True)  # only the opening is not to wait
        try:
            self.ended = self._resumed()
        except Refused:
            self._file.close()
            raise

    def _resumed(self) -> Ended:
        """Cut off what was not finished. Refused when the file is another's."""
        found = os.fstat(self._file.fileno())
        if not stat.S_ISREG(found.st_mode):
            return self._begun()
        if not found.st_size:
            return self._begun()
        if not self.form.resumable:
            raise Refused(f"{self.path.name} is there already, and {self.form.name} cannot go on")
        with os.fdopen(os.dup(self._file.fileno()), "rb") as whole:
            whole.seek(0)
            ended = self.form.ended(whole)
        self._file.truncate(ended.end)
        self._file.seek(ended.end)
        return ended if ended.end else self._begun()

    def _begun(self) -> Ended:
        self._write(self.form.head())
        return Ended()

    def write(self, events: list[Event]) -> None:
        """Add events; may raise OSError, after which the file can be gone on with."""
        if events:
            self._write(self.form.rows(events))

    def _write(self, content: bytes) -> None:
        while content:
            content = content[self._file.write(content) or 0 :]

    def close(self) -> None:
        """Done, or stopped."""
        self._file.close()
