"""What was, then what comes: from a log to an output."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from harbortui.api.audit import Event
from harbortui.api.errors import (
    HarborError,
    ServerFault,
    TooMany,
    Unauthorized,
    Unreachable,
    Unreadable,
)
from harbortui.api.harbor import polling
from harbortui.audit.export import Part
from harbortui.audit.filter import Filter
from harbortui.audit.log import Log
from harbortui.audit.ordered import Ordered
from harbortui.audit.pace import Pace
from harbortui.audit.reading import Clocks
from harbortui.logs.output import Meter, Output

LAST = 10
"""Events that are shown before those to come."""
STEPS = 30
"""Requests that those are looked for with."""
SLOWEST = 60.0
"""Seconds between tries while Harbor is away."""
PASSING = (Unreachable, Unreadable, ServerFault, TooMany)
"""Errors that go away by themselves, or may."""


class Writing:
    """One filter over a log, into one output."""

    def __init__(
        self,
        log: Log,
        wanted: Filter,
        clocks: Clocks,
        output: Output,
        meter: Meter,
        *,
        everything: bool,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        sign_in: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._made_of = (log, wanted, clocks, everything)
        self.wanted, self.output, self.meter = wanted, output, meter
        self._pause, self._sign_in = pause, sign_in
        self.part, self.ordered = self._part(), Ordered()
        self._reached = 0
        """Of what was there, all up to this id has been written."""
        self._begun = False
        self._renewed = False
        """Signed in again, and nothing has been read since."""

    def _part(self) -> Part:
        log, wanted, clocks, everything = self._made_of
        return Part(log, wanted, clocks, everything=everything)

    async def open(self) -> bool:
        """Find the newest event; false when this account sees none at all. Raises HarborError."""
        await self.part.reading.open()
        return self.part.reading.top > 0 or self.wanted.until is not None

    async def everything(self) -> int:
        """All that is there now, behind what the output has; how much. Raises HarborError."""
        await self._history(None)
        self.meter.clear()
        return self.part.progress.rows

    async def _history(self, last: int | None) -> None:
        async for events in self.part.pages(max(self._reached, self.output.last_id), last):
            self.output.write(events)
            self._reached = events[-1].id if events else self._reached
            self.output.check()
            self.meter.show(self.part.progress)

    async def follow(self) -> None:
        """What is settled first (with a span all of it, else the last few), then what comes.

        Never ends by itself: Harbor may go away and come back. HarborError for what stays wrong.
        """
        await self._begin()  # what is wrong from the start ends it
        pace, failures, asked_at = Pace(), 0, monotonic()
        while True:
            self.output.check()
            try:
                with polling():
                    count = await self._poll()
            except HarborError as error:
                failures += 1
                await self._failed(error, failures)
                continue
            failures, self._renewed, now = 0, False, monotonic()
            wait, asked_at = pace.after(count, now - asked_at), now
            await self._pause(wait)

    async def _begin(self) -> None:
        reading = self.part.reading
        if not reading.opened:
            await reading.open()
        settled = reading.tail.settled if reading.tail else reading.top
        if self.wanted.since or self.output.last_id:
            await self._history(settled)
            self.meter.clear()
        else:
            self.output.write(await self._last_few(settled))
        self._begun = True

    async def _last_few(self, settled: int) -> list[Event]:
        reading = self.part.reading
        for _ in range(STEPS):
            if len(reading.window) >= LAST or reading.walk.at_start:
                break
            await reading.older()
        return [event for event in reading.window if event.id <= settled][-LAST:]

    async def _poll(self) -> int:
        """Read what is new and write what may go; how many events had come."""
        if not self._begun:
            await self._begin()
        tail, count, whole = self.part.reading.tail, 0, False
        while tail and not whole:
            try:
                whole = await tail.poll()
            finally:
                arrived = [event for event in tail.drain() if event.id > self.output.last_id]
                count += len(arrived)
                self.output.write(self.ordered.release(arrived, tail.settled))
        if tail and tail.rewound:
            self.meter.say("the audit log was rewound (a database was restored): it begins anew")
            self.part, self.ordered, self.output.last_id = self._part(), Ordered(), 0
            self._reached, self._begun = 0, False
        return count

    async def _failed(self, error: HarborError, failures: int) -> None:
        """Say it once, wait longer each time; a session that has ended is begun again."""
        if isinstance(error, Unauthorized) and self._sign_in and not self._renewed:
            try:
                await self._sign_in()
            except PASSING as away:
                error = away
            else:
                self._renewed = True
                return
        if not isinstance(error, PASSING):
            raise error
        if failures == 1:
            self.meter.say(f"{error}; it is tried again until it works")
        wait = min(2.0 ** (failures - 1), SLOWEST)
        await self._pause(max(wait, error.wait) if isinstance(error, TooMany) else wait)
