"""The audit log over ten million events: near ends, rare filters, long scrolling."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from harbortui.audit.window import LARGEST
from harbortui.demo import DemoHarbor

from .console import console, go, lines, until, words
from .test_audit_bounds import judge
from .test_audit_log import crumbs, current, enter, followed


@pytest.fixture(scope="module")
def whole() -> DemoHarbor:
    """Ten million events, generated."""
    return DemoHarbor("large")


@pytest.fixture
def huge(whole: DemoHarbor) -> Iterator[DemoHarbor]:
    yield whole
    whole.slow = 0


async def begin(pilot: Pilot[int], demo: DemoHarbor, command: str) -> None:
    """Open the log; what the overview asked before does not count."""
    demo.requests.clear()
    await go(pilot, command)
    first = next(n for n, one in enumerate(demo.requests) if "?page=1&page_size=1&q=op_time" in one)
    del demo.requests[:first]


async def test_ten_million_events_open_with_a_few_small_requests(huge: DemoHarbor) -> None:
    async with console(huge) as pilot:
        await begin(pilot, huge, ":logs")
        await followed(pilot)
        await until(pilot, lambda: not pilot.app.screen.searching)
        assert judge(huge.requests) <= 5


async def test_both_ends_and_any_date_of_ten_million_are_near(huge: DemoHarbor) -> None:
    async with console(huge) as pilot:
        await begin(pilot, huge, ":logs")
        await followed(pilot)
        await pilot.press("g")
        await until(pilot, lambda: "   0 %   " in crumbs(pilot))
        for days in (1, 100, 300):
            there = huge.clock() - timedelta(days=days)
            await enter(pilot, "at", f"{there:%Y-%m-%d}")
            await until(pilot, lambda there=there: f"{there:%-d %b %Y}" in crumbs(pilot))
        await pilot.press("G")
        await followed(pilot)
        assert judge(huge.requests) <= 90


async def test_a_rare_filter_over_ten_million_is_found_and_never_widened(huge: DemoHarbor) -> None:
    async with console(huge) as pilot:
        await begin(pilot, huge, ":logs user:mallory op:delete res:attempt-7")
        await until(pilot, lambda: "attempt-7" in current(pilot))
        await until(pilot, lambda: not pilot.app.screen.searching)
        assert judge(huge.requests, filtered=True) <= 40
        rows = [line for line in lines(pilot.app)[4:37] if line[3:5].isdigit()]
        assert rows and all("mallory" in row and "attempt-7" in row for row in rows)


async def test_scrolling_for_long_keeps_the_window_and_the_requests_small(
    huge: DemoHarbor,
) -> None:
    async with console(huge) as pilot:
        await begin(pilot, huge, ":logs")
        await followed(pilot)
        table, reading = pilot.app.screen.table, pilot.app.screen.reading
        for _ in range(60):
            table.to_first()
            await until(pilot, lambda: not pilot.app.screen.searching)
        assert 4_000 < len(reading.window) <= LARGEST
        assert judge(huge.requests) <= 130


async def test_a_search_that_takes_long_says_how_far_it_is_and_stops(huge: DemoHarbor) -> None:
    async with console(huge) as pilot:
        huge.slow = 0.02
        await begin(pilot, huge, ":logs -user:* -op:pull")
        await until(pilot, lambda: "searching at" in words(pilot.app))
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "Stopped." in words(pilot.app))
        await until(pilot, lambda: "found, r goes on" in words(pilot.app))
        asked = len(huge.requests)
        await pilot.pause(0.05)
        assert len(huge.requests) <= asked + 2
        await pilot.press("r")
        await until(pilot, lambda: "searching at" in words(pilot.app))
        await pilot.press("ctrl+c")
