"""`E`: the filtered log into a file, with progress; stopped, it can be gone on with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from harbortui.api.errors import HarborError
from harbortui.audit.export import File, Part, Progress
from harbortui.audit.formats import FORMATS
from harbortui.audit.log import HarborLog
from harbortui.audit.reading import Clocks
from harbortui.audit.wording import stamp
from harbortui.screens.menu import Entry, Menu

if TYPE_CHECKING:
    from harbortui.screens.audit_log import AuditLogScreen


async def export(screen: AuditLogScreen) -> None:
    """Ask for the form, then write; another request for the same file goes on with it."""
    entries = [
        Entry("csv", "for spreadsheets", "", ("csv", None)),
        Entry("jsonl", "one JSON object a line", "", ("jsonl", None)),
    ]
    if screen.unfinished:
        path, form = screen.unfinished
        entries.insert(0, Entry("go on", f"with {path.name}", "", (form, path)))
    picked = await screen.app.push_screen_wait(Menu("Export what the filter wants", entries))
    if not picked or not picked.entries:
        return
    form, path = picked.entries[0].value
    stem = f"harbortui-audit-log-{screen.session.clock.now():%Y%m%d-%H%M%S}"
    screen.write_out(path or Path(f"{stem}.{form}"), form)


async def write(screen: AuditLogScreen, path: Path, form: str) -> None:
    """Oldest first, in constant memory; leaving the screen or ctrl+c ends it."""
    session, stopped = screen.session, screen.session.stops.since_now()
    try:
        with closing(File(path, FORMATS[form])) as file:
            screen.unfinished = (file.path, form)
            progress = await _pages(screen, file, stopped)
    except OSError as error:
        session.say(f"{path.name}: {error.strerror or error}", "bad")
    except HarborError as error:
        session.refused(error)
        session.say(f"{error}; E goes on with {path.name}", "bad")
    else:
        if stopped():
            session.say(f"stopped: {_told(progress)}; E goes on with {path.name}", "warn")
            return
        screen.unfinished = None
        session.say(f"{progress.rows:,} events written to {file.path}", "ok")


async def _pages(screen: AuditLogScreen, file: File, stopped: Callable[[], bool]) -> Progress:
    session = screen.session
    log = HarborLog(session.harbor, screen.events_log.source)
    clocks = Clocks(monotonic, session.clock.now)
    part = Part(log, screen.reading.wanted, clocks, everything=session.me.is_admin)
    async for events in part.pages(file.ended.last_id):
        file.write(events)
        session.say(f"exporting: {_told(part.progress)}, ctrl+c stops")
        if stopped():
            break
    return part.progress


def _told(progress: Progress) -> str:
    reached = f", at {stamp(progress.reached)[:10]}" if progress.reached else ""
    rate = f", {progress.rate:,.0f} a second" if progress.rate else ""
    return f"{progress.rows:,} events, {progress.percent} %{reached}{rate}"
