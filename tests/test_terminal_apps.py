"""Real Textual apps look the same straight and through our driver, and cost little."""

import os
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Button, DataTable, Footer, Header, Input, Label, RichLog, TextArea

from harbortui.terminal.abilities import NONE, UNKNOWN, Abilities

from .terminal_model import Pair

FACTOR = int(os.environ.get("TERMINAL_EXAMPLES", "1"))
WORDS = [
    "nginx",
    "日本語テキスト",
    "cafe\u0301",
    "🚀 launch",
    "한국어",
    "with spaces",
    "│ box ─",
    "Привет",
]


class Question(ModalScreen[None]):
    CSS = """Question {align: center middle; background: $background 60%;}
    Question > Vertical {width: 30; height: 9; border: thick $primary;}"""
    BINDINGS: ClassVar[list[Any]] = [("escape", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label("Really delete 日本語?")
            yield Input("value")
            yield Button("OK")


class Lines(ScrollView, can_focus=True):
    """A list that draws its lines itself."""

    BINDINGS: ClassVar[list[Any]] = [
        *[("down", "go(1)"), ("up", "go(-1)"), ("pagedown", "go(7)"), ("pageup", "go(-7)")]
    ]
    row = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(30, 500)

    def action_go(self, by: int) -> None:
        self.row = max(0, min(499, self.row + by))
        if not self.scroll_offset.y <= self.row < self.scroll_offset.y + self.size.height:
            top = max(0, self.row - (self.size.height - 1 if by > 0 else 0))
            self.scroll_to(y=top, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row, ground = y + self.scroll_offset.y, "rgb(20,20,30)"
        text = f"{row:4} {WORDS[row % len(WORDS)]} " + "ab" * (row * 7 % 11)
        colour = "blue" if row == self.row else ground
        strip = Strip([Segment(text, Style(color="white", bgcolor=colour, bold=row % 3 == 0))])
        return strip.adjust_cell_length(self.size.width, Style(bgcolor=ground))


class Everything(App[None]):
    """Three lists side by side; `layout` leaves one of them, so that shifting lines pays."""

    CSS = """.lines #side, .lines DataTable, .table #side, .table Lines {display: none;}
    #side {width: 24;} RichLog {height: 6;} TextArea {height: 5;}"""
    BINDINGS: ClassVar[list[Any]] = [
        *[("f2", "ask"), ("f3", "toast"), ("f4", "row"), ("f5", "write"), ("f6", "dark")]
    ]
    count = 0

    def __init__(self, layout: str, **options: Any) -> None:
        super().__init__(**options)
        self.animation_level = "none"
        self.add_class(layout)

    def compose(self) -> ComposeResult:
        yield Header(show_clock=False)
        with Horizontal():
            with Vertical(id="side"):
                yield Input(placeholder="filter")
                yield TextArea("some text\n日本語 line\nthird")
                yield RichLog()
            yield Lines()
            yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("id", "name", "note")
        for number in range(60):
            table.add_row(str(number), WORDS[number % len(WORDS)], "n" * (number * 5 % 13))

    def action_ask(self) -> None:
        self.push_screen(Question())

    def action_toast(self) -> None:
        self.notify(f"Saved {WORDS[self.count % len(WORDS)]}", timeout=0.1)

    def action_row(self) -> None:
        table = self.query_one(DataTable)
        self.count += 1
        table.add_row(str(self.count), "new", WORDS[self.count % len(WORDS)])
        table.move_cursor(row=table.row_count - 1)

    def action_write(self) -> None:
        self.count += 1
        self.query_one(RichLog).write(f"{self.count} {WORDS[self.count % len(WORDS)]}")

    def action_dark(self) -> None:
        self.theme = "textual-light" if self.theme != "textual-light" else "textual-dark"


async def drive(steps: list[Any], able: Abilities, layout: str) -> Pair:
    pair = Pair(80, 24, able)
    app = Everything(layout, driver_class=pair.recorder.driver_class())
    async with app.run_test(headless=False, size=(80, 24), notifications=True) as pilot:
        for step in steps:
            if isinstance(step, str):
                await pilot.press(step)
            elif isinstance(step[0], str):
                await pilot.press(*[step[0]] * step[1])
            else:
                pair.resizing = True
                pair.resize(*step)
                await pilot.resize_terminal(*step)
                await pilot.pause()
                pair.resizing = False
            await pilot.pause()
            pair.check()
    assert pair.recorder.dropped == 0
    return pair


KEYS = (
    "down up pagedown pageup home end tab shift+tab a b backspace enter escape left right 日 space"
)
step = st.one_of(
    st.sampled_from([*KEYS.split(), "f2", "f3", "f4", "f5", "f6", "ctrl+p"]),
    st.tuples(st.sampled_from(["down", "pagedown", "f4", "f5"]), st.integers(2, 12)),
    st.sampled_from([(80, 24), (60, 20), (100, 30), (31, 9)]),
)
TOUR: list[Any] = [
    *["tab", "down", "tab", "pagedown", "f2", "x", "escape", "f3", "f4", "f5", "f6", "ctrl+p"],
    *["escape", (60, 20), "日", "backspace", (31, 9), "f2", "escape", (100, 30), ("down", 4), "f6"],
]


@pytest.mark.parametrize(
    ("able", "layout"),
    [
        (Abilities(), "lines"),
        (UNKNOWN, "table"),
        (NONE._replace(addressable=True), "all"),
    ],
)
async def test_a_walk_through_everything_looks_the_same(able: Abilities, layout: str) -> None:
    pair = await drive(TOUR, able, layout)
    stock, sent = pair.bytes()
    assert stock > 2 * sent > 0


@settings(
    max_examples=FACTOR,
    deadline=None,
    database=None,
    derandomize=FACTOR == 1,
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(step, min_size=4, max_size=10),
    st.sampled_from([Abilities(), UNKNOWN]),
    st.sampled_from(["all", "lines", "table"]),
)
async def test_random_walks_look_the_same(steps: list[Any], able: Abilities, layout: str) -> None:
    await drive(steps, able, layout)


async def test_moving_down_a_list_costs_a_fraction_of_what_textual_writes() -> None:
    pair = Pair(80, 24, Abilities())
    app = Everything("lines", driver_class=pair.recorder.driver_class())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.press("tab", *["pagedown"] * 4)
        await pilot.pause()
        before = pair.bytes()
        await pilot.press("down")
        await pilot.pause()
    stock, sent = (after - first for after, first in zip(pair.bytes(), before, strict=True))
    assert sent * 5 < stock


async def test_nothing_is_sent_when_nothing_changed() -> None:
    pair = Pair(80, 24, Abilities())
    app = Everything("lines", driver_class=pair.recorder.driver_class())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.pause()
        before = pair.bytes()
        app.query_one(Lines).refresh()
        await pilot.pause()
    stock, sent = pair.bytes()
    assert stock > before[0]
    assert sent == before[1]
