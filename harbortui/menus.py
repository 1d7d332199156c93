"""The menus that are there on every screen: places, keys, everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harbortui import commands
from harbortui.screens.live import LiveScreen
from harbortui.screens.menu import Entry, Menu
from harbortui.shown import Heading, Part
from harbortui.widgets.ink import plain
from harbortui.widgets.paper import wrap

HINTS = (
    "tmux: set -s set-clipboard on lets c copy. screen: ctrl+a is its own key.",
    "SSH: c copies where the terminal allows OSC 52. ctrl+l repaints.",
    "At the right: what [keys] of the configuration calls it, to bind another key.",
)
LEGIBLE, AROUND = 60, 20
"""Columns of a line that is easily read, and those that a menu leaves free beside its lines."""
THEMES = (
    Entry("night", "theme, dark", "", "theme night"),
    Entry("day", "theme, light", "", "theme day"),
    Entry("terminal", "theme, your terminal's own 16 colours", "", "theme terminal"),
)


def places(screen: LiveScreen) -> Menu:
    """Where to go; Enter runs what was typed, Tab completes."""
    return Menu("Go to", commands.entries(screen.session), free=True)


def keys(screen: LiveScreen) -> Menu:
    """What every key does here; why one is grey; Enter runs it. Above, what had to be cut."""
    return Menu("Keys", [*_cut(screen), *_keys(screen)], foot=HINTS)


def everything(screen: LiveScreen) -> Menu:
    """Keys, places and themes in one list."""
    found = [*_keys(screen), *commands.entries(screen.session)]
    return Menu("Everything", [*found, Heading("THEMES"), *THEMES])


MENUS: Mapping[str, Callable[[LiveScreen], Menu]] = {
    "places": places,
    "keys": keys,
    "everything": everything,
}


def _cut(screen: LiveScreen) -> Sequence[Heading]:
    """The status line in full, when there is no room for it on the screen."""
    if not screen.status.cut:
        return ()
    rows = wrap((Part(screen.status.cut),), min(LEGIBLE, screen.size.width - AROUND))
    return [*(Heading(plain(row)) for row in rows), Heading("")]


def _keys(screen: LiveScreen) -> Sequence[Entry | Heading]:
    """The keys of a screen as entries, in groups."""
    found: list[Entry | Heading] = []
    group = ""
    for key in screen.keys_here():
        if key.group != group:
            group = key.group
            found += [*([Heading("")] if found else []), Heading(group.upper())]
        found.append(Entry(key.key, key.label, key.name, f"key {key.action}", key.refused))
    return found
