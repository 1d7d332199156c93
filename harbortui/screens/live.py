"""What every screen that shows the registry shares: reading it, changing it, failing well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from time import monotonic
from typing import ClassVar, TypeVar

from textual import work
from textual.binding import Binding, BindingType

from harbortui.api.errors import AWAY, Forbidden, HarborError, TooMany, Unauthorized
from harbortui.api.harbor import polling
from harbortui.clock import WAYS
from harbortui.screens.changes import Change, carry_out
from harbortui.screens.framed import FramedScreen
from harbortui.screens.messages import SignIn
from harbortui.screens.opening import BASE
from harbortui.session import Session
from harbortui.widgets.table import Table

PASSING = 0.1
"""Seconds before a screen that is back loads again: mostly another is opened from a menu."""
SLOWEST = 60.0
"""Seconds between tries while Harbor is away."""
NAP = 5.0
"""Seconds after which a waiting screen looks whether the machine has slept."""

V = TypeVar("V")


class LiveScreen(FramedScreen):
    """A screen that loads itself, and keeps doing so for as long as it is on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", show=False, id="back"),
        Binding("r", "refresh", "refresh now", show=False, id="refresh"),
        Binding("t", "times", "times as age, UTC, local", show=False, id="times"),
    ]
    AUTO_FOCUS = "Table"
    interval = 10.0

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.news = asyncio.Event()
        self.loaded_at = 0.0
        """When Harbor last answered (seconds, monotonic); 0: not yet."""
        self.asked_for = True  # somebody waits for what is loaded; else it is a poll

    async def load(self) -> None:
        """Ask Harbor and show the answer. May raise any HarborError."""
        raise NotImplementedError

    def wake(self) -> None:
        """Load again now; one that is under way is followed by another."""
        self.news.set()

    def on_screen_resume(self) -> None:
        self.redraw_frame()
        self.follow()

    def on_screen_suspend(self) -> None:
        self.workers.cancel_group(self, "follow")
        if not self.display:  # it is taken away: an answer would find no table any more
            self.workers.cancel_node(self)

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Load, wait, load again: slower when Harbor is slow, slower still while it is away."""
        self.asked_for, failures = True, 0
        await self._waited(PASSING if self.loaded_at else 0)
        while True:
            await self.session.ready.wait()
            began = monotonic()
            self.news.clear()
            try:
                await self._load()
                took, failures = monotonic() - began, 0
                wait = max(self.interval, self.session.refresh, 10 * took)
            except Unauthorized:
                self.session.ready.clear()
                self.post_message(SignIn())
                continue
            except HarborError as error:
                failures += 1
                wait = self._failed(error, failures)
            self.asked_for = await self._waited(wait)

    async def _load(self) -> None:
        await self.session.probe()
        try:
            with nullcontext() if self.asked_for else polling():
                await self.load()
        except Forbidden:
            await self.session.probe(force=True)  # perhaps we are nobody now
            raise
        self.loaded_at = monotonic()
        self._judge("")

    def _failed(self, error: HarborError, failures: int) -> float:
        """Say why; how many seconds to leave Harbor alone."""
        wait = min(2.0 ** (failures - 1), SLOWEST)
        if isinstance(error, TooMany):
            wait = max(wait, error.wait)
        self._judge(str(error), wait if isinstance(error, AWAY) else 0)
        return wait

    def _judge(self, problem: str, wait: float = 0) -> None:
        """Keep what is wrong with the answer, and with the connection when there is none."""
        if problem and not self.problem:
            self.forget_said(at_once=True)
        self.problem = problem
        self.session.lost(wait) if wait else self.session.found()
        self.aged(bool(problem))
        self.redraw_frame()

    def aged(self, stale: bool) -> None:
        """What is shown is old, or is new again."""

    async def _waited(self, seconds: float) -> bool:
        """Wait for the interval, or for news: true when there was some. A sleep ends it."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0 and not self.session.watch.slept:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, NAP)):
                    return await self.news.wait()
        return False

    async def ask(self, read: Callable[[], Awaitable[V]]) -> V | None:
        """A read of its own (choices, details): None when it failed, which is then said."""
        try:
            return await read()
        except HarborError as error:
            self.session.refused(error)
            self.session.say(str(error), "bad")
        return None

    def write(self, change: Change) -> None:
        """Make a change. The app owns it, so leaving this screen does not cut it short."""
        self.app.run_worker(carry_out(self.session, change), group="writes")

    def action_refresh(self) -> None:
        """Load again now."""
        self.wake()

    def action_times(self) -> None:
        """The next way of writing times."""
        mode = self.session.clock.turn()
        self.session.say(f"times are shown {WAYS[mode]}")
        for table in self.query(Table):
            table.retime()

    def action_back(self) -> None:
        """To the screen below; whoever presses esc once too often stays on the lowest."""
        if len(self.app.screen_stack) > BASE:
            self.forget_said(at_once=True)
            self.app.pop_screen()
