"""Words in dialogs are wrapped to the room there is, whole and safe."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from harbortui.shown import Part
from harbortui.text import safe
from harbortui.widgets.ink import plain, width
from harbortui.widgets.paper import Paper, wrap

from .standing import drawn, standing


def test_lines_are_broken_between_words_and_inside_one_that_is_too_long() -> None:
    assert [plain(row) for row in wrap((Part("one two three"),), 6)] == ["one ", "two ", "three"]
    assert [plain(row) for row in wrap((Part("one two three"),), 7)] == ["one two ", "three"]
    assert [plain(row) for row in wrap((Part("abcdefgh"),), 3)] == ["abc", "def", "gh"]
    assert wrap((Part("short"),), 80) == [(Part("short"),)]
    assert wrap((), 10) == [()]


def test_tones_are_kept_where_a_line_is_broken() -> None:
    rows = wrap((Part("one ", "ok"), Part("two three", "bad")), 8)
    assert rows == [(Part("one ", "ok"), Part("two ", "bad")), (Part("three", "bad"),)]


Lines = st.lists(st.builds(Part, st.text(max_size=60).map(safe)), max_size=4).map(tuple)


@given(Lines, st.integers(2, 60), st.integers(0, 30))
def test_nothing_is_lost_and_everything_fits(line: tuple[Part, ...], room: int, hang: int) -> None:
    rows = wrap(line, room, hang)
    assert plain(part for row in rows for part in row).replace(" ", "") == plain(line).replace(
        " ", ""
    )
    for row in rows:
        assert cell_len(plain(row).rstrip()) <= room


def test_what_follows_hangs_below_the_value_not_below_its_title() -> None:
    line = (Part("Title  ", "muted"), Part("some words that are longer"))
    assert [plain(row) for row in wrap(line, 18, hang=7)] == [
        "Title  some words ",
        "       that are ",
        "       longer",
    ]
    assert [plain(row) for row in wrap((Part("Digest "), Part("0123456789abcdef")), 17, 7)] == [
        "Digest 0123456789",
        "       abcdef",
    ]
    assert plain(wrap(line, 12, hang=7)[1]) == "words that "  # too narrow to hang


def test_without_room_nothing_is_broken() -> None:
    line = (Part("one two"),)
    assert wrap(line, 0) == [line]
    assert width(line) == 7


async def test_a_paper_is_as_high_as_its_wrapped_lines_and_safe() -> None:
    paper = Paper([[Part("one two three")], [], [Part("evil\x1b[2J")]])
    paper.styles.width, paper.styles.height = 10, "auto"
    async with standing(paper, size=(40, 10)) as pilot:
        await pilot.pause()
        assert drawn(paper) == ["one two", "three", "", "evil\\x1b[2", "J"]
        paper.show([[Part("x")]])
        await pilot.pause()
        assert drawn(paper) == ["x"]
