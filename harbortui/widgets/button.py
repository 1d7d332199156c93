"""A button of a dialog: words in brackets."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from harbortui.text import safe
from harbortui.widgets.ink import Inked


class Button(Inked, can_focus=True):
    """`[ Cancel ]`; in round brackets while it cannot be pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press", "press", show=False)]
    allowed: reactive[bool] = reactive(True)

    class Pressed(Message):
        """It was pressed."""

        def __init__(self, button: Button) -> None:
            super().__init__()
            self.button = button

        @property
        def control(self) -> Button:
            """The button, for selectors."""
            return self.button

    def __init__(self, label: str, id: str | None = None, allowed: bool = True) -> None:
        super().__init__(id=id)
        self.label = safe(label, limit=80)
        self.set_reactive(Button.allowed, allowed)

    @property
    def words(self) -> str:
        """With its brackets."""
        return f"[ {self.label} ]" if self.allowed else f"( {self.label} )"

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return len(self.words)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render_line(self, y: int) -> Strip:
        """The words, in the tone of its state."""
        tone = "button" if self.has_focus else "" if self.allowed else "off"
        style = self.pen(tone, self.rich_style)
        return Strip([Segment(self.words, style)]).adjust_cell_length(self.size.width, style)

    def action_press(self) -> None:
        """Press it."""
        if self.allowed:
            self.post_message(self.Pressed(self))

    def on_click(self, event: events.Click) -> None:
        self.action_press()
