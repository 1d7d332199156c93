"""The console on a terminal that writes everything down, to be judged byte by byte."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from pydantic import SecretStr
from textual.driver import Driver
from textual.pilot import Pilot

from harbortui.app import HarborApp
from harbortui.clock import Clock
from harbortui.credentials import Credential
from harbortui.paths import Folder
from harbortui.profile import Profile
from harbortui.settings import Settings
from harbortui.start import Start
from harbortui.state import Memory
from harbortui.terminal.driver import Terminal
from harbortui.terminal.headless import Recorder

from .console import ADDRESS, until

OURS = re.compile(
    r"\x1b\[[\d;]*[HmKJXPLM@STc]|\x1b\[\d+;\d+r|\x1b\[r|\x1b\[\?(?:7|25|1002|1004|1006|1047|1049|2004|2026)"
    r"[hl]|\x1b\[\?2026\$p|\x1b\[\d*[ABCDGd]|\x1b\]52;c;[A-Za-z0-9+/=]*\x07|[\n\r]"
)
"""What our driver sends besides text; all else that acts on a terminal is foreign."""


class Watched(Terminal):
    """Hands the app a driver that records."""

    def __init__(self) -> None:
        super().__init__()
        self.recorder = Recorder()

    def driver_class(self) -> Any:
        """The recording one."""
        return self.recorder.driver_class()

    @property
    def sent(self) -> str:
        """All that the terminal got."""
        return "".join(self.recorder.sent)

    def foreign(self) -> list[str]:
        """Characters in what Textual wrote, or the terminal got, that act on a terminal."""
        texts = (*self.recorder.stock, *self.recorder.sent)
        left = (OURS.sub("", text) for text in texts)
        found = [text[:80] for text in left if not text.isprintable() and not _textuals(text)]
        return found + ["a link"] * ("\x1b]8" in self.sent)


def _textuals(text: str) -> bool:
    """Modes that Textual alone asks for at its start; the door keeps them from the terminal."""
    return (
        re.fullmatch(r"(\x1b\[[?>][\d;]*[hlu]|\x1b\[<u|\x07|\x1b\]22;[a-z-]*\x07)*", text)
        is not None
    )


def app_on(
    transport: httpx.AsyncBaseTransport | None, terminal: Terminal | None = None, **profile: Any
) -> HarborApp:
    """The app over any transport, or over the network, as the demo's administrator."""
    found = Profile(**{"url": ADDRESS, "username": "admin", **profile})
    credential = Credential("admin", SecretStr("Harbor12345"), "the test")
    memory = Memory(Folder(None, "tests remember nothing"))
    start = Start(
        Settings(profile=found),
        memory,
        credential,
        "",
        transport=(lambda: transport) if transport else None,
        clock=Clock(),
    )
    return HarborApp(start.opening, terminal)


@asynccontextmanager
async def watched(
    transport: httpx.AsyncBaseTransport | None, size: tuple[int, int] = (120, 40), **profile: Any
) -> AsyncIterator[tuple[Pilot[int], Watched]]:
    """The running app and its terminal, once the overview is there."""
    terminal = Watched()
    app = app_on(transport, terminal, **profile)
    async with app.run_test(headless=False, size=size) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 2 and app.screen.loaded_at)  # type: ignore[attr-defined]  # a LiveScreen
        yield pilot, terminal
        if transport is None and app.navigator:
            await app.navigator.end()


__all__ = ["Driver", "Watched", "app_on", "watched"]
