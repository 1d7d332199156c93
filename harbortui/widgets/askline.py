"""The line in which the audit log asks: for a filter, a text to search, a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from harbortui.shown import Part
from harbortui.widgets.frame import Ribbon
from harbortui.widgets.prompt import Prompt

MARK = "^"


class AskLine(Prompt):
    """Hidden until something is asked; what was entered before is brought back by `up`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave it as it was", show=False),
        Binding("enter", "close", "take it", show=False),
        Binding("up", "recall(1)", "what was entered before", show=False),
        Binding("down", "recall(-1)", "what was entered after", show=False),
        Binding("tab", "complete", "complete", show=False),
    ]

    @dataclass
    class Entered(Message):
        """Enter was pressed; the line stays until it is shut."""

        line: AskLine
        purpose: str
        text: str

    @dataclass
    class Left(Message):
        """Nothing is asked any more: keys go to the rows again."""

        line: AskLine

    @dataclass
    class Completing(Message):
        """Tab was pressed."""

        line: AskLine

    def __init__(self, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.purpose = ""
        self._history: Sequence[str] = ()
        self._at, self._typed = 0, ""

    def ask(self, purpose: str, value: str, hint: str, history: Sequence[str] = ()) -> None:
        """Ask for something; `value` stands there already."""
        self.purpose, self.placeholder = purpose, hint
        self._history, self._at, self._typed = history, 0, value
        self.value = value
        self.cursor_position = len(value)
        self.open()

    def shut(self) -> None:
        """What was entered has been taken."""
        self.display, self.purpose = False, ""
        self.post_message(self.Left(self))

    def put(self, value: str, cursor: int) -> None:
        """Something else stands there now, and one types on."""
        self.value, self.cursor_position = value, cursor
        self.screen.set_focus(self)

    def action_close(self) -> None:
        """Take it."""
        self.post_message(self.Entered(self, self.purpose, self.value.strip()))

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.shut()

    def action_recall(self, older: int) -> None:
        """Another of the lines that were entered before; below them what is being typed."""
        if self._at == 0:
            self._typed = self.value
        self._at = max(0, min(self._at + older, len(self._history)))
        self.value = self._history[self._at - 1] if self._at else self._typed
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Ask the owner what could stand here."""
        self.post_message(self.Completing(self))


class Underline(Ribbon):
    """Marks below the words of a line that are wrong; hidden without."""

    def __init__(self, line: AskLine) -> None:
        super().__init__()
        self.line = line
        self._places: Sequence[tuple[int, int]] = ()

    def on_mount(self) -> None:
        self.display = False
        self.watch(self.line, "scroll_x", self._draw)

    def mark(self, places: Sequence[tuple[int, int]]) -> None:
        """Mark what stands between these places of the line."""
        self._places, self.display = places, bool(places)
        self._draw()

    def _draw(self) -> None:
        text = self.line.value
        marks = [" "] * cell_len(text)
        for start, end in self._places:
            first, last = cell_len(text[:start]), cell_len(text[:end])
            marks[first:last] = MARK * (last - first)
        shown = "".join(marks[self.line.scroll_offset.x :])[: self.line.size.width]
        self.show((Part(shown.rstrip(), "bad"),))
