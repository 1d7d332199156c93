"""The four lines round every screen: where one is, the way here, what happened, which keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from harbortui.shown import Part
from harbortui.text import safe
from harbortui.widgets.columns import EDGE, LEFT
from harbortui.widgets.ink import CLASSES, LONGEST, Inked, fit, join, plain, sentence, width


def laid(
    left: Sequence[Part], right: Sequence[Part], columns: int, signed: bool = False
) -> list[Part]:
    """One line of two ends; the left gives way to the right. `signed`: a sign and a sentence."""
    gutter = Part(" " * LEFT)
    if signed and left:
        gutter, left = Part(f" {left[0].text:<1} ", left[0].tone), left[1:]
    room = columns - LEFT - EDGE
    right = right if width(right) < room else ()
    room -= width(right) + (2 if right else 0)
    if signed:
        left = [part._replace(text=sentence(part.text, room)) for part in left]
    return [gutter, *fit(left, room), *([Part("  ")] if right else []), *right]


class Ribbon(Inked):
    """One line: words at the left, words at the right; redrawn only when they change."""

    def __init__(self, id: str | None = None, *, signed: bool = False) -> None:
        super().__init__(id=id)
        self.left: tuple[Part, ...] = ()
        self.right: tuple[Part, ...] = ()
        self.signed = signed
        """The first part of the left stands in the gutter."""

    def show(self, left: Iterable[Part], right: Iterable[Part] = ()) -> None:
        """Say this now."""
        fresh = tuple(_clean(left)), tuple(_clean(right))
        if fresh != (self.left, self.right):
            self.left, self.right = fresh
            self.refresh()

    @property
    def cut(self) -> str:
        """All that it says at the left, when there is no room for it."""
        said = self.left[self.signed :]
        room = self.size.width - LEFT - EDGE - width(self.right)
        return plain(said) if width(said) > room else ""

    def render_line(self, y: int) -> Strip:
        """The line."""
        base = self.rich_style
        if y:
            return Strip.blank(self.size.width, base)
        found = laid(self.left, self.right, self.size.width, self.signed)
        return Strip(join(self._segment(part, base) for part in found)).adjust_cell_length(
            self.size.width, base
        )

    def _segment(self, part: Part, base: Style) -> Segment:
        return Segment(part.text, self.pen(part.tone, base))


class Head(Ribbon):
    """The first line, whose tones change when something is wrong."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES

    def pen(self, tone: str, base: Style) -> Style:
        """The style of a tone on a background."""
        return base + self.get_component_rich_style(f"tone--{tone}", partial=True) if tone else base


def _clean(found: Iterable[Part]) -> Iterable[Part]:
    return (Part(safe(part.text, limit=LONGEST), part.tone) for part in found)


class Key(NamedTuple):
    """A key that does something here, or why it does not."""

    key: str
    label: str
    action: str
    refused: str = ""
    show: bool = True
    group: str = ""
    name: str = ""
    """What a configuration calls it."""


class Foot(Inked):
    """The keys that work here, most useful first; a refused one stays in place, in brackets."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys: tuple[Key, ...] = ()
        self.fixed: tuple[Key, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def show(self, keys: Sequence[Key], fixed: Sequence[Key]) -> None:
        """These keys at the left, those at the right."""
        fresh = tuple(keys), tuple(fixed)
        if fresh != (self.keys, self.fixed):
            self.keys, self.fixed = fresh
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line; what there is no room for is in the menu of keys."""
        base = self.rich_style
        if y:
            return Strip.blank(self.size.width, base)
        right = [part for key in self.fixed for part in _written(key)]
        room = self.size.width - width(right) - 1
        found, used = [Part(" " * (LEFT - 1))], LEFT - 1
        self._places = []
        for key in fitting(self.keys, self.fixed, self.size.width):
            written = _written(key)
            self._places.append((used, used + width(written), key.action))
            found += [*written, Part(" ")]
            used += width(written) + 1
        found.append(Part(" " * (room - used)))
        start = room
        for key in self.fixed:
            self._places.append((start, start + width(_written(key)), key.action))
            start += width(_written(key))
        segments = [Segment(part.text, self.pen(part.tone, base)) for part in [*found, *right]]
        return Strip(join(segments)).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        for start, end, action in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(action))


def fitting(keys: Sequence[Key], fixed: Sequence[Key], columns: int) -> list[Key]:
    """As many of the keys, from the first one on, as there is room for beside the fixed ones."""
    room = columns - sum(width(_written(key)) for key in fixed) - LEFT
    ends = accumulate(width(_written(key)) + 1 for key in keys)
    return [key for key, end in zip(keys, ends, strict=True) if end - 1 <= room]


def _written(key: Key) -> list[Part]:
    if key.refused:
        return [Part(f"({key.key} {key.label})", "off")]
    return [Part(f" {key.key}", "key"), Part(f" {key.label} ", "muted")]
