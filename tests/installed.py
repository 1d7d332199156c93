"""The installed program on a pseudo-terminal, with a home of its own."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pyte

from .terminal_model import Screen
from .terminal_pty import Pty

QUIT = b"\x11"
PROGRAM = (sys.executable, "-m", "harbortui")


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean one: nothing of whoever runs the tests."""
    kept = ("PATH", "LANG", "VIRTUAL_ENV", "PYTHONPATH")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    found |= {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    return found | {"PYTHONDONTWRITEBYTECODE": "1", **more}


class Installed(Pty):
    """`harbortui` with these arguments, on a terminal of 100 columns and 30 lines."""

    def __init__(
        self, *arguments: str, env: dict[str, str], program: tuple[str, ...] = PROGRAM
    ) -> None:
        self.master, slave = pty.openpty()
        self.screen = Screen(100, 30)
        self.stream = pyte.ByteStream(self.screen)
        self.raw, self.reported = b"", ""
        self.drawing = self.answers = True
        self.resize(100, 30)
        self.before = termios.tcgetattr(self.master)
        self._report, report = os.pipe()
        self.process = subprocess.Popen(
            [*program, *arguments],
            stdin=slave, stdout=slave, stderr=slave, env=env, cwd=env["HOME"],
            start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self._writer = report

    def __enter__(self) -> Installed:
        return self

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        os.close(self._writer)

    def shows(self, words: str, limit: float = 20) -> None:
        """Wait until these words are on the screen."""
        self.until(lambda: words in self.text(), limit)

    def go(self, place: str, words: str) -> None:
        """Type a place, wait for its words."""
        self.send(b":")
        self.shows("PLACES")
        self.send(f"{place}\r".encode())
        self.shows(words)
