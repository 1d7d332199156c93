"""Which ids have been delivered in the last ten minutes, to be counted once more."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Sequence

KEPT_FOR = 600.0
"""Seconds."""
MOST = 50_000
"""Ids that are kept, 8 bytes each."""


class Ledger:
    """Delivered ids above `base`, up to what is settled; older ones are forgotten."""

    def __init__(self, base: int) -> None:
        self.base, self.settled = base, base
        self._ids = array("q")
        self._times: deque[tuple[float, int]] = deque()

    def __len__(self) -> int:
        return len(self._ids)

    def settle(self, now: float, settled: int, ids: Sequence[int]) -> None:
        """`ids`, rising, are all that was delivered between what was settled and `settled`."""
        self.settled = settled
        self._ids.extend(ids)
        self._times.append((now, settled))
        while self._times[0][0] + KEPT_FOR < now:
            self.base = self._times.popleft()[1]
        if len(self._ids) > MOST:
            self.base = max(self.base, self._ids[-MOST - 1])
        del self._ids[: bisect_right(self._ids, self.base)]

    def forget(self, now: float) -> None:
        """Time has gone on without anything new."""
        while self._times and self._times[0][0] + KEPT_FOR < now:
            self.base = self._times.popleft()[1]
        del self._ids[: bisect_right(self._ids, self.base)]

    def restart(self) -> None:
        """Rows have gone: nothing can be said of what is here any more."""
        self.base = self.settled
        self._times.clear()
        del self._ids[:]

    def count(self, low: int, high: int) -> int:
        """How many were delivered between two ids, both included."""
        return bisect_right(self._ids, high) - bisect_left(self._ids, low)

    def holds(self, number: int) -> bool:
        """Whether this one was delivered."""
        return self.count(number, number) > 0

    def add(self, number: int) -> None:
        """One that came late."""
        insort(self._ids, number)
