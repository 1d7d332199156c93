"""Until when it is known who we are: time, a refusal and a sleep of the machine end that."""

from __future__ import annotations

import asyncio
import time

from harbortui.clock import Clock

EVERY = 300.0
"""Seconds between asking who we are: expired credentials get 200 with less in it."""
ASLEEP = 5.0
"""Seconds that the wall clock gains on the monotonic one, which stands still in a sleep."""


class Watch:
    """Whether it has to be asked again who is signed in."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._known = clock, float("-inf")
        self._gap = self._apart()
        self.asking = asyncio.Lock()
        """Held while Harbor is asked: who wants to know waits for that answer."""

    def known(self) -> None:
        """Harbor has just said who we are."""
        self._known, self._gap = time.monotonic(), self._apart()

    def doubt(self) -> None:
        """Whatever comes next asks first."""
        self._known = float("-inf")

    def wake(self) -> None:
        """A sleep has been noticed; what it leaves is doubt."""
        self._gap = self._apart()
        self.doubt()

    @property
    def slept(self) -> bool:
        """The machine was away, which nobody has noticed yet: connections may be dead."""
        return self._apart() - self._gap > ASLEEP

    @property
    def doubtful(self) -> bool:
        """It has to be asked again."""
        return time.monotonic() - self._known >= EVERY

    def _apart(self) -> float:
        return self._clock.wall() - time.monotonic()
