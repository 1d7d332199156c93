"""The frame, the menus, going and coming back, Harbor going away."""

import pytest
from textual.pilot import Pilot

from harbortui.demo import DemoHarbor

from .console import console, go, lines, until, words


async def test_the_first_line_says_where_and_as_whom(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        first = lines(pilot.app)[0]
        assert "harbor.example.com  2.15.2   admin · system administrator" in first
        assert first.rstrip().endswith("live")


def marked_by_cursor(pilot: Pilot[int]) -> str:
    """The row that the cursor stands on."""
    return next((line for line in lines(pilot.app) if line.startswith("▌")), "▌ -")[1:]


async def test_labels_are_listed_made_refused_and_deleted(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("n", *"urgent", "ctrl+s")
        await until(pilot, lambda: "urgent" in words(pilot.app))
        assert [write.path for write in demo.writes][-1].endswith("/labels")


async def test_harbor_goes_away_and_comes_back(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        before = lines(pilot.app)[3:10]
        demo.down = True
        await pilot.press("r")
        await until(pilot, lambda: "no answer since" in words(pilot.app))
        assert lines(pilot.app)[3:10] == before
        demo.down = False
        await until(pilot, lambda: lines(pilot.app)[0].rstrip().endswith("live"))


async def test_why_harbor_does_not_answer_is_said_in_place_of_what_went_well(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("n", *"urgent", "ctrl+s")
        await until(pilot, lambda: "The label has been made." in lines(pilot.app)[-2])
        monkeypatch.setattr("harbortui.screens.framed.SAID_FOR", 0.0)
        demo.down = True
        await pilot.press("r")
        await until(pilot, lambda: "no answer since" in words(pilot.app))
        assert lines(pilot.app)[-2].startswith(" ✗")


async def test_an_unknown_place_is_named_until_one_leaves(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("colon", *"nowhere", "enter")
        await until(pilot, lambda: "no place called" in words(pilot.app))
        monkeypatch.setattr("harbortui.screens.framed.SAID_FOR", 0.0)
        await pilot.press("escape")
        await until(pilot, lambda: lines(pilot.app)[1].strip() == "overview")
        assert "no place called" not in words(pilot.app)


async def test_escape_goes_back_to_the_overview(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await go(pilot, ":labels")
        await pilot.press("escape")
        await until(pilot, lambda: lines(pilot.app)[1].strip().startswith("overview"))


async def test_a_list_that_may_not_be_seen_is_not_asked_for(demo: DemoHarbor) -> None:
    async with console(demo, who="alice") as pilot:
        await pilot.press("colon", *"registries", "enter")
        await until(pilot, lambda: "for system administrators only" in words(pilot.app))
        await pilot.press("j", "G", "w")
        await pilot.pause(0.1)
        assert not [asked for asked in demo.requests if "/registries" in asked]


async def test_what_has_been_said_stays_until_one_moves(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("n", *"urgent", "ctrl+s")
        await until(pilot, lambda: "The label has been made." in lines(pilot.app)[-2])
        await until(pilot, lambda: marked_by_cursor(pilot).split()[0] == "urgent")
        monkeypatch.setattr("harbortui.screens.framed.SAID_FOR", 0.0)
        asked = len(demo.requests)
        await pilot.press("r")
        await until(pilot, lambda: len(demo.requests) > asked)
        assert "The label has been made." in lines(pilot.app)[-2]
        await pilot.press("k")
        await until(pilot, lambda: "has been made" not in lines(pilot.app)[-2])


async def test_the_cursor_goes_to_what_was_made(demo: DemoHarbor) -> None:
    async with console(demo, ":projects", size=(80, 24)) as pilot:
        await pilot.press("n", *"zz-last", "ctrl+s")
        await until(pilot, lambda: "The project has been made." in lines(pilot.app)[-2])
        await until(pilot, lambda: marked_by_cursor(pilot).split()[0] == "zz-last")
