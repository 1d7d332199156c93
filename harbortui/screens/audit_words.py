"""What the audit log says of itself: how much is here, what is new, how far back one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from harbortui.api.audit import Event
from harbortui.audit.reading import Reading
from harbortui.clock import Clock
from harbortui.shown import Heading, Part, Tone


def counts(reading: Reading, text: str) -> tuple[Part, ...]:
    """The filter, what becomes of new events, how many are here."""
    found = [Part(f"{text}   ", "accent")] if text else []
    named = {"waiting": f"+{reading.waiting} new", "ended": "up to then"}
    tone: Tone = "accent" if reading.state == "following" else "warn"
    found.append(Part(f"{named.get(reading.state, reading.state)}   ", tone))
    return (*found, Part(f"{len(reading.window):,} events here", "muted"))


def hint(reading: Reading, current: Any, filled: int) -> str:
    """How far a search has come, or how far back one is."""
    window = reading.window
    if reading.at_end or not window:
        if reading.walk.at_start or len(window) >= filled:
            return ""
        return f"searching … {len(window)} found so far, ctrl+c stops"
    number = current.id if isinstance(current, Event) else window[0].id
    return f"{reading.share(number)} % of the log; G follows the newest again"


def empty(reading: Reading, text: str) -> str:
    """Why there are no rows."""
    if not reading.opened or not reading.walk.at_start:
        return "Looking …"
    return "No events fit this filter. esc clears it." if text else "The audit log is empty."


def by_day(events: Sequence[Event], clock: Clock) -> Iterator[Event | Heading]:
    """The events, with a line where a day begins."""
    day = ""
    for event in events:
        now = f"{clock.zoned(event.op_time):%A %d %B %Y}"
        if now != day:
            yield Heading(now)
        day = now
        yield event
