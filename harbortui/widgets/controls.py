"""What a form's values are changed with: a switch, a choice, several of many, a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from harbortui.api.form import Choice
from harbortui.shown import Part, Tone
from harbortui.text import safe
from harbortui.widgets.ink import Inked, fit, join, width
from harbortui.widgets.line import in_turn

FEW = 4
"""Choices that stand side by side; more are picked from a list."""


@dataclass
class Told(Message):
    """What a control tells its form."""

    sender: Control

    @property
    def control(self) -> Control:
        """The control, for selectors."""
        return self.sender


class Control(Inked, can_focus=True):
    """One line that holds a value and changes it with keys."""

    several: ClassVar[bool] = False

    class Changed(Told):
        """Another value."""

    class Picking(Told):
        """The value is to be picked from a list."""

    def __init__(self, value: Any, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self._value = value

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose this, and tell."""
        if value != self._value:
            self._value = value
            self.refresh()
            self.post_message(self.Changed(self))

    def set_choices(self, choices: Sequence[Choice], *, other: bool = False) -> None:
        """Harbor has said what there is.

        `other`: it depends on a field that has just changed. What is not among it is dropped then,
        and a single value falls to the first.
        """
        self.choices = tuple(choices)
        self.refresh()
        if other:
            allowed = [choice.value for choice in choices if not choice.unless]
            if self.several:
                self.set_value(frozenset(self.value or ()) & frozenset(allowed))
            elif self.value not in allowed:
                self.set_value(allowed[0] if allowed else None)

    def take(self, values: Sequence[Any], text: str, free: bool) -> None:
        """What was picked from the list; without it, what was typed there."""
        self.set_value(values[0] if values else text)

    def label(self, value: Any) -> str:
        """The word for a value."""
        words = (choice.label for choice in self.choices if choice.value == value)
        return next(words, "" if value is None else str(value))

    async def on_key(self, event: events.Key) -> None:
        await in_turn(self, event)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render_line(self, y: int) -> Strip:
        """The value, or the choices with the chosen one in brackets."""
        base, room = self.rich_style, self.size.width
        row = fit(self._parts(room), room)
        return Strip(join(Segment(part.text, self.pen(part.tone, base)) for part in row))

    def _parts(self, room: int) -> list[Part]:
        raise NotImplementedError


class Switch(Control):
    """`[x]` or `[ ]`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter,left,right", "flip", "change", show=False)
    ]

    def _parts(self, room: int) -> list[Part]:
        return [Part("[x] yes" if self.value else "[ ] no", "strong" if self.value else "")]

    def action_flip(self) -> None:
        """The other value."""
        self.set_value(not self.value)

    def on_click(self) -> None:
        self.action_flip()


class Chooser(Control):
    """One of several: side by side when they are few, else from a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "next", show=False),
        Binding("left", "step(-1)", "previous", show=False),
        Binding("space,enter", "pick", "choose", show=False),
    ]

    def _parts(self, room: int) -> list[Part]:
        found: list[Part] = []
        for choice in self.choices:
            chosen = choice.value == self.value
            tone: Tone = "strong" if chosen else "off" if choice.unless else "muted"
            label = safe(choice.label, limit=80)
            found.append(Part(f"[{label}] " if chosen else f" {label}  ", tone))
        if len(self.choices) <= FEW and width(found) <= room:
            return found
        word = safe(self.label(self.value), limit=200) or "choose"
        return [Part(word, "strong" if self.value is not None else "muted"), Part("  ↓", "muted")]

    def action_step(self, by: int) -> None:
        """The next choice that is allowed."""
        allowed = [choice.value for choice in self.choices if not choice.unless]
        if not allowed:
            return
        at = allowed.index(self.value) if self.value in allowed else -1 if by > 0 else 0
        self.set_value(allowed[(at + by) % len(allowed)])

    def action_pick(self) -> None:
        """From the list when they are many."""
        if len(self.choices) > FEW or not self.choices:
            self.post_message(self.Picking(self))
        else:
            self.action_step(1)

    def on_click(self, event: events.Click) -> None:
        self.action_pick()


class Several(Control):
    """Several of many, picked from a list."""

    several = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "pick", "choose", show=False)]

    def _parts(self, room: int) -> list[Part]:
        chosen = sorted(safe(self.label(value), limit=80) for value in self.value or ())
        if not chosen:
            return [Part("none chosen", "muted"), Part("  ↓", "muted")]
        return [Part(f"{len(chosen)}: ", "strong"), Part(", ".join(chosen)), Part("  ↓", "muted")]

    def take(self, values: Sequence[Any], text: str, free: bool) -> None:
        """All that were picked; `free`: what is not on the list stays, and typed text is added."""
        chosen = set(values)
        if free:
            chosen |= set(self.value or ()) - {choice.value for choice in self.choices}
            chosen |= {text} if text and not values else set()
        self.set_value(frozenset(chosen))

    def action_pick(self) -> None:
        """From the list."""
        self.post_message(self.Picking(self))

    def on_click(self, event: events.Click) -> None:
        self.action_pick()


class FormLines(Control):
    """Several small forms: `n` adds one, `e` changes one, `D` takes one away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "new line", show=False),
        Binding("e,enter", "change", "edit", show=False),
        Binding("D", "drop", "remove", show=False),
        Binding("right", "step(1)", "next", show=False),
        Binding("left", "step(-1)", "previous", show=False),
    ]

    @dataclass
    class Editing(Told):
        """A line is to be filled in; `place` is that of a new one."""

        place: int

    def __init__(self, value: Any) -> None:
        super().__init__(tuple(value or ()))
        self.place = 0

    def _parts(self, room: int) -> list[Part]:
        found: list[Part] = []
        for place, form in enumerate(self.value):
            words = safe(str(form), limit=60)
            here = place == self.place and self.has_focus
            found.append(Part(f"[{words}] " if here else f" {words}  ", "strong" if here else ""))
        if not found:
            return [Part("none, n adds one", "muted")]
        return [*found, Part("n adds, e changes, D removes" if self.has_focus else "", "muted")]

    def action_step(self, by: int) -> None:
        """Another line."""
        self.place = max(0, min(self.place + by, len(self.value) - 1))
        self.refresh()

    def action_add(self) -> None:
        """Fill in a new one."""
        self.post_message(self.Editing(self, len(self.value)))

    def action_change(self) -> None:
        """Fill this one in again."""
        self.post_message(self.Editing(self, min(self.place, len(self.value))))

    def action_drop(self) -> None:
        """Take this one away."""
        rest = [form for place, form in enumerate(self.value) if place != self.place]
        self.place = max(0, min(self.place, len(rest) - 1))
        self.set_value(tuple(rest))
