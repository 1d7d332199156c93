"""What the audit log says of itself: what is new, how far back one is, why it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harbortui.api.audit import Event
from harbortui.audit.explain import access, limits
from harbortui.audit.pattern import DIGEST
from harbortui.audit.reading import BEHIND
from harbortui.audit.wording import stamp
from harbortui.shown import Part
from harbortui.widgets.ink import middle

if TYPE_CHECKING:
    from harbortui.screens.audit_reading import FilteredLog

LONGEST = 40
"""Columns for the filter, beside the crumbs."""


def counts(screen: FilteredLog) -> tuple[Part, ...]:
    """Marks, the filter, what becomes of new events, how far along one is, the zone."""
    reading, found = screen.reading, []
    if marks := len(screen.table.marks):
        found.append(Part(f"{marks} marked   ", "accent"))
    if screen.text:
        found.append(Part(f"{middle(screen.text, LONGEST)}   ", "accent"))
    if unread := len(screen.events_log.unread):
        found.append(Part(f"{unread} unreadable   ", "warn"))
    found.append(_state(screen))
    if not reading.at_end and reading.window:
        found.append(Part(f"   {reading.share(_number(screen))} %", "muted"))
    return (*found, Part(f"   {_day(screen)}{screen.look.zone}", "muted"))


def _day(screen: FilteredLog) -> str:
    """The date of the row at the cursor, unless it is today's."""
    clock, current = screen.look.clock, screen.table.current
    if current is None or clock.mode == "relative":
        return ""
    day = clock.zoned(current.op_time)
    return "" if day.date() == clock.zoned(clock.now()).date() else f"{day:%-d %b %Y}, "


def _state(screen: FilteredLog) -> Part:
    reading = screen.reading
    if screen.impossible:
        return Part("not recorded", "warn")
    if screen.old:
        return Part("ended with the upgrade", "muted")
    match reading.state if reading.opened else "":
        case "":
            return Part("")
        case "following":
            return Part("following", "accent")
        case "waiting" if reading.waiting:
            return Part(f"+{reading.waiting:,} new", "accent")
        case "paused":
            return Part(f"paused, {reading.waiting:,} new", "warn")
        case "behind":
            return Part(f"{reading.tail.behind if reading.tail else 0:,} behind", "warn")
        case "ended":
            return Part("ends there", "muted")
    return Part("not following", "warn")


def _number(screen: FilteredLog) -> int:
    current = screen.table.current
    return current.id if current is not None else screen.reading.window[0].id


def hint(screen: FilteredLog) -> str:
    """A mistake, how far a search has come, what is to be known of the row at the cursor."""
    reading = screen.reading
    if slip := screen.slip or screen.wrong:
        return slip
    if screen.searching:
        return f"searching{_progress(screen)}, ctrl+c stops"
    if screen.halted:
        return f"stopped{_progress(screen)}, r goes on"
    if reading.state == "behind" and reading.tail and reading.tail.behind > BEHIND:
        return f"skip {reading.tail.behind:,} events? G goes to the newest"
    if not reading.window:
        return ""
    if reading.walk.at_start and screen.table.current is reading.window[0]:
        return beginning(screen)
    current = screen.table.current
    return screen.note or (screen.look.told(current) if current else "") or _row(current)


def _progress(screen: FilteredLog) -> str:
    reached = screen.reading.walk.reached
    where = f" at {stamp(reached)[:16].replace('T', ' ')}" if reached else ""
    return f"{where}, {len(screen.reading.window):,} found"


def _row(event: Event | None) -> str:
    """What the columns leave out: the whole digest, what was changed of a user."""
    if event is None:
        return ""
    said, plain = event.operation_description, f"{event.resource_type}: {event.resource}"
    return said if DIGEST in said or not plain.endswith(said.partition(" ")[2]) else ""


def beginning(screen: FilteredLog) -> str:
    """Where the log begins, and what there may be before it."""
    if screen.reading.wanted.since:
        return "the span begins here; 9 takes it away"
    if screen.offers_older:
        return "the log begins here; h shows what was recorded before the upgrade to 2.13"
    return "the log begins here; older events have been purged, or there are none"


def empty(screen: FilteredLog) -> str:
    """Why there are no rows, and what helps."""
    if screen.wrong:
        return screen.wrong
    if screen.impossible:
        return screen.impossible
    reading = screen.reading
    if not reading.opened or not (reading.walk.at_start and reading.walk.at_end):
        return ("Stopped." if screen.halted else "Searching …") if reading.opened else ""
    sentences = [
        _nothing(screen),
        screen.silence,
        access(screen.session.me),
        *limits(reading.wanted),
    ]
    return " ".join(filter(None, sentences))


def _nothing(screen: FilteredLog) -> str:
    if screen.text:
        return "No events fit this filter. esc takes it away."
    if screen.old:
        return "Nothing is left here of what was recorded before the upgrade to 2.13."
    return "No events yet."
