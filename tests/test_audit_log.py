"""The audit log on the screen: opened, followed, walked; bounded however long the log is."""

from typing import Any

import pytest
from textual.pilot import Pilot

from harbortui.api import audit
from harbortui.api.harbor import Harbor
from harbortui.demo import DemoHarbor
from harbortui.screens import audit_ways as ways

from .console import console, go, lines, type_in, until, words


def current(pilot: Pilot[int]) -> str:
    """The line that the cursor stands on."""
    return next((line for line in lines(pilot.app) if line.startswith("▌")), "")


def crumbs(pilot: Pilot[int]) -> str:
    return lines(pilot.app)[1]


async def enter(pilot: Pilot[int], key: str, text: str) -> None:
    """Type into the line that a key opens."""
    await pilot.press(key)
    await type_in(pilot, text)
    await pilot.press("enter")


async def followed(pilot: Pilot[int]) -> None:
    await until(pilot, lambda: "following" in crumbs(pilot) and current(pilot))


async def test_the_newest_is_at_the_bottom_and_is_followed(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        assert "login" in current(pilot)
        demo.record("alice", "delete", "project", "fresh-project")
        await pilot.press("r")
        await until(pilot, lambda: "fresh-project" in current(pilot))


async def test_who_moves_up_is_told_what_is_new_and_G_follows_again(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("k", "k")
        before = current(pilot)
        for number in range(12):
            demo.record("alice", "delete", "project", f"fresh-{number}")
        await pilot.press("r")
        await until(pilot, lambda: "+12 new" in crumbs(pilot))
        assert current(pilot) == before
        await pilot.press("G")
        await until(pilot, lambda: "following" in crumbs(pilot))
        assert "fresh-11" in current(pilot)


async def test_moving_down_to_the_end_follows_again(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("k")
        await until(pilot, lambda: "not following" in crumbs(pilot))
        await pilot.press("j")
        await followed(pilot)


async def test_F_stops_following_though_one_stays_at_the_end(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("F")
        await until(pilot, lambda: "not following" in crumbs(pilot))
        demo.record("alice", "delete", "project", "fresh-project")
        await pilot.press("r")
        await until(pilot, lambda: "+1 new" in crumbs(pilot))
        assert "fresh-project" not in current(pilot)
        await pilot.press("F")
        await until(pilot, lambda: "fresh-project" in current(pilot))


async def test_days_have_a_line_and_failures_a_sign(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        shown = words(pilot.app)
        assert "Friday 20 November 2026  ───" in shown
        failed = next(line for line in lines(pilot.app) if "login failed" in line and "bob" in line)
        assert failed.startswith(" ✗ ")
        assert r"\x1b]0;x\x07" in shown and "▲ odd characters" in shown
        assert "\x1b" not in shown


async def test_g_goes_to_the_beginning_and_says_what_may_be_before(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("g")
        await until(pilot, lambda: "the log begins here" in words(pilot.app))
        assert "   0 %   " in crumbs(pilot) and "5 Nov 2026" in crumbs(pilot)
        await pilot.press("h")
        await until(pilot, lambda: "audit log before 2.13" in crumbs(pilot) and current(pilot))
        assert demo.requests[-1].startswith("GET /api/v2.0/audit-logs?")
        await pilot.press("escape")
        await until(pilot, lambda: "before 2.13" not in crumbs(pilot))


@pytest.mark.parametrize(
    ("typed", "there"),
    [("2026-11-10", "10 Nov 2026"), ("7d", "13 Nov 2026"), ("yesterday", "19 Nov 2026")],
)
async def test_at_jumps_to_a_time(demo: DemoHarbor, typed: str, there: str) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await enter(pilot, "at", typed)
        await until(pilot, lambda: there in crumbs(pilot))


async def test_a_time_that_is_none_is_said_and_the_line_stays_open(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await enter(pilot, "at", "tomorrow")
        await until(pilot, lambda: "“tomorrow” is no time" in words(pilot.app))
        await pilot.press(*["backspace"] * 8)
        await type_in(pilot, "2027-01-01")
        await pilot.press("enter")
        await until(pilot, lambda: "nothing has happened since then" in words(pilot.app))


@pytest.mark.fault("F37")
async def test_a_database_that_was_restored_is_said_and_read_anew(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        demo.audit.rewind(demo.audit.stored[-3].id)
        demo.clock.advance(2)
        demo.record("alice", "delete", "project", "other")
        pilot.app.screen.reading.tail.checks.troubled = True  # as it looks once a minute
        await pilot.press("r")
        await until(pilot, lambda: "rewound" in words(pilot.app))
        await until(pilot, lambda: "delete          project other" in words(pilot.app))


async def test_leaving_the_screen_ends_what_it_started(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        screen = pilot.app.screen
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await until(pilot, lambda: not [one for one in pilot.app.workers if one.node is screen])


async def test_times_are_shown_in_another_zone_or_as_ages(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        assert "09:41:01" in current(pilot) or "09:41:02" in current(pilot)
        await pilot.press("t", "t")
        await until(pilot, lambda: "ages" in crumbs(pilot))
        assert "< 1 min" in current(pilot)


async def test_wide_rows_have_their_number_and_description(demo: DemoHarbor) -> None:
    async with console(demo, ":logs", size=(200, 40)) as pilot:
        await followed(pilot)
        await pilot.press("w")
        await until(pilot, lambda: "DESCRIPTION" in words(pilot.app))
        assert f"  {demo.audit.stored[-1].id}  " in current(pilot)
        await pilot.press("w")
        await until(pilot, lambda: "DESCRIPTION" not in words(pilot.app))


async def test_the_events_of_a_thing_open_on_its_list(demo: DemoHarbor) -> None:
    async with console(demo, ":users") as pilot:
        await pilot.press("j", "a")
        await until(pilot, lambda: "audit log" in crumbs(pilot))
        assert "users" in crumbs(pilot)
        await until(pilot, lambda: "user:ahmed" in words(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "audit log" not in crumbs(pilot))
        await pilot.press("A")
        await until(pilot, lambda: "type:user res:ahmed" in words(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "audit log" not in crumbs(pilot))


@pytest.mark.fault("F39")
async def test_an_older_harbor_has_its_own_log_and_says_what_that_lacks(demo: DemoHarbor) -> None:
    demo.version = "2.12.4"
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        assert any("/audit-logs?" in one for one in demo.requests)
        await go(pilot, ":logs op:login")
        await until(pilot, lambda: "Harbor before 2.13 records" in words(pilot.app))
        assert "not recorded" in crumbs(pilot)
        await pilot.press("h")
        await until(pilot, lambda: "there is no older log of this" in words(pilot.app))


@pytest.mark.fault("F38")
async def test_a_log_that_goes_elsewhere_says_so(demo: DemoHarbor) -> None:
    demo.configuration["skip_audit_log_database"] = True
    demo.configuration["audit_log_forward_endpoint"] = "siem:514"
    async with console(demo, ":logs") as pilot:
        await until(pilot, lambda: "sends its events to siem:514 alone" in words(pilot.app))


async def test_who_sees_nothing_is_told_whose_events_he_would_see(demo: DemoHarbor) -> None:
    async with console(demo, ":logs user:nobody", who="alice") as pilot:
        await until(pilot, lambda: "projects that you administer" in words(pilot.app))


async def test_a_walk_that_begins_while_one_leaves_does_no_harm(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        screen: Any = pilot.app.screen
        removed = pilot.app.pop_screen()
        await screen.table.remove()
        await ways.seek(screen)
        screen.moved()
        await removed


@pytest.mark.fault("F21")
async def test_rows_that_cannot_be_read_are_counted_and_can_be_looked_at(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = demo.audit.stored[-4].id
    page = audit.page

    async def spoilt(harbor: Harbor, source: audit.Source, *rest: Any) -> audit.Found:
        found = await page(harbor, source, *rest)
        kept = [event for event in found.events if event.id != broken]
        unread = audit.Unread(broken, "op_time: Input should be a date", '{"op_time": "\x1b"}')
        return audit.Found(kept, found.total, [unread] * (len(found.events) - len(kept)))

    monkeypatch.setattr("harbortui.api.audit.page", spoilt)
    async with console(demo, ":logs") as pilot:
        await until(pilot, lambda: "1 unreadable" in crumbs(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "Harbor sent" in words(pilot.app))
        shown = words(pilot.app)
        assert f"EVENT {broken}" in shown.upper() and "Input should be a date" in shown
        assert "\x1b" not in shown
