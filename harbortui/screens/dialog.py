"""What lies over a screen, and is closed with an answer."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import ModalScreen

V = TypeVar("V")
TYPING = (
    Binding("tab", "app.focus_next", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    Binding("f1", "keys", "keys", show=False),
)
"""Keys of forms: what is typed after a tab in one burst belongs to the next field."""


TIGHT, SLIM = 16, 60
"""Lines, and columns, below which a dialog does without blank ones and without a second column."""


class Dialog(ModalScreen[V]):
    """Closes once. Textual 8.2 takes away what is on top by then when a key comes twice."""

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < TIGHT, "-tight")
        self.set_class(event.size.width < SLIM, "-slim")

    def dismiss(self, result: V | None = None) -> AwaitComplete:
        """Close with an answer, unless that has happened, or something lies on it."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)
