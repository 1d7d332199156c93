"""A list that begins again, in another order: what it shows until Harbor has answered."""

from harbortui.demo import DemoHarbor

from .console import console, lines, until


async def test_rows_stay_as_they_were_while_harbor_is_away(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        before = lines(pilot.app)[4]
        demo.down = True
        await pilot.press("O")
        await until(pilot, lambda: "no answer" in lines(pilot.app)[0])
        await pilot.press("down")
        await until(pilot, lambda: lines(pilot.app)[5].startswith("▌"))
        assert lines(pilot.app)[4].split() == before.removeprefix("▌").split()
        assert lines(pilot.app)[1].strip() == "overview › projects"  # how many, nobody knows yet
