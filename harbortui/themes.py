"""The themes in styles/themes/*.toml."""

from __future__ import annotations

import tomli
from textual.theme import Theme

from harbortui.paths import styles


def themes() -> list[Theme]:
    """Every theme; its `[variables]` are our own tokens."""
    return [
        Theme(**tomli.loads(file.read_text(encoding="utf-8")))
        for file in sorted((styles() / "themes").glob("*.toml"))
    ]
