"""Signing in to the demo goes as recorded from Harbor 2.15.2 and 2.12.4."""

import httpx
import pytest

from harbortui.demo import DemoHarbor

from .recorded import Exchange, differences, exchanges
from .replay import API

RIGHT = {"principal": "admin", "password": "Harbor12345"}
SKIPPED = (
    # A path outside the API: here it is told from the root of the API by its slash only.
    "the root of the server",
    # 2.12.4 gave no token with this one text, 2.15.2 does; the demo always does.
    "does an API call hand out the token",
)


class Visitor:
    """One browser after another, doing what the notes of the recording say."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo = demo
        self.session = httpx.AsyncClient(transport=demo, base_url=API)
        self.token = ""

    async def faults(self, exchange: Exchange) -> list[str]:
        """How the answer to this step differs."""
        response = await self.send(exchange)
        self.token = response.headers.get("X-Harbor-CSRF-Token", self.token)
        return [f"{exchange.name}: {fault}" for fault in differences(exchange, response)]

    async def send(self, exchange: Exchange) -> httpx.Response:
        """The demo's answer to this step."""
        root = "" if exchange.path.startswith(("/c/", "/api/")) else "/api/v2.0"
        address = root + exchange.path
        if exchange.auth == "session":
            return await self.visit(exchange, address)
        wrong = "wrong password" in exchange.note
        auth = ("admin", "nope" if wrong else "Harbor12345") if exchange.auth == "basic" else None
        async with httpx.AsyncClient(transport=self.demo, base_url=API, auth=auth) as client:
            return await client.request(exchange.method, address, json=exchange.body)

    async def visit(self, exchange: Exchange, address: str) -> httpx.Response:
        """A step of the session, with the token that its note tells of."""
        note = exchange.note
        if "does not know" in note:
            self.session.cookies.set("sid", "unknown", domain="demo.example.com")
        if not self.token and address == "/c/login":
            self.token = (await self.session.get("/c/login")).headers["X-Harbor-CSRF-Token"]
        token = {"no token": "", "without token": "", "wrong token": "1-wrong"}
        said = [text for words, text in token.items() if words in note] or [self.token]
        headers = {"X-Harbor-CSRF-Token": said[0]} if said[0] else {}
        if exchange.method == "POST":
            wrong = note == "wrong password"
            form = RIGHT | {"password": "nope"} if wrong else RIGHT
            return await self.session.post(address, data=form, headers=headers)
        return await self.session.request(
            exchange.method, address, json=exchange.body, headers=headers
        )


@pytest.mark.parametrize(("file", "version"), [("signin", "2.15.2"), ("2.12/signin", "2.12.4")])
async def test_signing_in_and_out_goes_as_recorded(file, version):
    demo = DemoHarbor()
    demo.version = version
    visitor = Visitor(demo)
    steps = [one for one in exchanges(file) if not any(part in one.note for part in SKIPPED)]
    assert [fault for step in steps for fault in await visitor.faults(step)] == []
