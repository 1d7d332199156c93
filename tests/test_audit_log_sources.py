"""The audit log of other Harbors and other accounts, and rows that cannot be read."""

import pytest

from harbortui.demo import DemoHarbor

from .console import console, lines, until, words
from .test_audit_log import crumbs, followed


async def test_where_all_can_be_read_there_is_nothing_to_look_at(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        assert "unreadable" not in crumbs(pilot)
        await pilot.press("u")
        await until(pilot, lambda: "every row that was met can be read" in words(pilot.app))


@pytest.mark.fault("F39")
async def test_the_log_of_before_the_upgrade_is_not_asked_again_and_again(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("h")
        await until(pilot, lambda: "ended with the upgrade" in crumbs(pilot))
        await until(pilot, lambda: not pilot.app.screen.searching)
        asked = sum("/audit-logs?" in one for one in demo.requests)
        await pilot.press("r")
        await pilot.pause(0.05)
        assert sum("/audit-logs?" in one for one in demo.requests) == asked


async def test_why_there_is_nothing_is_said_whole_on_a_narrow_screen(demo: DemoHarbor) -> None:
    async with console(demo, ":logs op:login", who="alice", size=(80, 24)) as pilot:
        await until(pilot, lambda: "No events fit this filter" in words(pilot.app))
        shown = " ".join(line.strip() for line in lines(pilot.app))
        assert "projects that you administer." in shown
        assert "docker login and API passwords leave no row, also when they fail." in shown


async def test_what_harbor_leaves_out_is_said_until_one_moves(demo: DemoHarbor) -> None:
    async with console(demo, ":logs op:login") as pilot:
        await followed(pilot)
        await until(pilot, lambda: "Sign-ins are those on the web" in words(pilot.app))
        await pilot.press("k")
        await until(pilot, lambda: "Sign-ins are those" not in words(pilot.app))
