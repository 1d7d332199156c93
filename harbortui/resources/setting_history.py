"""Who changed a setting: what was seen of it, joined with the audit log; candidates, no claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic

from harbortui.api.audit import Event, Source
from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.audit import wording
from harbortui.audit.explain import unrecorded
from harbortui.audit.filter import Filter
from harbortui.audit.log import HarborLog
from harbortui.audit.reading import Clocks, Reading
from harbortui.resources.cells import plural
from harbortui.resources.setting_line import SettingLine
from harbortui.shown import Fact, Heading, Line, Part, When

MOST = 12
"""Candidates that are named."""
STEPS = 40
"""Requests at most; with doubling windows that is all of a long log."""
SLACK = timedelta(seconds=10)
"""Harbor's servers and this machine do not have quite the same time."""
RECORDED = "Harbor records that settings were changed and by whom, not which"


async def history(harbor: Harbor, line: SettingLine) -> Sequence[Line]:
    """When it was seen to be otherwise, and who changed settings between."""
    found: list[Line] = [Heading("CHANGES"), Fact("Recorded", RECORDED)]
    if (seen := line.seen) is None:
        return [*found, Fact("Seen", "not remembered, so that it cannot be compared")]
    found.append(Fact("So since, at the latest", When(seen.since)))
    if seen.until is None:
        found.append(Fact("Before", Part("no other value has been seen from here", "muted")))
        return [*found, *await _changes(harbor, None, seen.since, "CHANGES OF SETTINGS BEFORE")]
    found += [Fact("Before", line.was), Fact("Last seen so", When(seen.until))]
    heading = "CANDIDATES: CHANGES OF SETTINGS BETWEEN THESE"
    return [*found, *await _changes(harbor, seen.until, seen.since, heading)]


async def _changes(
    harbor: Harbor, since: datetime | None, until: datetime, heading: str
) -> Sequence[Line]:
    """Who changed any setting within a time, the last one first."""
    try:
        events, why = await changes(harbor, since, until)
    except HarborError as error:
        events, why = [], str(error)
    shown = [Fact(wording.who(event), When(event.op_time)) for event in reversed(events[-MOST:])]
    if more := len(events) - len(shown):
        shown.append(Fact("", Part(f"and {plural(more, 'more', 'more')} before", "muted")))
    nothing = why or "none in the audit log: purged, or changed where it is not recorded"
    return [Heading(heading), *(shown or [Fact("", Part(nothing, "muted"))])]


async def changes(
    harbor: Harbor, since: datetime | None, until: datetime
) -> tuple[list[Event], str]:
    """The newest changes of settings within a time, or why there can be none; bounded requests."""
    wanted = Filter(
        types=("configuration",),
        operations=("update",),
        since=since - SLACK if since else None,
        until=until + SLACK,
    )
    log = HarborLog(harbor, Source())
    reading = Reading(log, wanted, Clocks(monotonic, harbor.now), everything=True)
    await reading.open()
    if why := unrecorded(wanted, old=log.old):
        return [], why
    for _ in range(STEPS):
        if reading.walk.at_start or len(reading.window) > MOST:
            break
        await reading.older()
    return [event for event in reading.window if not event.failed], ""
