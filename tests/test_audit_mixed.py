"""Browsing, an export and the tail over one connection: none starves, and leaving ends them all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from harbortui.api.audit import Source
from harbortui.api.harbor import Harbor
from harbortui.api.signin import BasicAuth
from harbortui.audit.export import Part
from harbortui.audit.filter import Filter
from harbortui.audit.log import HarborLog
from harbortui.audit.reading import Clocks, Reading
from harbortui.demo import DemoHarbor

from .console import console, go, until, words
from .talking import API
from .test_audit_log import current, followed

AT_ONCE = 4
TURNS = 7
"""Turns of the loop that an answer takes: time enough for the others to ask."""
NEIGHBOURS = 2
"""Requests of each of the others that may be answered while one is."""


@pytest.fixture(scope="module")
def whole() -> DemoHarbor:
    return DemoHarbor("large")


@pytest.fixture
def huge(whole: DemoHarbor) -> Iterator[DemoHarbor]:
    whole.requests.clear()
    yield whole
    whole.slow = 0.0


class Distant(httpx.AsyncBaseTransport):
    """The demo, some turns of the loop away; counts what is under way."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo, self.under_way, self.most, self.served = demo, 0, 0, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            for _ in range(TURNS):
                await asyncio.sleep(0)
        finally:
            self.under_way -= 1
        self.served += 1
        return await self.demo.handle_async_request(request)


async def exported(log: HarborLog, clocks: Clocks, rows: list[int]) -> None:
    async for events in Part(log, Filter(), clocks, everything=True).pages():
        rows[0] += len(events)


async def test_reading_following_and_exporting_take_turns(huge: DemoHarbor) -> None:
    way = Distant(huge)
    auth = BasicAuth("admin", SecretStr("Harbor12345"))
    log = HarborLog(Harbor(API, auth=auth, transport=way), Source())
    clocks, rows = Clocks(lambda: 0.0, huge.clock), [0]
    looking, following = (Reading(log, Filter(), clocks, everything=True) for _ in range(2))
    await looking.open()
    await following.open()
    exports = [asyncio.create_task(exported(log, clocks, rows)) for _ in range(2)]
    for number in range(50):
        huge.record("alice", "delete", "project", f"p{number}")
        written, served = rows[0], way.served
        await asyncio.gather(looking.older(), following.poll())
        assert following.window[-1].resource == f"p{number}"
        assert way.served - served <= 2 + len(exports) * NEIGHBOURS
        assert rows[0] > written or number < 10
    assert len(looking.window) == 50 * 100
    assert way.most <= AT_ONCE
    for task in exports:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert way.under_way == 0


def exported_ids(folder: Path) -> list[int]:
    [path] = folder.glob("*.jsonl")
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


async def test_an_export_leaves_room_for_the_screen_and_ends_with_it(
    huge: DemoHarbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    huge.slow = 0.03
    async with console(huge, ":projects") as pilot:
        await go(pilot, ":logs")
        await followed(pilot)
        screen = pilot.app.screen
        await pilot.press("E", *"jsonl", "enter")
        await until(pilot, lambda: "exporting: " in words(pilot.app))
        huge.record("alice", "delete", "project", "meanwhile")
        await pilot.press("r")
        await until(pilot, lambda: "meanwhile" in current(pilot))
        before = screen.reading.window[0].id
        await pilot.press("pageup", "pageup", "pageup", "pageup")
        await until(pilot, lambda: screen.reading.window[0].id < before)
        assert "exporting: " in words(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await until(pilot, lambda: not [one for one in pilot.app.workers if one.node is screen])
        huge.requests.clear()
        huge.slow = 0.0
        for _ in range(20):
            await pilot.press("r")
            await pilot.pause()
        assert huge.requests and not [one for one in huge.requests if "q=id" in one]
    ids = exported_ids(tmp_path)
    assert ids and ids == list(range(1, len(ids) + 1))
