"""Bytes on the wire, beside what Textual writes and what curses sends for the same pictures."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from harbortui.screens.framed import SAID_FOR
from tests.benchmarks.pictures import Line, lines_of
from tests.benchmarks.server import PROGRAM, Server, served
from tests.benchmarks.table import Row
from tests.benchmarks.terminal import LINES, Terminal

QUIET = 0.25
LIMITS = {
    "cursor down": 1.25,
    "down with scroll": 1.5,
    "page down": 1.1,
    "one more row in a following log": 1.6,
    "typed character": 120,
    "dialog opened": 8000,
    "dialog closed": 7000,
    "menu opened": 8000,
    "message shown and gone": 600,
    "start until settled": 7000,
}
"""Bytes, or (below 2) times those of curses."""
Step = tuple[str, Callable[[Terminal, Server], object]]


def _press(*keys: str) -> Callable[[Terminal, Server], object]:
    return lambda terminal, _: terminal.press(*keys, quiet=QUIET)


def _happens(terminal: Terminal, server: Server) -> None:
    server.record(1)
    terminal.read(30)
    terminal.settle(QUIET)


def _told(terminal: Terminal, _: Server) -> None:
    """There are no presets, the status line says; the next move takes that away."""
    terminal.press("f", quiet=SAID_FOR)
    terminal.press("down", quiet=QUIET)


LIST: list[Step] = [
    ("", _press("r")),
    *[("cursor down", _press("down"))] * 6,
    ("", _press(*["down"] * (LINES - 12))),
    *[("down with scroll", _press("down"))] * 8,
    *[("page down", _press("pagedown"))] * 2,
    ("dialog opened", _press("D")),
    ("dialog closed", _press("escape")),
    ("menu opened", _press(":")),
]
LOG: list[Step] = [
    *[("one more row in a following log", _happens)] * 5,
    ("", _press("/")),
    *[("typed character", _press(letter)) for letter in "user:k"],
]


def measured(place: str, steps: list[Step], *options: str) -> Iterator[tuple[str, int, list[Line]]]:
    """What was done, the bytes that came of it, and the picture then; the start first."""
    with (
        served() as server,
        Terminal([*PROGRAM, *options, place], env=server.env) as terminal,
    ):
        terminal.until(r"\d UTC|\d repositories|\d labels|admin   +login")
        terminal.settle(1)
        yield "start until settled", terminal.size, lines_of(terminal.looks())
        for name, act in steps:
            before = terminal.size
            act(terminal, server)
            yield name, terminal.size - before, lines_of(terminal.looks())


def by_curses(pictures: list[list[Line]]) -> Iterator[int]:
    """The bytes of curses for each of these."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pictures.json"
        path.write_text(json.dumps(pictures))
        command = [sys.executable, "-m", "tests.benchmarks.pictures", os.fspath(path)]
        with Terminal(command) as terminal:
            terminal.settle(1)
            yield terminal.size
            for _ in pictures[1:]:
                yield terminal.press("x", quiet=0.1).size


def compared(place: str, steps: list[Step]) -> dict[str, list[float]]:
    """For everything that is done: medians of ours, Textual's, and curses'."""
    ours = list(measured(place, steps))
    stock = measured(place, steps, "--plain-output")
    curses = by_curses([picture for _, _, picture in ours])
    found: dict[str, list[tuple[int, ...]]] = {}
    for (name, size, _), (_, textual, _), least in zip(ours, stock, curses, strict=True):
        found.setdefault(name, []).append((size, textual, least))
    return {name: [median(row) for row in zip(*rows, strict=True)] for name, rows in found.items()}


def rows() -> Iterator[Row]:
    """The rows of the first table."""
    start = compared(":overview", [])
    told = compared(":labels", [("message shown and gone", _told)])
    seen = {**compared(":repos", LIST), **compared(":logs", LOG), **told, **start}
    for name, limit in LIMITS.items():
        ours, textual, least = seen[name]
        most = round(limit * least) if limit < 2 else limit
        yield Row(name, ours, most, "bytes", textual, least)
