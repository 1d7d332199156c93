"""What can be typed after `:`: names, aliases, and what they open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harbortui.resources.core import Heading, Resource
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.menu import Entry
from harbortui.session import Session, refusal


@dataclass(frozen=True)
class Place:
    """A screen of its own, beside the kinds."""

    name: str
    about: str
    aliases: tuple[str, ...] = ()
    wants_more: bool = False
    """Its name alone leads nowhere."""


PLACES: tuple[Place, ...] = (
    Place("overview", "what needs attention, doors, health", ("home", "o")),
    Place("logs", "the audit log: browse, filter, follow", ("log", "audit", "events")),
    Place("configuration", "every setting of this Harbor", ("config", "conf", "settings")),
    Place("find", "an image by its digest: :find sha256:…", (), True),
    Place("status", "TLS, proxy, credentials, permissions", ()),
    Place("profiles", "another Harbor", ("profile", "switch")),
    Place("quit", "leave harbortui", ("q", "exit")),
)


@dataclass(frozen=True)
class Command:
    """What was typed, taken apart: `repos library /nginx`."""

    place: Place | None = None
    resource: Resource[Any, Any] | None = None
    parent: str = ""
    text: str = ""
    rest: str = ""


SOME = 2
"""Aliases that the menu shows."""


class UnknownPlace(Exception):
    """Nothing is called that."""


def read(typed: str) -> Command:
    """Take a command apart. Raises UnknownPlace with what would be near."""
    name, _, rest = typed.strip().removeprefix(":").strip().partition(" ")
    rest = rest.strip()
    resource = _meant(name.casefold())
    if isinstance(resource, Place):
        return Command(place=resource, rest=rest)
    before, slash, text = _filter(rest)
    if resource.under is None and resource.root and before and not slash:
        return Command(resource=resource, text=before, rest=rest)
    return Command(resource=resource, parent=before, text=text, rest=rest)


def _meant(name: str) -> Place | Resource[Any, Any]:
    """What is called that, or the only one whose name begins so."""
    everything: list[Place | Resource[Any, Any]] = [*PLACES, *RESOURCES]
    for one in everything:
        if name in (one.name, *one.aliases):
            return one
    near = [one for one in everything if _begins(name, one.name, *one.aliases)]
    if len(near) == 1:
        return near[0]
    names = ", ".join(one.name for one in near)
    hint = f": {names}?" if near else "; : alone lists all places"
    raise UnknownPlace(f"there is no place called “{name}”{hint}")


def _begins(typed: str, *names: str) -> bool:
    return any(name.startswith(typed) for name in names)


def _filter(rest: str) -> tuple[str, str, str]:
    """The parent, and after ` /` the filter; a slash inside a name is part of it."""
    if rest.startswith("/"):
        return "", "/", rest[1:].strip()
    before, slash, text = rest.partition(" /")
    return before.strip(), slash, text.strip()


def entries(session: Session) -> Sequence[Entry | Heading]:
    """The places one can go to, refused ones with the reason."""
    found: list[Entry | Heading] = [Heading("PLACES")]
    found += [
        Entry(one.name, one.about, ", ".join(one.aliases), one.name + " " * one.wants_more)
        for one in PLACES
    ]
    found += [Heading(""), Heading("THINGS")]
    for resource in RESOURCES:
        if resource.root or resource.under:
            found.append(_entry(session, resource))
    return found


def _entry(session: Session, resource: Resource[Any, Any]) -> Entry:
    """A kind; one that is listed under something wants the name of that typed behind its own."""
    reason = refusal(session, resource, "list")
    about, name = ", ".join(resource.aliases[:SOME]), resource.name
    if not resource.root and resource.under:
        about, name = f"{name} {resource.under().one.upper()}", f"{name} "
    label = "" if reason else resource.about or resource.title
    return Entry(resource.name, label, about, name, reason)
