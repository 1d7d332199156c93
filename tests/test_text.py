import unicodedata
from enum import StrEnum
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harbortui.text import INVISIBLE, LIMIT, code_points, odd, safe

WIDE = 1 << 30
ANY_CHARACTER = st.characters(exclude_categories=()) | st.sampled_from("\x1b\u0301\n")
ANY_TEXT = st.text(ANY_CHARACTER) | st.text(
    st.sampled_from("a \x1b\x9b\n\r\t\u0301\u0489\u202e\ufe0f\ud800\U000e0041…\\x1(+)")
)


@pytest.fixture(scope="module")
def every() -> list[str]:
    """All 1,114,112 code points in blocks, each after a letter so that marks have a base."""
    codes = range(0x110000)
    return [
        "".join(f"a{chr(code)}" for code in codes[start : start + 4096]) for start in codes[::4096]
    ]


def test_no_code_point_reaches_the_screen_that_acts_or_hides(every):
    for block in every:
        shown = safe(block, WIDE)
        assert shown.isprintable()
        assert not INVISIBLE.search(shown)
        assert safe(shown, WIDE) == shown


def test_no_code_point_acts_in_text_of_several_lines_either(every):
    for block in every[:64]:
        shown = safe(block, WIDE, multiline=True)
        assert shown.replace("\n", "").isprintable()
        assert shown.splitlines() == shown.split("\n")
        assert safe(shown, WIDE, multiline=True) == shown


def test_every_visible_code_point_stays_as_it_is(every):
    for block in every:
        kept = "".join(
            char
            for char in block
            if unicodedata.category(char)[0] in "LNPS" and not INVISIBLE.match(char)
        )
        assert safe(kept, WIDE) == kept


@given(ANY_TEXT, st.integers(-2, 60), st.booleans())
@example("x" * 7, 5, False)
@example("\x1b" * 9, 12, False)
@example("\r\r\n\r\n", 40, True)
@example("e" + "\u0301" * 9 + "x" * 40, 20, False)
@example("\u0301e", 10, False)
def test_safe_twice_is_safe_once_and_never_longer_than_the_limit(text, limit, multiline):
    shown = safe(text, limit, multiline)
    assert len(shown) <= max(limit, 0)
    assert safe(shown, limit, multiline) == shown


@given(st.text(ANY_CHARACTER, min_size=4), st.integers(20, 60))
def test_what_is_left_out_is_counted(text, limit):
    shown = safe(text * 20, limit)
    beginning, _, count = shown[:-1].rpartition("…(+")
    assert safe((text * 20)[: len(text * 20) - int(count)], WIDE) == beginning


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mroot", r"\x1b[31mroot"),
        ("\x9b31m", r"\x9b31m"),
        ("\x00\x7f", r"\x00\x7f"),
        ("one\ntwo\tthree\r", r"one\x0atwo\x09three\x0d"),
        ("exe\u202ecod", r"exe\u202ecod"),
        ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
        ("\U000e0041", r"\U000e0041"),
        ("\ud800", r"\ud800"),
        ("no\u00a0break", r"no\u00a0break"),
        ("\u3164", r"\u3164"),
        ("heart\ufe0f", r"heart\ufe0f"),
        ("e\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\ufffdx"),
        ("\u0338text", r"\u0338text"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("Jürgen 張 ✓", "Jürgen 張 ✓"),
    ],
)
def test_hostile_text_is_written_out(hostile, shown):
    assert safe(hostile) == shown


def test_no_character_that_leaves_nothing_to_see_is_kept():
    fillers = "\u00ad\u034f\u115f\u1160\u17b4\u180b\u180e\u200d\u2060\u2800\u3164\ufe00\ufe0f\uffa0"
    for char in fillers + "\U0001d159\U000e0001\U000e0020\U000e0100\U000e01ef":
        assert safe(f"a{char}b").startswith(("a\\u", "a\\U"))


def test_lines_stay_lines_where_several_are_wanted():
    assert safe("one\r\ntwo\n\tthree\x0b\x85\u2028", multiline=True) == (
        "one\ntwo\n    three" + r"\x0b\x85\u2028"
    )


def test_a_mark_on_an_empty_line_does_not_sit_on_the_line_before():
    assert safe("a\n\u0338b", multiline=True) == "a\n\\u0338b"


def test_a_long_text_says_how_much_is_missing():
    assert safe("x" * 200_000) == "x" * 1990 + "…(+198010)"
    assert len(safe("x" * 200_000)) == LIMIT
    assert safe("x" * 9, 3) == "…"
    assert safe("x", 0) == ""


def test_a_name_of_the_limit_is_whole():
    assert safe("é" * 64, 64) == "é" * 64


class Colour(StrEnum):
    RED = "\x1b[31m"


class Disguise(str):
    def __str__(self) -> str:
        return "harmless"

    def isascii(self) -> bool:
        return True

    def isprintable(self) -> bool:
        return True


class Silent:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def __str__(self) -> str:
        raise self.error


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "True"),
        (12, "12"),
        (1.5, "1.5"),
        (b"\x1b", r"b'\x1b'"),
        (["\x1b"], r"['\x1b']"),
        (Colour.RED, r"\x1b[31m"),
        (Disguise("\x1b"), r"\x1b"),
        pytest.param(10**5000, "<int>", id="a number of 5000 digits"),
        (Silent(ValueError("no")), "<Silent>"),
        (Silent(RecursionError()), "<Silent>"),
        (Silent(KeyError()), "<Silent>"),
    ],
)
def test_anything_can_be_shown(value, shown):
    assert safe(value) == shown


def test_a_plain_name_takes_less_than_a_microsecond():
    name = "library/nginx-proxy"

    def microseconds() -> float:
        start = perf_counter()
        for _ in range(20_000):
            safe(name)
        return (perf_counter() - start) / 20_000 * 1e6

    assert min(microseconds() for _ in range(9)) < 1


@pytest.mark.parametrize(
    "hostile", ["e" + "\u0301\u0316" * 100_000, "\x1b" * 200_000], ids=["marks", "controls"]
)
def test_a_huge_text_costs_what_its_limit_costs(hostile):
    start = perf_counter()
    safe(hostile)
    odd(hostile)
    assert perf_counter() - start < 0.1


@pytest.mark.parametrize(
    "name",
    [
        "\u0430dmin",
        "admin ",
        " admin",
        "adm\u200bin",
        "ad\u202emin",
        "\uff41dmin",
        "\U0001d41admin",
        "adm\u0131n",
        "\u0391ndreas",
        "re\u0301sume\u0301",
        "payments/\u0430\u0440\u0456",
        "a\x1b[31m",
        pytest.param("a" * 3000, id="too long"),
        "\ud800",
    ],
)
def test_a_name_that_can_be_taken_for_another_is_odd(name):
    assert odd(name)


@pytest.mark.parametrize(
    "name",
    ["admin", "", "Lee Min", "Jürgen", "Иванов", "Σωκράτης", "張偉", "한국", "robot$a+b", "a[/]b"],
)
def test_a_name_of_any_language_is_not_odd_by_itself(name):
    assert not odd(name)


def test_code_points_name_what_the_eye_does_not_see():
    assert code_points(" \u0430d\u202em\x1b n") == (
        "1: U+0020 SPACE, 2: U+0430 CYRILLIC SMALL LETTER A, 4: U+202E RIGHT-TO-LEFT OVERRIDE, "
        "6: U+001B"
    )
    assert code_points("plain name") == ""
    assert code_points("\u200b" * 50, limit=1) == "1: U+200B ZERO WIDTH SPACE …(+49)"
    assert len(code_points("\u0430" * 9999)) < 2000
