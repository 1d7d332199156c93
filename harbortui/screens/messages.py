"""What screens tell the app: where to go, who to be, when to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from harbortui.resources.core import Resource


class Open(Message):
    """Open the children of something."""

    def __init__(self, resource: Resource[Any, Any], scope: Any) -> None:
        super().__init__()
        self.resource, self.scope = resource, scope


class Go(Message):
    """Go to a place, written as after `:`; `keep`: on top of this screen, not from the base."""

    def __init__(self, command: str, keep: bool = False) -> None:
        super().__init__()
        self.command, self.keep = command, keep


class SignIn(Message):
    """The session has ended: ask for the password over this screen."""


class Fit(Message):
    """See whether the terminal is large enough by now."""


class Quit(Message):
    """Ask whether to leave."""


class Elsewhere(Message):
    """Choose another Harbor."""
