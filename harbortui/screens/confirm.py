"""A question before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from harbortui.screens.dialog import Dialog
from harbortui.shown import Part
from harbortui.text import code_points, odd, safe
from harbortui.widgets.button import Button
from harbortui.widgets.frame import Foot, Key
from harbortui.widgets.line import Line
from harbortui.widgets.paper import Paper

KEYS = (Key("tab", "next", "app.focus_next"), Key("enter", "press", ""))
MORE = Key("pgdn", "more", "more(1)")
TITLE, EDGES = 70, 8
"""Columns of a title that is seen whole, and those that the screen has besides."""
DEAF = 0.4
"""Seconds in which keys do nothing: they were typed before the question was read."""


@dataclass(frozen=True)
class Question:
    """What is about to happen, to what, and what goes with it."""

    title: str
    verb: str
    names: Sequence[str] = ()
    lines: Sequence[str] = ()
    hidden: int = 0
    typed: bool = False
    """The name must be typed, or the number of several."""
    lasting: bool = False
    """It cannot be undone."""
    danger: bool = True

    def with_lines(self, lines: Sequence[str]) -> Question:
        """The same question, with what was counted."""
        return replace(self, lines=lines)

    @property
    def word(self) -> str:
        """What has to be typed."""
        if not self.typed:
            return ""
        return safe(self.names[0]) if len(self.names) == 1 else str(len(self.names))


class Confirm(Dialog[bool]):
    """Cancel has the focus, or the field where the name is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "cancel", id="cancel"),
        Binding("left,right,up,down", "other", "the other button", show=False),
        Binding("pagedown", "more(1)", "what is said further down", show=False),
        Binding("pageup", "more(-1)", "what is said further up", show=False),
    ]
    AUTO_FOCUS = "Input, #cancel"

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self._opened = monotonic()

    def compose(self) -> ComposeResult:
        """Title, names in full, consequences, the field, the buttons."""
        question = self.question
        with Vertical(classes=f"dialog question {'danger' if question.danger else ''}") as dialog:
            dialog.border_title = Content(safe(question.title, limit=200))
            if words := self._words():
                with VerticalScroll(can_focus=False):
                    yield Paper(words)
            with Vertical(classes="answer below" if words else "answer"):
                yield from self._answer()
        yield Foot()

    def _answer(self) -> ComposeResult:
        """What stays in view however much is said above it."""
        word, verb = self.question.word, self.question.verb
        if word:
            yield Paper([(Part("Type "), Part(word, "strong"), Part(" to go on."))])
            yield Line(id="typed", compact=True, max_length=len(word) + 20)
        with Horizontal(classes="buttons"):
            yield Button("Cancel", "cancel")
            yield Button(verb, "go", allowed=not word)

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        """What there is no room for is below."""
        longer = any(said.max_scroll_y > 0 for said in self.query(VerticalScroll))
        keys = (MORE, *KEYS) if longer else KEYS
        self.query_one(Foot).show(keys, (Key("esc", "cancel", "leave"),))

    def _words(self) -> list[Sequence[Part]]:
        question = self.question
        lines: list[Sequence[Part]] = []
        longer = cell_len(question.title) > min(TITLE, self.app.size.width - EDGES)
        if longer or len(question.names) > 1 or any(odd(name) for name in question.names):
            for name in question.names:
                strange = odd(name)
                warning = Part("  ▲ odd characters: " + code_points(name), "warn")
                lines.append((Part(name), warning) if strange else (Part(name),))
        if question.hidden:
            lines.append((Part(f"▲ {question.hidden} of them hidden by the filter", "warn"),))
        if lines and question.lines:
            lines.append(())
        lines += [(Part(line),) for line in question.lines]
        if question.lasting:
            lines += [*([()] if lines else []), (Part("This cannot be undone.", "muted"),)]
        return lines

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """The button opens when the name is right; what was typed too early is not taken."""
        if monotonic() - self._opened < DEAF:
            event.input.clear()
        self.query_one("#go", Button).allowed = event.value == self.question.word

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Enter in the field is the button, when the name is right."""
        self.query_one("#go", Button).action_press()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Yes only by its own button, and not before it could be read."""
        if monotonic() - self._opened >= DEAF or event.button.id == "cancel":
            self.dismiss(event.button.id == "go")

    def on_key(self, event: events.Key) -> None:
        if monotonic() - self._opened < DEAF and event.key != "escape":
            event.prevent_default()
            event.stop()

    def action_leave(self) -> None:
        """No."""
        self.dismiss(False)

    def action_other(self) -> None:
        """To the other button."""
        self.focus_next()

    def action_more(self, pages: int) -> None:
        """Read on, or back."""
        for said in self.query(VerticalScroll):
            said.scroll_relative(y=pages * max(1, said.size.height - 1), animate=False)
