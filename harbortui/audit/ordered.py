"""Events for a pipe, which cannot put one in between later: held until nothing can come below."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from harbortui.api.audit import Event


class Ordered:
    """Lets events go by rising id, as far as everything below them is settled."""

    def __init__(self) -> None:
        self._held: list[tuple[int, Event]] = []

    def __len__(self) -> int:
        return len(self._held)

    def release(self, arrived: Sequence[Event], settled: int) -> list[Event]:
        """What may go now; one that is late goes at once, behind later ones."""
        for event in arrived:
            heappush(self._held, (event.id, event))
        free = []
        while self._held and self._held[0][0] <= settled:
            free.append(heappop(self._held)[1])
        return free
