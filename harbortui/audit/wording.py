"""An event in words: who, what was done, to which thing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus

from harbortui.text import safe

if TYPE_CHECKING:
    from harbortui.api.audit import Event

PUSH = "push"
"""Our word for what Harbor records as `create` of an `artifact`."""
SIGNING = ("login", "logout")


class Thing(NamedTuple):
    """What an event is about; the kind is said where the name does not tell it."""

    kind: str
    name: str


def did(event: Event, operation: str) -> bool:
    """Whether this is what was done, in Harbor's word or ours."""
    if operation == PUSH:
        return event.operation == "create" and event.resource_type == "artifact"
    return event.operation == operation


def done(event: Event) -> str:
    """`push`, `delete`, `login failed`."""
    word = PUSH if did(event, PUSH) else event.operation
    return f"{word} failed" if event.failed else word


def typed(event: Event, text: str) -> str:
    """A name as somebody typed it: that of a failed sign-in is stored as the form encoded it."""
    if event.operation == "login" and event.failed and ("%" in text or "+" in text):
        return unquote_plus(text, errors="replace")
    return text


def who(event: Event) -> str:
    """The name of who did it, as it was typed; not yet safe to show."""
    return typed(event, event.username)


def thing(event: Event) -> Thing:
    """What it was done to; nothing when that is who did it. Not yet safe to show."""
    if event.operation in SIGNING and event.resource == event.username:
        return Thing("", "")
    kind = event.resource_type
    if kind == "artifact" or kind == event.resource:
        return Thing("", event.resource)
    return Thing(kind, typed(event, event.resource))


def stamp(moment: datetime) -> str:
    """ISO 8601, UTC, milliseconds, as Harbor writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(event: Event) -> str:
    """One line of text, safe for a terminal: time, who, what, to which thing."""
    kind, name = thing(event)
    words = (stamp(event.op_time), f"{safe(who(event)):<20}", f"{safe(done(event)):<14}")
    return "  ".join((*words, f"{safe(kind)} {safe(name)}".strip())).rstrip()
