"""Curses shows pictures: `pictures.py FILE`, the next one at every key.

The file holds them as `[line, …]` with lines `[[text, foreground, background, marks], …]`: what
harbortui showed, so that curses, known for few bytes, is asked for exactly the same.
"""

from __future__ import annotations

import curses
import json
import sys
from itertools import count
from pathlib import Path

from tests.terminal_model import Look

Run = tuple[str, str, str, list[int]]
Line = list[Run]
MARKS = {1: curses.A_BOLD, 2: curses.A_DIM, 4: curses.A_UNDERLINE, 7: curses.A_REVERSE}


def lines_of(looks: list[list[Look]]) -> list[Line]:
    """A picture, runs of equal cells joined."""
    found: list[Line] = []
    for look in looks:
        line: Line = []
        for cell in look:
            pen = (cell.foreground, cell.background, sorted(cell.marks))
            if line and line[-1][1:] == pen:
                line[-1] = (line[-1][0] + cell.character, *pen)
            else:
                line.append((cell.character, *pen))
        found.append(line)
    return found


class Colours:
    """A number for every colour, and a pair for every two."""

    def __init__(self) -> None:
        self.numbers = {"default": -1, "": -1}
        self.pairs: dict[tuple[int, int], int] = {(-1, -1): 0}
        self._next = count(16)

    def attribute(self, foreground: str, background: str, marks: list[int]) -> int:
        """How curses is told."""
        one, two = (self._number(colour) for colour in (foreground, background))
        if (one, two) not in self.pairs:
            self.pairs[one, two] = len(self.pairs)
            curses.init_pair(self.pairs[one, two], one, two)
        return curses.color_pair(self.pairs[one, two]) | sum(MARKS.get(mark, 0) for mark in marks)

    def _number(self, colour: str) -> int:
        if colour not in self.numbers:
            self.numbers[colour] = int(colour) % 10 if colour.isdecimal() else next(self._next)
        return self.numbers[colour]


def show(window: curses.window, pictures: list[list[Line]]) -> None:
    """One after another."""
    curses.curs_set(0)
    curses.use_default_colors()
    window.idlok(True)
    colours = Colours()
    for picture in pictures:
        for y, line in enumerate(picture):
            x = 0
            for run in line:
                window.insstr(y, x, run[0], colours.attribute(*run[1:]))
                x += len(run[0])
        window.refresh()
        window.getch()


if __name__ == "__main__":
    curses.wrapper(show, json.loads(Path(sys.argv[1]).read_text()))
