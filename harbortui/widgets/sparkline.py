"""How many events a minute: one character a minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

BARS = " ▁▂▃▄▅▆▇█"
MINUTES = 24


def per_minute(now: datetime, moments: Iterable[datetime]) -> str:
    """How many there were in each of the last minutes, and in this one."""
    ago = Counter(int((now - moment) / timedelta(minutes=1)) for moment in moments)
    counts = [ago.get(minute, 0) for minute in range(MINUTES - 1, -1, -1)]
    return f"per minute {spark(counts)} now {counts[-1]}"


def spark(counts: Sequence[int]) -> str:
    """A row of blocks, the highest full; what is there at all is seen."""
    most = max(counts, default=0)
    if not most:
        return BARS[1] * len(counts)
    top = len(BARS) - 1
    return "".join(BARS[max(1, -(-count * top // most))] for count in counts)
