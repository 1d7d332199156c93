"""One menu for everything that is chosen from a list: places, keys, profiles, values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from harbortui.clock import Clock
from harbortui.screens.dialog import TIGHT, Dialog
from harbortui.shown import Cell, Column, Heading, Part
from harbortui.text import safe
from harbortui.widgets.columns import NARROW
from harbortui.widgets.frame import Key
from harbortui.widgets.line import Line
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.paper import Paper
from harbortui.widgets.rows import Listed
from harbortui.widgets.table import Table


class Entry(NamedTuple):
    """Something to choose; a refused one says why, and cannot be."""

    key: str
    label: str
    about: str = ""
    value: Any = None
    refused: str = ""


class Picked(NamedTuple):
    """What was chosen, and what was typed."""

    entries: tuple[Entry, ...]
    text: str


def _key(entry: Entry) -> Cell:
    return Part(f"({entry.key})", "off") if entry.refused else Part(entry.key, "strong")


def _words(entry: Entry) -> Cell:
    if not entry.refused:
        return Part(entry.label)
    return (Part(f"{entry.label}   " if entry.label else "", "off"), Part(entry.refused, "warn"))


def _about(entry: Entry) -> Cell:
    return Part("" if entry.refused else entry.about, "muted")


ABOVE, HIGHEST, AROUND, LEAST = 2, 90, 6, 3
"""Lines above a menu; per cent of the others that it takes; its lines round the entries, which
are some at least."""
TIGHTLY = 3
"""Lines round the entries on a low screen."""
ROOMY = 30
"""Lines from which there is room for hints."""
MARKING = "tab marks, enter takes all that are marked"
COLUMNS: tuple[Column[Entry], ...] = (
    Column("", _key, grow=True),
    Column("", _words, grow=True),
    Column("", _about, grow=True, wide=True),
)


class Menu(Dialog[Picked | None]):
    """Typed text filters, Enter chooses; `several`: Tab marks; `free`: what is typed counts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="menu-close"),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown", "leap(1.0)", show=False, priority=True),
        Binding("pageup", "leap(-1.0)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry | Heading],
        *,
        text: str = "",
        free: bool = False,
        several: Sequence[Any] | None = None,
        foot: Sequence[str] = (),
    ) -> None:
        super().__init__(classes="menu")
        self.heading, self.entries, self.text = title, entries, text
        self.free, self.several = free, several is not None
        self.foot_lines = (MARKING,) if self.several else foot
        self.marked = set(several or ())

    def compose(self) -> ComposeResult:
        """The line that is typed in, the entries, hints below."""
        with Vertical(classes="dialog menu") as dialog:
            dialog.border_title = Content(safe(self.heading, limit=80))
            yield Line(self.text, compact=True, max_length=500)
            yield MarkTable(COLUMNS, lambda entry: (entry.key, entry.label), Clock(), head=False)
            if self.foot_lines:
                yield Paper([[Part(line, "muted")] for line in ("", *self.foot_lines)])

    def on_mount(self) -> None:
        table = self.table
        table.lit, table.can_focus = True, False
        for entry in self.entries:
            if isinstance(entry, Entry) and self.several and entry.value in self.marked:
                table.marks[table.key(entry)] = entry
        self.filter(self.text)

    def on_resize(self, event: events.Resize) -> None:
        """The keys come first: hints only where there is room for them, too."""
        width, height = event.size
        roomy = self.several or (width >= NARROW and height >= ROOMY)
        hints = len(self.foot_lines) + 1 if self.foot_lines and roomy else 0
        for foot in self.query(Paper):
            foot.display = bool(hints)
        lines = HIGHEST * (height - ABOVE) // 100 - AROUND
        room = height - TIGHTLY if height < TIGHT else lines - hints
        self.table.wide = width >= NARROW
        self.table.styles.height = min(len(self.entries), max(LEAST, room))

    def on_key(self, event: events.Key) -> None:
        """Keys that were typed before the line had the focus."""
        field = self.query_one(Input)
        if self.focused is field:
            return
        if event.key == "enter":
            self.choose(field.value.strip())
        elif event.is_printable and event.character:
            field.insert_text_at_cursor(event.character)

    @property
    def table(self) -> MarkTable[Entry]:
        """The entries."""
        return self.query_one(MarkTable)

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Typed text filters."""
        self.filter(event.value)

    def filter(self, text: str) -> None:
        """Show the entries that hold every typed word; those that begin with it first."""
        words = text.casefold().split()
        shown = [entry for entry in self.entries if not words or _holds(entry, words)]
        if words:
            shown.sort(key=lambda entry: _far(entry, words))
        self.table.empty = "Nothing fits."
        self.table.show(Listed[Entry | Heading](shown, _identity))
        self.table.action_first()

    def action_move(self, rows: int) -> None:
        """Another entry."""
        self.table.action_move(rows)

    def action_leap(self, pages: float) -> None:
        """A page of entries."""
        self.table.action_leap(pages)

    def action_complete(self) -> None:
        """Write the entry's name into the line; where several are chosen, mark it."""
        entry = self.table.current
        if entry is None:
            return
        if self.several:
            self.table.action_move(1) if entry.refused else self.table.action_mark()
            return
        field = self.query_one(Input)
        field.value = f"{entry.key} " if self.free else entry.label or entry.key
        field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter chooses what is marked, or the entry at the cursor, or what was typed."""
        self.choose(event.value.strip())

    @on(Table.Moved)
    def moved(self) -> None:
        """Whether there are entries further down."""
        more = len(self.table.rows) > self.table.in_view[1] + 1
        self.query_one(Vertical).border_subtitle = Content(safe("↓ more" if more else ""))

    @on(Table.Chosen)
    def clicked(self) -> None:
        """A second click chooses."""
        self.choose("")

    def choose(self, text: str) -> None:
        """Close with what was chosen."""
        entry = self.table.current
        if self.several and (self.table.marks or self.marked):
            self.dismiss(Picked(tuple(self.table.marks.values()), text))
        elif self.several:
            self.dismiss(Picked((entry,) if entry and not entry.refused else (), text))
        elif self.free and " " in text:
            self.dismiss(Picked((), text))
        elif entry is not None and not entry.refused:
            unfinished = isinstance(entry.value, str) and entry.value.endswith(" ")
            self.action_complete() if unfinished else self.dismiss(Picked((entry,), text))
        elif self.free and text:
            self.dismiss(Picked((), text))

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


async def run_key(screen: Screen[Any], keys: Sequence[Key]) -> None:
    """What the keys of a dialog do; Enter runs one. Call it in a worker."""
    entries = [Entry(key.key, key.label, "", key.action) for key in keys if key.action]
    picked = await screen.app.push_screen_wait(Menu("Keys", entries))
    if picked and picked.entries:
        await screen.run_action(picked.entries[0].value)


def _holds(entry: Entry | Heading, words: Sequence[str]) -> bool:
    if isinstance(entry, Heading):
        return False
    text = f"{entry.key} {entry.label} {entry.about}".casefold()
    return all(word in text for word in words)


def _far(entry: Entry | Heading, words: Sequence[str]) -> int:
    """How far an entry is from what was typed: its name, an alias, a beginning, anything."""
    if isinstance(entry, Heading):
        return 4
    key, word = entry.key.casefold(), words[0]
    if key == word or word in entry.about.casefold().split(", "):
        return 0
    beginnings = (" ".join(words), word)
    return next((n for n, text in enumerate(beginnings, 1) if key.startswith(text)), 3)


def _identity(entry: Entry | Heading) -> tuple[str, ...]:
    return (entry.key, entry.label) if isinstance(entry, Entry) else (entry.title,)
