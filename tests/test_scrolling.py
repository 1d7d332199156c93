"""Long lists under a reader who scrolls: what is fetched, and when."""

import asyncio

from harbortui.demo import DemoHarbor
from harbortui.screens import resource

from .console import console, lines, until
from .test_resource_marks import large
from .test_resource_screen import asked, first, screen

__all__ = ["large"]
HUGE = "/projects/huge/repositories"


async def test_the_first_rows_of_ten_thousand_come_with_one_request(large: DemoHarbor) -> None:
    large.requests.clear()
    async with console(large, ":repositories huge") as pilot:
        await until(pilot, lambda: "10,000 repositories" in lines(pilot.app)[1])
        assert len(asked(large, HUGE)) == 1
        assert first(pilot).startswith("huge/")


async def test_scrolling_fetches_only_what_is_seen(large: DemoHarbor) -> None:
    async with console(large, ":repositories huge") as pilot:
        await until(pilot, lambda: "10,000" in lines(pilot.app)[1])
        large.requests.clear()
        await pilot.press("G", "g", "G")
        await until(pilot, lambda: screen(pilot).table.current is not None)
        pages = {int(query.split("page=")[1].split("&")[0]) for query in asked(large, HUGE)}
        assert pages == {100}
        before = len(asked(large, HUGE))
        await pilot.press("k", "k")
        await pilot.pause()
        assert len(asked(large, HUGE)) == before <= 2


async def test_a_page_comes_while_a_key_is_held(large: DemoHarbor) -> None:
    async with console(large, ":repositories huge") as pilot:
        await until(pilot, lambda: "10,000" in lines(pilot.app)[1])
        table = screen(pilot).table
        table.go(99)
        for _ in range(20):
            table.action_move(1)
            await asyncio.sleep(resource.REST / 3)
        assert table.place == 119
        assert table.current is not None
