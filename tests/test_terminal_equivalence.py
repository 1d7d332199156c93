"""Nothing that can be seen differs: the same frames, straight and through our driver."""

import itertools
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual.strip import Strip

from harbortui.terminal.abilities import NONE, UNKNOWN, Abilities

from .terminal_model import Pair, Screen, textual_widths

FACTOR = int(os.environ.get("TERMINAL_EXAMPLES", "1"))
TERMINALS = [
    Abilities(),
    UNKNOWN,
    NONE._replace(addressable=True),
    Abilities(erase_characters=False),
    Abilities(shift_lines=False),
]
# fmt: off
STYLES = [
    "", "31", "38;5;100", "97", "38;2;1;2;3", "48;2;9;8;7", "44", "48;5;17;4", "1", "2", "1;2", "3",
    "4", "21", "7", "9", "53", "8", "1;4;31", "7;44", "38;2;1;2;3;48;2;9;8;7;1",
]
TEXTS = [
    "a", "ab cd", " ", "     ", " " * 14, "x" * 9, "│▎", "日本", "e\u0301", "🚀", "ß", "日", "Жук",
    "가나", "👩\u200d🚀", "❤\ufe0f", "🇩🇪", "क्षि", "✓ ok",
]
# fmt: on
piece = st.tuples(st.sampled_from(TEXTS), st.sampled_from(STYLES))


def examples(number: int) -> Any:
    return settings(
        max_examples=number * FACTOR,
        deadline=None,
        database=None,
        derandomize=FACTOR == 1,
        suppress_health_check=list(HealthCheck),
    )


def rendered(pieces: list[tuple[str, str]], columns: int, *, pad: bool) -> str:
    """Pieces as Textual renders a strip of them, never wider than `columns`."""
    out, room = "", columns
    for text, style in pieces:
        strip = Strip([Segment(text)])
        text = strip.crop(0, min(strip.cell_length, room)).text
        room -= Strip([Segment(text)]).cell_length
        out += f"\x1b[{style}m{text}\x1b[0m" if style and text else text
    return out + " " * room if pad else out


@st.composite
def sessions(draw: st.DrawFn) -> tuple[int, int, list[str]]:
    """A size and frames: whole screens, single rows, parts of rows, blocks that move."""
    columns, lines = draw(st.integers(14, 40)), draw(st.integers(4, 14))
    numbers = itertools.count(100)
    numbered = draw(st.booleans())
    pool = draw(st.lists(st.lists(piece, max_size=6), min_size=1, max_size=20))

    def fresh() -> str:
        label = f"{next(numbers)} " if numbered else ""
        return rendered([(label, ""), *draw(st.sampled_from(pool))], columns, pad=True)

    rows, frames = [fresh() for _ in range(lines)], []
    kinds = ["whole", "row", "part", "part", "part", "scroll", "scroll", "same"]
    for kind in ["same", *draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=6))]:
        if kind == "part":  # as a Textual update of a region writes it
            y, x = draw(st.integers(1, lines)), draw(st.integers(1, columns))
            text = rendered(draw(st.lists(piece, max_size=3)), columns - x + 1, pad=False)
            frames.append(f"\x1b[{y};{x}H{text}\x1b[1;1H")
            continue
        if kind == "whole":
            rows = [fresh() for _ in range(lines)]
        elif kind == "row":
            rows[draw(st.integers(0, lines - 1))] = fresh()
        elif kind == "scroll":
            top = draw(st.integers(0, lines - 2))
            bottom, by = draw(st.integers(top, lines - 1)), draw(st.integers(-4, 4))
            block, new = rows[top : bottom + 1], [fresh() for _ in range(abs(by))]
            moved = (block + new)[-len(block) :] if by >= 0 else (new + block)[: len(block)]
            rows[top : bottom + 1] = moved
        cursor = f"\x1b[{draw(st.integers(1, lines))};{draw(st.integers(1, columns))}H"
        written = "\n".join(f"\x1b[{y};1H{row}" for y, row in enumerate(rows, 1))
        frames.append(written + cursor)
    return columns, lines, frames


@pytest.mark.parametrize("able", TERMINALS)
def test_random_frames_look_the_same(able: Abilities) -> None:
    @examples(40)
    @given(sessions())
    def check(session: tuple[int, int, list[str]]) -> None:
        columns, lines, frames = session
        pair = Pair(columns, lines, able)
        for text in ("\x1b[?1049h", *frames):
            pair.write(text)
        assert pair.recorder.dropped == 0

    check()


@examples(40)
@given(sessions())
def test_random_frames_look_the_same_without_differences(session: Any) -> None:
    columns, lines, frames = session
    pair = Pair(columns, lines, Abilities(), plain=True)
    for text in ("\x1b[?1049h", *frames):
        pair.write(text)
    assert not any("\x1b[K" in text or "L" in text for text in pair.recorder.sent)


@examples(40)
@given(sessions(), st.data())
def test_a_repaint_restores_what_others_wrote_over(session: Any, data: st.DataObject) -> None:
    columns, lines, frames = session
    pair = Pair(columns, lines, Abilities())
    pair.write("\x1b[?1049h")
    for text in frames:
        pair.write(text)
        if data.draw(st.booleans()):
            pair.streams[1].feed("\x1b[0;7m\x1b[3;3Hwall: 日本\x1b[5;1H\x1b[K\r\n\n\n")
            pair.recorder.repaint()


@pytest.mark.parametrize("bce", [True, False])
def test_blocks_that_move_are_shifted_by_the_terminal(bce: bool) -> None:
    shifts = 0
    for top, bottom, by in itertools.product((0, 5), (9, 14, 15), (-6, -3, -1, 1, 2, 6)):
        pair = Pair(40, 16, Abilities(background_erase=bce))
        pair.write("\x1b[?1049h")
        for base in (0, 1, 2, 2):
            rows = [rendered([(f"header {y}", "48;5;17")], 40, pad=True) for y in range(16)]
            for y in range(top, bottom + 1):
                number = 1000 + base * by + y
                letters = "".join(chr(97 + number * k * k % 23) for k in range(3, 30))
                text = f"{number} {'日本' if number % 5 == 0 else 'row '} {letters}"
                style = "1;38;2;9;9;9;48;2;1;120;212" if y == bottom else "48;2;30;30;30"
                scroll_bar = (" ┃"[(y + base) % 2], f"4{(y + base) % 8}")
                rows[y] = rendered([(text, style), ("   ", style)], 39, pad=True)
                rows[y] += rendered([scroll_bar], 1, pad=True)
            frame = "\n".join(f"\x1b[{y};1H{row}" for y, row in enumerate(rows, 1))
            pair.write(frame + "\x1b[1;1H")
        shifts += sum("r\x1b[" in text and "\x1b[r" in text for text in pair.recorder.sent)
    assert shifts > 35


@pytest.mark.parametrize(
    "odd", [{"🚀": 1, "日": 1}, {"e\u0301": 2}, {"日": 1, "가": 1, "나": 3, "🚀": 3, "क्षि": 5}]
)
def test_terminals_that_disagree_about_a_width_keep_all_else_in_place(odd: dict[str, int]) -> None:
    def widths(text: str) -> list[tuple[str, int]]:
        return [(cluster, odd.get(cluster, columns)) for cluster, columns in textual_widths(text)]

    @examples(40)
    @given(sessions())
    def check(session: tuple[int, int, list[str]]) -> None:
        columns, lines, frames = session
        pair = Pair(columns, lines, Abilities())
        pair.diffed.widths = widths
        pair.resizing = True  # it is not to look the same
        for text in ("\x1b[?1049h", *frames):
            pair.write(text)
            for right, shown in zip(pair.stock.looks(), pair.diffed.looks(), strict=True):
                for x, (one, two) in enumerate(zip(right, shown, strict=True)):
                    disputed = [
                        is_disputed(look.character) for look in right[max(0, x - 5) : x + 1]
                    ]
                    covered = any(disputed) and two.character == ""
                    assert disputed[-1] or covered or one.character == two.character

    check()


def is_disputed(character: str) -> bool:
    return len(character) != 1 or character > "\u2fff"


def test_lines_that_come_in_are_blank_whatever_the_pen_was_before() -> None:
    pair = Pair(30, 12, Abilities())
    pair.write("\x1b[?1049h")
    for first in (0, 1, 2):
        texts = [f"row {number * 7919:x} {number:08b}" for number in range(first, first + 11)]
        rows = [rendered([(text, "")], 30, pad=True) for text in texts]
        rows.append(rendered([(f"bottom {first}".ljust(30), "44")], 30, pad=True))
        pair.write("\n".join(f"\x1b[{y};1H{row}" for y, row in enumerate(rows, 1)) + "\x1b[1;1H")
    assert "\x1b[m\x1b[1;11r" in pair.recorder.sent[-1]


def test_the_model_blanks_the_other_half_of_a_wide_character() -> None:
    screen = Screen(10, 1)
    screen.draw("日本")
    screen.cursor.x = 1
    screen.draw("ab")
    assert screen.display[0] == " ab       "
