"""A demo Harbor where much happens, behind a socket, for `tests.soak`.

It prints its port; `go` on standard input lets things happen, and it says `done` when nothing more
will; at the end of its input it prints how many requests there were, and writes the ids of all
events that could ever be seen into a file.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from array import array
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx

from harbortui.demo import DemoHarbor
from harbortui.demo.clock import START, Clock

from ..bridge import Bridge
from ..serving import serving
from . import now

BURST = 5_000
TICK = 0.02
"""Our seconds between two moments at which something happens."""
EACH = 100
"""Events of such a moment, at most."""
BURSTS = 0.25
"""Their share of all events."""
LATE, LATEST = 0.01, 5.0
"""The share of events that commit late, and by how many seconds at most."""
BURNT = 0.003
PURGED = timedelta(minutes=10)
"""Between two purges, which leave an hour."""


class Fast(Clock):
    """The registry's time."""

    def __init__(self) -> None:
        super().__init__(None)
        self._began = now()

    def present(self) -> datetime:
        """As many times faster as ours."""
        return START.astimezone(UTC) + timedelta(seconds=now() - self._began) + self.offset


class Busy(httpx.AsyncBaseTransport):
    """A demo with faults in its answers and a life that a seed decides."""

    def __init__(self, events: int, faults: int, seed: int) -> None:
        self.demo = DemoHarbor("", Fast())
        self.events, self.faults = events, faults
        self.drawn, self.struck, self.requests = 0, 0, 0
        self.burnt: set[int] = set()
        self.ids = array("q")
        self._chance = Random(seed)
        self._going = False
        self._purged = self.demo.clock()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """An answer, or a fault: as many as there should be by how far it has come."""
        self.requests += 1
        self.demo.requests.clear()
        if self.drawn * self.faults > self.struck * self.events and self._going:
            self.struck += 1
            return self._fault(await self.demo.handle_async_request(request))
        return await self.demo.handle_async_request(request)

    def _fault(self, answer: httpx.Response) -> httpx.Response:
        kind = self._chance.randrange(6)
        if kind == 0:
            raise ConnectionError
        if kind == 1:
            headers = {"Content-Type": "application/json"}
            return httpx.Response(200, content=answer.content[:-20], headers=headers)
        if kind == 2:
            return httpx.Response(200, html="<h1>Sign in to our network</h1>")
        headers = {"Retry-After": "1"} if kind == 3 else {}
        return httpx.Response((429, 500, 503)[kind - 3], json={}, headers=headers)

    async def live(self) -> None:
        """Everything that happens, until all events have been drawn."""
        self.requests, self._going = 0, True
        first = self.demo.audit.next_id
        while self.drawn < self.events:
            burst = self._chance.random() < BURSTS / (1 - BURSTS) * EACH / 2 / BURST
            count = BURST if burst else self._chance.randint(0, EACH)
            for _ in range(min(count, self.events - self.drawn)):
                self._draw()
            if self.demo.clock() - self._purged > PURGED:
                self._purged = self.demo.clock()
                self.demo.audit.purge(self._purged - timedelta(hours=1))
            await asyncio.sleep(TICK)
        drawn = range(first, self.demo.audit.next_id)
        self.ids.extend(number for number in drawn if number not in self.burnt)

    def _draw(self) -> None:
        chance, log = self._chance.random(), self.demo.audit
        if chance < BURNT:
            self.burnt.add(log.next_id)
            log.burn()
            return
        late = self._chance.uniform(0.01, LATEST) if chance < BURNT + LATE else 0.0
        thing = f"payments/api:v{self.drawn}"
        said = f"pull artifact: {thing}"
        at = self.demo.clock() + timedelta(seconds=self.drawn % 3)
        log.append("robot$ci", "pull", "artifact", thing, said, late=late, at=at)
        self.drawn += 1


async def orders() -> asyncio.StreamReader:
    """Standard input."""
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    return reader


def say(word: object) -> None:
    """A line on standard output."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser()
    for name in ("events", "faults", "seed"):
        parser.add_argument(name, type=int)
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    busy = Busy(asked.events, asked.faults, asked.seed)
    async with serving(Bridge(busy).serve) as port:
        say(port)
        told = await orders()
        await told.readline()
        await busy.live()
        say("done")
        await told.read()
    asked.file.write_bytes(busy.ids.tobytes())
    say(f"{busy.requests} {busy.struck}")


if __name__ == "__main__":
    asyncio.run(main())
