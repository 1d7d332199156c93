"""What can be done with audit events: look, copy, go to the thing that one is about."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from harbortui.api import artifacts, audit, projects, repositories, robots, users
from harbortui.api.audit import Event
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.harbor import Harbor
from harbortui.audit import wording
from harbortui.audit.explain import NO_ADDRESS
from harbortui.audit.formats import FORMATS
from harbortui.audit.words import written
from harbortui.screens.audit_export import export
from harbortui.screens.details import FactsScreen, fact_rows
from harbortui.screens.menu import Entry, Menu
from harbortui.screens.messages import Go
from harbortui.screens.text import TextScreen, text_rows
from harbortui.shown import Fact, Heading, Line, Part, When
from harbortui.text import code_points, odd

if TYPE_CHECKING:
    from harbortui.screens.audit_log import AuditLogScreen

RESULTS = {True: "worked", False: "failed", None: "not recorded by this version"}

Find = Callable[[Harbor, str], Awaitable[object]]
THINGS: dict[str, tuple[Find, str]] = {
    "project": (projects.find, "repositories {}"),
    "repository": (repositories.find, "artifacts {}"),
    "user": (users.find, "users /{}"),
    "robot": (robots.find, "robots /{}"),
}
"""How a thing is looked for, and where it is shown, by its type."""


async def details(screen: AuditLogScreen, event: Event) -> None:
    """All fields in our words, and what Harbor does not record."""
    clock, moment = screen.look.clock, wording.stamp(event.op_time)
    names = [wording.who(event), wording.typed(event, event.resource)]
    lines: list[Line] = [
        Fact("Time", When(event.op_time)),
        Fact("", Part(f"{moment}, number {event.id}", "muted")),
        Fact("User", names[0]),
        Fact("Did", wording.done(event)),
        Fact("To", f"{event.resource_type} {names[1]}"),
        Fact("Result", RESULTS[event.operation_result]),
        Fact("Description", event.operation_description or "-"),
        Fact("From where", Part(NO_ADDRESS, "muted")),
    ]
    strange = [name for name in dict.fromkeys(names) if odd(name)]
    lines += [Fact("Odd characters", Part(code_points(name), "warn")) for name in strange]
    if event.id in screen.look.late:
        lines.append(Fact("Came late", "it appeared after others that are newer"))
    rows = fact_rows(lines, clock)
    screen.app.push_screen(FactsScreen(screen.session, f"event {event.id}", rows))


async def json_text(screen: AuditLogScreen, event: Event) -> None:
    """The row read anew, every character visible."""
    source = screen.events_log.source
    row = await screen.ask(partial(audit.raw, screen.session.harbor, source, event))
    if row is None:
        return
    rows = text_rows(json.dumps(row, indent=2, ensure_ascii=True))
    screen.app.push_screen(TextScreen(screen.session, f"JSON of event {event.id}", rows))


def unread(screen: AuditLogScreen) -> FactsScreen:
    """The rows that were left out since they cannot be read."""
    lines: list[Line] = []
    for row in screen.events_log.unread.values():
        number = "an event without a number" if row.id is None else f"event {row.id}"
        lines += [
            Heading(number),
            Fact("Why", Part(row.why, "warn")),
            Fact("Harbor sent", row.sent),
        ]
    rows = fact_rows(lines, screen.look.clock)
    return FactsScreen(screen.session, "rows that cannot be read", rows)


async def thing(screen: AuditLogScreen, event: Event) -> None:
    """Go to what the event is about, if it is still there."""
    name = event.resource
    if event.resource_type == "configuration":
        screen.post_message(Go("configuration", keep=True))
        return
    found = _place(event)
    if found is None:
        screen.session.say(f"there is no list of things of the type {event.resource_type}", "warn")
        return
    find, command = found
    there = await screen.ask(partial(_is_there, find, screen.session.harbor, name))
    if there:
        screen.post_message(Go(command, keep=True))
    elif there is False:
        about = f"{event.resource_type} {name}"
        screen.session.say(f"{about} is not there any more, or you may not see it", "warn")


async def _is_there(find: Find, harbor: Harbor, name: str) -> bool:
    try:
        await find(harbor, name)
    except (NotFound, Forbidden):
        return False
    return True


def _place(event: Event) -> tuple[Find, str] | None:
    """How it is found, and what leads there; an artifact, or a tag, is in its repository."""
    if event.resource_type in THINGS:
        find, place = THINGS[event.resource_type]
        return find, place.format(event.resource)
    if event.resource_type not in ("artifact", "tag"):
        return None
    folder, _, last = event.resource.partition("@")[0].rpartition("/")
    return artifacts.find, f"artifacts {folder}/{last.partition(':')[0]}"


async def copy(screen: AuditLogScreen, event: Event) -> None:
    """The marked events, or the one at the cursor: as text, CSV or JSON lines."""
    chosen = screen.table.chosen
    entries = [
        Entry("text", "a line for each", "", "text"),
        Entry("jsonl", "JSON, all that Harbor sends", "", "jsonl"),
        Entry("csv", "a table", "", "csv"),
    ]
    title = f"Copy {len(chosen)} events" if len(chosen) > 1 else "Copy this event"
    picked = await screen.app.push_screen_wait(Menu(title, entries))
    if not picked or not picked.entries:
        return
    form = FORMATS[picked.entries[0].value]
    screen.app.copy_to_clipboard((form.head() + form.rows(chosen)).decode())
    screen.session.say(f"{len(chosen)} copied, if the terminal allows it", "ok")


async def same(screen: AuditLogScreen, event: Event) -> None:
    """Narrow to what this event has: its user, its thing, what was done."""
    offers = [
        written(event.username, "user"),
        f"op:{event.operation}",
        f"type:{event.resource_type}",
    ]
    offers += [written(event.resource, "res")] if event.resource else []
    entries = [Entry(one, "only these", "", one) for one in offers]
    entries += [Entry(f"-{one}", "all but these", "", f"-{one}") for one in offers]
    picked = await screen.app.push_screen_wait(Menu("Narrow", entries))
    if picked and picked.entries:
        screen.narrow(f"{screen.text} {picked.entries[0].value}".strip())


Verb = Callable[["AuditLogScreen", Event], Awaitable[None]]
DO: dict[str, Verb] = {
    "details": details,
    "json": json_text,
    "thing": thing,
    "copy": copy,
    "same": same,
    "export": lambda screen, _: export(screen),
}
