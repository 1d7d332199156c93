"""One exchange with a server that misbehaves: limits on time and size, answers of others."""

import asyncio
import gzip
import time

import httpx
import pytest

from harbortui.api import wire
from harbortui.api.errors import HarborError, Refused, UnknownOutcome, Unreachable, Unreadable
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model

from .serving import Serve, closing, saying, serving, silent, written
from .talking import Canned, at_once

PAGE = b"<!DOCTYPE html><html><head><title>Harbor</title></head></html>"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own server is asked directly."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


class Thing(Model):
    id: int = 0


async def raw(serve: Serve, path: str = "/things") -> object:
    """What a read of that server comes to."""
    async with serving(serve) as port:
        harbor = Harbor(f"http://127.0.0.1:{port}", pause=at_once)
        try:
            return await harbor.raw(path)
        finally:
            await harbor.close()


async def test_a_plain_answer_is_read() -> None:
    assert await raw(saying(written(b'[{"id": 1}]'))) == [{"id": 1}]


async def test_an_answer_in_pieces_is_read() -> None:
    body = b"2\r\n[1\r\n3\r\n,2]\r\n0\r\n\r\n"
    chunked = written(body, "200 OK", "Transfer-Encoding: chunked", "X-No-Length: 1")
    assert await raw(saying(chunked)) == [1, 2]


async def test_an_answer_may_be_packed() -> None:
    packed = written(gzip.compress(b"[7]"), "200 OK", "Content-Encoding: gzip")
    assert await raw(saying(packed)) == [7]


async def test_a_small_answer_that_unpacks_to_much_is_stopped() -> None:
    bomb = gzip.compress(b" " * (17 * 2**20), compresslevel=1)
    assert len(bomb) < 2**18
    with pytest.raises(Unreadable, match="larger than 16 MiB"):
        await raw(saying(written(bomb, "200 OK", "Content-Encoding: gzip")))


async def test_an_endless_answer_is_stopped_at_sixteen_mebibytes() -> None:
    sent = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            writer.write(b" " * 2**20)
            sent += 2**20
            await writer.drain()

    with pytest.raises(Unreadable, match="larger than 16 MiB"):
        await raw(serve)
    assert wire.JSON_LIMIT < sent < 3 * wire.JSON_LIMIT


async def test_of_a_refusal_only_the_beginning_is_read() -> None:
    body = b'{"errors": [{"message": "' + b"x" * (2 * wire.ERROR_LIMIT) + b'"}]}'
    with pytest.raises(HarborError, match="HTTP 409"):
        await raw(saying(written(body, "409 Conflict")))


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte of the body now and then, for ever."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.01)


async def dripping_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte of a header now and then, for ever."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        writer.write(b"y")
        await writer.drain()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("serve", [dripping, dripping_headers, silent])
async def test_a_read_ends_in_time_however_slowly_it_is_answered(
    monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    monkeypatch.setattr(wire, "READ_LIMIT", 0.15)
    began = time.monotonic()
    with pytest.raises(Unreachable, match=r"no complete answer from 127\.0\.0\.1 in time"):
        await raw(serve)
    assert 0.1 < time.monotonic() - began < 2


async def test_a_write_that_is_not_answered_in_time_has_an_unknown_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "WRITE_LIMIT", 0.1)
    async with serving(silent) as port:
        harbor = Harbor(f"http://127.0.0.1:{port}")
        with pytest.raises(UnknownOutcome, match="may have been made, or not"):
            await harbor.write("DELETE", "/things/1")
        assert harbor.idle.is_set()
        await harbor.close()


async def test_an_answer_that_is_cut_off_is_asked_for_again_and_then_said_to_be_so() -> None:
    asked = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,")(reader, writer)

    with pytest.raises(Unreachable, match="broke off"):
        await raw(serve)
    assert asked == 3


async def test_a_connection_that_is_closed_before_the_answer_is_tried_again() -> None:
    asked = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await (closing if asked < 3 else saying(written(b"[]")))(reader, writer)

    assert await raw(serve) == []
    assert asked == 3


async def test_a_packed_answer_that_cannot_be_unpacked_is_asked_for_again() -> None:
    answers = [written(b"no gzip", "200 OK", "Content-Encoding: gzip"), written(b"[3]")]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await saying(answers.pop(0))(reader, writer)

    assert await raw(serve) == [3]


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("Thu, 01 Jan 1970 00:01:00 GMT", 60.0),
        ("", 0.0),
        ("never", 0.0),
        ("Thu, 01 Jan 99999 00:01:00 GMT", 0.0),
        ("Thu, 01 Jan 1970 00:01:00 +999999999999999", 0.0),
    ],
)
def test_the_servers_time_is_read_or_left(date: str, seconds: float) -> None:
    assert wire.server_time(httpx.Response(200, headers={"date": date})) == seconds


async def test_six_reads_at_a_time_and_no_more() -> None:
    asking = most = 0
    several = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asking, most
        while await reader.readuntil(b"\r\n\r\n"):
            asking += 1
            most = max(most, asking)
            if asking == 6:
                several.set()
            await several.wait()
            asking -= 1
            writer.write(written(b"[]"))

    async with serving(serve) as port:
        harbor = Harbor(f"http://127.0.0.1:{port}")
        await asyncio.gather(*(harbor.raw("/x") for _ in range(12)))
        await harbor.close()
    assert most == 6


async def test_a_name_that_no_address_can_hold_is_refused_here() -> None:
    canned = Canned({})
    for write in (False, True):
        with pytest.raises(Refused, match="too long to ask for"):
            if write:
                await canned.harbor.write("DELETE", f"/projects/{'x' * 200_000}")
            else:
                await canned.harbor.raw(f"/projects/{'x' * 200_000}")
    assert canned.asked == []
