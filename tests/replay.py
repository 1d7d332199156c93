"""Sends recorded requests to the demo, with ids and digests exchanged for the demo's own."""

import re
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import quote

import httpx

from harbortui.demo import DemoHarbor

from .recorded import Exchange

API = "http://demo.example.com"


class Replay:
    """Callers of all kinds against one demo; ids that answers give are used in what follows."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo = demo
        self.ids: dict[tuple[str, str], str] = {}
        self.digests: dict[str, str] = {}
        self.clients: dict[tuple[str, str], httpx.AsyncClient] = {}

    async def send(self, exchange: Exchange) -> httpx.Response:
        """The demo's answer to a recorded request."""
        client = await self.client(exchange.who, exchange.auth)
        headers = {k: v for k, v in exchange.headers.items() if k != "X-Harbor-CSRF-Token"}
        body = self.body(exchange)
        address = self.address(exchange.path)
        response = await client.request(exchange.method, address, headers=headers, json=body)
        self.learn(exchange, response)
        return response

    async def client(self, who: str, auth: str) -> httpx.AsyncClient:
        """The caller's connection, signed in as recorded."""
        if (who, auth) not in self.clients:
            self.clients[who, auth] = await connect(self.demo, who, auth)
        return self.clients[who, auth]

    def body(self, exchange: Exchange) -> Any:
        """What is sent: where it is only an id, that of the demo."""
        kind = exchange.path.partition("?")[0].rpartition("/")[2]
        if not isinstance(exchange.body, dict) or set(exchange.body) != {"id"}:
            return exchange.body
        number = exchange.body["id"]
        return {"id": int(self.ids.get((kind, str(number)), number))}

    def learn(self, exchange: Exchange, response: httpx.Response) -> None:
        """Remembers under which id the demo has made what the recording has made."""
        wanted, given = exchange.given.get("location"), response.headers.get("location")
        if wanted and given:
            kind, recorded = wanted.split("/")[-2:]
            self.ids[kind, recorded] = given.split("/")[-1]
            if kind == "projects":
                self.ids["quotas", recorded] = self.quota(given.split("/")[-1])

    def quota(self, project: str) -> str:
        """The id of a project's quota; in the recordings it was that of the project."""
        names = (str(row["ref"]["id"]) for row in self.demo.quotas.values())
        return dict(zip(names, map(str, self.demo.quotas), strict=True)).get(project, "none")

    def address(self, path: str) -> str:
        """The path with the demo's ids and digests."""
        base, _, query = path.partition("?")
        parts = base.split("/")
        for place in range(1, len(parts)):
            kind = parts[place - 1]
            parts[place] = self.ids.get((kind, parts[place]), parts[place])
        base = re.sub(r"sha256:[0-9a-f]{64}", self._digest, "/".join(parts))
        query = re.sub(r"sha256:[0-9a-f]{64}", self._digest, query)
        root = "" if base.startswith(("/c/", "/api/")) else "/api/v2.0"
        return f"{root}{base}" + (f"?{query}" if query else "")

    def _digest(self, match: re.Match[str]) -> str:
        return self.digests.get(match[0], match[0])


async def connect(demo: DemoHarbor, who: str, auth: str) -> httpx.AsyncClient:
    """A client for a user of the demo: `session`, `basic` or `anonymous`."""
    client = httpx.AsyncClient(transport=demo, base_url=API)
    password = f"{'Harbor' if who == 'admin' else who.capitalize()}12345"
    if auth == "session":
        token = (await client.get("/c/login")).headers["X-Harbor-CSRF-Token"]
        client.headers["X-Harbor-CSRF-Token"] = token
        form = {"principal": who, "password": password}
        assert (await client.post("/c/login", data=form)).status_code == 200
        return client
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if auth == "basic":
        client.auth = httpx.BasicAuth(who, password)
    return client


def repository(name: str) -> str:
    """The path of a repository below `/api/v2.0`, encoded twice as Harbor wants it."""
    project, _, rest = name.partition("/")
    return f"/api/v2.0/projects/{project}/repositories/{quote(quote(rest, safe=''), safe='')}"


def answered(response: httpx.Response) -> Any:
    """The JSON of an answer that must be a success."""
    assert response.status_code < 300, response.text
    return response.json()
