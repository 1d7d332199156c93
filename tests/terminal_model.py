"""A terminal to compare with: pyte, corrected where real terminals agree and pyte does not."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pyte
from pyte.screens import Char
from rich.cells import split_graphemes

from harbortui.terminal.abilities import Abilities
from harbortui.terminal.headless import Recorder

MARKS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 53}
ENDS = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 55: {53}}
DRAWN_ON_BLANKS = {4, 5, 6, 7, 9, 21, 53}
Widths = Callable[[str], list[tuple[str, int]]]


class Look(NamedTuple):
    """What a person sees of a cell: the ink of a blank is not seen unless something is drawn."""

    character: str
    foreground: str
    background: str
    marks: frozenset[int]


def textual_widths(text: str) -> list[tuple[str, int]]:
    """Characters and their columns as Textual's own libraries count them."""
    return [(text[start:end], columns) for start, end, columns in split_graphemes(text)[0]]


class Screen(pyte.Screen):
    """A terminal with or without background erase (bce), whose wide characters have no halves."""

    def __init__(
        self, columns: int, lines: int, bce: bool = True, widths: Widths = textual_widths
    ) -> None:
        self.bce, self.widths = bce, widths
        super().__init__(columns, lines)

    def draw(self, data: str) -> None:
        line = self.buffer[self.cursor.y]
        self.dirty.add(self.cursor.y)
        pen, first = self.cursor.attrs, min(self.cursor.x, self.columns - 1)
        half = pen._replace(data="")
        for cluster, columns in self._clusters(data):
            x = min(self.cursor.x, self.columns - 1)
            columns = min(columns, self.columns - x)
            if columns == 0:
                x = self.cursor.x
                while x > 0 and not line[x - 1].data:
                    x -= 1
                if x > 0:
                    line[x - 1] = line[x - 1]._replace(data=line[x - 1].data + cluster)
                continue
            line[x] = pen._replace(data=cluster)
            for offset in range(1, columns):
                line[x + offset] = half
            self.cursor.x = x + columns
        self._mend(first - 1, self.cursor.x)

    def _clusters(self, text: str) -> list[tuple[str, int]]:
        return [(one, 1) for one in text] if text.isascii() else self.widths(text)

    def _mend(self, left: int, right: int) -> None:
        """Blank the rest of wide characters that were written over, left and right of a write."""
        line = self.buffer[self.cursor.y]
        head = left
        while head > 0 and not line[head].data:
            head -= 1
        if (
            head >= 0
            and sum(columns for _, columns in self._clusters(line[head].data)) > left + 1 - head
        ):
            for x in range(head, left + 1):
                line[x] = line[x]._replace(data=" ")
        while right < self.columns and not line[right].data:
            line[right] = line[right]._replace(data=" ")
            right += 1

    def _erase(self, how: Callable[..., None], *arguments: Any, **options: Any) -> None:
        pen = self.cursor.attrs
        background = pen.bg if self.bce else "default"
        self.cursor.attrs = Char(" ", bg=background)
        how(*arguments, **options)
        self.cursor.attrs = pen

    def erase_in_line(self, *arguments: Any, **options: Any) -> None:
        self._erase(super().erase_in_line, *arguments, **options)
        self._mend(self.cursor.x - 1, self.columns)

    def erase_in_display(self, *arguments: Any, **options: Any) -> None:
        """Pyte erases only cells that have been written to."""
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y].setdefault(x, self.default_char)
        self._erase(super().erase_in_display, *arguments, **options)

    def erase_characters(self, count: int | None = None) -> None:
        self._erase(super().erase_characters, count)
        self._mend(self.cursor.x - 1, self.cursor.x + (count or 1))

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        pen, self.cursor.attrs = self.cursor.attrs, Char(" ")
        super().resize(lines, columns)
        self.cursor.attrs = pen

    def insert_lines(self, count: int | None = None) -> None:
        self._shift(super().insert_lines, count, first=True)

    def delete_lines(self, count: int | None = None) -> None:
        self._shift(super().delete_lines, count, first=False)

    def _shift(self, how: Callable[..., None], count: int | None, *, first: bool) -> None:
        """Shift lines; those that come in have the pen's background, where there is bce."""
        number, bottom = count or 1, self.margins.bottom if self.margins else self.lines - 1
        top = self.cursor.y if first else bottom + 1 - number
        how(count)
        blank = Char(" ", bg=self.cursor.attrs.bg if self.bce else "default")
        for y in range(top, top + number):
            for x in range(self.columns):
                self.buffer[y][x] = blank

    def set_margins(self, top: int | None = None, bottom: int | None = None, **_: Any) -> None:
        super().set_margins(top, bottom)

    def select_graphic_rendition(self, *codes: int, **_: Any) -> None:
        pen, marks = self.cursor.attrs, set(self.cursor.attrs.bold or ())
        rest = list(codes) or [0]
        while rest:
            code = rest.pop(0)
            if code == 0:
                pen, marks = Char(" "), set()
            elif code in (38, 48):
                number = {5: 2, 2: 4}[rest[0]]
                colour, rest = ";".join(map(str, rest[:number])), rest[number:]
                pen = pen._replace(fg=colour) if code == 38 else pen._replace(bg=colour)
            elif code in MARKS:
                marks.add(code)
            elif code in ENDS:
                marks -= ENDS[code]
            elif code // 10 in (3, 9):
                pen = pen._replace(fg="default" if code == 39 else str(code))
            else:
                assert code // 10 in (4, 10), code
                pen = pen._replace(bg="default" if code == 49 else str(code))
        self.cursor.attrs = pen._replace(bold=frozenset(marks))

    def look(self, y: int) -> list[Look]:
        """What is seen of a line."""
        return [_look(self.buffer[y][x]) for x in range(self.columns)]

    def looks(self) -> list[list[Look]]:
        """What is seen, line by line."""
        return [self.look(y) for y in range(self.lines)]


@cache
def _look(cell: Char) -> Look:
    marks = frozenset(cell.bold or ())
    if cell.data == " " and not marks & DRAWN_ON_BLANKS:
        return Look(" ", "", cell.bg, frozenset())
    return Look(cell.data, cell.fg, cell.bg, marks)


class Pair:
    """Two terminals: one gets what Textual wrote, the other what our driver would send."""

    def __init__(self, columns: int, lines: int, able: Abilities, *, plain: bool = False) -> None:
        self.recorder = Recorder(able, plain=plain, watch=self.compare)
        self.stock = Screen(columns, lines, able.background_erase)
        self.diffed = Screen(columns, lines, able.background_erase)
        self.streams = [pyte.Stream(self.stock), pyte.Stream(self.diffed)]
        for stream in self.streams:
            stream.feed("\x1b[?7l")
        self.resizing = False

    def write(self, text: str) -> None:
        self.recorder.write(text, self.stock.columns, self.stock.lines)

    def resize(self, columns: int, lines: int) -> None:
        for screen in (self.stock, self.diffed):
            screen.resize(lines, columns)

    def compare(self, *texts: str) -> None:
        for stream, text in zip(self.streams, texts, strict=True):
            stream.feed(text.replace("\x1b[>", "\x1b[?").replace("\x1b[<u", ""))
        if not self.resizing:
            self.check()

    def check(self) -> None:
        """Both show the same in the lines that were written to, cursor included."""
        for y in (self.stock.dirty | self.diffed.dirty) & set(range(self.stock.lines)):
            looks = zip(self.stock.look(y), self.diffed.look(y), strict=True)
            for x, (one, two) in enumerate(looks):
                assert one == two, f"line {y} column {x}: {one} became {two}"
        self.stock.dirty.clear()
        self.diffed.dirty.clear()
        last = self.stock.columns - 1
        one, two = self.stock.cursor, self.diffed.cursor
        assert (one.y, min(one.x, last)) == (two.y, min(two.x, last))

    def bytes(self) -> tuple[int, int]:
        """How many bytes went to the two terminals."""
        stock, sent = self.recorder.stock, self.recorder.sent
        return sum(len(text.encode()) for text in stock), sum(len(text.encode()) for text in sent)
