"""Audit events as columns: when, who, what was done, to which thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from harbortui.audit import wording
from harbortui.clock import Clock
from harbortui.resources.cells import digest
from harbortui.shown import Column, Part
from harbortui.text import odd, safe

if TYPE_CHECKING:
    from harbortui.api.audit import Event

SHA = "@sha256:"
ODD = "▲ odd characters"


def lit(parts: Iterable[Part], find: str) -> Iterable[Part]:
    """The same words, with every place that holds a text picked out."""
    wanted = find.casefold()
    for part in parts:
        rest = safe(part.text)
        low = rest.casefold()
        while len(low) == len(rest) and wanted in low:
            at, end = low.index(wanted), low.index(wanted) + len(wanted)
            yield from (Part(rest[:at], part.tone), Part(rest[at:end], "button"))
            rest, low = rest[end:], low[end:]
        yield Part(rest, part.tone)


def whole(event: Event) -> str:
    """The thing, and its description unless that is the same; nothing of what a row has anyway."""
    kind, name = event.resource_type, event.resource
    thing = name if kind in ("", name) else f"{kind} {name}"
    said = event.operation_description
    if said == event.operation and name == event.username:
        return ""
    if not said or name in said:
        return said or thing
    return f"{thing}, {said}"


def sign(event: Event) -> Part | None:
    """What did not work."""
    return Part("✗", "bad") if event.failed else None


def who(event: Event) -> Part:
    """The name as it was typed; one that is not what it looks like needs eyes."""
    name = wording.who(event)
    return Part(name, "warn" if odd(name) else "")


def done(event: Event) -> Part:
    """What was done, and its failure, in one word group."""
    return Part(wording.done(event), "bad" if event.failed else "")


def what(event: Event) -> tuple[Part, ...]:
    """The thing, its kind muted before it where the name does not tell; digests cut."""
    kind, name = wording.thing(event)
    path, at, sha = name.partition(SHA)
    parts = [Part(f"{kind} ", "muted")] if kind else []
    if path:
        parts.append(Part(f"{path}{at}{digest(sha)}"))
    if odd(wording.who(event)) or odd(path):
        parts.append(Part(f"  {ODD}" if parts else ODD, "warn"))
    return tuple(parts)


def time(clock: Clock, event: Event) -> Part:
    """Hour to millisecond, in the zone that is shown."""
    moment = clock.zoned(event.op_time)
    return Part(f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03d}", "muted")


BRIEF: tuple[Column[Event], ...] = (
    Column("", lambda event: Part(f"{event.op_time:%H:%M:%S}", "muted")),
    Column("", who, grow=True),
    Column("", done),
    Column("", what, grow=True),
)
"""Those of the overview, where the newest few are enough."""
