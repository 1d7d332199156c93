"""The base screen: what needs attention, doors, components, registry, the newest events."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from harbortui.resources import attention as urgent
from harbortui.resources import event_cells
from harbortui.resources import overview as facts
from harbortui.resources.attention import Attention
from harbortui.resources.doors import told
from harbortui.screens import doors
from harbortui.screens.keys import Feet
from harbortui.screens.live import LiveScreen
from harbortui.screens.messages import Go, Quit
from harbortui.session import Session
from harbortui.shown import Column, Fact, Part
from harbortui.widgets.block import Block
from harbortui.widgets.rows import Listed
from harbortui.widgets.sparkline import per_minute
from harbortui.widgets.table import Table

if TYPE_CHECKING:  # what signing in has told is shown before this is imported
    from harbortui.api.overview import Slow, Snapshot
    from harbortui.audit.log import HarborLog

MINUTE = 60.0
"""Seconds between polls of what changes slowly."""
SOON = 0.5
"""Seconds that the rest waits for what is dear: what needs attention would push it down."""
SLOWLY = 300.0
"""Seconds between reading quotas and robots."""
BLOCKS, GENEROUS = 20, 36
"""Lines from which there is more than what needs attention, and from which that may take many."""
CALM = Attention(kind="nothing")


class OverviewScreen(LiveScreen):
    """Everything on it opens what it stands for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open"),
        Binding("tab", "app.focus_next", "next block", id="next-block"),
        *doors.KEYS,
        Binding("q", "leave", "leave harbortui", show=False, id="leave"),
    ]
    AUTO_FOCUS = "#attention"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.seen: Snapshot | None = None
        self.slow: Slow | None = None
        self.causes: dict[int, str] = {}
        self._log: HarborLog
        self._whole = self._slowly = float("-inf")

    @property
    def way(self) -> list[str]:
        """The first crumb."""
        return ["overview"]

    def body(self) -> ComposeResult:
        """Blocks; which of them there is room for is in styles/overview.tcss."""
        yield self._made("attention", "NEEDS ATTENTION", urgent.COLUMNS, _sign)
        with Horizontal(id="blocks"):
            with Vertical():
                yield self._made("doors", "DOORS", facts.FACTS, _letter)
                yield self._made("replication", "REPLICATION", facts.FACTS, _letter)
            yield self._made("components", "COMPONENTS", facts.FACTS, _letter)
            yield self._made("registry", "REGISTRY", facts.FACTS, _letter)
        yield self._made("events", "LATEST EVENTS", event_cells.BRIEF, event_cells.sign)

    def _made(
        self, name: str, heading: str, columns: Sequence[Column[Any]], sign: Any
    ) -> Block[Any]:
        return Block(heading, columns, _key, self.session.clock, sign=sign, id=name)

    async def load(self) -> None:
        """A dozen requests, in most polls half of them; what is dear comes after."""
        if self.seen is None:
            await self._greet()
            await asyncio.to_thread(import_module, "harbortui.api.overview")
        from harbortui.api import overview as api
        from harbortui.api.audit import Source
        from harbortui.audit.log import HarborLog

        whole = self.asked_for or monotonic() - self._whole > MINUTE
        lately = None if whole else self.seen
        session, now = self.session, self.session.clock.now()
        if whole:
            self._log = HarborLog(session.harbor, Source(old=session.older_than("2.13")))
        seen = await api.read(session.harbor, self._log.ask, session.me.is_admin, now, lately)
        if whole:
            self._whole = monotonic()
        if settings := seen.configuration:
            seen = replace(seen, info=told(seen.info, settings))
            session.told.sighted(settings)
        self.seen, session.system = seen, seen.info
        dear = asyncio.create_task(self._dear(seen))
        try:
            await asyncio.wait({dear}, timeout=SOON)
            self.show()
            if await dear:
                self.show()
        finally:
            dear.cancel()

    async def _greet(self) -> None:
        """What signing in has told, before more is asked; where the rest will stand is open."""
        await self._drawn()
        self.query_one("#attention", Block).say()
        self._block("doors", facts.door_facts(self.session.system, None)).say()
        await self._drawn()

    async def _drawn(self) -> None:
        drawn = asyncio.Event()
        self.call_after_refresh(drawn.set)
        await drawn.wait()

    async def _dear(self, seen: Snapshot) -> bool:
        """Why runs have failed, once; quotas and robots, seldom. Whether anything was read."""
        from harbortui.api import overview as api

        runs = seen.last.values()
        unknown = [run for run in runs if run.lacks_cause and run.id not in self.causes]
        if unknown:
            self.causes |= await api.causes(self.session.harbor, unknown)
        due = self.session.me.is_admin and monotonic() - self._slowly > SLOWLY
        if due:
            self._slowly = monotonic()
            from harbortui.api import slow

            self.slow = await slow.read(self.session.harbor)
        return bool(unknown or due)

    def show(self) -> None:
        """Show what has been read."""
        if self.seen is None:
            return
        seen, now = self.seen, self.session.clock.now()
        found = urgent.attention(now, seen, self.slow, self.causes)
        self._block("attention", found or [CALM]).say(
            facts.summary(found, sum(one.bad for one in found))
        )
        self._block("doors", facts.door_facts(seen.info, seen.configuration)).say()
        self._block("replication", facts.replication_facts(seen)).say()
        self._block("components", facts.component_facts(seen)).say()
        self._block("registry", facts.registry_facts(now, seen)).say()
        events = list(seen.events or ())
        rate = per_minute(now, (event.op_time for event in events)) if events else ""
        self._block("events", events).say(right=rate)
        self.redraw_frame()

    def _block(self, name: str, rows: Sequence[Any]) -> Block[Any]:
        """Show the rows; what is worst, or newest, stays in view unless one has moved down."""
        block: Block[Any] = self.query_one(f"#{name}", Block)
        block.show(Listed[Any](rows, _key), keep=self.focused is block and block.place > 0)
        return block

    def aged(self, stale: bool) -> None:
        """Old lines lose their tones."""
        for table in self.query(Table):
            table.age(stale, table.empty)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < BLOCKS, "-tight")
        self.set_class(event.size.height < GENEROUS, "-close")
        self.redraw_foot()

    def hint(self) -> str:
        """What the line at the cursor could not say for want of room."""
        row = self._row()
        return row.why if isinstance(row, Attention) else ""

    def _row(self) -> Any:
        table = self.focused
        return table.current if isinstance(table, Table) else None

    @on(Table.Moved)
    def moved(self) -> None:
        """Another line."""
        self.forget_said()
        self.redraw_status()

    @on(Table.Chosen)
    def chosen(self) -> None:
        """A second click opens."""
        self.action_open()

    def action_open(self) -> None:
        """Go where the line at the cursor leads."""
        if command := _leads(self._row()):
            self.post_message(Go(command, keep=True))

    def action_leave(self) -> None:
        """Ask, then leave."""
        self.post_message(Quit())

    def feet(self) -> Feet:
        """The keys; with little room the doors are named together."""
        return doors.together(super().feet(), self.size.width)

    def refusal_of(self, action: str) -> str:
        """Why a door cannot be moved; nothing lies below."""
        if action == "back":
            return "nothing lies below"
        return doors.refused(self.session, self._configuration, action)

    @property
    def _configuration(self) -> Any:
        return self.seen.configuration if self.seen else None

    @work(exclusive=True, group="dialog")
    async def action_door(self, setting: str) -> None:
        """Close it at once, or ask before it is opened."""
        await doors.turn(self, self._configuration, setting)


def _key(row: Any) -> Any:
    if isinstance(row, Attention):
        return row.kind, row.name
    return row.title if isinstance(row, Fact) else row.id


def _sign(row: Attention) -> Part | None:
    return Part("✓", "ok") if row is CALM else row.sign


def _letter(fact: Fact) -> Part | None:
    return Part(fact.sign, "key") if fact.sign else None


def _leads(row: Any) -> str:
    """What would be typed after `:` to get there."""
    if isinstance(row, Attention):
        return row.opens
    if isinstance(row, Fact):
        return row.opens.command if row.opens else ""
    return "logs" if row is not None else ""
