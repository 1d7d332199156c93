"""Every fault under every screen: alive, told in words, what was shown kept, and few requests."""

from __future__ import annotations

import json
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

from .console import until, words
from .counting import Count
from .talking import talk
from .test_resources import scopes
from .watched import watched

Fault = Callable[[httpx.Request], httpx.Response]
STORM = 45
"""Requests that one load may take: a dozen, each tried three times."""
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


def giving(status: int, content: bytes = b"", **headers: str) -> Fault:
    named = {"content-type": "application/json", **headers}
    named = {name.replace("_", "-"): value for name, value in named.items()}
    return lambda _: httpx.Response(status, headers=named, content=content)


def saying(status: int, message: str, code: str = "X") -> Fault:
    body = f'{{"errors":[{{"code":"{code}","message":"{message}"}}]}}'
    return giving(status, body.encode())


HTML = {"content_type": "text/html"}
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
    "F13 truncated JSON": (giving(200, b'[{"id": 1'), "cut short"),
    "F18 bad gzip": (
        raising(lambda r: httpx.DecodingError("bad", request=r)), "cannot be unpacked"
    ),
    "F19 portal": (giving(200, b"<html>", **HTML), "page for browsers"),
    "F21 no JSON": (giving(200, b"nonsense"), "is not JSON"),
    "F21 latin-1": (giving(200, b'["\xe9"]'), "is not JSON"),
    "F21 nested": (giving(200, b"[" * 100_000), "JSON"),
    "F21 number": (giving(200, b"17"), ""),
    "F21 text": (giving(200, b'"text"'), ""),
    "F22 redirect": (giving(302, location="https://elsewhere/"), "redirects to"),
    "F22 to a file": (giving(301, location="file:///etc/passwd"), "redirects to"),
    "F25 rbac": (saying(403, "forbidden", "FORBIDDEN"), "may not do that"),
    "F25 read-only": (saying(403, "The system is in read only mode", "DENIED"), "read only"),
    "F25 CSRF": (saying(403, "CSRF token not found in request"), "CSRF"),
    "F25 empty": (giving(403), "may not do that"),
    "F26 gone": (saying(404, "it was not there"), "not there"),
    "F27 bad request": (saying(400, "bad query"), "bad query"),
    "F27 conflict": (saying(409, "in the way"), "in the way"),
    "F27 precondition": (saying(412, "not empty"), "not empty"),
    "F27 too large": (saying(413, "too large"), "too large"),
    "F27 invalid": (saying(422, "page_size"), "page_size"),
    "F28 too many": (giving(429, retry_after="1000000000"), "asked too much"),
    "F28 with a date": (
        giving(429, retry_after="Fri, 01 Jan 2100 00:00:00 GMT"), "asked too much"
    ),
    "F28 with junk": (giving(429, retry_after="soon"), "asked too much"),
    "F29 internal": (
        giving(500, b'{"errors":[{"code":"UNKNOWN","message":"internal server error"}]}',
               x_request_id="id-77"), "id-77"
    ),
    "F29 page": (giving(500, b"<html>", **HTML), "internal error"),
    "F30 502": (giving(502, b"<html>", **HTML), "core behind its proxy"),
    "F30 503": (giving(503, b"<html>", **HTML), "core behind its proxy"),
    "F30 504": (giving(504, b"<html>", **HTML), "core behind its proxy"),
}  # fmt: skip


class Faulty(httpx.AsyncBaseTransport):
    """The demo; with a fault set, every read comes to that."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo = demo
        self.fault: Fault | None = None
        self.change: Callable[[httpx.Response], httpx.Response] | None = None
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        ours = request.url.path.startswith(ROOT)
        if self.fault and ours:
            return self.fault(request)
        answer = await self.demo.handle_async_request(request)
        return self.change(answer) if self.change and ours else answer


def table_of(screen: Any) -> list[str]:
    """The rows as they are drawn."""
    table = screen.table
    return ["".join(s.text for s in table.render_line(y)) for y in range(1, table.size.height)]


def total(text: str) -> Callable[[httpx.Response], httpx.Response]:
    """Another X-Total-Count, or none."""

    def change(answer: httpx.Response) -> httpx.Response:
        kept = {k: v for k, v in answer.headers.items() if k != "x-total-count"}
        more = {"X-Total-Count": text} if text else {}
        return httpx.Response(answer.status_code, headers=kept | more, content=answer.content)

    return change


def values(make: Callable[[Any], Any]) -> Callable[[httpx.Response], httpx.Response]:
    """Every value of the JSON made into another."""

    def change(answer: httpx.Response) -> httpx.Response:
        if "json" not in answer.headers.get("content-type", "") or not answer.content:
            return answer
        content = json.dumps(make(answer.json())).encode()
        kept = {k: v for k, v in answer.headers.items() if k != "content-length"}
        return httpx.Response(answer.status_code, headers=kept, content=content)

    return change


def deep(leaf: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def make(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: make(inner) for key, inner in value.items()}
        return [make(one) for one in value] if isinstance(value, list) else leaf(value)

    return make


def beside(value: Any) -> Any:
    """A list with rows in it that are none."""
    return [17, "x", None, [], {"id": {}}, *value] if isinstance(value, list) else value


def twice(value: Any) -> Any:
    return [*value, *value] if isinstance(value, list) else value


def moment(text: str) -> Callable[[Any], Any]:
    return lambda one: text if isinstance(one, str) and one[4:5] == "-" and "T" in one else one


def number(one: Any) -> Any:
    return one + 2**53 if isinstance(one, int) and not isinstance(one, bool) else one


def no_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: None if isinstance(v, list) else no_lists(v) for k, v in value.items()}
    return [no_lists(one) for one in value] if isinstance(value, list) else value


DATA: dict[str, Callable[[httpx.Response], httpx.Response]] = {
    "F31 no total": total(""),
    "F31 negative total": total("-5"),
    "F31 coloured total": total("\x1b[31m5"),
    "F31 huge total": total("9" * 18),
    "F31 total of none": total("0"),
    "F34 every row twice": values(twice),
    "F35 zero time": values(deep(moment("0001-01-01T00:00:00Z"))),
    "F35 last time": values(deep(moment("9999-12-31T23:59:59Z"))),
    "F35 no zone": values(deep(moment("2026-01-01T00:00:00"))),
    "F40 numbers above 2⁵³": values(deep(number)),
    "F21 null lists": values(no_lists),
    "F21 rows that are none": values(beside),
    "F20 empty": lambda _: httpx.Response(200, headers={"content-type": "application/json"}),
    "F20 no content": lambda _: httpx.Response(204),
    "F21 null": values(lambda _: None),
    "F21 an empty object": values(lambda _: {}),
    "F21 an object": values(lambda _: {"a": {"b": 1}}),
    "F21 an empty list": values(lambda _: []),
    "F21 a list": values(lambda _: ["x", 1, None, {}]),
}


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
            await until(pilot, lambda s=screen: s.loaded_at or s.problem)
            assert not screen.problem
            shown = table_of(screen)
            for name, (fault, says) in FAULTS.items():
                if resource.name == "found":
                    continue  # it asks every project, and leaves out those that cannot be asked
                screen.problem, faulty.fault, faulty.asked = "", fault, 0
                screen.wake()
                await until(pilot, lambda s=screen: s.problem)
                assert says.lower() in screen.problem.lower(), f"{name}: {screen.problem}"
                assert faulty.asked <= STORM, f"{name}: {faulty.asked} requests"
                assert table_of(screen) == shown, name
                count("faults × screens", 1)
            faulty.fault = None
            screen.wake()
            await until(pilot, lambda s=screen: not s.problem)
            app.pop_screen()
            await until(pilot, lambda s=screen: app.screen is not s)
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
        for name, (fault, _) in FAULTS.items():
            faulty.fault, faulty.asked, before = fault, 0, app.screen.loaded_at
            app.screen.problem = ""
            app.screen.wake()
            await until(pilot, lambda n=before: app.screen.problem or app.screen.loaded_at > n)
            assert faulty.asked <= STORM, f"{name}: {faulty.asked}"
            assert "NEEDS ATTENTION" in words(app), name
            count("faults × screens", 1)
        faulty.fault = None
        app.screen.wake()
        await until(pilot, lambda: not app.screen.problem)
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
        await until(pilot, lambda: "The session has ended" in words(app))
        for _ in range(20):
            await pilot.pause(0.01)
        assert faulty.asked <= STORM
        assert sum(type(one).__name__ == "SignInScreen" for one in app.screen_stack) == 1
    count("faults × screens", 1)
