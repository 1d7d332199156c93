"""The audit log: the newest at the bottom, followed until one moves up, walked without end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from harbortui.screens import audit_export, audit_filter, audit_verbs
from harbortui.screens import audit_ways as ways
from harbortui.screens.audit_shapes import ShapedLog
from harbortui.screens.audit_statistics import StatisticsScreen
from harbortui.screens.keys import Feet, of_line
from harbortui.screens.verbs import NEEDS_ITEM
from harbortui.widgets.askline import AskLine
from harbortui.widgets.endless import EndlessTable
from harbortui.widgets.frame import Key
from harbortui.widgets.table import Table

SPAN = "span("


class AuditLogScreen(ShapedLog):
    """Moves through the log, and does things with its events."""

    _walker: object = None
    _stood_on: int | None = None

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do('thing')", "go there", id="thing"),
        Binding("d", "do('details')", "details", id="details"),
        Binding("F", "follow", "follow", id="follow"),
        Binding("slash", "ask('filter')", "filter", id="filter", priority=True),
        *(Binding(str(n), f"span({n})", "span", n == 1, id=f"span-{n}") for n in range(1, 10)),
        Binding("at", "ask('time')", "time", id="jump"),
        Binding("f", "preset", "preset", id="preset"),
        Binding("s", "ask('search')", "search", id="search"),
        Binding("n", "hit(True)", "next hit", show=False, id="next"),
        Binding("N", "hit(False)", "previous hit", show=False, id="previous"),
        Binding("c", "do('copy')", "copy", id="copy"),
        Binding("E", "do('export')", "export", id="export"),
        Binding("a", "do('same')", "narrow to what this has", show=False, id="events"),
        Binding("y", "do('json')", "the JSON that Harbor sent", show=False, id="json"),
        Binding("i", "statistics", "statistics", id="statistics"),
        Binding("u", "unread", "rows that cannot be read", show=False, id="unread"),
        Binding("z", "fold", "fold what is alike, or not", show=False, id="fold"),
        Binding("h", "older_log", "the log of before 2.13", show=False, id="older-log"),
    ]

    @on(Table.Moved)
    def moved(self) -> None:
        """Up from the end: what is new waits. Near an end of what is here: fetch more."""
        if not ways.stands(self):
            return
        self.forget_said()
        reading, rows = self.reading, len(self.table.rows)
        at_last = self.table.at_last
        if reading.at_end and not at_last:
            reading.leave_end()
            self.note = ""
        elif self.follows and at_last and rows and reading.walk.window.live:
            reading.newest()
        number = self.table.current.id if self.table.current else None
        if self._stood_on != number:
            self._stood_on, self.halted = number, False
        self.redraw_frame()
        if not self.searching and not self.halted and ways.lacking(self):
            self.walk(ways.seek)

    @work(exclusive=True, group="walk")
    async def walk(self, way: Callable[[AuditLogScreen], Awaitable[None]]) -> None:
        """Go through the log; another way ends this one, and ctrl+c any."""
        mine = self._walker = object()
        self.searching = True
        try:
            await self.ask(partial(way, self))
        finally:
            if self._walker is mine:
                self.searching = False
                self.redraw_frame()

    def action_refresh(self) -> None:
        """Look for what is new; a search that was stopped goes on."""
        super().action_refresh()
        if self.halted:
            self.halted = False
            self.walk(ways.seek)

    @on(EndlessTable.First)
    def oldest(self) -> None:
        """To the beginning of the log."""
        self.walk(ways.to_oldest)

    @on(EndlessTable.Last)
    def newest(self) -> None:
        """To the newest end, and follow."""
        self.follows = True
        self.walk(ways.to_newest)

    def jump(self, moment: datetime) -> None:
        """To a time."""
        self.walk(partial(ways.to_time, moment=moment))

    def action_follow(self) -> None:
        """Follow, or let what is new wait."""
        if self.reading.at_end and self.follows:
            self.follows = False
            self.reading.leave_end()
            self.redraw_frame()
        else:
            self.newest()

    def narrow(self, text: str) -> None:
        """Read the log with another filter; what was being found is of the one before."""
        if text != self.text:
            self.workers.cancel_group(self, "explain")
            self.text, self.note, self.silence, self.joined = text, "", "", None
            self.renew()

    def action_back(self) -> None:
        """To the filter that it was opened with first, then without marks, then back."""
        if self.text != self.opened_with:
            self.narrow(self.opened_with)
        elif self.look.find:
            self.search("")
        elif self.table.marks:
            self.table.unmark()
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A slash in a filter is a slash."""
        return action != "ask" or not self.is_mounted or self.focused is not self.line

    def action_ask(self, purpose: str) -> None:
        """Type a filter, a time, or what to search for."""
        audit_filter.ask(self, purpose)
        self.redraw_foot()

    def feet(self) -> Feet:
        """While something is asked, other keys."""
        keys = audit_filter.keys(self.line.purpose)
        return of_line(self.line, "take it", "leave", *keys) or super().feet()

    @on(AskLine.Entered)
    def entered(self, event: AskLine.Entered) -> None:
        """Take it, or say what is wrong with it."""
        audit_filter.entered(self, event.purpose, event.text)

    @on(AskLine.Changed)
    def typed(self) -> None:
        """Say at once what is wrong with a filter."""
        audit_filter.judge(self)

    @work(exclusive=True, group="learn")
    async def learn(self) -> None:
        """What this Harbor records is offered, and no mistake."""
        if await self._learn():
            audit_filter.judge(self)

    @on(AskLine.Left)
    def back_to_rows(self) -> None:
        """Keys go to the rows again."""
        audit_filter.judge(self)
        self.set_focus(self.table)
        self.redraw_frame()

    @on(AskLine.Completing)
    @work(exclusive=True, group="dialog")
    async def complete(self) -> None:
        """Offer what could stand there."""
        await audit_filter.completing(self)

    def action_span(self, number: int) -> None:
        """The last 15 minutes … year, or all."""
        self.narrow(audit_filter.spanned(self.text, number))

    def action_preset(self) -> None:
        """The next question that is often asked, then all."""
        text, note = audit_filter.next_preset(self.text, self.session.me.username)
        self.narrow(text)
        self.note = note

    def action_older_log(self) -> None:
        """What was recorded before an upgrade from a Harbor older than 2.13."""
        if reason := self.refusal_of("older_log"):
            self.session.say(reason, "warn")
        else:
            self.app.push_screen(type(self)(self.session, self.text, old=True))

    def refusal_of(self, action: str) -> str:
        """Most logs have nothing to show there."""
        if action == "unread" and not self.events_log.unread:
            return "every row that was met can be read"
        if action == "older_log" and not self.offers_older:
            return "there is no older log of this"
        return ""

    def action_unread(self) -> None:
        """Which rows are left out, why, and what Harbor sent."""
        if reason := self.refusal_of("unread"):
            self.session.say(reason)
        else:
            self.app.push_screen(audit_verbs.unread(self))

    def action_statistics(self) -> None:
        """How the events are spread."""
        self.app.push_screen(StatisticsScreen(self))

    @work(exclusive=True, group="dialog")
    async def action_do(self, verb: str) -> None:
        """Look at an event, take it along, go to its thing."""
        event = self.table.current
        if event is None:
            self.session.say(NEEDS_ITEM, "warn")
            return
        await audit_verbs.DO[verb](self, event)

    @work(exclusive=True, group="export")
    async def write_out(self, path: Path, form: str) -> None:
        """Write what the filter wants to a file."""
        await audit_export.write(self, path, form)

    def bound(self) -> list[Key]:
        """The nine spans are one key."""
        found = super().bound()
        spans = [key for key in found if key.action.startswith(SPAN)]
        rest = [key for key in found if key not in spans[1:]]
        return [key._replace(key="1-9") if key in spans else key for key in rest]
