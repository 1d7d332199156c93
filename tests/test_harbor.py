"""Reads are tried again where that helps, and what comes back is counted truthfully."""

import socket
import ssl
from datetime import UTC, datetime

import httpx
import pytest
from pydantic import SecretStr

from harbortui.api.errors import (
    HarborError,
    TooMany,
    Unreachable,
)
from harbortui.api.harbor import Harbor, polling
from harbortui.api.model import Model, Query
from harbortui.api.signin import BasicAuth, BearerAuth, open_session
from harbortui.demo import DemoHarbor

from .talking import API, Canned, Turns, at_once


class Thing(Model):
    id: int = 0


def things(count: int) -> httpx.Response:
    return httpx.Response(200, json=[{"id": n} for n in range(count)])


@pytest.mark.fault("F31")
@pytest.mark.parametrize(
    ("page", "rows", "count", "total", "bound"),
    [
        (1, 5, "5", 5, False),
        (1, 5, "120", 120, False),
        (2, 0, "3", 3, False),
        (1, 5, "", 5, False),
        (1, 10, "", 10, True),
        (3, 10, "", 30, True),
        (3, 4, "", 24, False),
        (1, 5, "-1", 5, False),
        (1, 10, "\x1b[31m5", 10, True),
        (1, 10, "1e3", 10, True),
        (1, 10, "²", 10, True),
        (1, 10, "3", 10, False),
        (1, 5, "9" * 30, int("9" * 18), False),
    ],
)
async def test_the_total_is_what_harbor_says_if_that_can_be(
    page: int, rows: int, count: str, total: int, bound: bool
) -> None:
    answer = things(rows)
    if count:
        answer.headers = httpx.Headers([*answer.headers.raw, (b"X-Total-Count", count.encode())])
    harbor = Canned({"GET /things": answer}).harbor
    found = await harbor.page("/things", Thing, Query(page, 10))
    assert (found.total, found.bound, len(found.items)) == (total, bound, rows)


async def test_unreadable_rows_count_where_harbor_does_not_say_how_many_there_are() -> None:
    rows = [{"id": "x"}, *({"id": n} for n in range(9))]
    found = await Canned({"GET /things": rows}).harbor.page("/things", Thing, Query(1, 10))
    assert (len(found.items), found.unreadable, found.total, found.bound) == (9, 1, 10, True)


async def test_what_an_answer_links_to_is_not_asked() -> None:
    away = {"Link": '<https://evil.example/next>; rel="next"', "Location": "https://evil.example/1"}
    asked = Turns([httpx.Response(200, headers=away, json=[{"id": 1}])] * 2)
    await asked.harbor.page("/things", Thing, Query(1, 1))
    await asked.harbor.write("POST", "/things")
    assert [request.url.host for request in asked.requests] == ["demo.example.com"] * 2


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ReadError,
        httpx.ReadTimeout,
        httpx.WriteError,
        httpx.RemoteProtocolError,
    ],
)
async def test_a_read_is_tried_three_times_when_the_connection_fails(
    failure: type[httpx.TransportError],
) -> None:
    asked = Turns([failure("")] * 5)
    with pytest.raises(Unreachable):
        await asked.harbor.raw("/things")
    assert len(asked.requests) == 3
    asked = Turns([failure("")] * 2)
    assert await asked.harbor.raw("/things") == []
    assert len(asked.requests) == 3


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_read_is_tried_again_when_harbor_is_busy_or_starting(status: int) -> None:
    asked = Turns([status, status])
    assert await asked.harbor.raw("/things") == []
    assert len(asked.requests) == 3
    with pytest.raises(HarborError):
        await Turns([status] * 3).harbor.raw("/things")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500, 501, 507])
async def test_an_answer_is_not_asked_for_again(status: int) -> None:
    asked = Turns([status] * 3)
    with pytest.raises(HarborError):
        await asked.harbor.raw("/things")
    assert len(asked.requests) == 1


@pytest.mark.fault("F02")
async def test_a_wrong_name_or_certificate_is_not_tried_again() -> None:
    unknown = ssl.SSLError(1, "")
    unknown.reason = "UNKNOWN"
    for cause in (socket.gaierror(-2, ""), unknown):
        failure = httpx.ConnectError("")
        failure.__cause__ = cause
        asked = Turns([failure] * 3)
        with pytest.raises(Unreachable) as raised:
            await asked.harbor.raw("/things")
        assert len(asked.requests) == 1
        assert raised.value.final


@pytest.mark.fault("F28")
async def test_harbor_is_left_alone_for_as_long_as_it_wants() -> None:
    asked = Turns([httpx.Response(429, headers={"Retry-After": "7"}), 429])
    await asked.harbor.raw("/things")
    assert asked.waited == [7.0, 0.0]


async def test_a_wait_that_would_take_too_long_is_left_to_whoever_asked() -> None:
    asked = Turns([httpx.Response(429, headers={"Retry-After": "31"})])
    with pytest.raises(TooMany) as raised:
        await asked.harbor.raw("/things")
    assert raised.value.wait == 31
    assert asked.waited == []


async def test_waits_grow_and_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harbortui.api.harbor.random.uniform", lambda low, high: (low, high))
    asked = Turns([502, 502])
    with pytest.raises(TypeError):
        await asked.harbor.raw("/things")
    monkeypatch.setattr("harbortui.api.harbor.random.uniform", lambda low, high: high)
    asked = Turns([502, 502])
    await asked.harbor.raw("/things")
    assert asked.waited == [1.0, 2.0]


async def test_polls_do_not_keep_the_session_alive_and_other_requests_do() -> None:
    canned = Canned({"GET /things": []})
    harbor = canned.harbor
    await harbor.raw("/things")
    with polling():
        await harbor.raw("/things")
    await harbor.raw("/things")
    said = [headers.get("X-Harbor-No-Session-Renewal") for headers in canned.headers]
    assert said == [None, "true", None]


async def test_every_path_stands_below_the_api_unless_it_cannot() -> None:
    asked = Turns([])
    outside = ("/c/login", "/v2/", "/service/token", "/api/version")
    for path in ("/projects", "/c", *outside):
        await asked.harbor.fetch(path, {}, json=False)
    paths = [request.url.path for request in asked.requests]
    assert paths == ["/api/v2.0/projects", "/api/v2.0/c", *outside]


async def test_a_session_sends_its_token_with_writes_only(demo: DemoHarbor) -> None:
    seen: list[httpx.Request] = []

    class Watched(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return await demo.handle_async_request(request)

    harbor = Harbor(API, transport=Watched(), pause=at_once)
    await open_session(harbor, "admin", SecretStr("Harbor12345"))
    await harbor.raw("/users/current")
    await harbor.write("POST", "/labels", {"name": "urgent", "scope": "g"})
    tokens = [bool(request.headers.get("X-Harbor-CSRF-Token")) for request in seen]
    assert [request.method for request in seen] == ["GET", "POST", "GET", "POST"]
    assert tokens == [False, True, False, True]
    assert all("authorization" not in request.headers for request in seen)
    assert "sid=" in seen[2].headers["cookie"]


async def test_robots_and_bearer_tokens_send_a_header_and_no_cookie() -> None:
    given = {"set-cookie": "sid=1; Path=/"}
    ways = (
        (BasicAuth("robot$a", SecretStr("päss")), "Basic "),
        (BearerAuth(SecretStr("töken")), "Bearer "),
    )
    for auth, start in ways:
        canned = Canned({"GET /things": httpx.Response(200, json=[], headers=given)})
        harbor = canned.harbor
        harbor.auth = auth
        for _ in range(2):
            await harbor.raw("/things")
        assert all(headers["authorization"].startswith(start) for headers in canned.headers)
        assert all("cookie" not in headers for headers in canned.headers)


@pytest.mark.fault("F35")
async def test_the_servers_clock_is_measured_by_its_answers() -> None:
    date = {"date": "Fri, 20 Nov 2026 09:41:02 GMT"}
    answer = httpx.Response(200, json=[], headers=date)
    transport = httpx.MockTransport(lambda _: answer)
    wall = datetime(2026, 11, 20, 9, 40, tzinfo=UTC).timestamp()
    harbor = Harbor(API, transport=transport, wall=lambda: wall)
    await harbor.raw("/things")
    assert harbor.offset == 62
    assert harbor.now() == datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)
    answer.headers["date"] = "yesterday"
    await harbor.raw("/things")
    assert harbor.offset == 62


@pytest.mark.fault("F20")
async def test_an_empty_body_is_an_error_for_who_reads() -> None:
    harbor = Canned({"GET /things": httpx.Response(200)}).harbor
    with pytest.raises(HarborError, match="cut short"):
        await harbor.raw("/things")
    with pytest.raises(HarborError, match="cut short"):
        await harbor.list("/things", Thing)
    with pytest.raises(HarborError, match="cut short"):
        await harbor.get("/things", Thing)


async def test_a_log_is_text_whatever_bytes_are_in_it() -> None:
    log = httpx.Response(200, content=b"a\xff\nb", headers={"content-type": "text/plain"})
    assert await Canned({"GET /log": log}).harbor.text("/log") == "a\ufffd\nb"
