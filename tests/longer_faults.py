"""Strange data under every screen, for minutes: `pytest tests/longer_faults.py -n 2`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harbortui.demo import DemoHarbor
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.resource import screen_for

from .console import until
from .counting import Count
from .talking import talk
from .test_faults import DATA, FEW, Faulty, groups
from .test_hostile import busy, close_all
from .test_resources import scopes
from .watched import watched


@groups
async def test_every_screen_survives_strange_data(
    start: int, demo: DemoHarbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    faulty, found = Faulty(demo), await scopes(talk(demo))
    async with watched(faulty, (80, 24)) as (pilot, terminal):
        app: Any = pilot.app
        session = app.navigator.session
        for turn, (name, change) in enumerate(DATA.items()):
            for resource in RESOURCES[start + FEW * (turn % 2) :: 2 * FEW]:
                faulty.change, faulty.asked = change, 0
                screen: Any = screen_for(resource)(session, found[resource.name][0])
                await app.push_screen(screen)
                await until(pilot, lambda s=screen: s.loaded_at or s.problem or app.crashed)
                assert not app.crashed, f"{name}: {resource.name}"
                await screen.run_action("do('details')")
                await until(pilot, lambda: not busy(app))
                assert not app.crashed, f"{name}: details of {resource.name}"
                faulty.change = None
                await close_all(pilot, screen)
                app.pop_screen()
                await until(pilot, lambda s=screen: app.screen is not s)
                count("strange data × screens", 1)
        assert not app.crashed
        assert terminal.foreign() == []
