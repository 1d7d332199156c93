"""Marks in a list: over filters, pages and rows that are not here yet."""

import pytest

from harbortui.demo import DemoHarbor
from harbortui.screens.confirm import Confirm

from .console import console, lines, type_in, until, words
from .test_resource_screen import screen


@pytest.fixture(scope="module")
def large() -> DemoHarbor:
    """10,000 repositories; nobody changes it."""
    return DemoHarbor("large")


async def test_all_of_too_many_rows_are_not_marked(large: DemoHarbor) -> None:
    async with console(large, ":repositories huge") as pilot:
        await pilot.press("asterisk")
        await until(
            pilot, lambda: "10,000 rows are too many: narrow the filter" in words(pilot.app)
        )
        assert screen(pilot).table.marks == {}


async def test_marks_outlive_a_filter_and_the_question_says_what_it_hides(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("j", "space", "space")
        await until(pilot, lambda: "2 marked" in lines(pilot.app)[1])
        await pilot.press("slash")
        await type_in(pilot, "approved")
        await pilot.press("enter")
        await until(pilot, lambda: "2 marked, 1 hidden" in lines(pilot.app)[1])
        await pilot.press("D")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert "1 of them hidden by the filter" in words(pilot.app)
        assert "Delete 2 labels?" in words(pilot.app)


async def test_a_star_marks_all_of_the_filter_and_again_none(demo: DemoHarbor) -> None:
    async with console(demo, ":repositories /base-images") as pilot:
        await until(pilot, lambda: "filter" in lines(pilot.app)[1])
        await pilot.press("space", "asterisk")
        await until(pilot, lambda: "5 marked" in lines(pilot.app)[1])
        await pilot.press("asterisk")
        await until(pilot, lambda: "marked" not in lines(pilot.app)[1])


async def test_a_star_fetches_what_is_not_here(demo: DemoHarbor) -> None:
    async with console(demo, ":repositories") as pilot:
        await pilot.press("asterisk")
        await until(pilot, lambda: "141 marked" in lines(pilot.app)[1])
        assert len(screen(pilot).table.marks) == 141


async def test_a_star_on_a_list_with_headings_marks_its_rows(demo: DemoHarbor) -> None:
    async with console(demo, ":configuration") as pilot:
        await until(pilot, lambda: screen(pilot).table.current is not None)
        await pilot.press("asterisk")
        await until(pilot, lambda: screen(pilot).table.marks)
