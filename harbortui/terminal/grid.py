"""What the terminal ought to show: the text of Textual's frames, parsed into rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count
from operator import ne
from typing import NamedTuple

from textual.content import Content

from harbortui.terminal.pens import DEFAULT, Style, styled
from harbortui.terminal.signs import ascii_sign

Cell = tuple[str, Style]  # ("", style) is what a wide character covers to its right
Row = tuple[Cell, ...]

CURSOR = re.compile(r"\x1b\[(\d{1,4});(\d{1,4})H")
STYLING = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;[^\x07\x1b]*\x1b\\")  # links lose their target
# C0, DEL, C1, soft hyphen, bidirectional controls, line and paragraph separators.
FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
# Every terminal gives one column to Latin, Greek, Cyrillic, punctuation, arrows, mathematics,
# lines, blocks and Braille. About all else (emoji, East Asia, combining marks) they disagree.
DISPUTED = re.compile(
    "[^ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u22ff"
    "\u2500-\u25fc\u25ff\u2713\u2717\u2800-\u28ff]"
)


class _Cells(dict[str, Cell]):
    """The cells of one style, made once each: equal cells are mostly the same object.

    Blanks have only what can be seen of it, so that those of one background are equal.
    """

    def __init__(self, style: Style) -> None:
        self._style = style

    def __missing__(self, character: str) -> Cell:
        style = self._style.of_blanks if character == " " else self._style
        cell = self[character] = (character, style)
        return cell


_cells_of = lru_cache(1024)(_Cells)


@lru_cache(4096)
def width(text: str) -> int:
    """The columns of `text`, as Textual counts them."""
    return Content(text).cell_length


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """The characters as people see them, with their columns; marks and joiners stay attached."""
    cluster, columns = "", 0
    for character in text:
        together = width(cluster + character)
        if cluster and together > columns and width(character):
            yield cluster, columns
            cluster, columns = character, width(character)
        else:
            cluster, columns = cluster + character, together
    if cluster:
        yield cluster, columns


@lru_cache(512)
def parse(run: str) -> tuple[Row, int]:
    """The cells of what is written between two cursor positions, and how much was left out."""
    cells: list[Cell] = []
    style, dropped = DEFAULT, 0
    pieces = STYLING.split(run)
    for text, parameters in zip(pieces[::2], [*pieces[1::2], None], strict=True):
        if not text.isprintable():
            text, forbidden = FORBIDDEN.subn("", text)
            dropped += forbidden
        if text.isascii() or not DISPUTED.search(text):
            cells.extend(map(_cells_of(style).__getitem__, text))
        else:
            _extend(cells, text, style)
        if parameters is not None:
            style = styled(style, parameters)
    return tuple(cells), dropped


def _extend(cells: list[Cell], text: str, style: Style) -> None:
    for cluster, columns in clusters(text):
        if columns:
            cells.append((cluster, style.of_blanks if cluster == " " else style))
            cells.extend([("", style)] * (columns - 1))
        elif cells and cells[-1][0]:
            cells[-1] = (cells[-1][0] + cluster, cells[-1][1])


@lru_cache(512)
def in_ascii(cells: Row) -> Row:
    """The cells with ASCII characters for all others."""
    return tuple((ascii_sign(character), style) for character, style in cells)


class Picture(NamedTuple):
    """What a grid held; `written` are the lines that frames wrote to since the picture before."""

    rows: tuple[Row, ...]
    cursor: tuple[int, int]
    written: frozenset[int]


class Grid:
    """The rows and the cursor, as the frames so far leave them."""

    def __init__(self, columns: int = 0, lines: int = 0, *, ascii_only: bool = False) -> None:
        self.columns, self.lines = columns, lines
        self._ascii_only = ascii_only
        self.cursor = (0, 0)
        self.dropped = 0
        self._written: set[int] = set()
        self.rows: list[Row] = [blank_row(columns)] * lines

    def resize(self, columns: int, lines: int) -> None:
        """Take another size; what fits stays until the next frame."""
        blank = blank_row(columns)
        kept = [(row + blank)[:columns] for row in self.rows[:lines]]
        self.rows = kept + [blank] * (lines - len(kept))
        self.columns, self.lines = columns, lines

    def apply(self, frame: str) -> None:
        """Do what a terminal would do with `frame`."""
        _, *pieces = CURSOR.split(frame)
        for line, column, run in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
            y, x = int(line) - 1, int(column) - 1
            self.cursor = (min(max(y, 0), self.lines - 1), min(max(x, 0), self.columns - 1))
            text = run.rstrip("\n")
            if text and self.cursor == (y, x):
                cells, dropped = parse(text)
                self.dropped += dropped
                if cells:
                    self._put(y, x, in_ascii(cells) if self._ascii_only else cells)

    def picture(self) -> Picture:
        """What is to be shown now."""
        written, self._written = frozenset(self._written), set()
        return Picture(tuple(self.rows), self.cursor, written)

    def _put(self, y: int, x: int, cells: Row) -> None:
        row = self.rows[y]
        room = self.columns - x
        if len(cells) > room:
            cells = _whole_at_end(cells[:room], cells[room:])
        left, right = row[:x], row[x + len(cells) :]
        left = _whole_at_end(left, row[x:])
        while right and right[0][0] == "":  # what a wide character covered stands bare now
            cells, right = (*cells, (" ", right[0][1].of_blanks)), right[1:]
        self.rows[y] = left + cells + right
        self._written.add(y)


def blank_row(columns: int, style: Style = DEFAULT) -> Row:
    """A row of blanks."""
    return ((" ", style),) * columns


def differing(old: Row, new: Row) -> list[int]:
    """The columns in which two rows of one length differ."""
    return list(compress(count(), map(ne, old, new)))


def _whole_at_end(cells: Row, after: Row) -> Row:
    """`cells` without a last character that reaches into the cells `after` it."""
    if not cells or not after or after[0][0]:
        return cells
    start = max(x for x, (character, _) in enumerate(cells) if character)
    return (*cells[:start], *((" ", style.of_blanks) for _, style in cells[start:]))
