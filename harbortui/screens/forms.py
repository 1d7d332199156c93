"""A dialog made from a model: one field, one control. It closes when Harbor has accepted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, TextArea

from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.resources.core import Part, Tone
from harbortui.screens.confirm import Confirm, Question
from harbortui.screens.dialog import TYPING, Dialog
from harbortui.screens.menu import Entry, Menu, run_key
from harbortui.text import safe
from harbortui.widgets.controls import Control, FormLines
from harbortui.widgets.fields import Field
from harbortui.widgets.frame import Foot, Key
from harbortui.widgets.paper import Paper
from harbortui.widgets.plan import Path, flat, nested, placed, plan

Send = Callable[[Any], Awaitable[str]]
"""Sends a filled form; returns what is wrong, or (of a test) what came of it."""
KEYS = (
    Key("ctrl+s", "save", "save"),
    Key("tab", "next field", "app.focus_next"),
    Key("space", "choose", ""),
)
TRY = Key("ctrl+t", "try it", "try")
CANCEL = Key("esc", "cancel", "leave")
HELD = 0.3
"""Seconds within which the same key is one that is held down."""


class FormScreen(Dialog[BaseModel | None]):
    """Fields of a model; without `send` it only returns what was filled in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "cancel", id="form-cancel"),
        Binding("ctrl+s", "save", "save", id="form-save", priority=True),
        Binding("ctrl+t", "try", "try it", id="form-try", priority=True),
        *TYPING,
    ]
    AUTO_FOCUS = ""

    def __init__(
        self,
        harbor: Harbor | None,
        heading: str,
        model: type[BaseModel],
        filled: BaseModel | None = None,
        *,
        send: Send | None = None,
        test: Send | None = None,
    ) -> None:
        super().__init__()
        self.harbor, self.heading, self.model = harbor, heading, model
        self.filled, self.send, self.test = filled, send, test
        self.specs = plan(model)
        start = flat(filled, self.specs) if filled else {}
        self.fields = [Field(spec, start.get(spec.path, spec.default)) for spec in self.specs]
        self._before: dict[Path, Any] = {}
        self.closed = asyncio.Event()
        """Set when it is no longer on the screen."""
        self.on_top = asyncio.Event()
        self.sending, self.pressed_at = False, 0.0

    def compose(self) -> ComposeResult:
        """The fields in a box, what concerns all of them below, the keys at the bottom."""
        with Vertical(classes="dialog form") as dialog:
            dialog.border_title = Content(safe(self.heading, limit=120))
            with VerticalScroll(can_focus=False):
                yield from self.fields
            yield Paper(id="whole")
        yield Foot()

    def on_mount(self) -> None:
        self.query_one(Foot).show(self.keys_here(), (CANCEL,))
        self._before = self.flat()
        self.show_fields()
        for field in self.fields:
            if field.spec.load:
                self.load_choices(field)
        self.focus_next()

    def keys_here(self) -> Sequence[Key]:
        """What the last line says."""
        return [*KEYS, TRY] if self.test else KEYS

    def asked(self) -> list[Field]:
        """The fields that are shown. Cases of a union may share names: the chosen one counts."""
        shown: list[Field] = []
        for _ in range(2):
            filled = [field for field in (*self.fields, *shown) if field.control]
            answers = nested({field.spec.path: field.value for field in filled})
            shown = [field for field in self.fields if field.spec.shown(answers)]
        return shown

    def flat(self) -> dict[Path, Any]:
        """What has been filled in, by path; only the fields that are shown."""
        return {field.spec.path: field.value for field in self.asked() if field.control}

    def show_fields(self) -> None:
        """Fields of cases that are not chosen are hidden."""
        shown = self.asked()
        for field in self.fields:
            field.display = field in shown

    @on(Control.Changed)
    @on(Input.Changed)
    @on(TextArea.Changed)
    def changed(self, event: Control.Changed | Input.Changed | TextArea.Changed) -> None:
        """Another value: other fields may show, other choices be asked for."""
        self.show_fields()
        self.pressed_at = 0.0
        name = next((f.spec.path[0] for f in self.fields if f.control is event.control), "")
        for other in self.fields:
            if other.spec.load and name in other.spec.load.depends:
                self.load_choices(other, other=True)

    def load_choices(self, field: Field, *, other: bool = False) -> None:
        """Ask Harbor what there is to choose from; an older question is dropped."""
        group = f"choices {field.spec.path}"
        self.run_worker(self._load_choices(field, other), group=group, exclusive=True)

    async def _load_choices(self, field: Field, other: bool) -> None:
        load = field.spec.load
        if load is None or self.harbor is None:
            return
        try:
            choices = await load.load(self.harbor, nested(self.flat()))
        except HarborError as error:
            field.say(str(error))
            return
        field.set_choices(list(choices), other=other)

    @on(Control.Picking)
    @work(exclusive=True, group="dialog")
    async def pick(self, event: Control.Picking) -> None:
        """Choose from a list, with a filter."""
        control = event.control
        entries = [Entry(one.label, "", "", one.value, one.unless) for one in control.choices]
        several = list(control.value or ()) if control.several else None
        field = next(f for f in self.fields if f.control is control)
        free = bool(field.spec.load and field.spec.load.free)
        menu = Menu(field.spec.title, entries, several=several, free=free)
        picked = await self.app.push_screen_wait(menu)
        if picked is not None:
            control.take([entry.value for entry in picked.entries], picked.text, free)

    @on(FormLines.Editing)
    @work(exclusive=True, group="dialog")
    async def edit_line(self, event: FormLines.Editing) -> None:
        """Fill in one of several small forms."""
        field = next(f for f in self.fields if f.control is event.control)
        lines = list(event.control.value)
        assert field.spec.form
        filled = lines[event.place] if event.place < len(lines) else None
        form = FormScreen(self.harbor, field.spec.title, field.spec.form, filled)
        line = await self.app.push_screen_wait(form)
        if line is not None:
            lines[event.place : event.place + 1] = [line]
            event.control.set_value(tuple(lines))

    def judged(self) -> BaseModel | None:
        """The form as a model, or None with what is wrong said where it is wrong."""
        for field in self.fields:
            if field.control:
                field.say("")
        self.say("")
        try:
            return self.model.model_validate(nested(self.flat()))
        except ValidationError as error:
            found, rest = placed(error, [field.spec for field in self.asked() if field.control])
        self.say(". ".join(rest))
        for spec, words in reversed(found):  # so that the first one has the focus
            field = next(field for field in self.fields if field.spec is spec)
            field.say(words)
            if field.control:
                field.control.focus()
        return None

    def say(self, words: str, tone: Tone = "bad") -> None:
        """A sentence about the whole form."""
        sign = {"bad": "✗ ", "ok": "✓ "}.get(tone, "")
        self.query_one("#whole", Paper).show([[Part(f"{sign}{words}", tone)]] if words else [])

    def on_screen_resume(self) -> None:
        self.on_top.set()

    def on_screen_suspend(self) -> None:
        self.on_top.clear()

    def on_unmount(self) -> None:
        self.closed.set()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Check, send, and close when Harbor has accepted; once, however long Enter is held."""
        held = monotonic() - self.pressed_at < HELD
        self.pressed_at = monotonic()
        if not (held or self.sending) and (form := self.judged()):
            self.sending = True
            self.accept(form)

    @work(group="save")
    async def accept(self, form: BaseModel) -> None:
        """Send a form that is in order."""
        self.say("sending …" if self.send else "", "muted")
        problem = await self.send(form) if self.send else ""
        await self.on_top.wait()  # closing takes away the screen on top (Textual 8.2)
        self.sending = False
        self.say(problem)
        if self.is_current and not problem:
            self.dismiss(form)

    @work(exclusive=True, group="save")
    async def action_try(self) -> None:
        """Try it without making it."""
        if self.test is None or self.sending or (form := self.judged()) is None:
            return
        self.say("trying …", "muted")
        try:
            self.say(await self.test(form), "ok")
        except HarborError as error:
            self.say(str(error))

    @work(exclusive=True, group="dialog")
    async def action_keys(self) -> None:
        """What the keys do, also while typing; Enter runs one."""
        await run_key(self, [*self.keys_here(), CANCEL])

    @work(exclusive=True, group="dialog")
    async def action_leave(self) -> None:
        """Close; what was typed is not thrown away unasked. What is being sent goes on."""
        if not self.sending and self.flat() != self._before:
            question = Question("Throw away what you filled in?", "Throw away", danger=False)
            if not await self.app.push_screen_wait(Confirm(question)):
                return
        if self.is_current:
            self.dismiss(None)
