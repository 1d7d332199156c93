"""A slow line between program and person: a key that is held never runs far ahead of the picture.

What the program writes is taken at once, as kernels and SSH do, and then crawls to the person.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from tests.benchmarks.server import PROGRAM, served
from tests.benchmarks.table import Row
from tests.benchmarks.terminal import Terminal

RATE, ROUND_TRIP_S = 8_000, 0.3
"""Bytes a second (64 kbit/s)."""
HELD_S, A_SECOND = 5, 30


class Distant(Terminal):
    """A terminal at the end of such a line; its answers take the way there and back."""

    free = behind_s = 0.0
    """When the line will have carried all; how far behind the last picture was at most."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.under_way: deque[tuple[float, bytes]] = deque()
        super().__init__(command, env)

    def reply(self, answers: Sequence[bytes], size: int) -> None:
        """Send them when the questions have arrived."""
        now = time.perf_counter()
        self.free = max(self.free, now) + size / RATE
        self.behind_s = max(self.behind_s, self.free - now + ROUND_TRIP_S)
        self.under_way.extend((self.free + ROUND_TRIP_S, answer) for answer in answers)

    def pump(self, until: float) -> None:
        """Read, and let answers arrive, until that time."""
        while (now := time.perf_counter()) < until:
            while self.under_way and self.under_way[0][0] <= now:
                super().reply([self.under_way.popleft()[1]], 0)
            self.read(min(0.005, until - now))

    def hold(self, key: str) -> float:
        """Hold a key; how far behind the picture was, at most (seconds)."""
        self.pump(max(self.free, time.perf_counter()) + 2)
        self.behind_s, began = 0.0, time.perf_counter()
        for number in range(HELD_S * A_SECOND):
            self.pump(began + number / A_SECOND)
            self.send(key)
        self.pump(time.perf_counter() + 2)
        return self.behind_s


def rows() -> Iterator[Row]:
    """Lines and pages."""
    with served("large") as server, Distant([*PROGRAM, ":repos"], env=server.env) as terminal:
        terminal.pump(time.perf_counter() + 6)
        for key in ("down", "pagedown", "pageup"):
            yield Row(f"64 kbit/s, 300 ms: {key} held, behind by", terminal.hold(key), 1, "s")
