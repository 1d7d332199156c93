"""A filter over the audit log, read and shown; how one moves through it is in `audit_log`."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from textual import events, getters, work
from textual.app import ComposeResult

from harbortui.api import configuration
from harbortui.api.audit import Event, Source
from harbortui.audit import trail
from harbortui.audit.complete import Known
from harbortui.audit.explain import limits, switched_off, unrecorded
from harbortui.audit.filter import Filter
from harbortui.audit.log import HarborLog
from harbortui.audit.pace import SHORTEST, WATCHED, Pace
from harbortui.audit.reader import Reader, by_id
from harbortui.audit.reading import Clocks, Reading
from harbortui.audit.walk import Walk
from harbortui.audit.words import normal
from harbortui.resources.event_cells import sign, whole
from harbortui.resources.event_look import Look
from harbortui.screens import audit_filter, audit_words
from harbortui.screens.live import LiveScreen
from harbortui.session import Session
from harbortui.shown import Heading, Part
from harbortui.widgets.askline import AskLine, Underline
from harbortui.widgets.columns import EDGE, LEFT
from harbortui.widgets.continued import Continued
from harbortui.widgets.daily import Daily
from harbortui.widgets.endless import EndlessTable
from harbortui.widgets.rows import Rows

AT_ONCE = 20
"""Polls in a row when much has come; keys are answered in between."""


class FilteredLog(LiveScreen):
    """One filter over the log; another filter is another reading."""

    interval = WATCHED
    table = getters.query_one(EndlessTable)
    line = getters.query_one(AskLine)
    under = getters.query_one(Underline)

    def __init__(self, session: Session, text: str = "", *, old: bool = False) -> None:
        super().__init__(session)
        self.text = self.opened_with = normal(text)
        self.old = old
        """The older log of a Harbor that has a newer one."""
        self.look, self.known = Look(session.clock), Known()
        self.follows = True
        """What comes moves the screen while one is at the end."""
        self.note = self.silence = self.impossible = self.wrong = self.slip = ""
        self.searching = self.halted = False
        self.unfinished: tuple[Path, str] | None = None
        """An export that was stopped, and its form."""
        self.joined: Filter | None = None
        """The filter with the digests of its tags, once they are known."""
        self._learned = False
        self._read()

    @property
    def way(self) -> list[str]:
        """The project whose own log is read, if any."""
        project = self.reading.wanted.project
        name = "audit log before 2.13" if self.old else "audit log"
        return [*([project] if project else []), name]

    @property
    def offers_older(self) -> bool:
        """There may be a log of before the upgrade, frozen since."""
        return not self.old and not self.events_log.old and not self.reading.wanted.project

    def body(self) -> ComposeResult:
        """The events, and the line where a filter, a search or a time is typed."""
        look = self.look
        table = EndlessTable[Event](look.columns(), by_id, look.clock, sign=sign)
        table.within, table.besides = look.within, whole
        yield table
        yield (line := AskLine())
        yield Underline(line)

    def _read(self) -> None:
        """Begin to read what the filter asks for; with a mistake in it nothing is read."""
        found = audit_filter.parsed(self, self.text)
        self.wrong, self.impossible = audit_filter.mistakes(found), ""
        source = Source(found.filter.project, self.old or self.session.older_than("2.13"))
        self.events_log = HarborLog(self.session.harbor, source)
        clocks, wanted = Clocks(monotonic, self.session.clock.now), self.joined or found.filter
        everything = self.session.me.is_admin
        self.reading = Reading(self.events_log, wanted, clocks, everything=everything)
        self.pace, self._asked_at = Pace(WATCHED), monotonic()
        self.halted = False

    async def load(self) -> None:
        """The newest end first; then what is new."""
        if self.wrong and await self._learn():
            self._read()
        reading = self.reading
        if self.wrong or self.impossible:
            self.show()
        elif not reading.opened:
            await reading.open()
            self.impossible = unrecorded(reading.wanted, old=self.events_log.old)
            self.note = self.note or next(limits(reading.wanted), "")
            self.interval = SHORTEST
            self.show()
            self.explain()
        elif not self.old:
            await self._poll(reading)

    async def _learn(self) -> bool:
        """Ask once for the words of this Harbor; false when that has been done before."""
        if self._learned:
            return False
        self._learned = True
        self.known = await audit_filter.learned(self)
        return True

    async def _poll(self, reading: Reading) -> None:
        before, state = reading.delivered, reading.state
        for _ in range(AT_ONCE):
            whole = await reading.poll()
            if reading.delivered != before or reading.state != state:
                self.show()
            if whole or self.reading is not reading:
                break
        seconds, self._asked_at = monotonic() - self._asked_at, monotonic()
        self.interval = self.pace.after(reading.delivered - before, seconds)
        if reading.rewound:
            self.session.say("the audit log was rewound: a database was restored", "warn")
            self.renew()

    @work(exclusive=True, group="explain")
    async def explain(self) -> None:
        """What the configuration keeps out of the log; which digests belong to a tag."""
        wanted = self.reading.wanted
        if self.session.me.is_admin and not self.old:
            found = await self.ask(lambda: configuration.read(self.session.harbor))
            values = {key: one.value for key, one in found.root.items()} if found else {}
            if found:
                self.session.told.sighted(found)
            self.silence = switched_off(values, wanted)
            self.session.say(self.silence, "warn") if self.silence else self.show()
        if self.joined is None and trail.tags(wanted) and not self.impossible:
            await self._join(wanted)

    async def _join(self, wanted: Filter) -> None:
        self.joined = await self.ask(lambda: trail.joined(wanted, self.walk_for)) or wanted
        if more := len(self.joined.things) - len(wanted.things):
            digests = "the digest" if more == 1 else f"{more} digests"
            self.note = f"with {digests} that it has stood for"
            self.renew()

    def walk_for(self, wanted: Filter) -> Walk:
        """A walk of its own through the same log."""
        reader = Reader(self.events_log, wanted, everything=self.session.me.is_admin)
        walk = Walk(reader, monotonic, lambda: self.reading.top)
        walk.floor = self.reading.walk.floor
        walk.start(self.reading.top + 1)
        return walk

    def renew(self) -> None:
        """Begin again at the newest end; the rows stay until others are here."""
        self._read()
        self.table.forget_widths()
        self.workers.cancel_group(self, "walk")
        self.workers.cancel_group(self, "follow")
        self.show()
        self.follow()

    def on_resize(self, event: events.Resize) -> None:
        """Lines are wrapped anew."""
        if self.look.shape == "wrapped":
            self.show()

    def show(self) -> None:
        """Show the window; at its end the cursor stays there."""
        if not self.is_mounted:
            return
        reading = self.reading
        self.look.late = reading.tail.late if reading.tail else ()
        events = list(reading.window) if not self.impossible else []
        self.table.empty = audit_words.empty(self)
        look = self.look
        rows: Rows[Event | Heading] = Daily[Event](look.fold(events), by_id, look.day, look.last)
        if look.shape == "wrapped":
            rows = Continued[Event](rows, whole, self.size.width - LEFT - EDGE)
        self.table.show(rows)
        if reading.at_end and self.follows:
            self.table.to_last()
        self.redraw_frame()

    def aged(self, stale: bool) -> None:
        """Old rows lose their tones."""
        self.table.age(stale, self.problem if stale else audit_words.empty(self))

    def counts(self) -> tuple[Part, ...]:
        """What becomes of new events, the filter, how far along one is."""
        return audit_words.counts(self)

    def hint(self) -> str:
        """What is wrong, how far a search has come, more about the row at the cursor."""
        return audit_words.hint(self)
