"""How long to wait between two polls: as long as it takes half a page to come together."""

from __future__ import annotations

import random
from collections.abc import Callable

HALF_A_PAGE = 50
SHORTEST = 1.0
LONGEST = 15.0
"""Seconds, where nobody looks."""
WATCHED = 3.0
"""Seconds, where somebody does; a poll that finds nothing costs Harbor a millisecond."""
SMOOTH = 0.3
"""How much the last poll counts."""
JITTER = 0.1


class Pace:
    """Follows the rate at which events come."""

    def __init__(
        self,
        longest: float = LONGEST,
        chance: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.longest, self.rate = longest, 0.0
        self._chance = chance

    def after(self, count: int, seconds: float) -> float:
        """Seconds until the next poll, when the last `seconds` brought `count` events."""
        self.rate += SMOOTH * (count / max(seconds, 0.1) - self.rate)
        wait = HALF_A_PAGE / self.rate if self.rate > 0 else self.longest
        wait = max(SHORTEST, min(wait, self.longest))
        return wait * (1 + self._chance(-JITTER, JITTER))
