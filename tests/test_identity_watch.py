"""Who we are is asked again after a refusal, a stay in the shell and a sleep, before any change."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest

from harbortui import session as sessions
from harbortui import watch
from harbortui.api.errors import Unauthorized, Unreachable
from harbortui.api.harbor import Harbor
from harbortui.api.signin import SessionAuth
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.screens import live
from harbortui.screens.live import LiveScreen
from harbortui.screens.signin import SignInScreen
from harbortui.session import Session

from .console import console, until
from .talking import API, at_once

WHO = "GET /api/v2.0/users/current"


class Somewhere(httpx.AsyncBaseTransport):
    """A Harbor that knows one account, counts its connections' ends, and may be held."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.user_id, self.closed, self.away = 1, 0, 0
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        self.begun.set()
        await self.go_on.wait()
        if self.away:
            self.away -= 1
            raise httpx.ReadError("")
        return httpx.Response(200, json={"user_id": self.user_id, "username": "a"})

    async def aclose(self) -> None:
        self.closed += 1


class Known:
    """A session that has just been told who it is, and a wall clock to be put forward."""

    def __init__(self) -> None:
        self.server, self.ahead = Somewhere(), 0.0
        clock = Clock(lambda: time.time() + self.ahead)
        self.harbor = Harbor(API, transport=self.server, pause=at_once)
        self.session = Session(self.harbor, clock, where="here")
        self.session.me = self.session.me.model_copy(update={"user_id": 1, "username": "a"})
        self.session.watch.known()

    async def write(self) -> None:
        await self.harbor.write("DELETE", "/things/1")


async def test_whom_one_knows_is_not_asked() -> None:
    known = Known()
    await known.write()
    await known.write()
    assert known.server.asked == ["DELETE /api/v2.0/things/1"] * 2


@pytest.mark.fault("F60")
async def test_after_a_sleep_a_change_asks_first_on_new_connections() -> None:
    known = Known()
    known.ahead = 3600.0
    await known.write()
    await known.write()
    assert known.server.asked == [WHO, *["DELETE /api/v2.0/things/1"] * 2]
    assert known.server.closed == 1


@pytest.mark.fault("F60")
async def test_a_clock_that_is_put_right_is_no_sleep() -> None:
    known = Known()
    for known.ahead in (watch.ASLEEP - 1, -3600.0):
        await known.write()
    assert WHO not in known.server.asked


async def test_five_minutes_later_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known, now = Known(), time.monotonic()
    monkeypatch.setattr(watch.time, "monotonic", lambda: now + watch.EVERY + 1)
    await known.write()
    assert known.server.asked[0] == WHO


@pytest.mark.fault("F24")
async def test_a_change_is_not_sent_in_another_accounts_name() -> None:
    known = Known()
    known.session.watch.doubt()
    known.server.user_id = 2
    for _ in range(2):
        with pytest.raises(Unauthorized, match="another account"):
            await known.write()
    assert known.server.asked == [WHO, WHO], "and that stays so"


async def test_a_change_waits_for_the_answer_that_is_under_way() -> None:
    known = Known()
    known.session.watch.doubt()
    known.server.go_on.clear()
    asking = asyncio.create_task(known.session.probe())
    await known.server.begun.wait()
    writing = asyncio.create_task(known.write())
    for _ in range(20):
        await asyncio.sleep(0)
    assert known.server.asked == [WHO]
    known.server.go_on.set()
    await asyncio.gather(asking, writing)
    assert known.server.asked == [WHO, "DELETE /api/v2.0/things/1"]


async def test_what_could_not_be_asked_stays_in_doubt() -> None:
    known = Known()
    known.ahead, known.server.away = 3600.0, 3
    with pytest.raises(Unreachable):
        await known.write()
    assert "DELETE /api/v2.0/things/1" not in known.server.asked
    await known.write()
    assert known.server.asked[-2:] == [WHO, "DELETE /api/v2.0/things/1"]


def since(demo: DemoHarbor, start: int) -> list[str]:
    return [one.partition("?")[0] for one in demo.requests[start:]]


@pytest.mark.fault("F46")
async def test_back_from_the_shell_it_is_asked_before_anything_else(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        start = len(demo.requests)
        pilot.app.app_resume_signal.publish(pilot.app)
        await until(pilot, lambda: "GET /api/v2.0/labels" in since(demo, start))
        assert since(demo, start)[0] == WHO


async def test_who_was_signed_out_meanwhile_signs_in_before_a_change(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("D")
        await until(pilot, lambda: pilot.app.screen.is_modal)
        pilot.app.app_resume_signal.publish(pilot.app)
        await pilot.pause()
        demo.expire_sessions()
        assert pilot.app.navigator is not None  # type: ignore[attr-defined]  # ours
        session = pilot.app.navigator.session  # type: ignore[attr-defined]  # ours
        with pytest.raises(Unauthorized):
            await session.harbor.write("DELETE", "/labels/1")
        assert [one for one in demo.writes if one.method == "DELETE"] == []


async def test_a_refused_look_makes_the_next_load_ask(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        screen: Any = pilot.app.screen
        assert isinstance(screen, LiveScreen)
        demo.refuse("/labels/*", 403, "forbidden")
        start = len(demo.requests)
        await screen.ask(lambda: screen.session.harbor.raw("/labels/1"))
        await pilot.press("r")
        await until(pilot, lambda: "GET /api/v2.0/labels" in since(demo, start))
        assert since(demo, start)[:2] == ["GET /api/v2.0/labels/1", WHO]


async def test_rows_that_are_refused_while_scrolling_are_asked_about(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        screen: Any = pilot.app.screen
        demo.refuse("/labels*", 401)
        await screen.ask(lambda: screen.session.harbor.raw("/labels"))
        await until(pilot, lambda: isinstance(pilot.app.screen, SignInScreen))


@pytest.mark.fault("F60")
async def test_a_sleep_ends_the_wait_for_the_next_look(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "NAP", 0.01)
    async with console(demo, ":labels") as pilot:
        screen: Any = pilot.app.screen
        screen.interval = 1000.0
        await pilot.press("r")
        await until(pilot, lambda: not screen.news.is_set())
        start, wall = len(demo.requests), screen.session.clock.wall
        screen.session.clock.wall = lambda: wall() + 3600.0
        await until(pilot, lambda: "GET /api/v2.0/labels" in since(demo, start))
        assert since(demo, start)[0] == WHO
        for _ in range(10):
            await pilot.pause(0.01)
        assert since(demo, start).count(WHO) == 1, "one sleep is one question"


async def test_a_harbor_that_does_not_answer_is_left_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sessions, "FAREWELL", 0.01)
    known = Known()
    known.harbor.auth = SessionAuth()
    known.server.go_on.clear()
    await asyncio.wait_for(known.session.sign_out(), 5)
    assert known.server.asked == ["GET /c/log_out"]
    assert known.server.closed == 2
