"""A connection for tests: to the demo, or to answers that are given beforehand."""

import json
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
