"""Writes are sent once, one at a time for each object, and their outcome is never guessed."""

import asyncio

import httpx
import pytest
from pydantic import SecretStr

from harbortui.api import repositories, wire
from harbortui.api.errors import (
    HarborError,
    Refused,
    ServerFault,
    UnknownOutcome,
    Unreachable,
    Unreadable,
)
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Query
from harbortui.demo import DemoHarbor

from .talking import API, Canned, Gate, Turns, at_once, talk


class Thing(Model):
    id: int = 0


@pytest.mark.parametrize(
    "failure", [httpx.ReadError, httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError]
)
async def test_a_write_that_was_sent_is_not_sent_again(failure: type[httpx.TransportError]) -> None:
    asked = Turns([failure("")])
    with pytest.raises(UnknownOutcome, match="may have been made, or not"):
        await asked.harbor.write("POST", "/things", {})
    assert len(asked.requests) == 1


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_a_write_that_was_not_sent_is_known_not_to_have_been(
    failure: type[httpx.TransportError],
) -> None:
    asked = Turns([failure("")])
    with pytest.raises(Unreachable) as raised:
        await asked.harbor.write("POST", "/things", {})
    assert not raised.value.sent
    assert len(asked.requests) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_proxy_that_gave_up_waiting_does_not_know_what_became_of_a_write(
    status: int,
) -> None:
    with pytest.raises(UnknownOutcome, match=f"HTTP {status}"):
        await Turns([status]).harbor.write("DELETE", "/things/1")


async def test_a_fault_on_a_write_may_be_a_mistake_of_input() -> None:
    with pytest.raises(ServerFault, match=r"HTTP 500.*input it cannot use"):
        await Turns([500]).harbor.write("PUT", "/things/1", {})


async def test_an_answer_to_a_write_that_cannot_be_unpacked_leaves_it_unknown() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        headers = {"content-encoding": "gzip"}
        return httpx.Response(201, headers=headers, stream=httpx.ByteStream(b"no gzip"))

    harbor = Harbor(API, transport=httpx.MockTransport(answer), pause=at_once)
    with pytest.raises(UnknownOutcome, match="unpacked"):
        await harbor.write("POST", "/things", {})


async def test_a_write_tells_where_the_new_thing_is() -> None:
    location = {"Location": "/api/v2.0/things/45/"}
    answer = httpx.Response(201, headers=location, json={"id": 45})
    written = await Canned({"POST /things": answer}).harbor.write("POST", "/things", {"a": 1})
    assert written.name == "45"
    assert written.number == 45
    assert written.read(Thing) == Thing(id=45)


async def test_a_new_thing_that_is_nowhere_is_said_to_be_made() -> None:
    for location in ({}, {"Location": "/api/v2.0/things/library"}):
        answer = httpx.Response(201, headers=location)
        written = await Canned({"POST /things": answer}).harbor.write("POST", "/things", {"a": 1})
        with pytest.raises(Unreadable, match="has made it"):
            _ = written.number


async def test_a_read_only_profile_sends_no_write_but_may_try_things() -> None:
    canned = Canned({"POST /registries/ping": {}})
    harbor = canned.harbor
    harbor.read_only = True
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        with pytest.raises(Refused, match="read-only: nothing was sent"):
            await harbor.write(method, "/things")
    assert canned.asked == []
    await harbor.ask("/registries/ping", {"id": 1})
    assert canned.asked == ["POST /registries/ping"]


async def test_one_write_at_a_time_for_each_object() -> None:
    gate = Gate()
    harbor = Harbor(API, transport=gate)
    first = asyncio.create_task(harbor.write("PUT", "/things/1"))
    other = asyncio.create_task(harbor.write("PUT", "/things/2"))
    await gate.reached(2)
    assert harbor.under_way == {("PUT", "/things/1"), ("PUT", "/things/2")}
    assert not harbor.idle.is_set()
    with pytest.raises(Refused, match="still under way: nothing was sent again"):
        await asyncio.wait_for(harbor.write("PUT", "/things/1"), 5)
    gate.open.set()
    await asyncio.gather(first, other)
    assert len(gate.waiting) == 2
    assert harbor.under_way == set()
    assert harbor.idle.is_set()
    await harbor.write("PUT", "/things/1")


async def test_every_write_is_noted_with_its_result_and_without_its_body() -> None:
    noted: list[tuple[str, ...]] = []
    asked = Turns(
        [201, 409, httpx.ReadTimeout(""), asyncio.CancelledError()],
        journal=lambda *line: noted.append(line),
    )
    harbor = asked.harbor
    for _ in range(4):
        try:
            await harbor.write("POST", "/things", {"password": SecretStr("hunter2")})
        except (HarborError, asyncio.CancelledError):
            continue
    results = [result for *_, result in noted]
    assert results == ["201", "409", "UnknownOutcome", "unknown"]
    sent = [request.headers["x-request-id"] for request in asked.requests]
    assert [line[:3] for line in noted] == [("POST", "/things", one) for one in sent]
    assert len(set(sent)) == 4
    assert "hunter2" not in str(noted)
    assert harbor.idle.is_set()


async def test_writes_may_be_silent_for_longer_than_reads() -> None:
    limits: dict[str, float] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        limits[request.method] = request.extensions["timeout"]["read"]
        assert request.extensions["timeout"]["connect"] == wire.CONNECT_LIMIT
        return httpx.Response(200, json=[])

    harbor = Harbor(API, transport=httpx.MockTransport(answer))
    await harbor.raw("/things")
    await harbor.write("DELETE", "/things/1")
    assert limits == {"GET": wire.READ_LIMIT, "DELETE": wire.WRITE_LIMIT}


async def test_a_name_with_everything_in_it_is_deleted_by_that_name(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    page = await harbor.page("/repositories", repositories.Repository, Query())
    odd = [one for one in page.items if one.name.count("/") > 1 or "+" in one.name]
    assert odd
    for repository in odd[:3]:
        await repositories.delete(harbor, repository)
    left = await harbor.page("/repositories", repositories.Repository, Query())
    assert left.total == page.total - len(odd[:3])
