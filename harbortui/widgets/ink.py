"""How cells become segments: tones, widths, and the only road for server text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, ClassVar, get_args

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.widget import Widget

from harbortui.clock import Clock
from harbortui.shown import Cell, Part, Tone, When
from harbortui.text import safe

TONES = tuple(tone for tone in get_args(Tone) if tone)
STATES = ("ok", "warn", "bad", "accent")
"""Tones that keep their colour on the cursor line and in stale rows."""
LONGEST = 2000
LONG = 16
"""Columns from which a word may be cut before words are left out."""


CLASSES = {f"tone--{tone}" for tone in TONES}
"""Component classes; what they look like is in styles/."""


class Palette(App[int]):
    """An app that has the tones for all its widgets: sixteen rules less for each of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES

    def __init__(self, **options: Any) -> None:
        self._pens: dict[str, Style] = {}
        self._worn: dict[str, str] = {}
        super().__init__(**options)

    def wear(self, theme: str) -> None:
        """The theme to begin with: so the style sheets are read once, with its colours."""
        self.theme = theme
        self._worn = self.get_css_variables()
        self.stylesheet.set_variables(self._worn)

    def pen(self, tone: str) -> Style:
        """What a tone adds to the style of a background."""
        if tone not in self._pens:
            styles = self.get_component_styles(f"tone--{tone}")
            self._pens[tone] = styles.partial_rich_style
        return self._pens[tone]

    def refresh_css(self, animate: bool = True) -> None:
        """Another theme: what was drawn with the old tones is drawn anew."""
        # Textual 8.2 reads all style sheets again at the start, for the theme it begins with.
        if (worn := self.get_css_variables()) == self._worn:
            self.stylesheet.apply(self)
            return
        self._worn = worn
        super().refresh_css(animate)
        self._pens.clear()
        for screen in self.screen_stack:
            for widget in screen.query(Inked):
                widget.redraw()


class Inked(Widget):
    """A widget whose text has tones."""

    def pen(self, tone: str, base: Style) -> Style:
        """The style of a tone on a background."""
        app = self.app
        return base + app.pen(tone) if tone and isinstance(app, Palette) else base

    def redraw(self) -> None:
        """Draw everything anew: the clock or the tones have changed."""
        self.refresh()


def parts(cell: Cell, clock: Clock, room: int = LONGEST) -> tuple[Part, ...]:
    """A cell as safe words with tones; a moment in brief where there is little room."""
    if cell is None:
        return ()
    if isinstance(cell, int):
        return (Part(f"{cell:,}"),)
    if isinstance(cell, When):
        return (Part(clock.show(cell.moment, room), cell.tone or "muted"),)
    if isinstance(cell, Part):
        return (Part(safe(cell.text, limit=LONGEST), cell.tone),)
    if isinstance(cell, str):
        return (Part(safe(cell, limit=LONGEST)),)
    return tuple(Part(safe(part.text, limit=LONGEST), part.tone) for part in cell)


def width(cell: Iterable[Part]) -> int:
    """Columns on the screen."""
    return sum(cell_len(part.text) for part in cell)


def plain(cell: Iterable[Part]) -> str:
    """The words alone."""
    return "".join(part.text for part in cell)


def middle(text: str, room: int) -> str:
    """A long name cut in its middle, so that both ends can be read."""
    if cell_len(text) <= room:
        return text
    if room <= 1:
        return set_cell_size(text, room)
    tail = (room - 1) // 2
    head = set_cell_size(text, room - 1 - tail).rstrip()
    end = text[-tail:] if tail else ""
    while cell_len(end) > tail:
        end = end[1:]
    return f"{head}…{end}"


def sentence(text: str, room: int) -> str:
    """A sentence that can still be read when it is cut: first in its long words, then between two.

    Paths keep their ends; of words, the last ones stay as well, where Go's errors tell the cause.
    """
    words = text.split(" ")
    while (over := cell_len(" ".join(words)) - room) > 0:
        longest = max(range(len(words)), key=lambda n: cell_len(words[n]))
        if cell_len(words[longest]) <= LONG:
            return _ends(words, room)
        keep = max(LONG, cell_len(words[longest]) - over)
        words[longest] = _shorter(words[longest], keep)
    return " ".join(words)


def _shorter(word: str, room: int) -> str:
    if not word.startswith(("/", "~")):
        return middle(word, room)
    while cell_len(word) >= room:
        word = word[1:]
    return f"…{word}"


def _ends(words: Sequence[str], room: int) -> str:
    """As many words as there is room for, up to half of it from the end."""
    widths = [cell_len(word) + 1 for word in words]
    ends = [end for end in accumulate(reversed(widths)) if end <= room // 2]
    rest = room - 1 - max(ends, default=0)
    starts = sum(start <= rest for start in accumulate(widths))
    if not starts:
        return middle(" ".join(words), room)
    return " ".join([*words[:starts], "…", *words[len(words) - len(ends) :]])


def fit(cell: Sequence[Part], room: int, right: bool = False) -> list[Part]:
    """Exactly this many columns: filled up, or the longest part cut in its middle."""
    found, room = list(cell), max(room, 0)
    over = width(found) - room
    while over > 0 and found:
        longest = max(range(len(found)), key=lambda n: cell_len(found[n].text))
        part = found[longest]
        keep = cell_len(part.text) - over
        if keep >= 3 or len(found) == 1:
            found[longest] = Part(middle(part.text, max(keep, 0)), part.tone)
        else:
            del found[longest]
        over = width(found) - room
    fill = " " * (room - width(found))
    if not fill:
        return found
    return [Part(fill), *found] if right else [*found, Part(fill)]


def join(found: Iterable[Segment]) -> list[Segment]:
    """Neighbours of one style as one segment: each change of style is bytes on the wire."""
    joined: list[Segment] = []
    for segment in found:
        if joined and joined[-1].style == segment.style:
            joined[-1] = Segment(joined[-1].text + segment.text, segment.style)
        elif segment.text:
            joined.append(segment)
    return joined
