"""What the first frame shows: read in a millisecond, before anything is imported to judge it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from harbortui import address, config_file, paths

DEFAULT, SIXTEEN = "night", "terminal"
"""Themes when nothing is said: the second for terminals that would show the first in grey."""
MANY = ("-256color", "-kitty", "-direct")
"""How names of terminals with more than sixteen colours end."""
LIMIT = 4 * 2**20


def theme(environ: Mapping[str, str]) -> str:
    """The theme that the settings will come to."""
    names = paths.theme_names()
    few = not environ.get("COLORTERM") and not environ.get("TERM", "").endswith(MANY)
    default = SIXTEEN if few and not environ.get("NO_COLOR") else DEFAULT
    return next((name for name in _themes(environ) if name in names), default)


def _themes(environ: Mapping[str, str]) -> Iterator[object]:
    """What is said of a theme, in the order of the settings."""
    yield environ.get("HARBORTUI_THEME")
    yield config_file.read(config_file.location(environ)).values.get("theme")
    yield _remembered()


def _remembered() -> object:
    path = paths.state().file("state.json")
    try:
        state = json.loads(paths.read(path, LIMIT)) if path else {}
    except (OSError, ValueError, RecursionError):
        return None
    return state.get("theme") if isinstance(state, dict) else None


def where(said: str, environ: Mapping[str, str]) -> str:
    """Where one is going, as far as the command line or the environment says."""
    named = (said, environ.get("HARBORTUI_URL"), environ.get("HARBORTUI_PROFILE"))
    said = next(filter(None, named), "harbortui")
    if "://" not in said:
        return said
    try:
        return address.host_port(address.normal(said)).removesuffix(":443")
    except ValueError:
        return said
