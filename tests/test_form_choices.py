"""Forms whose choices Harbor is asked for: again, several, refused, not to be had."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from harbortui.api.errors import Unreachable
from harbortui.api.form import Choice, Choices, Form
from harbortui.api.harbor import Harbor
from harbortui.screens.forms import FormScreen
from harbortui.screens.menu import Menu

from .console import until
from .form_desk import form

LOADED: list[dict[str, Any]] = []


async def cities(_: Harbor, answers: Mapping[str, Any]) -> Sequence[Choice]:
    LOADED.append(dict(answers))
    names = {"at": ["Wien", "Graz"], "de": ["Köln", "Bonn"]}[answers["country"]]
    return [*(Choice(name, name) for name in names), Choice("old", "Old", "is closed")]


async def countries(_: Harbor, __: Mapping[str, Any]) -> Sequence[Choice]:
    return [Choice(name, name) for name in ("at", "de", "ch", "it", "fr")]


async def broken(_: Harbor, __: Mapping[str, Any]) -> Sequence[Choice]:
    raise Unreachable("Harbor is away")


class Trip(Form):
    country: Literal["at", "de"] = Field("at", title="Country")
    city: Annotated[str, Choices(cities, depends=("country",))] = Field("Wien", title="City")
    via: Annotated[frozenset[str], Choices(cities, depends=("country",))] = Field(
        frozenset(), title="Via"
    )
    note: str = Field("", title="Note")


@pytest.fixture(autouse=True)
def nothing_loaded() -> None:
    LOADED.clear()


async def test_choices_are_asked_for_and_again_when_what_they_depend_on_changes() -> None:
    async with form(Trip) as desk:
        await desk.until("[Wien]")
        assert len(LOADED) == 2
        await desk.press("right")
        await desk.until("[Köln]")
        assert len(LOADED) == 4
        assert LOADED[-1]["country"] == "de"
        await desk.press("tab", "tab", "tab", "x", "ctrl+s")
        assert await desk.gone() == Trip(country="de", city="Köln", note="x")
        assert len(LOADED) == 4


class Stay(Form):
    country: Annotated[str, Choices(countries)] = Field("at", title="Country")
    city: Annotated[str, Choices(cities, depends=("country",))] = Field("Wien", title="City")


async def test_a_list_that_is_only_opened_changes_nothing() -> None:
    async with form(Stay) as desk:
        await desk.until("[Wien]")
        await desk.press("space")
        await until(desk.pilot, lambda: desk.top() is Menu)
        await desk.press("escape")
        await until(desk.pilot, lambda: desk.top() is FormScreen)
        assert len(LOADED) == 1


async def test_several_are_marked_in_a_list_and_taken_away_again() -> None:
    async with form(Trip) as desk:
        await desk.until("[Wien]")
        await desk.press("tab", "tab", "space")
        await until(desk.pilot, lambda: desk.top() is Menu)
        await desk.until("tab marks")
        await desk.press("tab", "tab", "tab", "enter")
        await until(desk.pilot, lambda: desk.top() is FormScreen)
        await desk.until("2: Graz, Wien")
        await desk.press("space")
        await until(desk.pilot, lambda: desk.top() is Menu)
        await desk.press("tab", "tab", "enter")
        await until(desk.pilot, lambda: desk.top() is FormScreen)
        await desk.until("none chosen")
        await desk.press("ctrl+s")
        assert await desk.gone() == Trip()


async def test_a_refused_choice_is_passed_over_and_says_why() -> None:
    async with form(Trip) as desk:
        await desk.until("[Wien]")
        await desk.press("tab", "right", "right")
        await desk.until("[Wien]")
        await desk.press("tab", "space")
        await desk.until("is closed")
        await desk.press("down", "down", "enter")
        await until(desk.pilot, lambda: desk.top() is FormScreen)
        await desk.until("none chosen")


class Away(Form):
    city: Annotated[str, Choices(broken)] = Field("", title="City")


async def test_choices_that_cannot_be_had_say_why_at_their_field() -> None:
    async with form(Away) as desk:
        await desk.until("✗ Harbor is away")


class Names(Form):
    names: Annotated[frozenset[str], Choices(cities, free=True)] = Field(
        frozenset({"me"}), title="Names"
    )
    country: Literal["at"] = "at"


async def test_what_is_typed_counts_where_it_may() -> None:
    async with form(Names) as desk:
        await desk.press("space")
        await until(desk.pilot, lambda: desk.top() is Menu)
        await desk.type("somebody")
        await desk.press("enter")
        await until(desk.pilot, lambda: desk.top() is FormScreen)
        await desk.until("2: me, somebody")
