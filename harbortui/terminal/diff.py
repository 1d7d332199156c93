"""From what the terminal shows to what it ought to show, in few bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from harbortui.terminal.abilities import NONE, Abilities
from harbortui.terminal.door import SYNC_END, SYNC_START, Delivery
from harbortui.terminal.grid import DISPUTED, Cell, Picture, Row, blank_row, differing
from harbortui.terminal.pens import DEFAULT, SEEN_ON_BLANKS, Style, paints, transition
from harbortui.terminal.scroll import Shift, find_shift

GAP = 4  # unchanged cells that are no dearer to write again than to step over
FEWEST_ERASED = 4  # cells at a row's end for which erasing is cheaper than blanks
ONE_PACKET = 256  # bytes that reach the terminal together
BLANKS = re.compile(" {12,}")  # longer than the two control strings that erase and step over them


@lru_cache(1024)
def disputed_from(row: Row) -> int:
    """The first column from which terminals may disagree about widths (the row's width if none)."""
    text = "".join([character or "\u3000" for character, _ in row])
    if text.isascii() or not DISPUTED.search(text):
        return len(row)
    return next(x for x, cell in enumerate(row) if is_disputed(cell))


def is_disputed(cell: Cell) -> bool:
    """Whether terminals may draw the cell's character wider or narrower than we count."""
    character = cell[0]
    return len(character) != 1 or DISPUTED.match(character) is not None


class Painter:
    """Knows what the terminal shows; `paint` brings it to another state."""

    def __init__(self, able: Abilities, *, plain: bool = False) -> None:
        self._plain = plain or not able.addressable
        self._able = NONE if self._plain else able
        self._rows: list[Row] = []  # empty: unknown
        self._pen = DEFAULT
        self._at: tuple[int, int] | None = None
        self._out: list[str] = []

    def _lift_pen(self) -> str:
        text, self._pen = transition(self._pen, DEFAULT), DEFAULT
        return text

    def deliver(self, delivery: Delivery) -> str:
        """The bytes for control strings and picture; synchronized if it takes several packets."""
        controls = self._lift_pen() + delivery.controls if delivery.controls else ""
        if delivery.picture is None:
            return controls
        if delivery.afresh:
            self._rows = []
        painted = self.paint(delivery.picture)
        if delivery.synchronized and len(painted) > ONE_PACKET:
            painted = SYNC_START + painted + SYNC_END
        return controls + painted

    def paint(self, picture: Picture) -> str:
        """The bytes that make the terminal show `picture`."""
        self._out = []
        if not picture.rows:
            return ""
        if [len(row) for row in self._rows] != [len(row) for row in picture.rows]:
            self._clear(picture)
        if self._plain:
            self._write_whole(picture)
        else:
            self._write_changes(picture)
        self._rows = list(picture.rows)
        if self._out or self._at != picture.cursor:
            self._move(*picture.cursor)
        return "".join(self._out)

    def _clear(self, picture: Picture) -> None:
        """Blank the screen, in the colour that most lines end with."""
        ends = Counter(self._blank(row) for row in picture.rows)
        style = ends.most_common(1)[0][0]
        self._rows = [blank_row(len(row), style) for row in picture.rows]
        self._pen, self._at = DEFAULT, None
        self._out.append("\x1b[m")
        self._set_pen(style)
        self._out.append("\x1b[2J")

    def _write_whole(self, picture: Picture) -> None:
        """Write every row that a frame wrote to, whatever the terminal is thought to show."""
        for y, row in enumerate(picture.rows):
            if y in picture.written or row != self._rows[y]:
                self._cells(y, 0, row)

    def _write_changes(self, picture: Picture) -> None:
        if self._able.shift_lines and (shift := find_shift(self._rows, picture.rows)):
            self._shift(shift, self._blank(picture.rows[shift.entrance]))
        for y, (old, new) in enumerate(zip(self._rows, picture.rows, strict=True)):
            if old is not new and (columns := differing(old, new)):
                self._row(y, old, new, columns)

    def _shift(self, shift: Shift, blank: Style) -> None:
        top, bottom, distance = shift
        self._set_pen(blank)
        verb = "M" if distance > 0 else "L"
        region = f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H"
        self._out.append(f"{region}{_times(distance, verb)}\x1b[r")
        self._at = None
        self._rows = shift.applied(self._rows, blank)

    def _row(self, y: int, old: Row, new: Row, columns: list[int]) -> None:
        disputed = min(disputed_from(old), disputed_from(new))
        if columns[-1] < disputed:
            self._certain(y, new, columns)
            return
        self._runs(y, new, [x for x in columns if x < disputed])
        end = self._blank_from(new, disputed)
        blank = new[-1][1] if end < len(new) else DEFAULT
        self._erase_from(y, disputed, blank)  # no half of an old character stays behind
        self._cells(y, disputed, new[disputed:end])
        if end < len(new):
            self._erase_from(y, end, blank)

    def _certain(self, y: int, new: Row, columns: list[int]) -> None:
        """Paint changes left of everything disputed."""
        end = self._blank_from(new, 0)
        if sum(x >= end for x in columns) < FEWEST_ERASED:
            end = len(new)
        self._runs(y, new, [x for x in columns if x < end])
        if end < len(new):
            self._erase_from(y, end, new[-1][1])

    def _blank_from(self, row: Row, least: int) -> int:
        """The column from which on erasing paints the row (its width if that does not work)."""
        tail, end = row[-1], len(row)
        if tail[0] != " " or not self._erases_to(tail[1]):
            return end
        while end > least and row[end - 1] == tail:
            end -= 1
        return end

    def _blank(self, row: Row) -> Style:
        """What lines are best blanked with that shall look like `row`."""
        character, style = row[-1]
        return style if character == " " and self._erases_to(style) else DEFAULT

    def _erases_to(self, style: Style) -> bool:
        """Whether cells erased with a pen of that style look like blanks written with it."""
        if style.attributes & SEEN_ON_BLANKS:
            return False
        return self._able.background_erase or not style.background

    def _erase_from(self, y: int, x: int, style: Style) -> None:
        self._move(y, x)
        if self._pen.background != style.background or self._pen.attributes & SEEN_ON_BLANKS:
            self._set_pen(style)
        self._out.append("\x1b[K")

    def _runs(self, y: int, new: Row, columns: list[int]) -> None:
        """Write the cells at `columns`, and those between that are no dearer to write than skip."""
        while columns:
            start = last = columns[0]
            for x in columns:
                if x - last > 1 and not _bridged(new, last, x):
                    break
                last = x
            columns = [x for x in columns if x > last]
            self._cells(y, start, new[start : last + 1])

    def _cells(self, y: int, x: int, cells: Row) -> None:
        """Write cells; where the cursor is after disputed ones is not known."""
        for style, disputed, characters in _strokes(cells, self._pen):
            text = "".join(characters)
            self._move(y, x)
            self._set_pen(style)
            x += len(characters)
            if not disputed and self._able.erase_characters and self._erases_to(style):
                text = BLANKS.sub(_erased, text)
            self._out.append(text)
            self._at = None if disputed or x == len(self._rows[y]) else (y, x)

    def _set_pen(self, style: Style) -> None:
        self._out.append(transition(self._pen, style))
        self._pen = style

    def _move(self, y: int, x: int) -> None:
        if self._at != (y, x):
            self._out.append(path(self._at, (y, x)))
            self._at = (y, x)


def path(start: tuple[int, int] | None, end: tuple[int, int]) -> str:
    """The shortest way for the cursor from `start` (None: anywhere) to `end`, as (line, column)."""
    y, x = end
    line = y + 1 if y else ""
    ways = [f"\x1b[{line};{x + 1}H" if x else f"\x1b[{line}H"]
    if start and start[0] == y:
        ways.append("\r" if x == 0 else _times(x - start[1], "C" if x > start[1] else "D"))
    elif start and start[0] + 1 == y and x == 0:
        ways.append("\r\n")
    return min(ways, key=len)


def _times(number: int, final: str) -> str:
    return f"\x1b[{abs(number)}{final}" if abs(number) > 1 else f"\x1b[{final}"


def _erased(blanks: re.Match[str]) -> str:
    number = len(blanks[0])
    return f"\x1b[{number}X\x1b[{number}C"


def _bridged(row: Row, last: int, x: int) -> bool:
    """Whether the unchanged cells between `last` and `x` are cheaper to write than to skip."""
    if x - last > GAP + 1:
        return False
    return len(list(_strokes(row[last:x], row[last][1]))) == 1


def _strokes(cells: Row, pen: Style) -> Iterator[tuple[Style, bool, list[str]]]:
    """The characters that one pen writes, and whether they are disputed; `pen` is at hand."""
    characters: list[str] = []
    disputed = False
    for character, style in cells:
        fits = style is pen or (character == " " and paints(pen, style)) or style == pen
        odd = not (character and character.isascii()) and is_disputed((character, style))
        if characters and not (fits and odd == disputed):
            yield pen, disputed, characters
            characters = []
        pen, disputed = pen if fits else style, odd
        characters.append(character)
    yield pen, disputed, characters
