"""Ten megabytes pasted into the installed program: `pytest tests/longer_pastes.py` (10 s)."""

from __future__ import annotations

import os
from pathlib import Path

from .counting import Count
from .installed import QUIT, Installed, environment

LENGTH = 10 * 2**20
MORE = 32 * 2**20
"""Bytes of memory that may be taken meanwhile."""


def memory(program: Installed) -> int:
    pages = Path(f"/proc/{program.process.pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def test_ten_megabytes_are_refused_in_words_and_not_kept(tmp_path: Path, count: Count) -> None:
    with Installed("--demo", env=environment(tmp_path)) as program:
        program.shows("NEEDS ATTENTION")
        program.send(b":")
        program.shows("PLACES")
        before = memory(program)
        program.send(b"\x1b[200~" + b"x" * LENGTH + b"\x1b[201~")
        program.send(b"\x1b")
        program.shows("Paste refused: 10,485,760 characters")
        assert memory(program) - before < MORE
        program.go("users", "alice")
        program.send(QUIT)
        assert program.exit_code() == 0
        assert program.remains() == []
    count("megabytes pasted", LENGTH // 2**20)
