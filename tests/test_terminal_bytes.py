"""Few bytes: what a change costs, to the byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from harbortui.terminal.abilities import UNKNOWN, Abilities
from harbortui.terminal.diff import path
from harbortui.terminal.grid import Grid, clusters, parse, width
from harbortui.terminal.headless import Recorder
from harbortui.terminal.pens import DEFAULT, Style, styled, transition

XTERM = Abilities()
BLUE, BAR = "\x1b[44m", "=" * 30
RED, GREY = "\x1b[31m", "\x1b[90m"


def cost(before: str, after: str, able: Abilities = XTERM) -> str:
    """What a terminal of 40 columns and one line gets when it shows one row and then another."""
    recorder = Recorder(able)
    for text in ("\x1b[?1049h", f"\x1b[1;1H{before}\x1b[1;1H", f"\x1b[1;1H{after}\x1b[1;1H"):
        recorder.write(text, 40, 1)
    return recorder.sent[-1]


def test_one_character_costs_one_character_and_the_way_to_it() -> None:
    assert cost("a" * 40, "a" * 20 + "b" + "a" * 19) == "\x1b[20Cb\r"


def test_a_gap_is_written_again_as_long_as_stepping_over_it_is_not_cheaper() -> None:
    assert cost("a" * 40, "baaaab" + "a" * 34) == "baaaab\r"
    assert cost("a" * 40, "baaaaab" + "a" * 33) == "b\x1b[5Cb\r"


def test_a_gap_in_another_style_is_stepped_over() -> None:
    before = f"a{BLUE}x\x1b[0ma".ljust(40)
    assert cost(before, before.replace("a", "b")) == "b\x1b[Cb\r"


def test_blanks_are_written_with_any_pen_of_their_background() -> None:
    after = f"{RED}one{GREY} two {RED}six\x1b[0m".ljust(59)
    assert cost("c" * 40, after) == f"{RED}one {GREY}two {RED}six\x1b[K\r"
    assert cost(after, after.replace(f"{GREY} two ", f"{GREY} two{RED} ")) == ""


def test_blanks_between_changes_are_bridged_with_the_pen_at_hand() -> None:
    before = f"{RED}ab\x1b[0m  {RED}cd\x1b[0m".ljust(58)
    assert cost(before, before.replace("ab", "ax").replace("cd", "xd")) == "\x1b[Cx  x\r"


def test_a_long_blank_end_is_erased_and_a_short_one_is_written() -> None:
    assert cost(BAR.ljust(40), " " * 40) == "\x1b[K"
    assert cost(("a" * 37).ljust(40), ("a" * 34).ljust(40)) == "\x1b[34C   \r"


def test_a_blank_end_with_a_background_is_erased_only_where_erasing_keeps_it() -> None:
    blue = f"{BLUE}{' ' * 40}\x1b[0m"
    assert cost(BAR.ljust(40), blue) == f"{BLUE}\x1b[K"
    assert cost(BAR.ljust(40), blue, UNKNOWN) == f"{BLUE}{' ' * 40}\x1b[H"


def test_underlined_blanks_are_written() -> None:
    assert cost(BAR.ljust(40), f"\x1b[4m{' ' * 40}\x1b[0m") == f"\x1b[4m{' ' * 40}\x1b[H"


def test_nothing_is_erased_with_an_underlined_pen() -> None:
    after = f"\x1b[4ma\x1b[0m{' ' * 39}"
    assert cost(BAR.ljust(40), after) == "\x1b[4ma\x1b[m\x1b[K\r"


def test_blanks_in_the_middle_are_erased_and_stepped_over() -> None:
    after = "a" + " " * 20 + "b" * 19
    assert cost("c" * 40, after) == f"a\x1b[20X\x1b[20C{'b' * 19}\x1b[H"
    without = Abilities(erase_characters=False)
    assert cost("c" * 40, after, without) == f"{after}\x1b[H"


def test_a_change_left_of_a_wide_character_leaves_that_alone() -> None:
    assert cost("abc日本".ljust(38), "axc日本".ljust(38)) == "\x1b[Cx\r"


def test_a_row_is_written_anew_from_its_first_changed_wide_character() -> None:
    assert cost("abc日d".ljust(39), "abc本d".ljust(39)) == "\x1b[3C\x1b[K本\x1b[;6Hd\x1b[K\r"


def test_where_a_wide_character_was_the_row_is_erased_whatever_its_width() -> None:
    assert cost("abc日d".ljust(39), "abcxyz".ljust(40)) == "\x1b[3C\x1b[Kxyz\x1b[K\r"


@pytest.mark.parametrize(
    ("start", "end", "way"),
    [
        (None, (0, 0), "\x1b[H"),
        (None, (0, 4), "\x1b[;5H"),
        (None, (3, 0), "\x1b[4H"),
        ((2, 5), (3, 0), "\r\n"),
        ((2, 5), (2, 0), "\r"),
        ((2, 5), (2, 6), "\x1b[C"),
        ((2, 9), (2, 7), "\x1b[2D"),
        ((2, 5), (3, 5), "\x1b[4;6H"),
    ],
)
def test_the_cursor_takes_the_shortest_way(
    start: tuple[int, int] | None, end: tuple[int, int], way: str
) -> None:
    assert path(start, end) == way


CODES = ["1", "2", "4", "21", "7", "31", "97", "44", "38;5;9", "48;2;1;2;3", "39", "49", "22", "24"]
styles = st.lists(st.sampled_from(CODES), max_size=6).map(
    lambda codes: styled(DEFAULT, ";".join(codes))
)


@settings(database=None, derandomize=True)
@given(styles, styles)
def test_every_pen_can_become_every_other(old: Style, new: Style) -> None:
    change = transition(old, new)
    assert styled(old, change[2:-1]) == new if change else old == new


@pytest.mark.parametrize(
    "junk", ["38;5;999", "38;2;1;2", "99", "38", "48;5;x", "1;2;3;4;5;108", "٣"]
)
def test_malformed_colours_change_nothing(junk: str) -> None:
    style = styled(DEFAULT, junk)
    assert (style.foreground, style.background) == ("", "")


def rows(*frames: str) -> list[str]:
    """The characters of a grid of 8 columns and 1 line after frames; `~` is covered by the left."""
    grid = Grid(8, 1)
    for frame in frames:
        grid.apply(frame)
    return [character or "~" for character, _ in grid.rows[0]]


def test_half_of_a_wide_character_that_is_written_over_is_blank() -> None:
    assert rows("\x1b[1;1H日本日", "\x1b[1;2Hab") == [*" ab ", *"日~", " ", " "]
    assert rows("\x1b[1;1H日本", "\x1b[1;3Ha") == [*"日~a ", *"    "]


def test_what_does_not_fit_into_a_row_is_cut_off_and_never_half_of_a_character() -> None:
    assert rows("\x1b[1;6Habcdef") == [*"     abc"]
    assert rows("\x1b[1;6Hab日") == [*"     ab "]
    assert rows("\x1b[2;1Habc", "\x1b[1;9Habc", "\x1b[0;0Habc") == [*"        "]


def test_a_mark_stays_with_its_letter_though_the_style_changes_between_them() -> None:
    assert rows("\x1b[1;1He\x1b[1m\u0301x")[:2] == ["e\u0301", "x"]


@settings(max_examples=300, database=None, derandomize=True, deadline=None)
@given(st.text(st.sampled_from("a日e\u0301\u200d🚀👩❤\ufe0f🇩🇪가क्षि\ufe0e"), max_size=12))
def test_characters_are_as_wide_as_textual_thinks(text: str) -> None:
    assert sum(columns for _, columns in clusters(text)) == width(text) == cell_len(text)
    assert "".join(cluster for cluster, _ in clusters(text)) == text
    cells, dropped = parse(text)
    assert (len(cells), dropped) == (cell_len(text), 0)
