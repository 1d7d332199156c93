"""`i` in the audit log: how its events are spread, over time too; each line leads back into it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from harbortui.audit.filter import Filter
from harbortui.audit.sampling import PLACES, Sample
from harbortui.audit.statistics import KEYS, Tally, narrowing
from harbortui.resources.cells import bar, plural, span
from harbortui.screens.audit_ways import stands
from harbortui.screens.live import LiveScreen
from harbortui.shown import Cell, Column, Heading, Part
from harbortui.widgets.columns import EDGE, LEFT
from harbortui.widgets.frame import Ribbon
from harbortui.widgets.rows import Listed
from harbortui.widgets.sparkline import spark
from harbortui.widgets.table import Table

if TYPE_CHECKING:
    from harbortui.screens.audit_log import AuditLogScreen

MOST = 8
"""Values of each kind that have a line of their own."""
HEADINGS = {
    "user": "BY USER",
    "op": "BY WHAT WAS DONE",
    "type": "BY TYPE",
    "res": "BY THING",
    "ok": "BY RESULT",
}
RESULTS = {"yes": "worked", "no": "failed"}


class Row(NamedTuple):
    """A value of one of the filter's keys; an empty one stands for all others."""

    key: str
    value: str
    name: str
    number: int
    share: float


class StatisticsScreen(LiveScreen):
    """Of the events that are here; on demand of all that the filter wants, in places."""

    interval = 3600.0
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "narrow(False)", "only these", id="only"),
        Binding("m", "measure", "measure the whole filter", id="measure"),
        Binding("x", "narrow(True)", "all but these", id="all-but"),
    ]
    table = getters.query_one(Table)

    def __init__(self, log: AuditLogScreen) -> None:
        super().__init__(log.session)
        self.log_screen, self.reading = log, log.reading
        self.tally = Tally(log.reading.window)
        self.sample: Sample | None = None
        self.measuring = False

    @property
    def way(self) -> list[str]:
        """Behind the log's own crumbs."""
        return ["statistics"]

    def body(self) -> ComposeResult:
        """What was counted, a line over time with its ends, and shares by kind."""
        yield Ribbon("counted")
        yield Ribbon("over-time")
        yield Ribbon("ends")
        yield Ribbon()
        yield Table(COLUMNS, _key, self.session.clock, sign=_sign)

    async def load(self) -> None:
        """Nothing: what is counted is here."""
        self.show()

    def on_resize(self, event: events.Resize) -> None:
        """As many blocks as there is room for."""
        self.show()

    def show(self) -> None:
        """Show what has been counted so far."""
        if not (self.is_mounted and stands(self)):
            return
        self.table.empty = "No events have been loaded. m looks for some."
        rows = Listed[Row | Heading](list(self._rows()), _key)
        self.table.show(rows, keep=self.table.place > 1)
        self.query_one("#counted", Ribbon).show(self._counted())
        room = max(1, self.size.width - LEFT - EDGE)
        series = self.tally.series(room)
        blocks = spark([ceil(count) for count in series])
        self.query_one("#over-time", Ribbon).show((Part(blocks if self.tally.spells else ""),))
        self.query_one("#ends", Ribbon).show(*self._ends(max(series), room))
        self.redraw_frame()

    def _counted(self) -> tuple[Part, ...]:
        """What the figures are of, and how good they are."""
        walk, sample = self.reading.walk, self.sample
        if self._exact:
            number = plural(round(self.tally.total), "event")
        else:
            number = f"about {plural(rounded(self.tally.total), 'event')}"
        if sample and not sample.ended:
            said = f"in the first {sample.asked} of {sample.places} parts of the log"
        elif not self._exact:
            said = f"estimated from {self.tally.read:,} read in {PLACES} places of the log"
        elif sample or (walk.at_start and walk.at_end):
            said = "all that the filter wants, counted"
        else:
            said = "that have been loaded; m measures the whole filter"
        return (Part(number, "strong"), Part(f"  {said}", "muted"))

    def _rows(self) -> Iterator[Row | Heading]:
        """The shares of each kind; estimates are not said to be better than they are."""
        tally, number = self.tally, ceil if self._exact else rounded
        for key in KEYS:
            first, rest = tally.shares(key, MOST)
            if first:
                yield Heading(HEADINGS[key])
            for value, count in first:
                name = RESULTS[value] if key == "ok" else value
                yield Row(key, value, name, number(count), count / tally.total)
            if rest:
                name, share = f"{rest.value} others", rest.events / tally.total
                yield Row(key, "", name, number(rest.events), share)

    @property
    def _exact(self) -> bool:
        """The figures are of events that have been read, all of them."""
        return self.sample is None or self.sample.whole

    def _ends(self, most: float, room: int) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """From when to when, and what a block stands for."""
        if (ends := self.tally.span) is None:
            return (), ()
        width = span((ends[1] - ends[0]).total_seconds() / room)
        scale = f"   {width} each, at most {rounded(most):,}"
        since, until = map(self._moment, ends)
        return (Part(since), Part(scale, "muted")), (Part(until),)

    def _moment(self, moment: datetime) -> str:
        clock = self.log_screen.look.clock
        return f"{clock.zoned(moment):%-d %b %Y %H:%M}"

    def hint(self) -> str:
        """How far it is; what the line at the cursor leads to."""
        if self.measuring and self.sample:
            return f"measuring, {self.sample.asked} of {self.sample.places}, ctrl+c stops"
        row = self.table.current
        return f"enter: {narrowing(row.key, row.value)}" if row and row.value else ""

    @on(Table.Moved)
    def moved(self) -> None:
        """Another line."""
        self.forget_said()
        self.redraw_status()

    @on(Table.Chosen)
    def chosen(self) -> None:
        """A second click is Enter."""
        self.action_narrow(False)

    def action_narrow(self, without: bool) -> None:
        """Back to the log: only what the line counts, or all but that."""
        row = self.table.current
        if row is None or not row.value:
            self.session.say("this line has no value to narrow the filter by", "warn")
            return
        term, log = narrowing(row.key, row.value, without=without), self.log_screen
        self.app.pop_screen()
        log.narrow(f"{log.text} {term}".strip())

    @work(exclusive=True, group="measure")
    async def action_measure(self) -> None:
        """Look at places all over what the filter wants, until ctrl+c."""
        self.measuring = True
        await self.ask(self._measure)
        self.measuring = False
        self.show()

    async def _measure(self) -> None:
        reading, stopped = self.reading, self.session.stops.since_now()
        walk = self.log_screen.walk_for(Filter(project=reading.wanted.project))
        self.sample = Sample(reading.reader, await walk.oldest(), reading.top, monotonic)
        self.tally = self.sample.tally
        while not (self.sample.ended or stopped()) and stands(self):
            await self.sample.step()
            self.show()
            await asyncio.sleep(0)  # keys first


def rounded(number: float) -> int:
    """Two figures: an estimate is not better than that."""
    return int(float(f"{number:.2g}"))


def _name(row: Row) -> Cell:
    return Part(row.name, "" if row.value else "muted")


COLUMNS: tuple[Column[Row], ...] = (
    Column("NAME", _name, grow=True),
    Column("EVENTS", lambda row: row.number, right=True),
    Column("SHARE", lambda row: bar(row.share, judged=False)),
)


def _key(row: Row | Heading) -> tuple[str, str]:
    return ("", row.title) if isinstance(row, Heading) else (row.key, row.value)


def _sign(row: Row) -> Part | None:
    """Failures need eyes."""
    return Part("✗", "bad") if (row.key, row.value) == ("ok", "no") else None
