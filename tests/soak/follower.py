"""Follows a log as `harbortui logs -f` does, and keeps book of what comes."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path
from time import process_time

from pydantic import SecretStr

from harbortui.api.audit import Event, Source
from harbortui.api.harbor import Harbor
from harbortui.api.signin import BasicAuth
from harbortui.audit.filter import Filter
from harbortui.audit.log import HarborLog
from harbortui.audit.reading import GRACE, Clocks
from harbortui.audit.window import Window
from harbortui.logs.output import Meter
from harbortui.logs.writing import Writing

from . import SPEED, now

SETTLED = 4 * GRACE
"""Seconds after the last event until everything has been settled, long since."""


class Enough(Exception):
    """Ends what never ends by itself."""


class Quiet(Meter):
    """Counts what is said."""

    def __init__(self) -> None:
        super().__init__(False)
        self.said = 0

    def say(self, sentence: str) -> None:
        """A fault, mostly."""
        self.said += 1


class Book:
    """An output: which ids came, how often, in which order; a window looks at them, too."""

    def __init__(self, events: int) -> None:
        self.last_id = 0
        self.came = bytearray(b"\0" * (2 * events + 10_000))  # written to: in memory from now on
        self.rows = self.repeated = self.misordered = self.last = 0
        self.window = Window(1)
        self.window.live = True
        self._early = events // 4
        self._memory: tuple[int, int] | None = None

    def write(self, events: list[Event]) -> None:
        """Note them; the first ones are those that were there before."""
        for event in events:
            self.misordered += event.id < self.last
            self.repeated += self.came[event.id]
            self.came[event.id] = 1
            self.last = event.id
        self.rows += len(events)
        self.window.take(events)
        if self._memory is None and self.rows >= self._early:
            self._memory = resident(), len(self.window)

    def check(self) -> None:
        """It is patient."""

    def close(self) -> None:
        """Nothing is open."""

    @property
    def grown(self) -> float:
        """Bytes that were needed since a quarter of the events, but for what the window took."""
        before, rows = self._memory or (resident(), len(self.window))
        return resident() - before - 600 * (len(self.window) - rows)


def resident() -> int:
    """Bytes of memory in use by this program."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


class Follower:
    """The tail's loop, with time that passes faster; every pause is the end of a poll."""

    def __init__(self, port: int, events: int) -> None:
        auth = BasicAuth("admin", SecretStr("Harbor12345"))
        url = f"http://127.0.0.1:{port}"
        self.harbor = Harbor(url, auth=auth, pause=_sooner)
        self.book, self.meter = Book(events), Quiet()
        self.polls, self.seconds, self.begun = 0, 0.0, asyncio.Event()
        self._over: float | None = None
        self.writing = Writing(
            HarborLog(self.harbor, Source()),
            Filter(),
            Clocks(now, lambda: self.harbor.now()),
            self.book,
            self.meter,
            everything=True,
            pause=self._pause,
        )

    @property
    def late(self) -> int:
        """Events that came after the grace."""
        tail = self.writing.part.reading.tail
        return len(tail.late) if tail else 0

    def nothing_more_comes(self) -> None:
        """The registry has said so."""
        self._over = now() + SETTLED

    async def run(self) -> None:
        """Follow until all is over."""
        began = process_time()
        try:
            await self.writing.follow()
        except Enough:
            await self.harbor.close()
        self.seconds = process_time() - began

    async def _pause(self, seconds: float) -> None:
        self.polls += 1
        self.begun.set()
        if self._over and now() > self._over:
            raise Enough
        await _sooner(seconds)


async def _sooner(seconds: float) -> None:
    await asyncio.sleep(seconds / SPEED)
