"""The themes in `styles/themes/*.toml`, as Textual wants them."""

from __future__ import annotations

from functools import cache

import tomli
from textual.theme import Theme

from harbortui import paths

DEFAULT = "night"


@cache
def themes() -> tuple[Theme, ...]:
    """All themes, the default one first; `[variables]` in a file are our own tokens."""
    names = sorted(paths.theme_names(), key=lambda name: (name != DEFAULT, name))
    return tuple(_theme(name) for name in names)


def _theme(name: str) -> Theme:
    text = (paths.styles() / "themes" / f"{name}.toml").read_text("utf-8")
    return Theme(**tomli.loads(text))
