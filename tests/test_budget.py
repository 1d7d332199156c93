"""What a start, a poll and a key may cost, counted in ways that do not depend on the machine."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from harbortui.commands import PLACES, Command
from harbortui.demo import DemoHarbor
from harbortui.places import screen_of
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.live import LiveScreen
from harbortui.screens.resource import screen_for
from harbortui.terminal.abilities import Abilities
from harbortui.terminal.driver import Terminal

from .console import go, until
from .talking import talk
from .terminal_model import Pair
from .test_resources import scopes
from .watched import app_on, watched

FEW = 2
MOVING, ASKING = ("pagedown", "w", "home"), ("question_mark", "escape")
FIRST = """
import sys
from harbortui import cli, glance
from harbortui.app import HarborApp
from harbortui.problems import SettingsError
from harbortui.start import Opening

def start():
    print(*sys.modules)
    raise SettingsError("that was the first frame")

HarborApp(Opening(start, "night", "somewhere")).run(headless=True)
"""
PROGRAM = {"address", "app", "arguments", "cli", "config_file", "crashing", "glance", "start"}
LOOKS = {"clock", "paths", "problems", "shown", "terminal", "text", "themes"}
FRAME = {"screens", "screens.messages", "screens.opening"}
DRAWING = {"widgets", "widgets.columns", "widgets.frame", "widgets.ink"}
DEAR = {"textual", "httpx", "pydantic", "asyncio"}
ESCAPES = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout + done.stderr


def test_the_first_frame_needs_a_frame_and_a_terminal() -> None:
    modules = run("-c", FIRST).split()
    ours = {name.removeprefix("harbortui.") for name in modules if name.startswith("harbortui.")}
    driver = {name for name in ours if name.startswith("terminal.")}
    assert ours - driver == PROGRAM | LOOKS | FRAME | DRAWING
    assert not {"httpx", "httpcore", "anyio", "pydantic", "pydantic_core"} & set(modules)


@pytest.mark.parametrize("line", ["--version", "--help", "logs --help", "doctor --help"])
def test_an_answer_without_a_screen_imports_nothing_dear(line: str) -> None:
    said = run("-X", "importtime", "-m", "harbortui", *line.split())
    modules = re.findall(r"^import time:.*\| +(\S+)$", said, re.MULTILINE)
    assert "harbortui.cli" in modules
    assert not DEAR & set(modules)


async def poll(pilot: Any, demo: DemoHarbor) -> None:
    """Load again, and let the picture settle."""
    screen, asked = pilot.app.screen, len(demo.requests)
    before = screen.loaded_at
    screen.wake()
    await until(pilot, lambda: len(demo.requests) > asked and screen.loaded_at != before)
    await pilot.pause()


@pytest.mark.parametrize(
    "place", ["overview", "projects", "users", "configuration", "rules", "logs"]
)
async def test_a_poll_without_news_draws_nothing_and_sends_nothing(place: str) -> None:
    demo = DemoHarbor()
    async with watched(demo) as (pilot, terminal):
        if place != "overview":
            await go(pilot, f":{place}")
        await poll(pilot, demo)
        drawn, sent = len(terminal.recorder.stock), len(terminal.sent)
        await poll(pilot, demo)
        assert len(terminal.recorder.stock) == drawn
        assert len(terminal.sent) == sent


async def test_a_poll_that_changes_one_cell_sends_that_cell() -> None:
    demo = DemoHarbor()
    label = demo.labels.where(scope="g")[0]
    async with watched(demo) as (pilot, terminal):
        await go(pilot, ":labels")
        await poll(pilot, demo)
        label["description"] = f"{label['description'] or 'x'}!"[::-1]
        sent = len(terminal.sent)
        await poll(pilot, demo)
        new = ESCAPES.sub("", terminal.sent[sent:])
        assert "!" in new
        assert len(new) <= len(label["description"]) + 1


@pytest.mark.parametrize(
    ("place", "most"), [("users", 2), ("repos", 2), ("labels", 2), ("logs", 5)]
)
async def test_a_place_is_opened_with_few_requests(place: str, most: int) -> None:
    demo = DemoHarbor()
    async with watched(demo) as (pilot, _):
        before = len(demo.requests)
        await go(pilot, f":{place}")
        await until(pilot, lambda: not _reading(pilot.app))
        assert 0 < len(demo.requests) - before <= most


async def test_the_overview_is_read_with_a_dozen_requests_after_signing_in() -> None:
    demo = DemoHarbor()
    async with watched(demo) as (pilot, _):
        before = len(demo.requests)
        await poll(pilot, demo)
        assert len(demo.requests) - before <= 14


def _reading(app: Any) -> bool:
    return any(worker.group in ("seen", "explain") for worker in app.workers)


class Compared(Terminal):
    """Shows everything on two terminals: as Textual writes it, and as our driver does."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__()
        self.pair = Pair(columns, lines, Abilities())

    def driver_class(self) -> Any:
        """One that records."""
        return self.pair.recorder.driver_class()


@pytest.mark.parametrize("start", range(FEW))
async def test_every_screen_looks_as_textual_alone_would_show_it(start: int) -> None:
    demo = DemoHarbor()
    found, terminal = await scopes(talk(demo)), Compared(100, 24)
    app = app_on(demo, terminal)
    async with app.run_test(headless=False, size=(100, 24)) as pilot:
        await until(pilot, lambda: app.navigator and app.navigator.session)
        await until(pilot, lambda: getattr(app.screen, "loaded_at", 0))
        session = app.navigator.session  # type: ignore[union-attr]  # it is there by now
        assert session
        own = [place for place in PLACES if place.name in ("logs", "configuration", "status")]
        screens = [await screen_of(session, Command(place=place)) for place in own]
        screens += [screen_for(one)(session, found[one.name][0]) for one in RESOURCES]
        for turn, screen in enumerate(filter(None, screens[start::FEW])):
            await look_at(pilot, screen, ASKING if turn % 2 else MOVING)
            terminal.pair.check()
    stock, sent = terminal.pair.bytes()
    assert terminal.pair.recorder.dropped == 0
    assert stock > 3 * sent


async def look_at(pilot: Any, screen: Any, keys: tuple[str, ...]) -> None:
    """Open it, move about or ask for its keys, and leave; `tests.tmux_walk` does all of that."""
    app = pilot.app
    await app.push_screen(screen)
    await until(pilot, lambda: screen.loaded_at or screen.problem)
    await pilot.press(*keys)
    await until(pilot, lambda: app.screen is screen)
    app.pop_screen()
    await until(pilot, lambda: isinstance(app.screen, LiveScreen) and app.screen is not screen)


def quickest(act: Callable[[], object], times: int = 7) -> float:
    """Seconds, the middle of some."""
    found = []
    for _ in range(times):
        began = perf_counter()
        act()
        found.append(perf_counter() - began)
    return median(found)


async def test_ten_million_rows_are_as_quick_as_a_thousand() -> None:
    from tests.benchmarks.rows import Long

    took: dict[int, float] = {}
    for number in (1_000, 10_000_000):
        app = Long(number)
        async with app.run_test(size=(120, 40)):
            table = app.table

            def walk(table: Any = table, number: int = number) -> None:
                for act in (table.action_last, table.action_first):
                    act()
                    table.show(type(table.rows)(number))
                    for line in range(table.size.height):
                        table.render_line(line)

            await asyncio.sleep(0)
            took[number] = quickest(walk)
    assert took[10_000_000] < 3 * took[1_000]
