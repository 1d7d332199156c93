"""A connection for tests: to the demo, or to answers that are given beforehand."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import httpx
from pydantic import SecretStr

from harbortui.api.harbor import Harbor
from harbortui.api.signin import BasicAuth
from harbortui.demo import DemoHarbor

API = "http://demo.example.com"


async def at_once(_: float) -> None:
    """Instead of waiting before another try."""


def talk(demo: DemoHarbor, who: str = "admin") -> Harbor:
    """The demo as one of its users sees it."""
    password = f"{'Harbor' if who == 'admin' else who.capitalize()}12345"
    auth = BasicAuth(who, SecretStr(password))
    return Harbor(API, auth=auth, transport=demo, pause=at_once)


class Canned:
    """Gives the same answers to the same requests, and keeps what it was asked."""

    def __init__(self, answers: dict[str, Any], status: int = 200) -> None:
        self.answers, self.status = answers, status
        self.asked: list[str] = []
        self.sent: list[Any] = []
        self.headers: list[httpx.Headers] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        """`METHOD /path` without query finds the answer; responses in a list take turns."""
        address = request.url.raw_path.decode().removeprefix("/api/v2.0")
        self.asked.append(f"{request.method} {address}")
        self.headers.append(request.headers)
        if request.content:
            self.sent.append(json.loads(request.content))
        value = self.answers.get(f"{request.method} {address.partition('?')[0]}")
        if isinstance(value, list) and value and isinstance(value[0], httpx.Response):
            return value.pop(0)
        if isinstance(value, httpx.Response):
            return value
        return httpx.Response(self.status, json=value) if value is not None else httpx.Response(200)

    @property
    def harbor(self) -> Harbor:
        """A connection to it."""
        return Harbor(API, transport=httpx.MockTransport(self.answer), pause=at_once)


class Turns:
    """A server whose answers are given beforehand, one a request; then an empty list."""

    def __init__(
        self, answers: Sequence[BaseException | httpx.Response | int], **more: Any
    ) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.waited: list[float] = []
        transport = httpx.MockTransport(self.answer)
        self.harbor = Harbor(API, transport=transport, pause=self.pause, **more)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else httpx.Response(200, json=[])
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, httpx.Response) else httpx.Response(answer)

    async def pause(self, seconds: float) -> None:
        self.waited.append(seconds)


class Gate(httpx.AsyncBaseTransport):
    """Holds every request until it is opened."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.waiting: list[str] = []
        self._more = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.waiting.append(f"{request.method} {request.url.path}")
        self._more.set()
        await self.open.wait()
        return httpx.Response(200)

    async def reached(self, count: int) -> None:
        """Wait until so many requests have come."""
        while len(self.waiting) < count:
            self._more.clear()
            await self._more.wait()
