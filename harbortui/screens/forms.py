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
from harbortui.screens.confirm import Confirm, Question
from harbortui.screens.dialog import TYPING
from harbortui.screens.filling import Filling
from harbortui.screens.menu import run_key
from harbortui.shown import Part, Tone
from harbortui.text import safe
from harbortui.widgets.controls import Control, FormLines
from harbortui.widgets.frame import Foot, Key
from harbortui.widgets.paper import Paper
from harbortui.widgets.plan import Path, nested, placed

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


class FormScreen(Filling):
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
        super().__init__(harbor, model, filled)
        self.heading, self.send, self.test = heading, send, test
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
        self.load_all()
        self.focus_next()
        for moving in ("scroll_y", "show_vertical_scrollbar"):
            self.watch(self.query_one(VerticalScroll), moving, self._say_more)

    def _say_more(self) -> None:
        """Whether there are fields further down."""
        scroll = self.query_one(VerticalScroll)
        more = scroll.show_vertical_scrollbar and scroll.scroll_y < scroll.max_scroll_y
        self.query_one(".form", Vertical).border_subtitle = Content(safe("↓ more" if more else ""))

    def keys_here(self) -> Sequence[Key]:
        """What the last line says."""
        return [*KEYS, TRY] if self.test else KEYS

    @on(Control.Changed)
    @on(Input.Changed)
    @on(TextArea.Changed)
    def changed_again(self) -> None:
        """Enter is pressed anew."""
        self.pressed_at = 0.0

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
        """A sentence about the whole form; on its way out there is no place for it."""
        sign = {"bad": "✗ ", "ok": "✓ "}.get(tone, "")
        for paper in self.query("#whole").results(Paper):
            paper.show([[Part(f"{sign}{words}", tone)]] if words else [])

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
        if not held:
            self.save()

    @work(exclusive=True, group="save")
    async def save(self) -> None:
        """Send what has been typed by now, if it is in order."""
        await self.taken()
        self.pressed_at = monotonic()
        if not self.sending and (form := self.judged()):
            self.sending = True
            self.accept(form)

    @work(group="accept")
    async def accept(self, form: BaseModel) -> None:
        """Send a form that is in order."""
        self.say("sending …" if self.send else "", "muted")
        problem = await self.send(form) if self.send else ""
        self.say(problem)
        await self.on_top.wait()  # closing takes away the screen on top (Textual 8.2)
        self.sending = False
        if self.is_current and not problem:
            self.dismiss(form)

    def signed_in(self) -> None:
        """Signed in again: what was refused before can be asked for, or saved, now."""
        self.say("")
        self.load_all()

    def action_try(self) -> None:
        """Try it without making it."""
        if self.test and not self.sending:
            self.attempt(self.test)

    @work(exclusive=True, group="try")
    async def attempt(self, test: Send) -> None:
        """Say what comes of it."""
        await self.taken()
        if (form := self.judged()) is None:
            return
        self.say("trying …", "muted")
        try:
            self.say(await test(form), "ok")
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
