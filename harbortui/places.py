"""From a command to its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from harbortui.commands import Command, UnknownPlace
from harbortui.screens.resource import screen_for
from harbortui.session import Session

if TYPE_CHECKING:
    from harbortui.arrival import Arrival


async def screen_of(session: Session, arrival: Arrival, command: Command) -> Screen[Any] | None:
    """The screen that a command opens; None is the base. Raises UnknownPlace, HarborError."""
    if command.resource is None:
        return None
    resource, scope = command.resource, None
    parent = resource.under() if resource.under else None
    if command.parent and parent and parent.find:
        scope = await parent.find(session.harbor, command.parent)
    elif not resource.root:
        one = parent.one if parent else "parent"
        raise UnknownPlace(f"type the {one} as well: {resource.name} {one.upper()}")
    return screen_for(resource)(session, scope, command.text)
