"""A screen that has its answer, and what becomes of it when the next one does not come."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Iterable
from typing import Any

from textual.screen import ModalScreen

from harbortui.session import Said
from harbortui.widgets.pager import Pager
from harbortui.widgets.table import Table

from .answers import saying
from .console import PATIENCE, words
from .counting import Count
from .faulty_server import Server
from .test_diagnosis import OURS
from .troubles import full

STORM = 45
"""Requests that one load may take: a dozen, each tried three times."""
PASSWORD = "Harbor12345"


async def soon(pilot: Any, condition: Callable[[], object], *, draw: bool = True) -> None:
    """Let the app go on until something is true, then draw: without waiting for it to be idle.

    What is not drawn at once is drawn when the app finds time.
    """
    end = asyncio.get_running_loop().time() + PATIENCE
    while not condition():
        assert asyncio.get_running_loop().time() < end, f"still not so:\n{words(pilot.app)}"
        await asyncio.sleep(0.001)
    if draw:
        await pilot.pause(0)


class Looked:
    """The screen on top."""

    def __init__(self, pilot: Any, made: Server) -> None:
        self.pilot, self.server, self.screen = pilot, made, pilot.app.screen
        self.session = pilot.app.navigator.session
        self.what = type(self.screen).__name__
        self.shown = self.rows()
        assert any(self.shown)

    def rows(self) -> list[str]:
        """What its tables and texts show, but for numbers: ages go on."""
        tables: Iterable[Table[Any]] = self.screen.query(Table)
        drawn = [t.render_line(y).text for t in tables for y in range(1, t.size.height)]
        texts = [row for pager in self.screen.query(Pager) for row in pager.source]
        drawn += ["".join(part.text for part in row) for row in texts]
        return [re.sub(r"\d+", "#", line).rstrip() for line in drawn]

    async def meets(self, name: str, says: str) -> None:
        """It is read again: the fault is told, the rows stay, few requests were made."""
        self.begin()
        self.screen.problem = ""
        self.screen.wake()
        await soon(self.pilot, lambda: self.screen.problem, draw=False)
        assert says.lower() in self.screen.problem.lower(), f"{name}: {self.screen.problem}"
        self.judge(name)

    def begin(self) -> None:
        """Nothing has been asked yet; who is signed in is known, whatever was refused before."""
        self.server.bridge.asked = 0
        self.session.watch.known()

    def judge(self, name: str) -> None:
        """It is there, as it was, and did not ask again and again."""
        assert not self.pilot.app.crashed, name
        assert self.server.bridge.asked <= STORM, f"{name}: {self.server.bridge.asked} requests"
        assert self.rows() == self.shown, name

    async def recovers(self) -> None:
        """Once the server is well again, so is the screen."""
        await self.goes_on()
        assert self.rows() == self.shown

    async def goes_on(self) -> None:
        """It is answered."""
        self.server.bridge.fault = None
        before = self.screen.loaded_at
        self.screen.wake()
        await soon(self.pilot, lambda: self.screen.loaded_at > before and not self.screen.problem)

    async def loses_its_session(self, count: Count) -> None:
        """By a refusal; and without one, where nobody gets less to see than somebody."""
        count("F23 refused", 1)
        self.server.bridge.fault = saying(401, "unauthorized", "UNAUTHORIZED").serve
        await self.asks_to_sign_in("F23")
        count("F24 answers for nobody", 1)
        self.server.demo.expire_sessions()
        self.session.watch.doubt()
        await self.asks_to_sign_in("F24")

    async def asks_to_sign_in(self, name: str) -> None:
        """It is read again: the session is over, which is said once; then it goes on."""
        self.server.bridge.asked = 0
        app = self.pilot.app
        self.screen.wake()
        await soon(self.pilot, lambda: app.screen is not self.screen and app.screen.is_mounted)
        assert type(app.screen).__name__ == "SignInScreen", name
        assert "The session has ended" in words(app), name
        self.judge(name)
        self.server.bridge.fault = None
        app.screen.fields[-1].control.value = PASSWORD
        await app.screen.run_action("save")
        await soon(self.pilot, lambda: app.screen is self.screen)
        await self.goes_on()
        self.shown = self.rows()  # signing in has left an event

    async def is_cut_off(self, count: Count) -> None:
        """Nobody listens; somebody does, and hears nobody; the name means nothing any more."""
        harbor, port = self.session.harbor, self.server.port
        await self.server.shut()
        count("F01 closed port", 1)
        await self.meets("F01", f"connection refused by {OURS}:{port}")
        with full(port):
            count("F03 black hole", 1)
            await self.meets("F03", "a firewall, or a wrong port?")
        here, harbor.url = harbor.url, f"http://harbor.invalid:{port}"
        count("F02 unknown name", 1)
        await self.meets("F02", "the name harbor.invalid is not known here")
        harbor.url = here
        await self.server.open()
        await self.recovers()

    async def meets_tls(
        self, name: str, tls: ssl.SSLContext | None, says: str, count: Count
    ) -> None:
        """The server comes back with another certificate, or with none."""
        count(name, 1)
        await self.server.shut()
        await self.server.open(tls)
        await self.meets(name, says)

    async def reopens(self, tls: ssl.SSLContext) -> None:
        """The server comes back as it was."""
        await self.server.shut()
        await self.server.open(tls)
        await self.recovers()


class Asked(Looked):
    """What is asked with a key of the screen on top: the answer opens, or why not is said."""

    def __init__(self, pilot: Any, made: Server, action: str) -> None:
        super().__init__(pilot, made)
        self.action = self.what = action

    async def meets(self, name: str, says: str) -> None:
        """It is asked: the fault is told, or does not matter; the screen stays as it is."""
        self.begin()
        session = self.session
        session.said = Said()
        await self.screen.run_action(self.action)
        await soon(self.pilot, lambda: session.said.text or self.opened)
        if self.opened:
            assert type(self.pilot.app.screen).__name__ != "SignInScreen", name
            await self.close()
        else:
            assert says.lower() in session.said.text.lower(), f"{name}: {session.said.text}"
        self.judge(name)

    @property
    def opened(self) -> bool:
        """Something lies over the screen, and is ready."""
        top = self.pilot.app.screen
        return top is not self.screen and top.is_mounted

    async def close(self) -> None:
        """Take away what lies over the screen."""
        app = self.pilot.app
        while (top := app.screen) is not self.screen:
            await soon(self.pilot, lambda top=top: top.is_mounted)
            top.dismiss(None) if isinstance(top, ModalScreen) else app.pop_screen()
            await soon(self.pilot, lambda top=top: app.screen is not top)

    async def recovers(self) -> None:
        """Once the server is well again, it is answered."""
        self.server.bridge.fault = None
        await self.screen.run_action(self.action)
        await soon(self.pilot, lambda: self.opened)
        await self.close()
        assert self.rows() == self.shown
