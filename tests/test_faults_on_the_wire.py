"""Faults that only a network has, under the screens: a server on raw sockets misbehaves."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from harbortui.api import wire
from harbortui.demo import DemoHarbor
from harbortui.widgets.table import Table

from .bridge import Bridge
from .console import go, until
from .counting import Count
from .serving import serving as served
from .test_diagnosis import CA, OURS, shown
from .test_faults import STORM
from .watched import watched
from .wire_faults import FAULTS

PLACES = ("", ":labels", ":logs", ":configuration")
BRIEF = 0.25
"""Seconds that a read gets where it ends by its limit alone."""


class Server:
    """A demo behind a port that can be shut, and opened again with other TLS."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.bridge, self.port = Bridge(demo), 0
        self._open = AsyncExitStack()

    async def open(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen, on the same port as before."""
        self.port = await self._open.enter_async_context(served(self.bridge.serve, tls, self.port))

    async def shut(self) -> None:
        """Close the port and all connections."""
        await self._open.aclose()


@asynccontextmanager
async def server(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    made = Server(DemoHarbor())
    await made.open(tls)
    try:
        yield made
    finally:
        await made.shut()


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("no_proxy", "*")


class Looked:
    """A screen that has its answer, and what becomes of it."""

    def __init__(self, pilot: Any, made: Server) -> None:
        self.pilot, self.server, self.screen = pilot, made, pilot.app.screen
        self.shown = self.rows()

    def rows(self) -> list[str]:
        """What its tables show, but for numbers: ages go on."""
        tables: Iterable[Table[Any]] = self.screen.query(Table)
        drawn = (t.render_line(y).text for t in tables for y in range(1, t.size.height))
        return [re.sub(r"\d+", "#", line).rstrip() for line in drawn]

    async def meets(self, name: str, says: str) -> None:
        """It is read again: the fault is told, the rows stay, few requests were made."""
        self.screen.problem, self.server.bridge.asked = "", 0
        self.screen.wake()
        await until(self.pilot, lambda: self.screen.problem)
        assert says in self.screen.problem, f"{name}: {self.screen.problem}"
        assert self.server.bridge.asked <= STORM, f"{name}: {self.server.bridge.asked} requests"
        assert self.rows() == self.shown, name

    async def recovers(self) -> None:
        self.server.bridge.fault = None
        self.screen.wake()
        await until(self.pilot, lambda: not self.screen.problem)


async def test_every_fault_of_the_wire_is_told_and_what_was_shown_stays(
    monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    async with server() as made, watched(None, url=f"http://{OURS}:{made.port}") as (pilot, sent):
        for turn, place in enumerate(PLACES):
            if place:
                await go(pilot, place)
            looked = Looked(pilot, made)
            assert any(looked.shown)
            for name, (fault, says) in [*FAULTS.items()][turn % 2 :: 2]:
                made.bridge.fault = fault
                limit = BRIEF if says == "in time" else wire.WRITE_LIMIT
                monkeypatch.setattr(wire, "READ_LIMIT", limit)
                await looked.meets(name, says)
                count("faults of the wire × screens", 1)
            await looked.recovers()
        assert not pilot.app.crashed  # type: ignore[attr-defined]  # ours
        assert sent.foreign() == []


async def test_a_closed_port_and_a_black_hole_are_told_and_outlived(
    monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    monkeypatch.setattr(wire, "CONNECT_LIMIT", BRIEF)
    async with server() as made, watched(None, url=f"http://{OURS}:{made.port}") as (pilot, _):
        await go(pilot, ":labels")
        looked = Looked(pilot, made)
        await made.shut()
        await looked.meets("F01", f"connection refused by {OURS}:{made.port}")
        with full(made.port):
            await looked.meets("F03", "a firewall, or a wrong port?")
        await made.open()
        await looked.recovers()
        count("faults of the wire × screens", 2)


@contextmanager
def full(port: int) -> Iterator[None]:
    """A port whose queue is full, so that nobody is heard any more."""
    with ExitStack() as opened:
        listening = opened.enter_context(socket.socket())
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((OURS, port))
        listening.listen(0)
        for _ in range(4):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((OURS, port))
        yield


def old() -> ssl.SSLContext:
    context = shown(CA.issue_cert(OURS))
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def wanting() -> ssl.SSLContext:
    context = shown(CA.issue_cert(OURS))
    CA.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_every_trouble_with_tls_is_told_and_what_was_shown_stays(
    tmp_path: Path, count: Count
) -> None:
    authority = tmp_path / "ca.pem"
    CA.cert_pem.write_to_path(authority)
    good = shown(CA.issue_cert(OURS))
    troubles = {
        "F04": (shown(trustme.CA().issue_cert(OURS)), "unknown authority"),
        "F05 expired": (
            shown(CA.issue_cert(OURS, not_after=datetime(2020, 1, 1, tzinfo=UTC))), "has expired"
        ),
        "F05 not yet": (
            shown(CA.issue_cert(OURS, not_before=datetime(2990, 1, 1, tzinfo=UTC))), "not valid yet"
        ),
        "F06": (shown(CA.issue_cert("harbor.example.com")), "for another address"),
        "F07": (wanting(), "client certificate"),
        "F08": (old(), "TLS"),
        "F09 https to a port of http": (None, "speaks http, not https"),
    }  # fmt: skip
    async with server(good) as made:
        url = f"https://{OURS}:{made.port}"
        async with watched(None, url=url, ca_file=authority) as (pilot, terminal):
            looked = [Looked(pilot, made)]
            await go(pilot, ":labels")
            looked.append(Looked(pilot, made))
            for name, (context, says) in troubles.items():
                await made.shut()
                await made.open(context)
                await looked[1].meets(name, says)
                count("faults of the wire × screens", 1)
            await made.shut()
            await made.open(good)
            await looked[1].recovers()
            assert terminal.foreign() == []
