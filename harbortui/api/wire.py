"""One HTTP exchange: limits on time and size, and judging what came back."""

from __future__ import annotations

import asyncio
import ssl
import sys
import time
from collections.abc import Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import Any, TypeVar

import httpx

from harbortui.api.diagnosis import explain, hopeless, provably_unsent
from harbortui.api.errors import Refused, Unreachable, Unreadable, refused

if find_spec("sniffio") is None:
    # httpcore 1.0 looks for it at every lock, along the whole path: 2 ms for every request.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # how the import system says no

READ_LIMIT = 30.0
WRITE_LIMIT = 120.0
"""Seconds for a whole call: httpx's own limits are between two bytes, a slow drip passes them."""
JSON_LIMIT = 16 * 2**20
LOG_LIMIT = 64 * 2**20
ERROR_LIMIT = 64 * 2**10
"""Bytes, unpacked."""

CONNECT_LIMIT = 5.0
IDLE = 45.0
"""Seconds that a connection is kept: longer than between polls, which else would each shake hands
again, shorter than nginx (75) and the usual load balancers (60) keep theirs."""
OUTSIDE = ("/c/", "/v2/", "/service/", "/api/")
"""Paths that do not stand below /api/v2.0."""

OTHER_SCHEME = (b"plain HTTP request was sent to HTTPS port", b"HTTP request to an HTTPS server")
"""What nginx, Harbor's own proxy, and servers written in Go say of http on their port of https."""

V = TypeVar("V")

polling: ContextVar[bool] = ContextVar("polling", default=False)
"""Set where nobody waits for the answer: such requests do not keep the session alive."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked of Harbor; `deadline` is on the monotonic clock."""

    method: str
    path: str
    deadline: float
    params: dict[str, str | int] = field(default_factory=dict)
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    limit: int = JSON_LIMIT
    json: bool = True


def client(
    transport: httpx.AsyncBaseTransport | None,
    verify: ssl.SSLContext | bool,
    keep: int,
    silence: float = READ_LIMIT,
) -> httpx.AsyncClient:
    """A client that follows no redirect and keeps no cookie (httpx sends them to other ports).

    `silence` is how many seconds the server may take before it says anything.
    """
    limits = httpx.Limits(max_connections=6, max_keepalive_connections=keep, keepalive_expiry=IDLE)
    made = httpx.AsyncClient(
        transport=transport,
        verify=verify,
        limits=limits,
        timeout=httpx.Timeout(silence, connect=CONNECT_LIMIT),
        follow_redirects=False,
    )
    # A jar in httpx.Cookies would be copied without its policy (httpx 0.28).
    made.cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return made


async def exchange(
    http: httpx.AsyncClient, url: str, auth: httpx.Auth | None, call: Call
) -> httpx.Response:
    """Send it and read the whole answer; raises the HarborError that a failure stands for."""
    request = _request(http, url, call)
    response = await received(http, request, auth, call.deadline, call.limit)
    _judge(response, url, call)
    return response


async def received(
    http: httpx.AsyncClient,
    request: httpx.Request,
    auth: httpx.Auth | None,
    deadline: float,
    limit: int,
) -> httpx.Response:
    """The whole answer, whatever it says; Unreachable without one, Unreadable if it is too long."""
    try:
        response, body = await _within(deadline, _answer(http, request, auth, limit))
    except TimeoutError as error:
        raise Unreachable(f"no complete answer from {request.url.host} in time") from error
    except httpx.DecodingError as error:
        raise Unreachable(f"what {request.url.host} answered cannot be unpacked") from error
    except (httpx.TransportError, BaseExceptionGroup) as error:
        sent, final = not provably_unsent(error), hopeless(error)
        words = explain(error, str(request.url))
        raise Unreachable(words, sent=sent, final=final) from error
    # As bytes: httpx 0.28 takes no text that is not ASCII, and other servers send some.
    plain = [pair for pair in response.headers.raw if pair[0].lower() != b"content-encoding"]
    return httpx.Response(response.status_code, headers=plain, content=body)


async def _within(deadline: float, work: Coroutine[Any, Any, V]) -> V:
    """What it gives; TimeoutError when it takes longer. It is cancelled at most once.

    httpcore 1.0 loses a connection for good when it is cancelled while it closes that: six such,
    and nothing is ever asked again. Several reads that time out together cancel each other so.
    """
    task = asyncio.create_task(work)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())  # it is not missed
    try:
        await asyncio.wait({task}, timeout=max(0.1, deadline - time.monotonic()))
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})


async def _answer(
    http: httpx.AsyncClient, request: httpx.Request, auth: httpx.Auth | None, limit: int
) -> tuple[httpx.Response, bytes]:
    if http.is_closed:
        raise Unreachable("the connection was closed here", sent=False, final=True)
    response = await http.send(request, stream=True, auth=auth)
    try:
        return response, await _body(response, limit)
    finally:
        await response.aclose()


def _request(http: httpx.AsyncClient, url: str, call: Call) -> httpx.Request:
    path = call.path if call.path.startswith(OUTSIDE) else f"/api/v2.0{call.path}"
    try:
        return http.build_request(
            call.method,
            url + path,
            params=call.params or None,
            content=call.content,
            headers=_headers(call),
        )
    except httpx.InvalidURL as error:
        raise Refused("this name is too long to ask for") from error


def _headers(call: Call) -> dict[str, str]:
    headers = {"User-Agent": "harbortui", "X-Is-Resource-Name": "true", **call.headers}
    if call.content is not None:
        headers.setdefault("Content-Type", "application/json")
    if polling.get():
        headers["X-Harbor-No-Session-Renewal"] = "true"
    return headers


async def _body(response: httpx.Response, limit: int) -> bytes:
    limit = limit if response.is_success else ERROR_LIMIT
    parts, size = [], 0
    async for part in response.aiter_bytes():
        parts.append(part)
        size += len(part)
        if size > limit and response.is_success:
            raise Unreadable(f"Harbor's answer is larger than {limit // 2**20} MiB")
        if size > limit:
            break
    return b"".join(parts)


def _judge(response: httpx.Response, url: str, call: Call) -> None:
    body = response.content
    if response.is_redirect:
        where = response.headers.get("location", "elsewhere")
        raise Unreadable(f"{url} redirects to {where}: it is not followed, use that address")
    if response.status_code == 400 and any(words in body for words in OTHER_SCHEME):
        raise Unreadable(f"{url} is not the right address: https:// is spoken there, not http://")
    if not response.is_success:
        raise refused(response, body)
    if call.json and body.strip() and "json" not in response.headers.get("content-type", ""):
        raise Unreadable(
            f"{url} answers with a page for browsers, not with Harbor's API: "
            "is a path or a port wrong, or a proxy in the way?"
        )


def server_time(response: httpx.Response) -> float:
    """The `Date` of an answer in seconds since 1970; 0 when it has none."""
    try:
        return parsedate_to_datetime(response.headers.get("date", "")).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
