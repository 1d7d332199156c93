"""The keys that do something on a screen, in words, with the reason where they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from harbortui.widgets.frame import Key

if TYPE_CHECKING:
    from harbortui.screens.live import LiveScreen

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


def here(screen: LiveScreen) -> list[Key]:
    """Every key that is bound here, in the order of the bindings, keys of one action together."""
    found: dict[str, Key] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description:
            continue
        name = written(binding.key)
        known = found.get(binding.action)
        if known:
            found[binding.action] = known._replace(key=f"{known.key} {name}")
            continue
        refused = screen.refusal_of(binding.action)
        group = _group(active.node, screen)
        found[binding.action] = Key(
            name, binding.description, binding.action, refused, binding.show, group
        )
    return sorted(found.values(), key=lambda key: GROUPS.index(key.group))


HERE, MOVE, EVERYWHERE = "here", "move", "everywhere"
GROUPS = (HERE, MOVE, EVERYWHERE)


def _group(node: object, screen: Screen[None]) -> str:
    if node is screen:
        return HERE
    return EVERYWHERE if node is screen.app else MOVE
