"""A screen of text: details, JSON, logs. Search, wrap, copy, write to a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from harbortui.exports import export
from harbortui.screens.keys import Feet, of_line
from harbortui.screens.live import LiveScreen
from harbortui.session import Session
from harbortui.shown import Part
from harbortui.text import safe
from harbortui.widgets.pager import Pager, Row, plain_row
from harbortui.widgets.prompt import Prompt

LONGEST = 20_000
"""Characters of one line that are kept."""


class TextScreen(LiveScreen):
    """Lines of text with a name; a subclass may load them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,slash", "search", "search", id="search"),
        Binding("n", "next(True)", "next hit", show=False, id="next"),
        Binding("N", "next(False)", "previous hit", show=False, id="previous"),
        Binding("w", "wrap", "wrap", id="wrap"),
        Binding("E", "export", "write to a file", id="export"),
        Binding("c", "copy", "copy", id="copy"),
    ]
    AUTO_FOCUS = "Pager"
    interval = 3600.0
    pager = getters.query_one(Pager)
    prompt = getters.query_one(Prompt)

    def __init__(self, session: Session, name: str, rows: Sequence[Row] = ()) -> None:
        super().__init__(session)
        self.of = name
        self.rows: Sequence[Row] = rows

    @property
    def way(self) -> list[str]:
        """What the text is."""
        return [self.of]

    def body(self) -> ComposeResult:
        """The text, and the line where a search is typed."""
        yield Pager()
        yield Prompt(placeholder="search")

    def on_mount(self) -> None:
        self.pager.show(self.rows)

    async def load(self) -> None:
        """Nothing: the text is here."""

    def counts(self) -> tuple[Part, ...]:
        """How many lines, how far down."""
        return (Part(f"{len(self.rows):,} lines   {self.pager.percent} %", "muted"),)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Another text."""
        self.rows = rows
        self.pager.show(rows)
        self.redraw_frame()

    @on(Pager.Moved)
    def moved(self) -> None:
        """Other rows in view: what was said is old."""
        if self.in_front:
            self.forget_said(at_once=True)
            self.redraw_crumbs()
            self.redraw_status()

    def action_back(self) -> None:
        """Clear the search first."""
        if self.pager.find:
            self.pager.find, self.pager.hit = "", -1
            self.pager.refresh()
        else:
            super().action_back()

    def action_search(self) -> None:
        """Type what to search for."""
        self.prompt.value = ""
        self.prompt.open()
        self.redraw_foot()

    @on(Prompt.Closed)
    def search(self) -> None:
        """Enter: to the first hit from here."""
        self.set_focus(self.pager)
        self.redraw_foot()
        if self.prompt.value:
            self.pager.hit = -1
            self._find(self.prompt.value, True)

    def feet(self) -> Feet:
        """While a search is typed, other keys."""
        return of_line(self.prompt, "find", "leave") or super().feet()

    def action_next(self, forward: bool) -> None:
        """The next hit, or the one before."""
        if self.pager.find:
            self._find(self.pager.find, forward)

    def _find(self, text: str, forward: bool) -> None:
        if not self.pager.search(text, forward):
            self.session.say(f"“{text}” is not in here", "warn")

    def action_wrap(self) -> None:
        """Cut long lines, or wrap them."""
        self.pager.flip_wrap()

    def text(self) -> str:
        """The whole text, safe for a terminal and for files."""
        return "\n".join("".join(part.text for part in row).rstrip() for row in self.rows) + "\n"

    def action_export(self) -> None:
        """Write the text to a file of its owner alone."""
        try:
            path = export(self.of, "txt", self.text(), self.session.clock.now())
        except OSError as error:
            self.session.say(f"nothing was written: {error.strerror}", "bad")
        else:
            self.session.say(f"written to {path}", "ok")

    def action_copy(self) -> None:
        """The whole text to the clipboard of the terminal (OSC 52)."""
        self.app.copy_to_clipboard(self.text())
        self.session.say(f"{len(self.rows):,} lines copied, if the terminal allows it", "ok")


def text_rows(text: str) -> list[Row]:
    """Server text as rows: every line made safe."""
    return [plain_row(safe(line.expandtabs(4), limit=LONGEST)) for line in text.splitlines()]
