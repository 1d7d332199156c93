"""Audit events as columns: when, who, what was done, to which thing."""

from __future__ import annotations

from harbortui.api.audit import Event
from harbortui.audit import wording
from harbortui.clock import Clock
from harbortui.resources.cells import digest
from harbortui.resources.core import Cell, Column, Part
from harbortui.text import odd

SHA = "@sha256:"


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


def what(event: Event) -> Cell:
    """The thing, its kind muted before it where the name does not tell; digests cut."""
    kind, name = wording.thing(event)
    path, at, sha = name.partition(SHA)
    shown = f"{path}{at}{digest(sha)}"
    parts = [Part(f"{kind} ", "muted")] if kind else []
    parts.append(Part(shown))
    if odd(wording.who(event)) or odd(path):
        parts.append(Part("  ▲ odd characters in the name", "warn"))
    return tuple(parts)


def time(clock: Clock, event: Event) -> Part:
    """Hour to millisecond, in the zone that is shown; the day stands above."""
    moment = clock.zoned(event.op_time)
    return Part(f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03d}", "muted")


def columns(clock: Clock) -> tuple[Column[Event], ...]:
    """Those of the audit log."""
    return (
        Column("TIME", lambda event: time(clock, event)),
        Column("USER", who),
        Column("DID", done),
        Column("WHAT", what, grow=True),
    )


BRIEF: tuple[Column[Event], ...] = (
    Column("", lambda event: Part(f"{event.op_time:%H:%M:%S}", "muted")),
    Column("", who),
    Column("", done),
    Column("", what, grow=True),
)
"""Those of the overview, where the newest few are enough."""
