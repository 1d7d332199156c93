"""What `tmux capture-pane -e` prints, as cells: only what a person can see counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

SGR = re.compile(r"\x1b\[([\d;:]*)m")
STRINGS = re.compile(r"\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)|[\x0e\x0f]")
ENDS = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 55: {53}}
SEEN_ON_BLANKS = {4, 5, 6, 7, 9, 21, 53}
ARGUMENTS = {5: 1, 2: 3}
"""Of the extended colours 38 and 48, by what follows them."""


class Cell(NamedTuple):
    """A character with its colours and attributes, as SGR parameters."""

    character: str = " "
    foreground: tuple[int, ...] = ()
    background: tuple[int, ...] = ()
    marks: frozenset[int] = frozenset()


BLANK = Cell()


def cells(lines: Sequence[str]) -> list[list[Cell]]:
    """The cells of a captured pane; a pen goes on from line to line."""
    pen, found = BLANK, []
    for line in lines:
        row: list[Cell] = []
        pieces = SGR.split(STRINGS.sub("", line))
        for text, parameters in zip(pieces[::2], [*pieces[1::2], None], strict=True):
            row += [_seen(pen._replace(character=character)) for character in text]
            if parameters is not None:
                pen = _changed(pen, parameters)
        found.append(row)
    return found


def plain(lines: Sequence[str]) -> list[str]:
    """The characters alone."""
    return [SGR.sub("", STRINGS.sub("", line)).rstrip() for line in lines]


def different(one: Sequence[str], two: Sequence[str]) -> list[str]:
    """Where two captured panes differ, in words; nothing if they look the same."""
    if one == two:
        return []
    rows = zip(cells(one), cells(two), strict=True)
    return [
        f"line {y + 1} column {x + 1}: {_words(left)} is {_words(right)}"
        for y, (first, second) in enumerate(rows)
        for x, (left, right) in enumerate(zip_longest(first, second, fillvalue=BLANK))
        if left != right
    ]


def _seen(cell: Cell) -> Cell:
    """The ink of a blank is not seen unless something is drawn."""
    if cell.character == " " and not cell.marks & SEEN_ON_BLANKS:
        return Cell(background=cell.background)
    return cell


def _changed(pen: Cell, parameters: str) -> Cell:
    codes = iter([int(code or 0) for code in re.split("[;:]", parameters)])
    for code in codes:
        pen = _after(pen, code, codes)
    return pen


def _after(pen: Cell, code: int, rest: Iterator[int]) -> Cell:
    if code == 0:
        return BLANK
    if code in (38, 48):
        kind = next(rest)
        colour = (code, kind, *(next(rest) for _ in range(ARGUMENTS[kind])))
        return pen._replace(foreground=colour) if code == 38 else pen._replace(background=colour)
    if code in ENDS:
        return pen._replace(marks=pen.marks - ENDS[code])
    if code // 10 in (3, 9):
        return pen._replace(foreground=() if code == 39 else (code,))
    if code // 10 in (4, 10):
        return pen._replace(background=() if code == 49 else (code,))
    return pen._replace(marks=pen.marks | {code})


def _words(cell: Cell) -> str:
    marks = ";".join(map(str, sorted(cell.marks)))
    colours = ("/".join(map(str, part)) for part in (cell.foreground, cell.background))
    return f"{cell.character!r} {' on '.join(colours)} {marks}".strip()
