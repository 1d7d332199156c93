"""What the tail assumes is watched: nothing comes after the grace, and no log goes back."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from harbortui.api.audit import Event
from harbortui.audit.ledger import Ledger
from harbortui.audit.reader import Reader

EVERY = 60.0
"""Seconds between checks."""
LONGEST = 120.0
"""Seconds of grace, however late rows come."""
HOUR = timedelta(hours=1)
"""Harbor purges nothing that is younger."""
APART = timedelta(minutes=30)
"""The clocks of a registry's servers and of its database differ by less."""
ANCHORS = 20
"""Events that are looked at again, one of each poll that brought some."""
FEW = 1_000
"""Events that are read again where Harbor cannot count them in one request."""


class Checks:
    """Counts what was delivered once more, and looks whether known events are still the same."""

    def __init__(self, reader: Reader, settled: int, now: float) -> None:
        self.reader = reader
        self.ledger = Ledger(settled)
        self.troubled = False
        """Something went wrong since the last check."""
        self.purged = 0
        """Events that are gone, of those that were delivered lately."""
        self._checked = now
        self._anchors: deque[Event] = deque(maxlen=ANCHORS)
        self._latest: datetime | None = None

    def note(self, events: Sequence[Event]) -> None:
        """These have been delivered, wanted or not; the last one is remembered for a while."""
        for event in events:
            if self._latest is None or event.op_time > self._latest:
                self._latest = event.op_time
        self._anchors.extend(events[-1:])

    def due(self, now: float) -> bool:
        """Whether it is time for a check."""
        return self.troubled or now - self._checked >= EVERY

    @staticmethod
    def longer(grace: float) -> float:
        """The grace after one that was too short."""
        return min(2 * grace, LONGEST)

    async def late(self, now: float) -> list[Event]:
        """Events that have appeared where everything was thought to be settled."""
        ledger = self.ledger
        ledger.forget(now)
        low, high = ledger.base + 1, ledger.settled
        found: list[Event] = []
        if low <= high:
            total = await self.reader.count(low, high)
            if total is None:
                found = await self._read(low, high) if len(ledger) <= FEW else []
            elif total > len(ledger):
                found = await self._search(low, high, total)
            elif total < len(ledger):
                self.purged += len(ledger) - total
                ledger.restart()
        for event in found:
            ledger.add(event.id)
        self._checked, self.troubled = now, False
        return found

    async def _search(self, low: int, high: int, total: int) -> list[Event]:
        """Halve the range where more is there than was delivered."""
        if total <= self.reader.page:
            return await self._read(low, high)
        middle = (low + high) // 2
        below = await self.reader.count(low, middle) or 0
        found: list[Event] = []
        if below > self.ledger.count(low, middle):
            found += await self._search(low, middle, below)
        if total - below > self.ledger.count(middle + 1, high):
            found += await self._search(middle + 1, high, total - below)
        return found

    async def _read(self, low: int, high: int) -> list[Event]:
        found: list[Event] = []
        while low <= high:
            answer = await self.reader.rising(low, high)
            found += [event for event in answer.events if not self.ledger.holds(event.id)]
            low = answer.edge + 1 if answer.full else high + 1
        return found

    async def rewound(self, moment: datetime, settled: int) -> bool:
        """Whether events that are known have become others: a database that was restored.

        Known ids are other events now; or are gone, although they are too young for a purge and
        the account sees everything. If all are gone, a row long after all that was delivered, that
        has an id that was settled by then, tells. `moment` is the server's time.
        """
        known = {event.id: event.op_time for event in self._anchors}
        if not known or self._latest is None:
            return False
        there = {event.id: event.op_time for event in await self.reader.of(sorted(known))}
        if any(known[number] != time for number, time in there.items()):
            return True
        gone = [known[number] for number in known.keys() - there.keys()]
        if self.reader.everything and any(time > moment - HOUR + APART for time in gone):
            return True
        if there:
            return False
        since = max(self._latest + APART, moment - HOUR)
        newer = await self.reader.by_time(since, None)
        return newer is not None and newer.id <= settled and newer.op_time > since
