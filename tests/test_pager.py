"""Long texts: scrolled, wrapped, searched; only what is on the screen is drawn."""

import pytest

from harbortui.shown import Part
from harbortui.widgets.pager import Pager, Row, plain_row

from .standing import drawn, standing


def numbered(count: int) -> list[Row]:
    return [plain_row(f"line {n}") for n in range(count)]


def first(pager: Pager) -> str:
    return drawn(pager)[0].strip()


@pytest.mark.parametrize(
    ("keys", "top"),
    [
        ("j", 1),
        ("j j k", 1),
        ("k", 0),
        ("G", 90),
        ("G g", 0),
        ("end j", 90),
        ("pagedown", 10),
        ("space space", 20),
        ("ctrl+f ctrl+b", 0),
        ("ctrl+d", 5),
        ("ctrl+d ctrl+u", 0),
    ],
)
async def test_keys_scroll(keys: str, top: int) -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)) as pilot:
        pager.show(numbered(100))
        await pilot.press(*keys.split())
        assert first(pager) == f"line {top}"


async def test_how_far_down_one_is() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)) as pilot:
        assert pager.percent == 100
        pager.show(numbered(100))
        assert pager.percent == 10
        await pilot.press("G")
        assert pager.percent == 100


async def test_a_text_that_is_shown_again_keeps_its_place() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)) as pilot:
        pager.show(numbered(100))
        await pilot.press("j", "j")
        pager.show(numbered(120))
        assert first(pager) == "line 2"
        pager.show(numbered(5))
        assert first(pager) == "line 0"


async def test_whoever_is_at_the_end_stays_at_the_end() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)) as pilot:
        pager.show(numbered(100))
        await pilot.press("G")
        pager.show(numbered(150))
        assert first(pager) == "line 140"


async def test_a_log_that_outgrows_the_screen_is_followed_and_another_text_is_not() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)):
        pager.tail = True
        for count in (3, 9, 11, 30):
            pager.show(numbered(count))
        assert first(pager) == "line 20"
        pager.go(0)
        pager.tail = False
        pager.show(numbered(8))
        pager.show(numbered(30))
        assert first(pager) == "line 0"


LONG = "alpha " + "b" * 60 + " omega"


async def test_long_lines_are_cut_or_wrapped_and_the_top_stays_the_top() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)) as pilot:
        pager.show([plain_row(LONG), *numbered(50)])
        assert "omega" not in "".join(drawn(pager))
        pager.flip_wrap()
        assert [one.strip() for one in drawn(pager)[:4]] == [
            "alpha",
            "b" * 35,
            "b" * 25 + " omega",
            "line 0",
        ]
        pager.go(5)
        assert first(pager) == "line 2"
        pager.flip_wrap()
        assert first(pager) == "line 2"
        await pilot.resize_terminal(60, 10)
        assert first(pager) == "line 2"


async def test_on_another_screen_the_top_stays_the_top_and_the_end_the_end() -> None:
    pager = Pager()
    async with standing(pager, size=(80, 10)) as pilot:
        pager.wrapped = True
        pager.show([*[plain_row(LONG)] * 20, *numbered(50)])
        pager.go(21)
        await pilot.resize_terminal(40, 10)
        assert first(pager) == "line 1"
        await pilot.press("G")
        await pilot.resize_terminal(40, 5)
        assert first(pager) == "line 45"
        pager.show([*pager.source, *numbered(60)])
        assert first(pager) == "line 55"


async def test_lines_that_are_cut_can_be_read_sideways() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)) as pilot:
        pager.show([plain_row(LONG)])
        await pilot.press("right", "right", "right", "right")
        assert first(pager).endswith("omega")
        await pilot.press("left", "left", "left", "left", "left")
        assert first(pager).startswith("alpha")


def bars(pager: Pager) -> list[str]:
    """The lines that are marked as found."""
    return [one.removeprefix("▌").strip() for one in drawn(pager) if one.startswith("▌")]


async def test_a_search_goes_from_hit_to_hit_and_round_the_end() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)):
        pager.show(numbered(100))
        for wanted in (7, 17, 27):
            assert pager.search("NE " if wanted < 0 else "7")
            assert bars(pager) == [f"line {wanted}"]
        assert pager.search("7", forward=False)
        assert bars(pager) == ["line 17"]
        for _ in range(2):
            assert pager.search("7", forward=False)
        assert bars(pager) == ["line 97"]
        assert pager.search("7")
        assert bars(pager) == ["line 7"]
        assert not pager.search("nowhere")


async def test_a_search_begins_where_one_is() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)):
        pager.show(numbered(100))
        pager.go(50)
        assert pager.search("line 5")
        assert bars(pager) == ["line 50"]
        pager.hit = -1
        pager.go(50)
        assert pager.search("line 4", forward=False)
        assert bars(pager) == ["line 49"]


async def test_what_is_broken_over_two_rows_is_found_and_stays_found_when_unwrapped() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)):
        pager.show([*numbered(30), plain_row(LONG), *numbered(30)])
        pager.flip_wrap()
        assert pager.search("alpha bbb")
        assert bars(pager)[0] == "alpha"
        assert pager.search("omega")
        assert "b" * 25 + " omega" in bars(pager)
        pager.flip_wrap()
        assert [one[:5] for one in bars(pager)] == ["alpha"]


async def test_an_empty_text_can_be_searched_and_scrolled() -> None:
    pager = Pager()
    async with standing(pager) as pilot:
        assert not pager.search("x")
        pager.flip_wrap()
        pager.flip_wrap()
        await pilot.press("j", "G", "right", "space")
        assert drawn(pager)[0] == ""


async def test_hits_are_picked_out_whatever_their_case() -> None:
    pager = Pager()
    async with standing(pager, size=(40, 10)):
        pager.show([(Part("an Error, an ERROR", "bad"),), plain_row("straße ERROR")])
        pager.search("error")
        found = [segment.text for segment in pager.render_line(0)]
        assert [text for text in found if text.casefold() == "error"] == ["Error", "ERROR"]
        assert drawn(pager)[1].strip() == "straße ERROR"


async def test_only_rows_on_the_screen_are_drawn() -> None:
    class Counting(list[Row]):
        asked = 0

        def __getitem__(self, place):
            Counting.asked += 1
            return super().__getitem__(place)

    pager = Pager()
    async with standing(pager, size=(40, 10)) as pilot:
        pager.show(Counting(numbered(100_000)))
        await pilot.pause()
        Counting.asked = 0
        await pilot.press("j")
        await pilot.pause()
        assert Counting.asked <= 20
