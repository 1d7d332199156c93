"""Strangers' text in every string field of everything that is shown: nothing of it acts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
from textual.screen import ModalScreen

from harbortui.api import identity
from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.api.model import Query
from harbortui.clock import Clock
from harbortui.commands import PLACES, Command
from harbortui.demo import DemoHarbor
from harbortui.places import screen_of
from harbortui.resources.core import Part, Resource
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.details import details, json_text
from harbortui.screens.live import LiveScreen
from harbortui.screens.resource import screen_for
from harbortui.screens.text import TextScreen
from harbortui.session import Session
from harbortui.widgets.ink import parts

from .console import until, words
from .counting import Count
from .hostile import SHORT, STRINGS, HostileHarbor
from .talking import talk
from .test_resources import Scope, scopes
from .watched import watched

FEW = 4
TALL = (160, len(SHORT) // FEW + 13)
WITHOUT = re.compile(r"do\('(open-|events|details|json|copy)")
"""Other lists; and what is the same for every kind, and judged of every kind without a screen."""
each = pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
ELSEWHERE = ("overview", "find", "profiles", "quit")
"""Places that are tested by themselves, or are kinds, or dialogs."""
groups = pytest.mark.parametrize("start", range(FEW))


@cache
def reached() -> tuple[HostileHarbor, dict[str, Scope]]:
    """A registry that has been walked through honestly, and what was found."""
    harbor = HostileHarbor(DemoHarbor())
    return harbor, asyncio.run(walk(talk(harbor)))  # type: ignore[arg-type]  # any transport


async def walk(harbor: Harbor) -> dict[str, Scope]:
    """Look at one of everything, in every way, so that every answer is known."""
    found = await scopes(harbor)
    session = Session(harbor, Clock(lambda: 0.0), where="here")
    for resource in RESOURCES:
        item = found[resource.name][1][0]
        await details(session, resource, item)
        await json_text(session, resource, item)
        for edit in filter(None, (resource.edit, *(action.form for action in resource.actions))):
            with suppress(HarborError):
                await edit.fill(harbor, item)
        for goes in filter(None, (resource.goes, *(action.goes for action in resource.actions))):
            with suppress(HarborError):
                await goes(harbor, [item])
        if resource.log:
            with suppress(HarborError):
                await resource.log.read(harbor, item)
    return found


@pytest.fixture
def hostile(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> HostileHarbor:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    found = HostileHarbor(DemoHarbor())
    found.known |= reached()[0].known
    return found


def unsafe(found: Iterable[Part]) -> list[str]:
    return [part.text[:60] for part in found if not part.text.isprintable()]


def test_there_are_enough_of_them() -> None:
    assert len(set(STRINGS)) == len(STRINGS) >= 120


@each
async def test_every_field_of_every_row_is_harmless_in_its_cells_and_words(
    resource: Resource[Any, Any], hostile: HostileHarbor, count: Count
) -> None:
    harbor, clock = talk(hostile), Clock(lambda: 0.0)  # type: ignore[arg-type]  # any transport
    scope = reached()[1][resource.name][0]
    hostile.hostile, number, seen = True, 1, 0
    hostile.spoiler.strings = STRINGS
    while seen < len(STRINGS):
        page = await resource.page(harbor, scope, Query(number, resource.size, "", resource.order))
        assert not page.unreadable
        for item in page.items:
            for column in resource.columns:
                assert unsafe(parts(column.cell(item), clock)) == []
            assert isinstance(resource.says(item) + resource.label(item), str)
            resource.key(item), resource.sign(item), resource.stays(item), resource.fixed(item)
            resource.busy(item), resource.copies("host", item)
        seen += max(len(page.items), resource.size)
        number += 1
    count("hostile strings × fields of rows", len(STRINGS) * len(hostile.spoiler.fields))


@each
async def test_details_of_everything_are_harmless(
    resource: Resource[Any, Any], hostile: HostileHarbor, count: Count
) -> None:
    harbor, clock = talk(hostile), Clock(lambda: 0.0)  # type: ignore[arg-type]  # any transport
    session = Session(harbor, clock, where="here")
    scope = reached()[1][resource.name][0]
    hostile.hostile = True
    page = await resource.page(harbor, scope, Query(1, resource.size, "", resource.order))
    shown = 0
    for turn, item in [*enumerate(page.items)][::4]:
        hostile.spoiler.turn = turn
        with suppress(HarborError):  # a name that nothing can have, and that is asked for again
            await judge(await details(session, resource, item))
            await judge(await json_text(session, resource, item))
            shown += 1
    count("hostile details and JSON", shown)


async def judge(screen: TextScreen) -> None:
    assert unsafe(part for row in screen.rows for part in row) == []
    assert screen.text().replace("\n", "").isprintable()


def kinds(start: int) -> list[Resource[Any, Any]]:
    return list(RESOURCES[start::FEW])


@groups
async def test_every_list_shows_them_all_and_nothing_acts(
    start: int, hostile: HostileHarbor, count: Count
) -> None:
    async with watched(hostile, TALL) as (pilot, terminal):
        app: Any = pilot.app
        session = app.navigator.session
        hostile.hostile = True
        for turn, resource in enumerate(kinds(start)):
            hostile.spoiler.strings = SHORT[turn % FEW :: FEW]
            screen = screen_for(resource)(session, reached()[1][resource.name][0])
            await app.push_screen(screen)
            await until(pilot, lambda s=screen: s.loaded_at or s.problem)
            assert not screen.problem
            for line in (5, 9):
                await pilot.click(offset=(20, line))
            assert app.screen is screen
            app.pop_screen()
            await until(pilot, lambda s=screen: app.screen is not s)
            count("hostile strings × lists drawn", len(hostile.spoiler.strings))
        assert not app.crashed
        assert terminal.foreign() == []
        assert terminal.recorder.dropped == 0
        assert "\x1b]52;" not in terminal.sent


@groups
async def test_every_key_of_every_kind_works_on_them(
    start: int, hostile: HostileHarbor, count: Count
) -> None:
    hostile.spoiler.strings = SHORT[start :: 2 * FEW]
    async with watched(hostile, (80, 24)) as (pilot, terminal):
        app: Any = pilot.app
        session = app.navigator.session
        for resource in kinds(start):
            hostile.hostile = True
            screen = screen_for(resource)(session, reached()[1][resource.name][0])
            await app.push_screen(screen)
            await until(pilot, lambda s=screen: s.loaded_at or s.problem)
            bound = {key.action: key for key in screen.keys_here() if key.action.startswith("do(")}
            for action in [one for one in bound if WITHOUT.match(one)]:
                del bound[action]
            for action in bound:
                await screen.run_action(action)
                await until(pilot, lambda s=screen: app.screen is not s or not busy(app))
                await close_all(pilot, screen)
            count("keys of hostile lists", len(bound))
            app.pop_screen()
            await until(pilot, lambda s=screen: app.screen is not s)
        assert not app.crashed
        assert terminal.foreign() == []
        assert terminal.recorder.dropped == 0


def busy(app: Any) -> bool:
    return any(w.group in ("dialog", "go") and not w.is_finished for w in app.workers)


async def close_all(pilot: Any, screen: LiveScreen) -> None:
    """Leave dialogs and texts, whatever they ask."""
    while pilot.app.screen is not screen:
        top = pilot.app.screen
        top.dismiss(None) if isinstance(top, ModalScreen) else pilot.app.pop_screen()
        await until(pilot, lambda t=top: pilot.app.screen is not t)


async def test_places_that_are_no_kinds_show_them(hostile: HostileHarbor) -> None:
    async with watched(hostile) as (pilot, terminal):
        app: Any = pilot.app
        session = app.navigator.session
        for place in PLACES:
            if place.name in ELSEWHERE:
                continue
            for turn in range(0, len(SHORT), 48):
                hostile.spoiler.turn, hostile.hostile = turn, True
                screen = await screen_of(session, Command(place=place))
                if screen is None:
                    continue
                await app.push_screen(screen)
                await until(pilot, lambda s=screen: s.loaded_at or s.problem)
                app.pop_screen()
                await until(pilot, lambda s=screen: app.screen is not s)
        assert not app.crashed
        assert terminal.foreign() == []


async def test_the_overview_and_the_frame_show_them(hostile: HostileHarbor) -> None:
    async with watched(hostile) as (pilot, terminal):
        app: Any = pilot.app
        hostile.hostile = True
        for turn in range(0, len(SHORT), 24):
            hostile.spoiler.turn = turn
            session = app.navigator.session
            session.me = await identity.current(session.harbor)
            await session.reread()
            await app.screen.load()
            app.screen.redraw_frame()
            await pilot.pause()
        assert "NEEDS ATTENTION" in words(app)
        assert not app.crashed
        assert terminal.foreign() == []
