"""Registries, replication and garbage collection by keys, on the real screens."""

from typing import Any

import pytest
from textual.pilot import Pilot

from harbortui.demo import DemoHarbor
from harbortui.screens.confirm import Confirm
from harbortui.screens.forms import FormScreen
from harbortui.screens.joblog import LogScreen

from .console import console, go, lines, type_in, until, words

Console = Pilot[Any]


@pytest.fixture(autouse=True)
def ready_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions take keys as soon as they are there."""
    monkeypatch.setattr("harbortui.screens.confirm.DEAF", 0.0)


def on(pilot: Console, kind: type) -> bool:
    return type(pilot.app.screen) is kind


async def at(pilot: Console, name: str) -> None:
    """Put the cursor on the row of this name."""
    await until(pilot, lambda: name in words(pilot.app))
    for _ in range(20):
        if any(line.startswith("▌") and name in line for line in lines(pilot.app)):
            return
        await pilot.press("down")
        await pilot.pause()
    raise AssertionError(f"no row {name}:\n{words(pilot.app)}")


async def filled(pilot: Console, *fields: str) -> None:
    """Type into one field after another."""
    for text in fields:
        await type_in(pilot, text)
        await pilot.press("tab")


async def test_a_registry_of_a_known_kind_needs_no_address(demo: DemoHarbor) -> None:
    async with console(demo, ":registries") as pilot:
        await pilot.press("n")
        await until(pilot, lambda: "Harbor  ↓" in words(pilot.app))
        await pilot.press("enter")
        await type_in(pilot, "ghcr")
        await pilot.press("enter")
        await until(pilot, lambda: "[ghcr.io · https://ghcr.io]" in words(pilot.app))
        await pilot.press("tab")
        await filled(pilot, "github")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "https://ghcr.io answers." in words(pilot.app))
        assert not demo.registries.first(name="github")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not on(pilot, FormScreen))
    made = demo.registries.first(name="github")
    assert made
    assert (made["type"], made["url"]) == ("github-ghcr", "https://ghcr.io")


async def test_a_registry_in_use_stays_and_the_question_says_why(demo: DemoHarbor) -> None:
    async with console(demo, ":registries") as pilot:
        await at(pilot, "dr-site")
        await pilot.press("D")
        await until(pilot, lambda: on(pilot, Confirm))
        assert "Harbor will refuse" in words(pilot.app)
        await type_in(pilot, "dr-site")
        await pilot.press("enter")
        await until(pilot, lambda: "is needed by rule" in words(pilot.app))
    assert demo.registries.first(name="dr-site")


async def test_a_registry_that_is_unhealthy_is_asked_now(demo: DemoHarbor) -> None:
    async with console(demo, ":registries") as pilot:
        await at(pilot, "dr-site")
        await pilot.press("p")
        await until(pilot, lambda: "the registry is unhealthy, says Harbor" in words(pilot.app))


async def test_a_rule_is_tried_before_it_is_made(demo: DemoHarbor) -> None:
    async with console(demo, ":rules") as pilot:
        await pilot.press("n")
        await until(pilot, lambda: "choose  ↓" in words(pilot.app))
        await filled(pilot, "nightly", "")
        await pilot.press("tab", "enter")
        await type_in(pilot, "mirror-a")
        await pilot.press("enter")
        await until(pilot, lambda: "mirror-a · Harbor" in words(pilot.app))
        await pilot.press("tab")
        await filled(pilot, "payments/**")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "Matches " in words(pilot.app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not on(pilot, FormScreen))
    made = demo.policies.first(name="nightly")
    assert made
    assert made["filters"] == [{"type": "name", "value": "payments/**"}]
    assert made["dest_registry"] == demo.registries.first(name="mirror-a")["id"]  # type: ignore[index]  # it is there


async def test_a_rule_runs_after_a_question_that_warns(demo: DemoHarbor) -> None:
    async with console(demo, ":rules") as pilot:
        await at(pilot, "to-dr-site")
        await pilot.press("x")
        await until(pilot, lambda: on(pilot, Confirm))
        assert "dr-site is unhealthy" in words(pilot.app)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: "to-dr-site runs: execution" in words(pilot.app))
    [write] = [one for one in demo.writes if one.path == "/replication/executions"]
    assert write.body == {"policy_id": demo.policies.first(name="to-dr-site")["id"]}  # type: ignore[index]  # it is there


async def test_the_log_of_a_failed_rule_opens_at_its_cause(demo: DemoHarbor) -> None:
    async with console(demo, ":rules", size=(80, 24)) as pilot:
        await at(pilot, "web-on-push")
        await until(pilot, lambda: "dr-site: connection refused" in words(pilot.app))
        await pilot.press("l")
        await until(pilot, lambda: on(pilot, LogScreen))
        await until(pilot, lambda: "[ERROR]" in words(pilot.app))
        assert "failed to check the\n      existence of the manifest" in words(pilot.app)
        assert "connect: connection refused" in words(pilot.app)
        assert "[/harbor/src/controller/" in pilot.app.screen.text()  # type: ignore[attr-defined]  # ours


async def test_from_a_rule_to_the_log_of_a_task_in_three_steps(demo: DemoHarbor) -> None:
    async with console(demo, ":rules") as pilot:
        await at(pilot, "web-on-push")
        await pilot.press("enter")
        await until(pilot, lambda: "web-on-push › executions" in lines(pilot.app)[1])
        await until(pilot, lambda: "3 of 40 failed" in words(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: "tasks" in lines(pilot.app)[1])
        await pilot.press("f")
        await until(pilot, lambda: "failed   3 tasks" in lines(pilot.app)[1])
        await pilot.press("l")
        await until(pilot, lambda: on(pilot, LogScreen) and "[ERROR]" in words(pilot.app))


async def test_runs_say_of_which_rule_they_are_unless_they_are_of_one(demo: DemoHarbor) -> None:
    async with console(demo, ":executions", size=(80, 24)) as pilot:
        await until(pilot, lambda: "▸ pull-base-nightly  17 of 52" in words(pilot.app))
        await until(pilot, lambda: "connection refused" in words(pilot.app))
        await go(pilot, ":executions web-on-push")
        await until(pilot, lambda: "3 of 40 failed" in words(pilot.app))
        assert "RULE" not in lines(pilot.app)[2]


async def test_what_runs_is_read_again_every_two_seconds(demo: DemoHarbor) -> None:
    async with console(demo, ":rules") as pilot:
        await until(pilot, lambda: "▸ 17 of 52" in words(pilot.app))
        await until(pilot, lambda: pilot.app.screen.interval == 2.0)  # type: ignore[attr-defined]  # ours
        await at(pilot, "pull-base-nightly")
        await pilot.press("D")
        await until(pilot, lambda: "it runs: stop its execution first" in words(pilot.app))
        demo.clock.advance(3600)
        await pilot.press("r")
        await until(pilot, lambda: "▸" not in "".join(lines(pilot.app)[3:14]))
        await until(pilot, lambda: pilot.app.screen.interval == 10.0)  # type: ignore[attr-defined]  # ours


async def test_a_dry_run_is_begun_and_the_schedule_changed_from_any_row(demo: DemoHarbor) -> None:
    async with console(demo, ":gc") as pilot:
        await pilot.press("n")
        await until(pilot, lambda: on(pilot, FormScreen))
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: "it only counts, nothing is deleted" in words(pilot.app))
        await pilot.press("down", "h")
        await until(pilot, lambda: "at times of its own" in words(pilot.app))
        await pilot.press("tab", *["backspace"] * 11)
        await type_in(pilot, "0 30 4 * * 6")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "weekly Sat 04:30" in words(pilot.app))
    [schedule] = demo.schedules.where(vendor_type="GARBAGE_COLLECTION")
    assert schedule["cron"] == "0 30 4 * * 6"


async def test_schedules_lead_to_what_they_make_run(demo: DemoHarbor) -> None:
    async with console(demo, ":schedules") as pilot:
        await at(pilot, "to-dr-site")
        await pilot.press("enter")
        await until(pilot, lambda: "filter /to-dr-site" in lines(pilot.app)[1])


async def test_rules_that_run_or_failed_are_counted_beside_the_number_of_all(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":rules") as pilot:
        await until(pilot, lambda: "9 replication rules, 1 running, 2 failed" in words(pilot.app))
        await pilot.press("f")
        await until(pilot, lambda: "3 of 9" in words(pilot.app))
        assert "running" not in lines(pilot.app)[1]


async def test_on_80_columns_long_choices_can_be_read(demo: DemoHarbor) -> None:
    async with console(demo, ":rules", size=(80, 24)) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: "choose  ↓" in words(pilot.app))
        await pilot.press("tab", "tab", "tab", "space")
        await until(pilot, lambda: "mirror-a · Harbor" in words(pilot.app))
        assert "dr-site · Docker registry" in words(pilot.app)
