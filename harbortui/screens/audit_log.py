"""The audit log: the newest at the bottom, followed until one moves up, walked without end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from harbortui.api.audit import Event, Source
from harbortui.api.errors import HarborError
from harbortui.audit import language
from harbortui.audit.log import HarborLog
from harbortui.audit.pace import WATCHED, Pace
from harbortui.audit.reading import Clocks, Reading
from harbortui.resources import event_cells
from harbortui.screens import audit_verbs as verbs
from harbortui.screens import audit_ways as ways
from harbortui.screens import audit_words as words
from harbortui.screens.live import LiveScreen
from harbortui.session import Session
from harbortui.shown import Part
from harbortui.widgets.endless import EndlessTable
from harbortui.widgets.prompt import Prompt
from harbortui.widgets.rows import Listed
from harbortui.widgets.table import Table

NEAR = 20
"""Rows from an end of the window from which on more is fetched."""
AT_ONCE = 20
"""Pages of one poll; keys are answered in between."""
SPANS = ("15m", "1h", "6h", "1d", "7d", "30d", "90d", "365d", "")


class AuditLogScreen(LiveScreen):
    """One filter over the log; another filter is another reading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "do('details')", "details", id="details"),
        Binding("F", "follow", "follow", id="follow"),
        Binding("slash", "filter", "filter", id="filter", priority=True),
        *(Binding(str(n), f"span({n})", "span", show=False, id=f"span-{n}") for n in range(1, 10)),
        Binding("at", "do('jump')", "time", id="jump"),
        Binding("enter", "do('thing')", "go to its thing", show=False, id="thing"),
        Binding("f", "preset", "next preset", show=False, id="preset"),
        Binding("s", "search", "search", id="search"),
        Binding("n", "hit(True)", "next hit", show=False, id="next"),
        Binding("N", "hit(False)", "previous hit", show=False, id="previous"),
        Binding("E", "do('export')", "export", show=False, id="export"),
        Binding("y", "do('json')", "the JSON that Harbor sent", show=False, id="json"),
        Binding("c", "do('copy')", "copy", id="copy"),
    ]
    interval = WATCHED
    table = getters.query_one(EndlessTable)
    prompt = getters.query_one("#filter", Prompt)
    finder = getters.query_one("#search", Prompt)

    def __init__(self, session: Session, text: str = "") -> None:
        super().__init__(session)
        self.note = ""
        self.pace = Pace(WATCHED)
        self.asked_at = monotonic()
        self.text = text
        self.reading = self._read(text)

    @property
    def way(self) -> list[str]:
        """The project whose own log is read, if any."""
        project = self.reading.wanted.project
        return [*([project] if project else []), "audit log"]

    def body(self) -> ComposeResult:
        """The events, and the lines where a filter and a search are typed."""
        columns = event_cells.columns(self.session.clock)
        yield EndlessTable(columns, _key, self.session.clock, sign=event_cells.sign)
        yield Prompt(self.text, "filter", "filter")
        yield Prompt("", "search", "search")

    def _read(self, text: str) -> Reading:
        """A reading of what a line asks for; with a mistake in it nothing is read."""
        clock = self.session.clock
        parsed = language.parse(text, clock.now(), local=clock.mode == "local")
        self.note = "; ".join(str(mistake) for mistake in parsed.mistakes)
        self.wrong = bool(parsed.mistakes)
        project = parsed.filter.project
        log = HarborLog(self.session.harbor, Source(project))
        everything = self.session.me.is_admin and not project
        clocks = Clocks(monotonic, clock.now)
        return Reading(log, parsed.filter, clocks, everything=everything)

    async def load(self) -> None:
        """The newest end first; then what is new."""
        reading = self.reading
        if self.wrong:
            return
        if not reading.opened:
            await reading.open()
            self.show()
        before = len(reading.window)
        for _ in range(AT_ONCE):
            if await reading.poll():
                break
            self.show()
        await ways.fill(self)
        took, self.asked_at = monotonic() - self.asked_at, monotonic()
        self.interval = self.pace.after(max(0, len(reading.window) - before), took)
        self.show()

    def show(self) -> None:
        """Show the window; at its end the cursor stays there."""
        if not self.is_mounted:
            return
        window = self.reading.window
        self.table.empty = self.note if self.wrong else words.empty(self.reading, self.text)
        self.table.show(Listed[Any](list(words.by_day(window, self.session.clock)), _key))
        if self.reading.at_end:
            self.table.to_last()
        self.redraw_frame()

    def counts(self) -> tuple[Part, ...]:
        """What becomes of new events, how much is here, the filter."""
        return words.counts(self.reading, self.text)

    def hint(self) -> str:
        """What is wrong with the filter, or how far back one is."""
        return self.note or words.hint(self.reading, self.table.current, ways.FILLED)

    @on(Table.Moved)
    def moved(self) -> None:
        """Up from the end: what is new waits. Near an end of the window: fetch more."""
        self.forget_said()
        rows, place = len(self.table.rows), self.table.place
        if self.reading.at_end and place < rows - 1:
            self.reading.leave_end()
        elif not self.reading.at_end and place == rows - 1 and self.reading.walk.window.live:
            self.reading.newest()
        self.redraw_frame()
        if place < NEAR and not self.reading.walk.at_start:
            self.walk(ways.older)
        elif rows - place < NEAR and not self.reading.walk.at_end and not self.reading.at_end:
            self.walk(ways.newer)

    @work(exclusive=True, group="walk")
    async def walk(self, steps: Callable[[AuditLogScreen], Awaitable[None]]) -> None:
        """Go elsewhere in the log; another way ends this one."""
        try:
            await steps(self)
        except HarborError as error:
            self.session.say(str(error), "bad")

    @on(EndlessTable.First)
    def oldest(self) -> None:
        """To the beginning of the log."""
        self.walk(ways.to_oldest)

    @on(EndlessTable.Last)
    def newest(self) -> None:
        """To the newest end, and follow."""
        self.reading.newest()
        self.show()
        self.wake()

    def action_follow(self) -> None:
        """Follow, or let what is new wait."""
        if self.reading.at_end:
            self.reading.leave_end()
            self.redraw_frame()
        else:
            self.newest()

    def narrow(self, text: str) -> None:
        """Read the log with another filter."""
        if text != self.text:
            self.text = text
            self.reading = self._read(text)
            self.workers.cancel_group(self, "follow")
            self.show()
            self.follow()

    def action_back(self) -> None:
        """Clear the filter first, then the marks."""
        if self.text:
            self.prompt.value = ""
            self.narrow("")
        elif self.table.marks:
            self.table.unmark()
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A slash in a filter is a slash."""
        return action != "filter" or self.focused is self.table

    def action_filter(self) -> None:
        """Type a filter; Enter reads the log with it."""
        self.prompt.open()

    def action_search(self) -> None:
        """Type what to look for among the events that are here."""
        self.finder.open()

    @on(Prompt.Closed)
    def typed(self, event: Prompt.Closed) -> None:
        """A filter or a search is complete."""
        self.table.focus()
        if event.prompt is self.finder:
            self.action_hit(True)
        else:
            self.narrow(self.prompt.value.strip())

    def action_hit(self, forward: bool) -> None:
        """The next event that holds what is searched, or the one before."""
        wanted = self.finder.value.casefold()
        if wanted and not self.table.find(wanted, forward):
            self.session.say(f"“{self.finder.value}” is not among the events here", "warn")

    def action_span(self, number: int) -> None:
        """The last 15 minutes … year, or all."""
        self.prompt.value = verbs.with_since(self.text, SPANS[number - 1])
        self.narrow(self.prompt.value)

    def action_preset(self) -> None:
        """The next question that is often asked, then all."""
        self.prompt.value, note = verbs.next_preset(self.text, self.session.me.username)
        self.narrow(self.prompt.value)
        self.note = self.note or note

    @work(exclusive=True, group="dialog")
    async def action_do(self, verb: str) -> None:
        """Look at an event, take it along, go to its thing or to a time."""
        await verbs.DO[verb](self)


def _key(row: Any) -> Any:
    return row.id if isinstance(row, Event) else row
