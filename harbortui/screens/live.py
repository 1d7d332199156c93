"""What every screen that shows the registry shares: reading it, changing it, failing well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from time import monotonic
from typing import ClassVar, TypeVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from harbortui.api.errors import AWAY, Forbidden, HarborError, TooMany, Unauthorized
from harbortui.api.harbor import polling
from harbortui.screens import chrome
from harbortui.screens.changes import Change, carry_out
from harbortui.screens.keys import FIXED, Feet, here
from harbortui.screens.messages import SignIn
from harbortui.screens.opening import BASE
from harbortui.session import Session
from harbortui.shown import Part
from harbortui.widgets.columns import EDGE, LEFT, NARROW
from harbortui.widgets.frame import Foot, Head, Key, Ribbon
from harbortui.widgets.ink import width
from harbortui.widgets.table import Table

ROOMY = 30
"""Lines from which there is a blank one below the crumbs and above the status."""
PASSING = 0.1
"""Seconds before a screen that is back loads again: mostly another is opened from a menu."""
SLOWEST = 60.0
"""Seconds between tries while Harbor is away."""
NAP = 5.0
"""Seconds after which a waiting screen looks whether the machine has slept."""
SAID_FOR = 1.5
"""Seconds that a sentence stays on the status line however fast one moves on."""

V = TypeVar("V")


class LiveScreen(Screen[None]):
    """A screen that loads itself, and keeps doing so for as long as it is on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", show=False, id="back"),
        Binding("r", "refresh", "refresh now", show=False, id="refresh"),
        Binding("t", "times", "times as age, UTC, local", show=False, id="times"),
    ]
    AUTO_FOCUS = "Table"
    interval = 10.0

    head = getters.query_one("#head", Ribbon)
    crumbs = getters.query_one("#crumbs", Ribbon)
    status = getters.query_one("#status", Ribbon)
    foot = getters.query_one(Foot)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.news = asyncio.Event()
        self.loaded_at = 0.0
        """When Harbor last answered (seconds, monotonic); 0: not yet."""
        self.problem = ""
        """Why the rows are old, or why there are none."""
        self.asked_for = True  # somebody waits for what is loaded; else it is a poll
        self._stood: list[int] = []

    def compose(self) -> ComposeResult:
        """The frame; what is inside comes from `body`."""
        yield Head("head")
        yield Ribbon("crumbs")
        yield from self.body()
        yield Ribbon("status", signed=True)
        yield Foot()

    @property
    def way(self) -> list[str]:
        """The crumbs of this screen."""
        return []

    def body(self) -> ComposeResult:
        """What stands between the crumbs and the status line."""
        raise NotImplementedError

    async def load(self) -> None:
        """Ask Harbor and show the answer. May raise any HarborError."""
        raise NotImplementedError

    def wake(self) -> None:
        """Load again now; one that is under way is followed by another."""
        self.news.set()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < ROOMY, "-low")
        self.set_class(event.size.width < NARROW, "-narrow")

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

    def redraw_frame(self) -> None:
        """Bring the four lines round the screen up to date."""
        if not self.is_mounted or not self.is_current:
            return
        self.head.set_classes(chrome.alarm(self.session))
        self.head.show(chrome.head(self.session), chrome.state(self.session))
        way = [crumb for s in self.app.screen_stack if isinstance(s, LiveScreen) for crumb in s.way]
        room = self.size.width - LEFT - EDGE - width(counts := self.counts()) - 2
        self.crumbs.show(chrome.way(way, room), counts)
        self.redraw_status()
        self.redraw_foot()

    def redraw_foot(self) -> None:
        """Bring the last line up to date."""
        self.foot.show(*self.feet())

    def feet(self) -> Feet:
        """The keys of the last line; which are refused depends on the row at the cursor."""
        return [key for key in self.keys_here() if key.show], FIXED

    def redraw_status(self) -> None:
        """The line that says what has happened, or something about the row at the cursor."""
        self.status.show(chrome.status(self.session.said, self.problem, self.hint()))

    def forget_said(self, at_once: bool = False) -> None:
        """The reader has moved on, not only the rows; or something else matters now."""
        stood, self._stood = self._stood, [table.place for table in self.query(Table)]
        if (at_once or stood != self._stood) and monotonic() - self.session.said.at > SAID_FOR:
            self.session.said = type(self.session.said)()

    def hint(self) -> str:
        """What the status line says when nothing has happened."""
        return ""

    def counts(self) -> tuple[Part, ...]:
        """What stands at the right of the crumbs."""
        return ()

    def keys_here(self) -> list[Key]:
        """The keys that do something here, refused ones with the reason."""
        return here(self)

    def refusal_of(self, action: str) -> str:
        """Why an action cannot be done now; empty: it can."""
        return ""

    def action_refresh(self) -> None:
        """Load again now."""
        self.wake()

    def action_times(self) -> None:
        """The next way of writing times."""
        mode = self.session.clock.turn()
        self.session.say(f"times are shown {'as ages' if mode == 'relative' else f'in {mode}'}")
        for table in self.query(Table):
            table.retime()

    def action_back(self) -> None:
        """To the screen below; whoever presses esc once too often stays on the lowest."""
        if len(self.app.screen_stack) > BASE:
            self.forget_said(at_once=True)
            self.app.pop_screen()

    @on(Foot.Pressed)
    async def press(self, event: Foot.Pressed) -> None:
        """A key in the last line was clicked."""
        await self.run_action(event.action)
