"""How many events a minute: one character a minute."""

from __future__ import annotations

from collections.abc import Sequence

BARS = " ▁▂▃▄▅▆▇█"


def spark(counts: Sequence[int]) -> str:
    """A row of blocks, the highest full; what is there at all is seen."""
    most = max(counts, default=0)
    if not most:
        return BARS[1] * len(counts)
    top = len(BARS) - 1
    return "".join(BARS[max(1, -(-count * top // most))] for count in counts)
