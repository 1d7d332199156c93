"""Every fault under every screen: alive, told in words, what was shown kept, and few requests."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from harbortui.demo import DemoHarbor
from harbortui.demo.routing import ROOT
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.resource import screen_for
from harbortui.widgets.table import Table

from .answers import ANSWERS, saying
from .console import words
from .counting import Count
from .looked import STORM, soon
from .talking import talk
from .test_resources import scopes
from .watched import watched

Fault = Callable[[httpx.Request], httpx.Response]
FEW = 4
groups = pytest.mark.parametrize("start", range(FEW))


def raising(error: Callable[[httpx.Request], Exception]) -> Fault:
    def give(request: httpx.Request) -> httpx.Response:
        raise error(request)

    return give


def tls(code: int) -> Fault:
    def give(request: httpx.Request) -> httpx.Response:
        inner = ssl.SSLCertVerificationError("certificate verify failed")
        inner.verify_code = code
        raise httpx.ConnectError("", request=request) from inner

    return give


def unknown_name(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("", request=request) from socket.gaierror(-2, "unknown")


FAULTS: dict[str, tuple[Fault, str]] = {
    "F01 refused": (
        raising(lambda r: httpx.ConnectError("All connection attempts failed", request=r)),
        "connection refused",
    ),
    "F02 name": (unknown_name, "is not known here"),
    "F03 black hole": (raising(lambda r: httpx.ConnectTimeout("", request=r)), "within 5 s"),
    "F04 unknown CA": (tls(20), "unknown authority"),
    "F05 expired": (tls(10), "has expired"),
    "F05 not yet": (tls(9), "not valid yet"),
    "F06 wrong name": (tls(62), "for another name"),
    "F07 client certificate": (
        raising(lambda r: httpx.ReadError("", request=r)), "client certificate"
    ),
    "F10 read timeout": (raising(lambda r: httpx.ReadTimeout("", request=r)), "sent no answer"),
    "F12 truncated": (
        raising(lambda r: httpx.RemoteProtocolError("peer closed", request=r)), "broke off"
    ),
    "F18 bad gzip": (
        raising(lambda r: httpx.DecodingError("bad", request=r)), "cannot be unpacked"
    ),
    **ANSWERS,
}  # fmt: skip


class Faulty(httpx.AsyncBaseTransport):
    """The demo; with a fault set, every read comes to that."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo = demo
        self.fault: Fault | None = None
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        ours = request.url.path.startswith(ROOT)
        if self.fault and ours:
            return self.fault(request)
        return await self.demo.handle_async_request(request)


def table_of(table: Table[Any]) -> list[str]:
    """The rows as they are drawn."""
    return ["".join(s.text for s in table.render_line(y)) for y in range(1, table.size.height)]


@groups
async def test_every_screen_survives_every_fault_and_keeps_what_it_showed(
    start: int, demo: DemoHarbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    faulty, found = Faulty(demo), await scopes(talk(demo))
    async with watched(faulty, (80, 24)) as (pilot, terminal):
        app: Any = pilot.app
        session = app.navigator.session
        for resource in RESOURCES[start::FEW]:
            screen: Any = screen_for(resource)(session, found[resource.name][0])
            await app.push_screen(screen)
            await soon(pilot, lambda s=screen: s.loaded_at or s.problem)
            assert not screen.problem
            shown = table_of(screen.table)
            for name, (fault, says) in FAULTS.items():
                count("faults × screens", 1)
                count(name, 1)
                screen.problem, faulty.fault, faulty.asked = "", fault, 0
                session.watch.known()
                screen.wake()
                await soon(pilot, lambda s=screen: s.problem, draw=False)
                assert says.lower() in screen.problem.lower(), f"{name}: {screen.problem}"
                assert faulty.asked <= STORM, f"{name}: {faulty.asked} requests"
                assert table_of(screen.table) == shown, name
            faulty.fault = None
            screen.wake()
            await soon(pilot, lambda s=screen: not s.problem)
            app.pop_screen()
            await soon(pilot, lambda s=screen: app.screen is not s)
        assert not app.crashed
        assert not session.fault
        assert terminal.foreign() == []


async def test_every_fault_under_the_overview(
    demo: DemoHarbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    faulty = Faulty(demo)
    async with watched(faulty, (80, 24)) as (pilot, terminal):
        app: Any = pilot.app
        screen = app.screen
        shown = [table_of(table) for table in screen.query(Table)]
        for name, (fault, says) in FAULTS.items():
            count("faults × screens", 1)
            count(name, 1)
            screen.problem, faulty.fault, faulty.asked = "", fault, 0
            screen.wake()
            await soon(pilot, lambda: screen.problem, draw=False)
            assert says.lower() in screen.problem.lower(), f"{name}: {screen.problem}"
            assert faulty.asked <= STORM, f"{name}: {faulty.asked}"
            assert [table_of(table) for table in screen.query(Table)] == shown, name
        faulty.fault = None
        screen.wake()
        await soon(pilot, lambda: not screen.problem)
        assert "NEEDS ATTENTION" in words(app)
        assert not app.crashed
        assert terminal.foreign() == []


async def test_an_ended_session_asks_once_and_goes_on(
    demo: DemoHarbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    faulty = Faulty(demo)
    async with watched(faulty, (80, 24)) as (pilot, _):
        app: Any = pilot.app
        faulty.fault, faulty.asked = saying(401, "unauthorized", "UNAUTHORIZED"), 0
        app.screen.wake()
        await soon(pilot, lambda: "The session has ended" in words(app))
        for _ in range(20):
            await pilot.pause(0.01)
        assert faulty.asked <= STORM
        assert sum(type(one).__name__ == "SignInScreen" for one in app.screen_stack) == 1
    count("faults × screens", 1)
    count("F23", 1)
