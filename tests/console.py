"""The console in tests: the real app over the demo, driven by keys, read as a person reads it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

from pydantic import SecretStr
from textual.pilot import Pilot

from harbortui.app import HarborApp
from harbortui.clock import Clock
from harbortui.credentials import Credential
from harbortui.demo import DemoHarbor
from harbortui.demo.seed_people import password
from harbortui.paths import Folder
from harbortui.profile import Profile
from harbortui.settings import Settings
from harbortui.start import Start
from harbortui.state import Memory

ADDRESS = "https://harbor.example.com"
PATIENCE = 20.0
CELL = 12.2
"""Units of a picture that a column is wide."""
TEXT = re.compile(r'<text [^>]*x="([\d.]+)"[^>]*clip-path="[^"]*-line-(\d+)\)"[^>]*>([^<]*)</text>')


def app_over(demo: DemoHarbor, who: str = "admin", command: str = "", **profile: Any) -> HarborApp:
    """The app, on its way into the demo as one of its users."""
    clock = Clock(lambda: demo.clock().timestamp())
    found = Profile(url=ADDRESS, username=who, **profile)
    credential = Credential(who, SecretStr(password(who)), "the test")
    memory = Memory(Folder(None, "tests remember nothing"))
    return HarborApp(
        Start(
            Settings(profile=found, profiles={found.name: found} if found.name else {}),
            memory,
            credential,
            command,
            transport=lambda: demo,
            clock=clock,
        ).opening
    )


@asynccontextmanager
async def console(
    demo: DemoHarbor,
    command: str = "",
    who: str = "admin",
    size: tuple[int, int] = (120, 40),
    **profile: Any,
) -> AsyncIterator[Pilot[int]]:
    """The running app, once it shows what it was asked for."""
    app = app_over(demo, who, command, **profile)
    async with app.run_test(size=size) as pilot:
        wanted = 3 if command else 2
        await until(pilot, lambda: len(app.screen_stack) >= wanted and loaded(app))
        yield pilot
        app.rest()


def loaded(app: HarborApp) -> bool:
    """The screen on top has had its answer."""
    return bool(getattr(app.screen, "loaded_at", 1))


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Let the app go on until something is true."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while not condition():
        assert loop.time() < end, f"still not so:\n{words(pilot.app)}"
        await pilot.pause(0.005)
    await pilot.pause()


async def go(pilot: Pilot[Any], command: str) -> None:
    """Type a place after `:`, and wait for its answer."""
    before = pilot.app.screen
    await pilot.press("colon", *_keys(command.removeprefix(":")), "enter")
    await until(pilot, lambda: pilot.app.screen is not before and not _menu(pilot.app))
    await until(pilot, lambda: loaded(pilot.app))  # type: ignore[arg-type]  # ours


def _menu(app: Any) -> bool:
    return type(app.screen).__name__ == "Menu"


async def type_in(pilot: Pilot[Any], text: str) -> None:
    """Type a text, key by key."""
    await pilot.press(*_keys(text))


def _keys(text: str) -> list[str]:
    names = {" ": "space", "/": "slash", ":": "colon", "-": "minus", "_": "underscore"}
    return [names.get(character, character) for character in text]


def lines(app: Any) -> list[str]:
    """The lines of the screen, every cell in its place."""
    rows = [""] * app.size.height
    for x, line, text in TEXT.findall(app.export_screenshot()):
        place, number = round(float(x) / CELL), int(line)
        words = unescape(text).replace("\xa0", " ").rstrip("\n")
        if number < len(rows):
            rows[number] = rows[number].ljust(place) + words
    return [row.rstrip() for row in rows]


def words(app: Any) -> str:
    """The whole screen as text."""
    return "\n".join(lines(app))
