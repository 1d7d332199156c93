"""A form on the screen, for tests: filled by keys, read as a person reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import BaseModel, model_validator
from textual.pilot import Pilot
from textual.widgets import Static

from harbortui.api.form import Form
from harbortui.api.harbor import Harbor
from harbortui.screens.forms import FormScreen, Send

from .console import lines, type_in, until, words
from .standing import standing
from .talking import Canned


class Pair(Form):
    """Two fields that must hold the same."""

    one: str = ""
    two: str = ""

    @model_validator(mode="after")
    def same(self) -> Pair:
        if self.one != self.two:
            raise ValueError("these are not the same")
        return self


class Desk:
    """A form on the screen: what it sent, and how it was closed."""

    def __init__(self, pilot: Pilot[None], screen: FormScreen) -> None:
        self.pilot, self.screen = pilot, screen
        self.closed: list[BaseModel | None] = []

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        await type_in(self.pilot, text)

    async def until(self, text: str) -> None:
        """Wait until this is on the screen."""
        await until(self.pilot, lambda: text in words(self.pilot.app))

    async def gone(self) -> BaseModel | None:
        """Wait until the form is closed; what it was closed with."""
        await until(self.pilot, lambda: self.closed)
        return self.closed[0]

    def top(self) -> type:
        return type(self.pilot.app.screen)

    @property
    def line(self) -> str:
        """The line of the screen on which the focused field is."""
        focused = self.pilot.app.focused
        assert focused is not None
        return lines(self.pilot.app)[focused.region.y].strip(" │")


@asynccontextmanager
async def form(
    model: type[Form],
    filled: Form | None = None,
    *,
    send: Send | None = None,
    test: Send | None = None,
    harbor: Harbor | None = None,
) -> AsyncIterator[Desk]:
    async with standing(Static(), size=(100, 40)) as pilot:
        screen = FormScreen(
            harbor or Canned({}).harbor, "New thing", model, filled, send=send, test=test
        )
        desk = Desk(pilot, screen)
        await pilot.app.push_screen(screen, desk.closed.append)
        await pilot.pause()
        yield desk
