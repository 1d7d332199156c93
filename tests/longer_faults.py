"""Every fault of the wire × every screen, strange data too: `pytest tests/longer_faults.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harbortui.api import wire

from .counting import Count
from .everywhere import enter, leave, places
from .faulty_server import server
from .looked import Asked, Looked, soon
from .meeting import BRIEF, faults, meet, questions
from .strange_data import DATA
from .test_diagnosis import CA
from .test_faults_on_the_wire import alone, opened
from .test_hostile import busy
from .troubles import QUICK, good, of_tls, old_tls

__all__ = ["alone"]
FEW = 4
MOST = 200
"""Requests for strange data: every project is asked for a user's roles, and is there twice."""
groups = pytest.mark.parametrize("start", range(FEW))


@groups
async def test_every_screen_meets_every_fault_and_recovers_from_it(
    start: int, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    async with server() as made, opened(made) as pilot:
        for place, make in list((await places()).items())[start::FEW]:
            await enter(pilot, make)
            looked = Looked(pilot, made)
            for name in faults(place):
                await meet(looked, name, monkeypatch, count)
                await looked.recovers()
            await leave(pilot, make)


@groups
async def test_whatever_is_asked_from_a_screen_meets_every_fault(
    start: int, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    async with server() as made, opened(made) as pilot:
        for place, make in list((await places()).items())[start::FEW]:
            await enter(pilot, make)
            for action in await questions(pilot, made):
                looked = Asked(pilot, made, action)
                for name in faults(place):
                    await meet(looked, name, monkeypatch, count)
                await looked.recovers()
            await leave(pilot, make)


async def test_every_screen_loses_its_session(count: Count) -> None:
    async with server() as made, opened(made) as pilot:
        for make in (await places()).values():
            await enter(pilot, make)
            await Looked(pilot, made).loses_its_session(count)
            await leave(pilot, make)


async def test_every_screen_is_cut_off(monkeypatch: pytest.MonkeyPatch, count: Count) -> None:
    monkeypatch.setattr(wire, "CONNECT_LIMIT", BRIEF)
    monkeypatch.setenv("RES_OPTIONS", QUICK)
    async with server() as made, opened(made) as pilot:
        for make in (await places()).values():
            await enter(pilot, make)
            await Looked(pilot, made).is_cut_off(count)
            await leave(pilot, make)


@old_tls
async def test_every_screen_meets_every_trouble_with_tls(tmp_path: Path, count: Count) -> None:
    authority = tmp_path / "ca.pem"
    CA.cert_pem.write_to_path(authority)
    troubles, well = of_tls(), good()
    async with server(well) as made, opened(made, "https", ca_file=authority) as pilot:
        for make in (await places()).values():
            await enter(pilot, make)
            looked = Looked(pilot, made)
            for name, (tls, says) in troubles.items():
                await looked.meets_tls(name, tls, says, count)
            await looked.reopens(well)
            await leave(pilot, make)


@groups
async def test_every_screen_survives_strange_data(start: int, count: Count) -> None:
    async with server() as made, opened(made) as pilot:
        app: Any = pilot.app
        for place, make in list((await places()).items())[start::FEW]:
            for name, change in DATA.items():
                count("strange data × screens", 1)
                count(name, 1)
                made.bridge.change, made.bridge.asked = change, 0
                app.navigator.session.watch.known()
                screen = await open_anyhow(pilot, make)
                assert made.bridge.asked <= MOST, f"{name}: {place}: {made.bridge.asked}"
                if not place.startswith("log"):
                    await screen.run_action("do('details')")
                    await soon(pilot, lambda: app.crashed or not busy(app))
                assert not app.crashed, f"{name}: {place}"
                made.bridge.change = None
                while app.screen is not screen:
                    await leave(pilot, make)
                await leave(pilot, make)


async def open_anyhow(pilot: Any, make: Any) -> Any:
    """A screen, whatever it makes of its answer."""
    before = pilot.app.screen.loaded_at
    if make:
        await pilot.app.push_screen(make(pilot.app.navigator.session))
        before = 0.0
    screen = pilot.app.screen
    screen.problem = ""
    screen.wake()
    await soon(pilot, lambda: screen.loaded_at > before or screen.problem or pilot.app.crashed)
    return screen
