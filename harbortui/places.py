"""From a command to its screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from harbortui.api import digests
from harbortui.commands import Command, UnknownPlace
from harbortui.resources.found import FOUND
from harbortui.screens.audit_log import AuditLogScreen
from harbortui.screens.configuration import ConfigurationScreen
from harbortui.screens.resource import screen_for
from harbortui.screens.status import StatusScreen
from harbortui.session import Session


def _found(session: Session, text: str) -> Screen[Any]:
    return screen_for(FOUND)(session, digests.wanted(text))


SCREENS: dict[str, Callable[[Session, str], Screen[Any]]] = {
    "configuration": lambda session, text: ConfigurationScreen(session, text.lstrip("/ ")),
    "find": _found,
    "logs": lambda session, text: AuditLogScreen(session, text.lstrip("/ ")),
    "status": lambda session, _: StatusScreen(session),
}
"""Places that are no kinds, and are not the base; each gets what was typed behind its name."""


async def screen_of(session: Session, command: Command) -> Screen[Any] | None:
    """The screen that a command opens; None is the base. Raises UnknownPlace, HarborError."""
    if command.place:
        opened = SCREENS.get(command.place.name)
        return opened(session, command.rest) if opened else None
    resource, scope = command.resource, None
    if resource is None:
        return None
    parent = resource.under() if resource.under else None
    if command.parent and parent and parent.find:
        scope = await parent.find(session.harbor, command.parent)
    elif not resource.root:
        one = parent.one if parent else "parent"
        raise UnknownPlace(f"type the {one} as well: {resource.name} {one.upper()}")
    return screen_for(resource)(session, scope, command.text)
