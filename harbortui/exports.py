"""Files that a person asks for: in the folder the program was started in, for them alone."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from harbortui import paths

_OTHER = re.compile(r"[^a-z0-9]+")


def export(what: str, suffix: str, content: str, now: datetime) -> Path:
    """Write `harbortui-WHAT-DATE.suffix` (0600), never over another file; may raise OSError."""
    stem = _OTHER.sub("-", what.casefold()).strip("-")[:60] or "text"
    path = Path.cwd() / f"harbortui-{stem}-{now:%Y%m%d-%H%M%S}.{suffix}"
    number = 2
    while path.exists():
        path = path.with_name(f"{path.stem.rpartition('~')[0] or path.stem}~{number}.{suffix}")
        number += 1
    paths.write(path, content)
    return path
