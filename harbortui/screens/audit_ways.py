"""Ways through the audit log: back, on, to its beginning, to a time; a few requests each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harbortui.screens.audit_log import AuditLogScreen

FILLED = 100
"""Events that a window holds at least, where there are so many."""


async def fill(screen: AuditLogScreen) -> None:
    """Back until the window holds enough; ctrl+c stops a long search. Raises HarborError."""
    reading, stop = screen.reading, screen.session.stop
    stop.clear()
    while len(reading.window) < FILLED and not reading.walk.at_start and reading.at_end:
        if stop.is_set() or screen.reading is not reading:
            return
        await reading.older()
        screen.show()


async def older(screen: AuditLogScreen) -> None:
    """Until something older is found, the beginning is reached, or ctrl+c."""
    reading, stop = screen.reading, screen.session.stop
    stop.clear()
    while not stop.is_set() and screen.reading is reading and not reading.walk.at_start:
        found = await reading.older()
        screen.show()
        if found:
            return


async def newer(screen: AuditLogScreen) -> None:
    """Until something newer is found, the end is reached, or ctrl+c."""
    reading, stop = screen.reading, screen.session.stop
    stop.clear()
    while not stop.is_set() and screen.reading is reading and not reading.walk.at_end:
        found = await reading.newer()
        screen.show()
        if found:
            return


async def to_oldest(screen: AuditLogScreen) -> None:
    """To the beginning of the log."""
    await screen.reading.oldest()
    await newer(screen)
    screen.table.to_first()


async def to_time(screen: AuditLogScreen, moment: datetime) -> None:
    """To what has happened since a moment."""
    if not await screen.reading.at(moment):
        screen.session.say("nothing has happened since then", "warn")
        return
    await newer(screen)
    screen.table.to_first()
