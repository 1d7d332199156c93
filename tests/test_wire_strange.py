"""Answers that are not Harbor's: redirects, pages for browsers, other letters."""

import asyncio

import httpx
import pytest

from harbortui.api.errors import HarborError, Unreadable
from harbortui.api.model import Query

from .serving import written
from .talking import Canned
from .test_wire import PAGE, Thing, no_proxy, raw

__all__ = ["no_proxy"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_named_and_not_followed(status: int) -> None:
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).split()[1].decode())
        where = "Location: https://harbor.example.com/x"
        writer.write(written(b"", f"{status} Moved", where))

    with pytest.raises(Unreadable, match=r"redirects to https://harbor\.example\.com/x: it is not"):
        await raw(serve)
    assert asked == ["/api/v2.0/things"]


@pytest.mark.parametrize("where", ["file:///etc/passwd", "//elsewhere", "\x1b]0;x\x07", "ü", ""])
async def test_a_strange_redirect_does_no_harm(where: str) -> None:
    headers = [(b"Location", where.encode())] if where else []
    answer = httpx.Response(302, headers=headers)
    with pytest.raises(HarborError, match=r"redirects to|does not speak HTTP"):
        await Canned({"GET /things": answer}).harbor.raw("/things")


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", ""])
async def test_a_page_for_browsers_is_not_taken_for_an_answer(content_type: str) -> None:
    headers = {"content-type": content_type} if content_type else {}
    canned = Canned({"GET /x": httpx.Response(200, content=PAGE, headers=headers)})
    with pytest.raises(Unreadable, match="page for browsers, not with Harbor's API"):
        await canned.harbor.raw("/x")
    with pytest.raises(Unreadable, match="page for browsers"):
        await canned.harbor.page("/x", Thing, Query())


async def test_a_page_for_browsers_does_not_count_as_a_change_made() -> None:
    page = httpx.Response(200, content=PAGE, headers={"content-type": "text/html"})
    with pytest.raises(Unreadable, match="page for browsers"):
        await Canned({"PUT /x": page}).harbor.write("PUT", "/x", {})


@pytest.mark.parametrize(
    "page",
    [
        b"<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>",
        b"Client sent an HTTP request to an HTTPS server.\n",
    ],
)
async def test_http_on_the_port_of_https_is_told_by_what_the_proxy_says(page: bytes) -> None:
    canned = Canned({"GET /x": httpx.Response(400, content=page)})
    with pytest.raises(Unreadable, match="https:// is spoken there, not http://"):
        await canned.harbor.raw("/x")


async def test_what_harbor_sends_in_other_letters_does_no_harm() -> None:
    headers = [(b"server", "nginx für uns".encode()), (b"x-total-count", b"\xff")]
    answer = httpx.Response(200, json=[{"id": 1}], headers=headers)
    page = await Canned({"GET /x": answer}).harbor.page("/x", Thing, Query())
    assert page.total == 1
