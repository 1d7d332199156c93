"""Faults that only a network has, under every screen: a server on raw sockets misbehaves.

By turns: every screen meets some faults, every fault some screens. All of them meet all of them
in `longer_faults`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from harbortui.api import wire
from harbortui.resources.kinds import RESOURCES

from .counting import Count
from .everywhere import enter, leave, places
from .faulty_server import Server, server
from .looked import Asked, Looked
from .meeting import BRIEF, EVERY, faults, meet
from .test_diagnosis import CA, OURS
from .troubles import QUICK, good, of_tls, old_tls
from .watched import Watched, watched

TURNS = 9
"""A screen meets every ninth fault, the next one those after them."""
ASKED = {one.name: "do('details')" for one in RESOURCES if one.raw} | {"logs": "do('json')"}
"""What is asked from a screen is told, too: half as many faults."""
SOME = ("overview", "projects", "log of tasks", "logs", "configuration", "status")
"""One of each sort of screen."""


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("no_proxy", "*")


@asynccontextmanager
async def opened(made: Server, scheme: str = "http", **more: Any) -> AsyncIterator[Any]:
    """The console over that server, which sends nothing foreign and does not crash."""
    terminal: Watched
    async with watched(None, (80, 24), url=f"{scheme}://{OURS}:{made.port}", **more) as (
        pilot,
        terminal,
    ):
        yield pilot
        assert not pilot.app.crashed  # type: ignore[attr-defined]  # ours
        assert terminal.foreign() == []


def chosen(turn: int, place: str, turns: int = TURNS) -> list[str]:
    """The faults that a screen meets in its turn."""
    return faults(place)[turn % turns :: turns]


async def test_every_fault_meets_several_screens() -> None:
    everywhere = await places()
    met = Counter(name for n, place in enumerate(everywhere) for name in chosen(n, place))
    assert met.keys() == EVERY.keys()
    assert min(met.values()) >= 2


@pytest.mark.parametrize("start", [0, 1])
async def test_every_screen_tells_faults_keeps_what_it_showed_and_recovers(
    start: int, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    async with server() as made, opened(made) as pilot:
        for turn, (place, make) in list(enumerate((await places()).items()))[start::2]:
            await enter(pilot, make)
            trials = [(Looked(pilot, made), chosen(turn, place))]
            if action := ASKED.get(place):
                trials.append((Asked(pilot, made, action), chosen(turn, place, 2 * TURNS)))
            for looked, names in trials:
                for name in names:
                    await meet(looked, name, monkeypatch, count)
                await looked.recovers()
            await leave(pilot, make)


async def test_an_ended_session_is_told_once_on_some_screens(count: Count) -> None:
    async with server() as made, opened(made) as pilot:
        everywhere = await places()
        for place in SOME[1::2]:
            await enter(pilot, everywhere[place])
            await Looked(pilot, made).loses_its_session(count)
            await leave(pilot, everywhere[place])


async def test_a_closed_port_a_black_hole_and_an_unknown_name_are_told_and_outlived(
    monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setattr(wire, "CONNECT_LIMIT", BRIEF)
    monkeypatch.setenv("RES_OPTIONS", QUICK)
    async with server() as made, opened(made) as pilot:
        everywhere = await places()
        for place in SOME[::2]:
            await enter(pilot, everywhere[place])
            await Looked(pilot, made).is_cut_off(count)
            await leave(pilot, everywhere[place])


@old_tls
async def test_every_trouble_with_tls_is_told_and_what_was_shown_stays(
    tmp_path: Path, count: Count
) -> None:
    authority = tmp_path / "ca.pem"
    CA.cert_pem.write_to_path(authority)
    troubles, well = of_tls(), good()
    async with server(well) as made, opened(made, "https", ca_file=authority) as pilot:
        everywhere = await places()
        for turn, place in enumerate(SOME):
            await enter(pilot, everywhere[place])
            looked = Looked(pilot, made)
            for name in list(troubles)[turn % 2 :: 2]:
                await looked.meets_tls(name, *troubles[name], count)
            await looked.reopens(well)
            await leave(pilot, everywhere[place])
