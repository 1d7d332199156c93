"""The keys that do something on a screen, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from textual.screen import Screen
from textual.widget import Widget

from harbortui.widgets.frame import Key

Feet = tuple[Sequence[Key], Sequence[Key]]
"""The keys in the last line, at the left and at the right."""
FIXED = (Key("?", "keys", "app.keys"), Key(":", "go to", "app.places"))
_NAMES = {
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "asterisk": "*",
    "at": "@",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "full_stop": ".",
}


def written(key: str) -> str:
    """A key as it stands on the keyboard."""
    return _NAMES.get(key, key)


def bound(screen: Screen[None]) -> list[Key]:
    """Every key that does something on a screen: its own first, keys of one action together."""
    found: dict[str, Key] = {}
    order: dict[str, tuple[int, int]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.id:
            continue
        name = written(binding.key)
        if known := found.get(binding.action):
            found[binding.action] = known._replace(key=f"{known.key} {name}")
            continue
        place = order[binding.action] = _defined(type(active.node), binding.id)
        group = _group(active.node, screen, place[0])
        action = f"{_owner(active.node, screen)}{binding.action}"
        found[binding.action] = Key(
            name, binding.description, action, show=binding.show, group=group, name=binding.id
        )
    ranked = sorted(found, key=lambda name: (GROUPS.index(found[name].group), order[name]))
    return [found[name] for name in ranked]


def of_line(line: Widget, enter: str, esc: str, *others: Key) -> Feet | None:
    """What keys do in a line while one types there, where ? and : are letters; else None."""
    if line.screen.focused is not line:
        return None
    keys = (Key("enter", enter, "focused.close"), *others)
    return keys, (Key("esc", esc, "focused.leave"),)


HERE, LIST, MOVE, EVERYWHERE = "here", "list", "move", "everywhere"
GROUPS = (HERE, LIST, MOVE, EVERYWHERE)


@cache
def _defined(kind: type, name: str) -> tuple[int, int]:
    """How far up the class that binds a key is, and the key's place among its bindings."""
    for depth, owner in enumerate(kind.__mro__):
        for place, binding in enumerate(owner.__dict__.get("BINDINGS", ())):
            if getattr(binding, "id", None) == name:
                return depth, place
    return len(kind.__mro__), 0


def _owner(node: object, screen: Screen[None]) -> str:
    """Whose action it is, as Textual writes it, seen from the screen."""
    if node is screen.app:
        return "app."
    return "" if node is screen else "focused."


def _group(node: object, screen: Screen[None], depth: int) -> str:
    if node is screen.app:
        return EVERYWHERE
    if node is not screen:
        return MOVE
    return (HERE, LIST)[depth] if depth < 2 else EVERYWHERE
