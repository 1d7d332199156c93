"""A tmux of our own: one session for each way of drawing, all of one size, all given the same."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

END = "=== the end of a pane:"
CURSOR = f"{END} #{{pane_pid}} #{{cursor_x}},#{{cursor_y}} #{{cursor_flag}} #{{pane_dead}}"
SETTINGS = """
set -g default-terminal {}
set -g status off
set -s escape-time 0
set -g remain-on-exit on
"""
ROOT = Path(__file__).parents[2]


class Shot(NamedTuple):
    """A pane: its lines with control strings for colours, and its cursor."""

    lines: tuple[str, ...]
    cursor: str


class Tmux:
    """A server without a user's configuration; it is gone when the block ends."""

    def __init__(
        self, ways: Sequence[str], size: tuple[int, int], home: str, *, term: str, **more: str
    ) -> None:
        self.ways, self.home = ways, home
        self._name = Path(home).name
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        self._env = {**kept, "HOME": home, "LANG": "C.UTF-8", **more}
        self._size = size
        self._processes: dict[str, str] = {}
        self._settings = Path(home, "tmux.conf")
        self._settings.write_text(SETTINGS.format(term))

    def __enter__(self) -> Tmux:
        return self

    def __exit__(self, *_: object) -> None:
        self._call("kill-server", check=False)

    def start(self, scene: str) -> None:
        """Run the program in every way."""
        columns, lines = map(str, self._size)
        for way in self.ways:
            words = [sys.executable, "-m", "tests.tmux_walk.program", way, scene]
            command = f"cd {self.home}; PYTHONPATH={ROOT} exec {shlex.join(words)}"
            size = ("-x", columns, "-y", lines)
            self._call("new-session", "-d", "-s", way, *size, command)

    def resize(self, columns: int, lines: int) -> None:
        """Give every pane another size."""
        size = ("-x", str(columns), "-y", str(lines))
        self._all(("resize-window", *size))

    def press(self, *keys: str) -> None:
        """Press keys, by tmux' names for them."""
        self._all(("send-keys", *keys))

    def type(self, text: str) -> None:
        """Type a text."""
        self._all(("send-keys", "-l", text))

    def look(self) -> Mapping[str, Shot]:
        """What every pane shows now."""
        one = (("capture-pane", "-peN"), ("display-message", "-p", CURSOR))
        words = [w for way in self.ways for c in one for w in (c[0], "-t", f"{way}:", *c[1:], ";")]
        shots, found = {}, self._call(*words[:-1]).split("\n")
        for way in self.ways:
            end = next(y for y, line in enumerate(found) if line.startswith(END))
            process, _, cursor = found[end].removeprefix(f"{END} ").partition(" ")
            self._processes[way] = process
            shots[way] = Shot(tuple(found[:end]), cursor)
            found = found[end + 1 :]
        return shots

    def worked(self) -> int:
        """Nanoseconds that the programs have had, or have waited for, a processor."""
        total = 0
        for process in self._processes.values():
            for file in Path("/proc", process, "task").glob("*/schedstat"):
                with suppress(OSError):  # a thread that has ended
                    total += sum(map(int, file.read_text().split()[:2]))
        return total

    def _all(self, command: tuple[str, ...]) -> None:
        first, *rest = command
        words = [word for way in self.ways for word in (first, "-t", f"{way}:", *rest, ";")]
        self._call(*words[:-1])

    def _call(self, *words: str, check: bool = True) -> str:
        command = ("tmux", "-L", self._name, "-f", self._settings, *words)
        asked = subprocess.run(command, env=self._env, capture_output=True, check=False)
        if check and asked.returncode:
            raise RuntimeError(asked.stderr.decode(errors="replace"))
        return asked.stdout.decode(errors="replace")
