"""The connection to one Harbor: reads, pages and writes. No endpoint lives here."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
from pydantic import BaseModel

from harbortui.api import model, wire
from harbortui.api.connections import Connections
from harbortui.api.errors import (
    HarborError,
    Refused,
    ServerFault,
    TooMany,
    UnknownOutcome,
    Unreachable,
    Unreadable,
    traced,
)
from harbortui.api.exact import body_bytes, exact
from harbortui.api.model import Page, Query, Written
from harbortui.api.wire import Call

TRIES = 3
PASSING = (502, 503, 504)
"""What a proxy says while Harbor's core is away; core may still be at work on a write."""

M = TypeVar("M", bound=BaseModel)
Body = BaseModel | dict[str, Any] | list[Any] | None
Journal = Callable[[str, str, str, str], None]
"""Told method, path, request id and result of every write; never a body."""


@contextmanager
def polling() -> Iterator[None]:
    """Requests in here do not keep the session alive (2.14.4 and 2.15.1 on)."""
    token = wire.polling.set(True)
    try:
        yield
    finally:
        wire.polling.reset(token)


class Harbor:
    """A connection to one Harbor; paths are those below /api/v2.0."""

    def __init__(
        self,
        url: str,
        *,
        auth: httpx.Auth | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        verify: ssl.SSLContext | bool = True,
        read_only: bool = False,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        journal: Journal = lambda *_: None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.url = url.rstrip("/")
        self.auth = auth
        self.read_only = read_only
        self.offset = 0.0
        """Seconds that the server's clock is ahead of ours."""
        self.took = 0.0
        """Seconds that the last read took."""
        self.now: Callable[[], datetime] = self._time
        """The server's time, UTC."""
        self.under_way: set[tuple[str, str]] = set()
        """Method and path of the writes that have not been answered."""
        self.idle = asyncio.Event()
        """Set while no write is under way."""
        self.idle.set()
        self.assured: Callable[[], Awaitable[object]] = _at_once
        """Awaited before every write: raises when it is not known any more who we are."""
        self._pause, self._journal, self._wall = pause, journal, wall
        self._reads = Connections(partial(wire.client, transport, verify, keep=6))
        # A write on a connection that the server is just closing would have an unknown outcome.
        once = partial(wire.client, transport, verify, keep=0, silence=wire.WRITE_LIMIT)
        self._writes = Connections(once)

    async def close(self) -> None:
        """Close the connections."""
        await self._reads.close()
        await self._writes.close()

    async def renew(self) -> None:
        """Read on new connections: the idle ones may have died without a sign."""
        await self._reads.renew()

    async def get(self, path: str, kind: type[M], **params: str | int) -> M:
        """One object."""
        answer = await self.fetch(path, params)
        with traced(answer):
            return model.read(kind, answer.content)

    async def list(self, path: str, kind: type[M], **params: str | int) -> list[M]:
        """A list that Harbor does not page; rows that cannot be read are left out."""
        answer = await self.fetch(path, params)
        with traced(answer):
            return model.read_list(kind, answer.content)[0]

    async def raw(self, path: str, **params: str | int) -> Any:
        """The JSON as Harbor sent it, unknown fields and all; Unreadable for an empty body."""
        answer = await self.fetch(path, params)
        with traced(answer):
            value = exact(answer.content)
            if not isinstance(value, (dict, list, type(None))):
                raise Unreadable("Harbor sent something else where an object was expected")
        return value

    async def text(self, path: str, **params: str | int) -> str:
        """A log, up to 64 MiB."""
        answer = await self.fetch(path, params, limit=wire.LOG_LIMIT, json=False)
        return answer.content.decode(errors="replace")

    async def page(self, path: str, kind: type[M], query: Query, **params: str | int) -> Page[M]:
        """One page; the total is `X-Total-Count`, or what is known when that is missing."""
        answer = await self.fetch(path, {**query.params(), **params})
        with traced(answer):
            items, unreadable = model.read_list(kind, answer.content)
        count = answer.headers.get("x-total-count", "")
        rows = len(items) + unreadable
        known = (query.page - 1) * query.size + rows
        if count.isascii() and count.isdigit():
            total = int(count[:18])
            return Page(items, max(total, known) if rows else total, unreadable=unreadable)
        return Page(items, known, rows >= query.size, unreadable)

    async def fetch(
        self,
        path: str,
        params: dict[str, str | int],
        *,
        limit: int = wire.JSON_LIMIT,
        json: bool = True,
    ) -> httpx.Response:
        """GET, tried up to three times within 30 s where trying again can help."""
        deadline = time.monotonic() + wire.READ_LIMIT
        call = Call("GET", path, deadline, params, limit=limit, json=json)
        attempt = 1
        while True:
            began = time.monotonic()
            try:
                answer = await self._reads.exchange(self.url, self.auth, call)
            except (Unreachable, TooMany, ServerFault) as error:
                wait = _wait(error, attempt)
                if wait is None or time.monotonic() + wait > deadline:
                    raise
                await self._pause(wait)
                attempt += 1
            else:
                self.took = time.monotonic() - began
                self._note_clock(answer)
                return answer

    async def write(
        self, method: str, path: str, body: Body = None, *, headers: dict[str, str] | None = None
    ) -> Written:
        """Change something, sent once. UnknownOutcome when it was sent and nothing came back."""
        if self.read_only:
            raise Refused("this profile is read-only: nothing was sent")
        await self.assured()
        if (method, path) in self.under_way:
            raise Refused("the same change is still under way: nothing was sent again")
        request_id = str(uuid.uuid4())
        content = None if body is None else body_bytes(body)
        deadline = time.monotonic() + wire.WRITE_LIMIT
        extra = {"X-Request-Id": request_id, **(headers or {})}
        call = Call(method, path, deadline, content=content, headers=extra)
        self.under_way.add((method, path))
        self.idle.clear()
        result = "unknown"
        try:
            answer = await self._once(call)
            result = str(answer.status_code)
        except HarborError as error:
            result = str(error.status or type(error).__name__)
            raise
        finally:
            self.under_way.discard((method, path))
            if not self.under_way:
                self.idle.set()
            self._journal(method, path, request_id, result)
        return Written(answer.headers.get("location", ""), answer.content)

    async def ask(
        self, path: str, body: Body = None, *, form: dict[str, str] | None = None
    ) -> Written:
        """A POST that changes nothing (a ping, a sign-in): also from a read-only profile."""
        content = body_bytes(body) if body is not None else None
        headers = {}
        if form is not None:
            content = urlencode(form).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
        deadline = time.monotonic() + wire.READ_LIMIT
        call = Call("POST", path, deadline, content=content, headers=headers)
        answer = await self._writes.exchange(self.url, self.auth, call)
        return Written("", answer.content)

    async def _once(self, call: Call) -> httpx.Response:
        try:
            return await self._writes.exchange(self.url, self.auth, call)
        except Unreachable as error:
            if not error.sent:
                raise
            raise UnknownOutcome(f"the change may have been made, or not: {error}") from error
        except ServerFault as error:
            if error.status not in PASSING:
                error.args = (f"{error}; Harbor says this of input it cannot use, too",)
                raise
            raise UnknownOutcome(f"the change may have been made, or not: {error}") from error

    def _time(self) -> datetime:
        return datetime.fromtimestamp(self._wall() + self.offset, UTC)

    def _note_clock(self, answer: httpx.Response) -> None:
        if seconds := wire.server_time(answer):
            self.offset = seconds - self._wall()


async def _at_once() -> None:
    """Nobody doubts who we are."""


def _wait(error: HarborError, attempt: int) -> float | None:
    """Seconds until the next try (full jitter), or None: trying again does not help."""
    if attempt >= TRIES or (isinstance(error, ServerFault) and error.status not in PASSING):
        return None
    if isinstance(error, Unreachable) and error.final:
        return None
    if isinstance(error, TooMany) and error.wait:
        return error.wait
    return random.uniform(0, 0.5 * 2**attempt)
