"""Lines of words with tones, wrapped to the room there is; for dialogs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from harbortui.shown import Part
from harbortui.text import safe
from harbortui.widgets.ink import LONGEST, Inked, join, width

Words = tuple[Part, ...]


class Paper(Inked):
    """As wide as its longest line, as high as its lines when wrapped."""

    def __init__(
        self, lines: Iterable[Sequence[Part]] = (), id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.lines: list[Words] = []
        self._write(lines)

    def _write(self, lines: Iterable[Sequence[Part]]) -> None:
        self.lines = [
            tuple(Part(safe(part.text, limit=LONGEST), part.tone) for part in line)
            for line in lines
        ]

    def show(self, lines: Iterable[Sequence[Part]]) -> None:
        """Other lines."""
        before = self.lines
        self._write(lines)
        if self.lines != before:
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return max((width(line) for line in self.lines), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(len(wrap(line, width)) for line in self.lines)

    def render_line(self, y: int) -> Strip:
        """One wrapped line."""
        base, room = self.rich_style, self.size.width
        shown = [row for line in self.lines for row in wrap(line, room)]
        row = shown[y] if y < len(shown) else ()
        segments = [Segment(part.text, self._pen(part, base)) for part in row]
        return Strip(join(segments)).adjust_cell_length(room, base)

    def _pen(self, part: Part, base: Style) -> Style:
        return self.pen(part.tone, base)


def wrap(line: Words, room: int, hang: int = 0) -> list[Words]:
    """Break a line between words, inside a word where it is too long; what follows hangs in."""
    if room <= 0 or width(line) <= room:
        return [line]
    hang = hang if 2 * hang < room else 0
    rows: list[list[Part]] = [[]]
    used = start = 0
    for part in line:
        for word in _words(part.text, room - hang):
            if used > start and used + cell_len(word.rstrip()) > room:
                rows.append([Part(" " * hang)] if hang else [])
                used = start = hang
                word = word.lstrip()
            rows[-1].append(Part(word, part.tone))
            used += cell_len(word)
    return [tuple(row) for row in rows]


def _words(text: str, room: int) -> Iterable[str]:
    """Words with the blanks behind them, none longer than the room."""
    start = 0
    while start < len(text):
        end = text.find(" ", start)
        end = len(text) if end < 0 else end
        while end < len(text) and text[end] == " ":
            end += 1
        piece = text[start:end]
        while cell_len(piece.rstrip()) > room:
            cut = room
            while cut > 1 and cell_len(piece[:cut]) > room:
                cut -= 1
            yield piece[:cut]
            piece = piece[cut:]
        yield piece
        start = end
