"""Who changed a setting: last seen values joined with the audit log, said to be candidates."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from harbortui.api.configuration import read
from harbortui.demo import DemoHarbor
from harbortui.resources.setting_history import MOST, changes
from harbortui.resources.setting_line import lines as setting_lines

from .console import console, until, words
from .talking import talk
from .test_audit_bounds import judge

HERE = ":configuration"


def change(demo: DemoHarbor, who: str, later: timedelta = timedelta(minutes=10)) -> None:
    """Somebody changes self-registration elsewhere, some time later."""
    demo.clock.advance(later.total_seconds())
    demo.configuration["self_registration"] = not demo.configuration["self_registration"]
    demo.record(who, "update", "configuration", "configuration", "update configuration")
    demo.clock.advance(15)


async def reread(pilot: Pilot[int]) -> None:
    await pilot.press("r")
    await until(pilot, lambda: "   was " in words(pilot.app))


async def test_a_value_that_was_otherwise_shows_what_it_was(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await pilot.press("j", "j")
        assert "   was " not in words(pilot.app)
        change(demo, "mallory")
        await reread(pilot)
        assert "Self-registration" in words(pilot.app)
        await until(pilot, lambda: "d has candidates" in words(pilot.app))


async def test_details_name_who_it_may_have_been(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await pilot.press("j", "j")
        change(demo, "mallory")
        demo.record("nobody", "update", "configuration", "configuration", "update", False)
        await reread(pilot)
        change(demo, "eve", timedelta(minutes=20))
        await pilot.press("d")
        await until(pilot, lambda: "CANDIDATES" in words(pilot.app))
        shown = words(pilot.app)
        assert "mallory" in shown and "eve" not in shown and "nobody" not in shown
        assert "not which" in shown


async def test_what_changed_lately_is_one_key_away(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        change(demo, "mallory")
        await reread(pilot)
        await pilot.press("f")
        await until(pilot, lambda: "seen otherwise lately   1 of 57" in words(pilot.app))
        await pilot.press("f")
        await until(pilot, lambda: "not at default" in words(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "SIGN-IN" in words(pilot.app))


async def test_the_overview_remembers_settings_too(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        seen = pilot.app.navigator.start.memory.state.settings["harbor.example.com"]
        assert seen["self_registration"].value is demo.configuration["self_registration"]
        assert "oidc_client_secret" not in seen


async def test_without_another_value_the_changes_before_are_listed(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "no other value has been seen from here" in words(pilot.app))
        assert "CHANGES OF SETTINGS BEFORE" in words(pilot.app)


async def test_a_secret_is_not_compared(demo: DemoHarbor) -> None:
    async with console(demo, f"{HERE} oidc_client_secret") as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "not remembered, so that it cannot" in words(pilot.app))


async def test_an_older_harbor_records_no_changes_of_settings(demo: DemoHarbor) -> None:
    demo.version = "2.12.4"
    found, why = await changes(talk(demo), None, demo.clock())
    assert not found and "Harbor before 2.13" in why


async def test_candidates_are_found_by_bounded_requests() -> None:
    demo = DemoHarbor("large")
    now = demo.clock()
    found, why = await changes(talk(demo), now - timedelta(days=100), now)
    assert not why and all(event.kind == "update_configuration" for event in found)
    assert judge(demo.requests, filtered=True) <= 60


@pytest.mark.parametrize("count", [MOST, MOST + 5])
async def test_of_many_candidates_the_newest_are_named(demo: DemoHarbor, count: int) -> None:
    async with console(demo, HERE) as pilot:
        await pilot.press("j", "j")
        for number in range(2 * count - 1):
            change(demo, f"someone-{number}", timedelta(seconds=1))
        await reread(pilot)
        await pilot.press("d")
        await until(pilot, lambda: "CANDIDATES" in words(pilot.app))
        shown = words(pilot.app)
        assert f"someone-{2 * count - 2}" in shown and "someone-0 " not in shown
        assert "more before" in shown


async def test_without_a_memory_nothing_has_moved(demo: DemoHarbor) -> None:
    configuration = await read(talk(demo))
    assert not any(line.moved or line.seen for line in setting_lines(configuration))
