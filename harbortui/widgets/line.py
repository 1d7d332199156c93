"""What one types into; its keys act in the order in which they come.

Textual 8.2 runs what a key is bound to when the key has gone up to the app, behind what was typed
after it: over a slow line, where keys come in bursts, a slip would not be taken back but its letter
kept.
"""

from __future__ import annotations

from functools import cache

from textual import events
from textual.binding import Binding
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input


@cache
def _bound(kind: type[Widget]) -> dict[str, str]:
    """The actions of a widget's own keys."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        for binding in Binding.make_bindings(vars(base).get("BINDINGS", ())):
            found[binding.key] = binding.action
    return found


async def in_turn(widget: Widget, event: events.Key) -> None:
    """Do now what the key is bound to in this widget, if it is."""
    action = _bound(type(widget)).get(event.key)
    if action and await widget.app.run_action(action, widget):
        event.stop()
        event.prevent_default()


class Line(Input):
    """One line; its cursor does not blink, which would send something twice a second."""

    cursor_blink = reactive(False, init=False)

    async def on_key(self, event: events.Key) -> None:
        await in_turn(self, event)
