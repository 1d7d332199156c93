"""Repositories and what is in them by keys, on the real screens."""

from harbortui.demo import DemoHarbor

from .console import console, until, words


async def test_what_the_scanner_does_not_take_is_not_even_asked_about(demo: DemoHarbor) -> None:
    async with console(demo, ":artifacts charts/web") as pilot:
        await pilot.press("s")
        await until(pilot, lambda: "the scanner takes no charts" in words(pilot.app))
        assert [write.path for write in demo.writes] == ["/c/login"]
