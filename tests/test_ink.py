"""Cells become words with tones: safe, of the right width, with few changes of style."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from harbortui.clock import Clock
from harbortui.resources.core import Cell, Part, When
from harbortui.text import safe
from harbortui.widgets.ink import TONES, fit, join, middle, parts, plain, sentence, width

NOW = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)
CLOCK = Clock(NOW.timestamp)
Texts = st.text(max_size=80)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, []),
        ("abc", [Part("abc")]),
        (1234567, [Part("1,234,567")]),
        (0, [Part("0")]),
        (Part("bad\x1b", "bad"), [Part("bad\\x1b", "bad")]),
        ((Part("a", "ok"), Part("\u202eb")), [Part("a", "ok"), Part("\\u202eb")]),
        (When(datetime(2026, 11, 20, 6, tzinfo=UTC)), [Part("3 h", "muted")]),
        (When(datetime(2026, 11, 20, 6, tzinfo=UTC), "warn"), [Part("3 h", "warn")]),
        (When(None), [Part("-", "muted")]),
        (When(datetime(1, 1, 1, tzinfo=UTC)), [Part("-", "muted")]),
    ],
)
def test_a_cell_is_words_with_tones(cell: Cell, words: list[Part]) -> None:
    assert list(parts(cell, CLOCK)) == words


@given(Texts)
def test_every_road_to_the_screen_is_safe(text: str) -> None:
    cells: list[Cell] = [text, Part(text, "bad"), (Part(text), Part(text, "ok"))]
    for cell in cells:
        for part in parts(cell, CLOCK):
            assert part.text == safe(text)


def test_a_long_name_is_cut_in_its_middle() -> None:
    assert middle("abcdefghij", 10) == "abcdefghij"
    assert middle("abcdefghij", 7) == "abc…hij"
    assert middle("abcdefghij", 6) == "abc…ij"
    assert middle("abcdefghij", 2) == "a…"
    assert middle("abc", 1) == "a"
    assert middle("abc", 0) == ""
    assert middle("漢字漢字", 5) == "漢…字"


@given(Texts, st.integers(0, 100))
def test_what_is_cut_has_room_and_both_ends(text: str, room: int) -> None:
    text = safe(text)
    cut = middle(text, room)
    assert cell_len(cut) <= room
    if cell_len(text) <= room:
        assert cut == text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Self-registration is closed.", "Self-registration is closed."),
        ("it was not found there, says Harbor: it is gone", "it was not found … it is gone"),
        ("written to /home/me/some/where/log-1.csv", "written to …me/some/where/log-1.csv"),
        ("pull library/nginx@sha256:0123456789abcdef", "pull library/nginx@s…23456789abcdef"),
        ("x" * 99, "x" * 17 + "…" + "x" * 17),
    ],
)
def test_a_sentence_is_cut_between_words_or_in_a_long_one(said: str, shown: str) -> None:
    assert sentence(said, 35) == shown


@given(Texts, st.integers(1, 100))
def test_a_sentence_has_room(text: str, room: int) -> None:
    text = safe(text)
    assert cell_len(sentence(text, room)) <= max(room, 1)


Parts = st.lists(st.builds(Part, Texts.map(safe), st.sampled_from(["", *TONES])), max_size=5)


@given(Parts, st.integers(0, 100), st.booleans())
def test_a_cell_fills_its_column_exactly(cell: list[Part], room: int, right: bool) -> None:
    found = fit(cell, room, right)
    assert width(found) == room
    if width(cell) <= room:
        words = plain(found)
        assert plain(cell) == (
            words[len(words) - len(plain(cell)) :] if right else words[: len(plain(cell))]
        )


def test_numbers_stand_at_the_right() -> None:
    assert plain(fit([Part("12")], 5, True)) == "   12"
    assert plain(fit([Part("ab")], 5)) == "ab   "


def test_the_longest_part_of_a_cell_is_cut() -> None:
    name = [Part("project/", "muted"), Part("a-very-long-name")]
    assert fit(name, 16) == [Part("project/", "muted"), Part("a-ve…ame")]


def test_neighbours_of_one_style_are_one_segment() -> None:
    bold, plain_style = Style(bold=True), Style()
    segments = [
        Segment("a", bold),
        Segment("b", bold),
        Segment("", plain_style),
        Segment("c", plain_style),
        Segment("d", bold),
    ]
    assert join(segments) == [
        Segment("ab", bold),
        Segment("c", plain_style),
        Segment("d", bold),
    ]


def test_no_room_at_all_is_enough() -> None:
    for room in (-3, -1, 0):
        assert plain(fit([Part("words", "warn"), Part("more")], room)) == ""
