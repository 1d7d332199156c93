"""A Harbor 2.15 in memory, as an httpx transport: real addresses, real encoding, no socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from fnmatch import fnmatchcase
from uuid import UUID

import httpx

from . import scheduled, seed, signin
from .answers import Json, Refusal, text
from .clock import Clock
from .event import LONGEST_NAME, recorded
from .eventlog import EventLog
from .routing import ROOT, find, numbers, route
from .state import State


@dataclass(frozen=True)
class Write:
    """A request that was not a GET, for tests to look at; `body` is its JSON or None."""

    method: str
    path: str
    body: Json | None
    status: int


@dataclass
class _Refused:
    """A knob: requests to a path get this answer instead of their own."""

    path: str
    method: str
    times: int | None
    give: Callable[[], httpx.Response]


class DemoHarbor(State, httpx.AsyncBaseTransport):
    """The whole demo: its state, its knobs for tests, and the transport that httpx calls."""

    def __init__(self, scenario: str = "", clock: Clock | None = None) -> None:
        super().__init__()
        self.scenario = scenario
        self.clock = clock or Clock()
        self.started = self.clock()
        self.version = "2.15.2"
        self.down = False
        self.slow = 0.0
        self.requests: list[str] = []
        self.writes: list[Write] = []
        self.sessions: dict[str, signin.Session] = {}
        self.tokens: dict[str, str] = {}
        self.handed_out = 0
        self.locks: dict[str, float] = {}
        self.owed = 0.0
        """Seconds for which the answer to a wrong password is held back."""
        self.audit = EventLog(self.clock)
        self.history = EventLog(self.clock)
        self._refused: list[_Refused] = []
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._scheduled = 0
        seed.fill(self)

    def refuse(
        self,
        path: str,
        status: int,
        message: str = "",
        *,
        method: str = "*",
        body: str | None = None,
        times: int | None = None,
    ) -> None:
        """From now on (or `times` times) answers `path` with `status`.

        The path may be a pattern, as in `/projects/*`, and has neither root nor query.
        `body` replaces Harbor's envelope, for instance with a proxy's page of HTML.
        """

        def give() -> httpx.Response:
            if body is None:
                return Refusal(status, message).answer()
            return text(body, status, "text/html")

        self._refused.insert(0, _Refused(path, method, times, give))

    def allow(self) -> None:
        """Takes back all that `refuse` asked for."""
        self._refused.clear()

    def expire_sessions(self) -> None:
        """Ends every session, as if nobody had used them for too long."""
        self.sessions.clear()

    def at_least(self, version: str) -> bool:
        """Whether this Harbor is that version or a later one."""
        return numbers(self.version) >= numbers(version)

    def after(self, seconds: float, happen: Callable[[], None]) -> None:
        """Lets something happen once the clock has gone on by `seconds`, before the next answer."""
        self._scheduled += 1
        self._due.append((self.clock().timestamp() + seconds, self._scheduled, happen))

    def look_again(self, seconds: float, happen: Callable[[], None]) -> None:
        """As `after`, but once only for all the time in which nobody asked the demo anything."""
        lost = (self.clock.present() - self.clock()).total_seconds()
        self.after(max(seconds, lost + 0.001), happen)

    def run_scheduled(self, schedule: Json) -> None:
        """Does what a schedule is for, now that it is due."""
        scheduled.run(self, schedule)

    def record(
        self,
        username: str,
        operation: str,
        resource_type: str,
        resource: str,
        description: str = "",
        result: bool = True,
        project_id: int = 0,
    ) -> None:
        """Appends an event to the audit log, if events of its kind are recorded."""
        kind = f"{operation}_{resource_type}"
        if not recorded(kind, self.configuration, not self.at_least("2.13")):
            return
        if len(username) > LONGEST_NAME:
            self.audit.burn()
            return
        said = description or f"{operation} {resource_type}: {resource}"
        what = (operation, resource_type, resource, said)
        self.audit.append(username, *what, succeeded=result, project_id=project_id)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one request, as httpx asks every transport to."""
        await request.aread()
        address = request.url.raw_path.decode()
        self.requests.append(f"{request.method} {address}")
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.down:
            raise httpx.ConnectError("[Errno 111] Connection refused", request=request)
        self._happen()
        response = self._answer(request, address.partition("?")[0])
        held_back, self.owed = self.owed, 0.0
        await self.clock.wait(held_back)
        if request.method == "HEAD":
            response = httpx.Response(response.status_code, headers=response.headers)
        given = request.headers.get("X-Request-Id")
        response.headers["X-Request-Id"] = given or str(UUID(int=len(self.requests)))
        if self.clock.start is None:
            # A client measures how far its clock is off by this: a clock that stands still lies.
            response.headers["Date"] = format_datetime(self.clock(), usegmt=True)
        if request.method not in signin.READING:
            self.writes.append(_write(request, response.status_code))
        return response

    def _happen(self) -> None:
        """Runs what has become due, each at its own time; that may make more things due."""
        now = self.clock.present().timestamp()
        while ready := sorted(due for due in self._due if due[0] <= now)[:1]:
            self._due.remove(ready[0])
            due, _, happen = ready[0]
            self.clock.past = datetime.fromtimestamp(due, UTC)
            happen()
        self.clock.past = None

    def _answer(self, request: httpx.Request, path: str) -> httpx.Response:
        if refused := self._refusal(request.method, path):
            return refused
        try:
            signin.admit(self, request)
            found, segments = find(request.method, path, numbers(self.version))
            response = found(self, request, **segments)
        except Refusal as refusal:
            response = refusal.answer()
        signin.hand_out(self, request, response)
        return response

    def _refusal(self, method: str, path: str) -> httpx.Response | None:
        for knob in self._refused:
            wanted = fnmatchcase(path.removeprefix(ROOT), knob.path) and knob.method in (
                "*",
                method,
            )
            if wanted and knob.times != 0:
                knob.times = None if knob.times is None else knob.times - 1
                return knob.give()
        return None


def _write(request: httpx.Request, status: int) -> Write:
    path = request.url.raw_path.decode().removeprefix(ROOT)
    try:
        body = json.loads(request.content)
    except ValueError:
        body = None
    return Write(request.method, path, body, status)


@route("GET", "/api/version")
def version(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The API's version, without signing in."""
    return text('{"version":"v2.0"}\n', content_type="text/plain; charset=utf-8")
