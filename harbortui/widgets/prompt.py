"""The line in which a filter or a search is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from harbortui.widgets.line import Line

LONGEST = 1000


class Prompt(Line):
    """Hidden until it is opened; what is typed is told at once, Enter or Escape closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "clear", show=False),
        Binding("enter,down", "close", "keep", show=False),
    ]

    @dataclass
    class Closed(Message):
        """Keys go to the rows again."""

        prompt: Prompt

        @property
        def control(self) -> Prompt:
            """The line, for selectors."""
            return self.prompt

    def __init__(self, value: str = "", placeholder: str = "filter", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, max_length=LONGEST)
        self.display = False

    def open(self) -> None:
        """Show it and type."""
        self.display = True
        self.screen.set_focus(self)  # at once: what is typed ahead goes here

    def action_close(self) -> None:
        """Keep what is typed."""
        self.display = False
        self.post_message(self.Closed(self))

    def action_leave(self) -> None:
        """Throw away what is typed."""
        self.value = ""
        self.action_close()
