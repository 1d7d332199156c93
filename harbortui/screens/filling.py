"""The fields of a form: which of them are shown, what may be chosen, what has been filled in."""

from __future__ import annotations

import asyncio
from typing import Any

from pydantic import BaseModel
from textual import on, work
from textual.widgets import Input, TextArea

from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.screens.dialog import Dialog
from harbortui.screens.menu import Entry, Menu
from harbortui.widgets.controls import Control
from harbortui.widgets.fields import Field
from harbortui.widgets.plan import Path, flat, nested, plan


class Filling(Dialog[BaseModel | None]):
    """A dialog with the fields of a model."""

    def __init__(
        self, harbor: Harbor | None, model: type[BaseModel], filled: BaseModel | None
    ) -> None:
        super().__init__()
        self.harbor, self.model, self.filled = harbor, model, filled
        self.specs = plan(model)
        start = flat(filled, self.specs) if filled else {}
        self.fields = [Field(spec, start.get(spec.path, spec.default)) for spec in self.specs]

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

    async def taken(self) -> None:
        """Wait until every field has what was typed into it: keys with priority overtake that."""
        for control in [field.control for field in self.fields if field.control]:
            done = asyncio.Event()
            if control.call_later(done.set):
                await done.wait()

    def show_fields(self) -> None:
        """Fields of cases that are not chosen are hidden."""
        shown = self.asked()
        for field in self.fields:
            field.display = field in shown

    @on(Control.Changed)
    @on(Input.Changed)
    @on(TextArea.Changed)
    def changed(self, event: Control.Changed | Input.Changed | TextArea.Changed) -> None:
        """Another value: its mistake is gone, other fields may show, or have other choices."""
        self.show_fields()
        for field in self.fields:
            if field.control is event.control:
                field.say("")
                self._ask_again(field.spec.path[0])

    def _ask_again(self, name: str) -> None:
        """Other choices for the fields whose choices depend on this one."""
        for other in self.fields:
            if other.spec.load and name in other.spec.load.depends:
                self.load_choices(other, other=True)

    def load_all(self) -> None:
        """Ask for all choices, whatever came of it before."""
        for field in self.fields:
            if field.spec.load:
                field.say("")
                self.load_choices(field)

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
