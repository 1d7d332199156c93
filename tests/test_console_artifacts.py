"""Repositories and what is in them by keys, on the real screens."""

from harbortui.demo import DemoHarbor

from .console import console, lines, until, words


async def test_what_the_scanner_does_not_take_is_not_even_asked_about(demo: DemoHarbor) -> None:
    async with console(demo, ":artifacts charts/web") as pilot:
        await pilot.press("s")
        await until(pilot, lambda: "the scanner takes no charts" in words(pilot.app))
        assert [write.path for write in demo.writes] == ["/c/login"]


async def test_of_the_marked_the_first_that_is_refused_is_shown(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("slash", *"partner", "enter")
        await until(pilot, lambda: " 2 projects" in lines(pilot.app)[1])
        await pilot.press("asterisk")
        await until(pilot, lambda: "2 marked" in lines(pilot.app)[1])
        await pilot.press("G", "D")
        says = "partner-acme still holds 1 repository (1 of 2 marked; space unmarks it)"
        await until(pilot, lambda: says in words(pilot.app))
        assert any(line.startswith("▌* partner-acme") for line in lines(pilot.app))
        await pilot.press("space", "D")
        await until(pilot, lambda: "Delete project partner-globex?" in words(pilot.app))
