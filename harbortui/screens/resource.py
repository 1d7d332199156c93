"""The screen that every kind of thing is shown on."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from harbortui.api.errors import Refused
from harbortui.resources.core import Column, Part, Resource
from harbortui.screens import verbs
from harbortui.screens.counting import counts, marked, why_empty
from harbortui.screens.gathering import gathered
from harbortui.screens.keys import Feet, of_line
from harbortui.screens.listing import Listing
from harbortui.screens.live import LiveScreen
from harbortui.session import Session, refusal
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.prompt import Prompt
from harbortui.widgets.table import Table

REST = 0.06
"""Seconds that what is not here must stay in view before it is fetched."""
TYPING = 0.2
BUSY = 2.0
"""Seconds between polls while something goes on."""


class ResourceScreen(LiveScreen):
    """A list of one kind of thing under one parent, kept fresh while it is on top."""

    resource: ClassVar[Resource[Any, Any]]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", id="filter", priority=True),
        Binding("f", "preset", "next preset", show=False, id="preset"),
        Binding("asterisk", "mark_all", "mark all of this filter", show=False, id="mark-all"),
        Binding("o", "sort", "sort by the next column", show=False, id="sort"),
        Binding("O", "reverse", "reverse the order", show=False, id="reverse"),
    ]
    table = getters.query_one(MarkTable)
    prompt = getters.query_one(Prompt)

    def __init__(self, session: Session, scope: Any = None, text: str = "") -> None:
        super().__init__(session)
        self.scope, self.interval = scope, self.resource.interval
        self.listing = Listing(session, self.resource, scope)
        self.listing.text = text
        self._sought: tuple[int, ...] = ()

    @property
    def way(self) -> list[str]:
        """The parent's name, then the kind's."""
        under = self.resource.under() if self.resource.under and self.scope is not None else None
        return [*([under.label(self.scope)] if under else []), self.resource.heading]

    def body(self) -> ComposeResult:
        """The table, and the line where a filter is typed."""
        kind = self.resource
        columns = [one for one in kind.columns if self.scope is None or not one.apart]
        yield MarkTable(columns, kind.key, self.session.clock, sign=kind.sign)
        yield Prompt(self.listing.text)

    async def load(self) -> None:
        """What is in view, anew; then what the list's answer lacks."""
        if reason := refusal(self.session, self.resource, "list", None, self.scope):
            raise Refused(reason)
        await self.session.learn(self.resource.project_of(self.scope) if self.scope else None)
        await self.listing.load(*self.table.in_view, again=True)
        self.show()
        await self.complete()
        busy = any(map(self.resource.busy, self.listing.between(*self.table.in_view)))
        self.interval = min(BUSY, self.resource.interval) if busy else self.resource.interval

    def show(self) -> None:
        """Show what has been loaded."""
        self.table.sorted_by = column.title if (column := self.listing.sorted_by) else ""
        self.table.reverse = self.listing.falling
        self.table.empty = why_empty(self.listing)
        self.table.show(self.listing.rows(), keep=self.listing.same_again())
        self.redraw_frame()

    async def complete(self) -> None:
        """Fill in the rows in view, and show them."""
        if lacking := self.listing.lacking(self.listing.between(*self.table.in_view)):
            await self.listing.complete(lacking)
            self.show()

    @on(Table.Moved)
    def moved(self) -> None:
        """Another row, or other rows in view: fetch what stays there and is not here."""
        if not self.in_front:
            return
        self.forget_said()
        self.redraw_below()
        if (sought := self.listing.sought(*self.table.in_view)) != self._sought:
            self._sought = sought
            self.workers.cancel_group(self, "seen")
            self.fetch_seen()

    @work(group="seen")
    async def fetch_seen(self) -> None:
        """Scrolling never waits: what leaves the view is not fetched, `follow` begins."""
        await asyncio.sleep(REST)
        if self._sought and self.is_current and self.listing.pages.answered:
            await self.ask(self.load_seen)

    async def load_seen(self) -> None:
        """The rows in view that are not here, then what they lack."""
        if self.listing.pages.missing(*self.table.in_view):
            await self.listing.load(*self.table.in_view)
            self.show()
        await self.complete()

    def aged(self, stale: bool) -> None:
        """Old rows lose their tones."""
        without_rows = stale and not self.table.rows
        self.table.age(stale, self.problem if without_rows else self.table.empty)

    def counts(self) -> tuple[Part, ...]:
        """Marks, filter, preset, how many."""
        return (*marked(self.listing, self.table.marks), *counts(self.listing))

    def hint(self) -> str:
        """A sentence about the row at the cursor."""
        return "" if (row := self.table.current) is None else self.resource.says(row)

    def refusal_of(self, action: str) -> str:
        """The reason why a verb is refused for the row at the cursor."""
        return verbs.refused(self, action)

    def action_back(self) -> None:
        """Clear the filter first, then the marks, then go to the screen below."""
        if self.listing.text or self.listing.preset:
            anew, self.listing.preset = self.listing.preset is not None, None
            self.workers.cancel_group(self, "filter")
            with self.prompt.prevent(Prompt.Changed):
                self.prompt.value = ""
            self.narrow("", anew)
        elif self.table.marks:
            self.table.unmark()
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A slash in a filter is a slash."""
        return action != "filter" or self.focused is not self.prompt

    def action_filter(self) -> None:
        """Type a filter."""
        self.prompt.open()
        self.redraw_foot()

    @on(Prompt.Changed)
    @work(exclusive=True, group="filter")
    async def typed(self, event: Prompt.Changed) -> None:
        """A pause in typing sets the filter: an exclusive worker is the debounce."""
        await asyncio.sleep(TYPING if self.resource.search else 0)
        self.narrow(event.value)

    @on(Prompt.Closed)
    def back_to_rows(self, event: Prompt.Closed) -> None:
        """The filter stands, before the next key; keys go to the table again."""
        self.set_focus(self.table)
        self.narrow(event.prompt.value)
        self.redraw_foot()

    def feet(self) -> Feet:
        """While a filter is typed, other keys."""
        return of_line(self.prompt, "done", "clear") or super().feet()

    def narrow(self, text: str, anew: bool = False) -> None:
        """Filter by this text: asked of Harbor, or among what is loaded."""
        if text == self.listing.text and not anew:
            return
        self.listing.text = text
        anew = anew or bool(self.resource.search) or not self.listing.here
        self.renew() if anew else self.show()

    def renew(self) -> None:
        """Start the list again: another filter or order. The rows stay until the answer is here."""
        self.listing.restart()
        self.table.forget_widths()
        self.workers.cancel_group(self, "follow")
        self.follow()

    def action_refresh(self) -> None:
        """Load again now, with all that the list's answer lacks."""
        self.listing.forget_extras()
        super().action_refresh()

    @work(exclusive=True, group="gather")
    async def action_preset(self) -> None:
        """The next named filter, then none; one that is judged here wants every row here."""
        if not self.listing.next_preset():
            self.session.say(self.refusal_of("preset"), "warn")
        elif self.listing.preset and self.listing.preset.keep:
            self.listing.restart()
            if await gathered(self.listing, complete=True):
                self.show()
        else:
            self.renew()

    @work(exclusive=True, group="gather")
    async def action_mark_all(self) -> None:
        """Mark all of this filter, fetched first; again, when all are, to clear."""
        if await gathered(self.listing):
            self.table.turn(self.listing.between(0, len(self.listing.rows()) - 1))

    def action_sort(self) -> None:
        """Sort by the next column that can be."""
        self.order_by(self.listing.next_column(), False)

    def action_reverse(self) -> None:
        """The same order, the other way round."""
        self.order_by(self.listing.sorted_by, not self.listing.falling)

    @work(exclusive=True, group="gather")
    async def order_by(self, column: Column[Any] | None, reverse: bool) -> None:
        """Let Harbor sort; or, where it cannot, fetch and complete all rows and sort them here."""
        local = column is not None and not column.sort
        if local and not await gathered(self.listing, complete=True):
            return
        self.listing.order(column, reverse)
        self.show() if local else self.renew()

    @work(exclusive=True, group="dialog")
    async def action_do(self, verb: str) -> None:
        """A verb of this kind, or the reason why not."""
        if reason := verbs.refused(self, verb):
            verbs.refuse(self, verb, reason)
        else:
            await verbs.do(self, verb)

    @on(Table.Chosen)
    def chosen(self) -> None:
        """A second click is Enter."""
        self.app.simulate_key("enter")


@cache
def screen_for(resource: Resource[Any, Any]) -> type[ResourceScreen]:
    """The screen class of a kind of thing: its keys are its own."""
    name = f"{resource.name.title().replace('-', '')}Screen"
    return type(name, (ResourceScreen,), {"resource": resource, "BINDINGS": verbs.keys(resource)})
