"""What can be done with audit events: look, copy, write to a file, go to the thing."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from pydantic import Field

from harbortui.api import audit
from harbortui.api.audit import Event, Source
from harbortui.api.errors import HarborError
from harbortui.api.form import Form
from harbortui.audit import wording
from harbortui.audit.export import File, Part
from harbortui.audit.formats import Csv
from harbortui.audit.moments import moment
from harbortui.audit.presets import presets
from harbortui.audit.reading import Clocks
from harbortui.resources.core import Fact, Line, When
from harbortui.screens.audit_ways import to_time
from harbortui.screens.details import fact_rows
from harbortui.screens.forms import FormScreen
from harbortui.screens.messages import Go
from harbortui.screens.text import TextScreen, text_rows

if TYPE_CHECKING:
    from harbortui.screens.audit_log import AuditLogScreen

NOT_RECORDED = "Harbor does not record from which address."
PLACES = {
    "project": "projects /{}",
    "repository": "artifacts {}",
    "user": "users /{}",
    "robot": "robots /{}",
    "configuration": "configuration",
}
"""Where the things that events are about are found, by type."""
_SINCE = re.compile(r"(?:^|\s)since:\S+")


class Jump(Form):
    """A time to go to."""

    when: str = Field(
        title="Time", description="2h, 7d, 2026-11-20, 2026-11-20T09:00, 09:00", min_length=1
    )


def with_since(text: str, span: str) -> str:
    """A filter with another span."""
    rest = _SINCE.sub("", text).strip()
    return f"{rest} since:{span}".strip() if span else rest


def next_preset(text: str, me: str) -> tuple[str, str]:
    """The filter after this one, and what Harbor does not record of it."""
    known = [("", ""), *((one.text, one.note) for one in presets(me))]
    texts = [text for text, _ in known]
    return known[(texts.index(text) + 1) % len(known) if text in texts else 1]


async def ask_for_time(screen: AuditLogScreen) -> datetime | None:
    """A moment that is typed; a mistake stays in the form."""
    clock = screen.session.clock

    def read(form: Jump) -> datetime | None:
        return moment(form.when.strip(), clock.now(), local=clock.mode == "local")

    async def send(form: Jump) -> str:
        return "" if read(form) else "that is no time: 2h, 7d, 2026-11-20T09:00"

    form = await screen.app.push_screen_wait(FormScreen(None, "Go to a time", Jump, send=send))
    return read(form) if isinstance(form, Jump) else None


def _current(screen: AuditLogScreen) -> Event | None:
    current = screen.table.current
    return current if isinstance(current, Event) else None


async def jump(screen: AuditLogScreen) -> None:
    """Ask for a time and go there."""
    there = await ask_for_time(screen)
    if there is not None:
        screen.walk(partial(to_time, moment=there))


async def details(screen: AuditLogScreen) -> None:
    """All fields in our words, and what Harbor does not record."""
    event = _current(screen)
    if event is None:
        return
    kind, name = wording.thing(event)
    result = {True: "worked", False: "failed", None: "not recorded by this version"}
    lines: list[Line] = [
        Fact("Time", When(event.op_time)),
        Fact("User", wording.who(event)),
        Fact("Did", wording.done(event)),
        Fact("To", f"{kind or event.resource_type} {name}".strip()),
        Fact("Result", result[event.operation_result]),
        Fact("Description", event.operation_description),
        Fact("Number", str(event.id)),
        Fact("Address", NOT_RECORDED),
    ]
    rows = fact_rows(lines, screen.session.clock)
    screen.app.push_screen(TextScreen(screen.session, f"event {event.id}", rows))


async def json_text(screen: AuditLogScreen) -> None:
    """The row read anew, every character visible."""
    event = _current(screen)
    if event is None:
        return
    source = Source(screen.reading.wanted.project)
    row = await screen.ask(lambda: audit.raw(screen.session.harbor, source, event))
    text = json.dumps(row, indent=2, ensure_ascii=True)
    name = f"JSON of event {event.id}"
    screen.app.push_screen(TextScreen(screen.session, name, text_rows(text)))


async def go_to_thing(screen: AuditLogScreen) -> None:
    """Open where the thing is, if it is still there."""
    event = _current(screen)
    if event is None:
        return
    name = event.resource
    if event.resource_type == "artifact":
        repository = re.split(r"[@:]", name, maxsplit=1)[0]
        screen.post_message(Go(f"artifacts {repository}", keep=True))
    elif place := PLACES.get(event.resource_type):
        screen.post_message(Go(place.format(name), keep=True))
    else:
        screen.session.say(f"there is no list of what is a {event.resource_type}", "warn")


async def copy(screen: AuditLogScreen) -> None:
    """The marked events, or the one at the cursor, as lines of text."""
    chosen = [event for event in screen.table.chosen if isinstance(event, Event)]
    screen.app.copy_to_clipboard("\n".join(map(wording.line, chosen)))
    screen.session.say(f"{len(chosen)} events copied, if the terminal allows it", "ok")


async def export(screen: AuditLogScreen) -> None:
    """Write the filtered log as CSV, oldest first; ctrl+c stops, and it can be gone on with."""
    session = screen.session
    wanted = screen.reading.wanted
    everything = session.me.is_admin and not wanted.project
    part = Part(
        screen.reading.reader.log,
        wanted,
        Clocks(monotonic, session.clock.now),
        everything=everything,
    )
    path = Path.cwd() / f"harbortui-audit-{session.clock.now():%Y%m%d-%H%M%S}.csv"
    session.stop.clear()
    try:
        file = File(path, Csv())
    except OSError as error:
        session.say(f"nothing was written: {error.strerror}", "bad")
        return
    try:
        async for events in part.pages(file.ended.last_id):
            file.write(events)
            done = part.progress
            session.say(f"{done.rows:,} events written, {done.percent} % (ctrl+c stops)")
            if session.stop.is_set():
                break
    except (HarborError, OSError) as error:
        session.say(f"stopped after {part.progress.rows:,} events: {error}", "bad")
    else:
        session.say(f"{part.progress.rows:,} events are in {path}", "ok")
    finally:
        with suppress(OSError):
            file.close()


DO: dict[str, Callable[[AuditLogScreen], Awaitable[None]]] = {
    "details": details,
    "json": json_text,
    "thing": go_to_thing,
    "copy": copy,
    "export": export,
    "jump": jump,
}
