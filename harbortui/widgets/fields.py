"""One field of a form: its title, its control, help while it has the focus, what is wrong."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from harbortui.api.form import Choice
from harbortui.shown import Part
from harbortui.text import safe
from harbortui.widgets.controls import Chooser, Control, FormLines, Several, Switch
from harbortui.widgets.line import Line, in_turn
from harbortui.widgets.paper import Paper
from harbortui.widgets.plan import Spec

LONGEST = 4096


class Masked(Line):
    """A line for a secret: Textual 8.2 would copy what it does not show."""

    def action_copy(self) -> None:
        """Nothing of it leaves."""
        self.app.bell()

    def action_cut(self) -> None:
        """Nothing of it leaves."""
        self.app.bell()


class Lines(TextArea):
    """Several lines; see `harbortui.widgets.line`."""

    cursor_blink = reactive(False, init=False)

    async def on_key(self, event: events.Key) -> None:
        await in_turn(self, event)


class Field(Horizontal):
    """A title at the left; at the right the control, and below it help and errors."""

    def __init__(self, spec: Spec, value: Any) -> None:
        super().__init__(classes=f"field {spec.sort}")
        self.spec = spec
        self._given = _written(spec, value)
        self._shown = _shown(spec, self._given)
        self.control = _control(spec, value, self._shown)

    def compose(self) -> ComposeResult:
        """Title and control."""
        if self.control is None:
            yield Paper([[Part(self.spec.title, "section")]], classes="title")
            return
        yield Paper([[Part(self.spec.title, "muted")]], classes="title")
        with Vertical():
            yield self.control
            yield Paper(classes="error")
            yield Paper(classes="help")

    def on_mount(self) -> None:
        if self.control is not None:
            for paper in self.query(Paper):
                paper.display = paper.has_class("title")

    @property
    def value(self) -> Any:
        """What has been filled in, as the model reads it."""
        if isinstance(self.control, Control):
            return self.control.value
        text = self.control.text if isinstance(self.control, TextArea) else ""
        if isinstance(self.control, Input):
            text = self.control.value
        if text == self._shown:  # nobody has touched it: what could not be shown stays as it was
            text = self._given
        if not text and self.spec.optional:
            return None
        return SecretStr(text) if self.spec.sort == "secret" else text

    def set_choices(self, choices: list[Choice], *, other: bool = False) -> None:
        """Harbor has said what there is to choose from; `other`: after another field changed."""
        if isinstance(self.control, Control):
            free = bool(self.spec.load and self.spec.load.free)
            self.control.set_choices(choices, other=other and not free)

    def say(self, problem: str) -> None:
        """What is wrong with the value; nothing takes it back. On its way out there is no place."""
        for paper in self.query(".error").results(Paper):
            paper.show([[Part(f"✗ {problem}", "bad")]] if problem else [])
            paper.display = bool(problem)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._help(self.spec.help)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self._help("")

    def _help(self, text: str) -> None:
        paper = self.query_one(".help", Paper)
        paper.show([[Part(text, "muted")]] if text else [])
        paper.display = bool(text)
        if text:
            self.call_after_refresh(self.scroll_visible, animate=False)


def _written(spec: Spec, value: Any) -> str:
    """A value as text."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return (
        spec.text(value) if spec.sort in ("text", "secret", "lines") and value is not None else ""
    )


def _shown(spec: Spec, text: str) -> str:
    """The text with its odd characters written out; a secret is not shown at all."""
    if spec.sort == "secret":
        return text
    return safe(text, limit=LONGEST, multiline=spec.sort == "lines")


def _control(spec: Spec, value: Any, text: str) -> Widget | None:
    match spec.sort:
        case "heading":
            return None
        case "switch":
            return Switch(bool(value))
        case "choice":
            if value is None and spec.choices:
                value = spec.choices[0].value
            return Chooser(value, spec.choices)
        case "several":
            return Several(frozenset(value or ()), spec.choices)
        case "forms":
            return FormLines(value)
        case "lines":
            return Lines(text, compact=True, soft_wrap=True, highlight_cursor_line=False)
    secret = spec.sort == "secret"
    kind = Masked if secret else Line
    return kind(text, password=secret, compact=True, max_length=LONGEST)
