"""`python -m tests.soak --events 1000000`: what was lost, repeated or out of order; 1 if anything.

A registry in a program of its own draws events at random: one by one, in bursts of 5,000, some
committed late, some never; it purges, and answers some requests with faults. An hour passes in a
minute, for both. Nothing may be lost, repeated or out of order; requests are few; memory is flat.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from array import array
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from .follower import Follower
from .registry import say

REQUESTS = 1.15
"""Times polls and pages of a hundred: what may be asked in all."""
FLAT = 4 * 2**20
"""Bytes of growth that are none: what allocators keep."""
FEW = 100_000
"""Events below which neither requests nor memory are judged: beginning and end weigh too much."""
FIRST = 10
"""Seconds until there is something to follow."""


@dataclass(frozen=True)
class Line:
    """A figure, and whether it is as it should be; most of the time it should be at most this."""

    name: str
    value: float
    most: float | None = None

    @property
    def fails(self) -> bool:
        """Whether it is too large."""
        return self.most is not None and self.value > self.most

    def __str__(self) -> str:
        most = "" if self.most is None else f"at most {self.most:,.10g}"
        return f"{'FAILS' if self.fails else '':6}{self.name:<28}{self.value:>14,.10g}  {most}"


async def started(asked: argparse.Namespace, file: Path) -> Process:
    """The registry."""
    words = map(str, (asked.events, asked.faults, asked.seed, file))
    command = (sys.executable, "-m", "tests.soak.registry", *words)
    return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)


async def soak(asked: argparse.Namespace, file: Path) -> list[Line]:
    """Follow the registry to its end, then compare."""
    began = perf_counter()
    registry = await started(asked, file)
    told, heard = registry.stdin, registry.stdout
    assert told and heard
    follower = Follower(int(await heard.readline()), asked.events)
    following = asyncio.create_task(follower.run())
    async with asyncio.timeout(FIRST):
        await follower.begun.wait()
    follower.polls = 0
    told.write(b"go\n")
    await heard.readline()
    follower.nothing_more_comes()
    await following
    grown = follower.book.grown
    told.close()
    requests, faults = map(int, (await heard.read()).split())
    await registry.wait()
    ids = array("q", await asyncio.to_thread(file.read_bytes))
    book = follower.book
    lost = sum(not book.came[number] for number in ids)
    rows = sum(book.came[min(ids) : max(ids) + 1])
    few = len(ids) < FEW
    return [
        Line("events", len(ids)),
        Line("lost", lost, 0),
        Line("repeated", book.repeated, 0),
        Line("out of order", book.misordered, 0),
        Line("made up", rows - (len(ids) - lost), 0),
        Line("late", follower.late, 0),
        Line("faults", faults),
        Line("polls", follower.polls),
        Line("requests", requests, None if few else REQUESTS * (follower.polls + rows / 100)),
        Line("memory grown, kB", grown // 1000, None if few else FLAT // 1000),
        Line("seconds of a core, tail", follower.seconds),
        Line("seconds", perf_counter() - began),
    ]


def main() -> int:
    """Print the table; 1 when a figure is not as it should be."""
    parser = argparse.ArgumentParser("python -m tests.soak")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = asyncio.run(soak(asked, Path(folder) / "ids"))
    for line in lines:
        say(line)
    return int(any(line.fails for line in lines))


if __name__ == "__main__":
    sys.exit(main())
