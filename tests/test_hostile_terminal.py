"""Hostile text in the installed program on a real terminal."""

from __future__ import annotations

import re
from pathlib import Path

from .bridge import bridged
from .counting import Count
from .hostile import HostileHarbor
from .installed import QUIT, Installed, environment
from .test_hostile import hostile
from .watched import OURS

__all__ = ["hostile"]


def test_on_a_real_terminal_nothing_of_it_gets_through(
    hostile: HostileHarbor, tmp_path: Path, count: Count
) -> None:
    hostile.hostile = True
    env = environment(tmp_path, HARBORTUI_PASSWORD="Harbor12345")
    with bridged(hostile) as port:
        address = f"http://127.0.0.1:{port}"
        with Installed(address, "--username", "admin", env=env) as program:
            program.shows("NEEDS ATTENTION")
            for place in ("projects", "users", "labels", "registries", "status"):
                program.go(place, f"› {place}")
                program.send(b"G")
                program.listen(0.3)
            program.send(QUIT)
            assert program.exit_code() == 0
            assert program.remains() == []
            sent = program.raw.decode()
    left = OURS.sub("", sent)
    assert left.isprintable(), [left[m.start() : m.start() + 12] for m in re.finditer("\x1b", left)]
    assert "\x1b]" not in sent
    count("screens of hostile text on a real terminal", 6)
