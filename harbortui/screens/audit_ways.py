"""Ways through the audit log: on and back, to its ends, to a time; by small requests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from harbortui.screens.audit_log import AuditLogScreen

MARGIN = 20
"""Rows beyond the screen that are fetched before they are seen."""
TOLD = 0.5
"""Seconds between two looks at how far a search has come."""
PAINTED = 0.1
"""Seconds between two pictures of a search that finds nothing."""

Step = Callable[[], Awaitable[int]]


def stands(screen: Screen[None]) -> bool:
    """It is not on its way out: then its table may be gone (Textual 8.2), whatever goes on."""
    return screen in screen.app.screen_stack


def lacking(screen: AuditLogScreen) -> Step | None:
    """What has to be fetched for what is on the screen, and a little beyond; None: nothing."""
    if not (stands(screen) and screen.reading.opened):
        return None
    reading, table = screen.reading, screen.table
    first, last = table.in_view
    if last + MARGIN >= len(table.rows) and not reading.walk.at_end:
        return reading.newer
    if first < MARGIN and not reading.walk.at_start:
        return reading.older
    return None


async def seek(screen: AuditLogScreen) -> None:
    """Until the screen is full, the log ends, or ctrl+c. Raises HarborError."""
    reading, stopped = screen.reading, screen.session.stops.since_now()
    told, shown = monotonic(), 0.0
    while screen.reading is reading and (step := lacking(screen)):
        if stopped():
            screen.halted = True
            break
        found = await step()
        if not found and monotonic() - told > TOLD:
            told = monotonic()
            await reading.walk.time_of_edge()
        if not stands(screen):
            return
        if found or monotonic() - shown > PAINTED:
            shown = monotonic()
            screen.show()
        await asyncio.sleep(0)  # keys first
    if stands(screen):
        screen.show()


async def to_oldest(screen: AuditLogScreen) -> None:
    """To the beginning of the log."""
    await screen.reading.oldest()
    await _from_there(screen)


async def to_time(screen: AuditLogScreen, moment: datetime) -> None:
    """To what has happened since a moment."""
    if not await screen.reading.at(moment):
        screen.session.say("nothing has happened since then", "warn")
        return
    await _from_there(screen)


async def _from_there(screen: AuditLogScreen) -> None:
    """A window that has only just been begun."""
    screen.table.forget_widths()
    screen.show()
    screen.table.to_first()
    await seek(screen)


async def to_newest(screen: AuditLogScreen) -> None:
    """To the newest end; what has not been read yet is skipped, and read when one goes back."""
    reading = screen.reading
    if reading.state == "behind" and reading.tail:
        screen.session.say(f"{reading.tail.behind:,} events were skipped: up from here reads them")
        screen.renew()
        return
    reading.newest()
    screen.show()
    await seek(screen)
