"""What there is to know of one thing, as lines."""

from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.screens.details import fact_rows
from harbortui.shown import Fact

from .console import console, lines, until


def test_a_blank_line_of_a_text_is_blank_and_a_fact_without_a_value_is_not() -> None:
    found = [Fact("Description", "one"), Fact("", ""), Fact("", "two"), Fact("Owner", "")]
    written = ["".join(part.text for part in row).strip() for row in fact_rows(found, Clock())]
    assert [line.split()[-1:] for line in written] == [["one"], [], ["two"], ["-"]]


async def test_how_far_down_one_is_stands_beside_the_crumbs(demo: DemoHarbor) -> None:
    async with console(demo, ":projects", size=(80, 16)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "lines" in lines(pilot.app)[1])
        assert not lines(pilot.app)[1].endswith("100 %")
        await pilot.press("G")
        await until(pilot, lambda: lines(pilot.app)[1].endswith("100 %"))
        await pilot.press("g")
        await until(pilot, lambda: not lines(pilot.app)[1].endswith("100 %"))
