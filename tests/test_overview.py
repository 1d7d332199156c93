"""The base screen: what needs attention, and where each line leads."""

import re
from datetime import UTC, datetime

import pytest

from harbortui.api.overview import Snapshot
from harbortui.api.queues import Queue
from harbortui.api.registries import Registry
from harbortui.api.system import SystemInfo
from harbortui.demo import DemoHarbor
from harbortui.resources.attention import attention
from harbortui.resources.overview import door_facts
from harbortui.screens import overview
from harbortui.screens.overview import OverviewScreen
from harbortui.shown import Open
from harbortui.widgets.sparkline import spark

from .console import console, lines, until, words


def requests_of_a_reading(demo: DemoHarbor) -> list[str]:
    return [one.partition("?")[0].partition("/api/v2.0")[2] for one in demo.requests]


async def test_what_needs_hands_stands_before_what_needs_eyes(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await until(pilot, lambda: "robot$ci-pusher" in words(pilot.app))
        block = words(pilot.app).partition("DOORS")[0].splitlines()
        signs = [line[1] for line in block if line[1:2] in ("✗", "▲")]
        assert len(signs) > 5
        assert signs == sorted(signs, key="✗▲".index)
        assert "3 of 40 failed" in words(pilot.app)
        days = [int(found[1]) for found in re.finditer(r"expires in (\d+) d", "\n".join(block))]
        assert len(days) > 2 and days == sorted(days)


async def test_a_failed_rule_says_why(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await until(pilot, lambda: "connection refused" in words(pilot.app))


async def test_what_the_status_line_has_no_room_for_stands_above_the_keys(
    demo: DemoHarbor,
) -> None:
    async with console(demo, size=(80, 24)) as pilot:
        await until(pilot, lambda: "the manifest … connect: connection refused" in words(pilot.app))
        await pilot.press("question_mark")
        await until(pilot, lambda: "dr-site.example.com:443: connect: conn" in words(pilot.app))


async def test_a_component_that_is_down_is_named(demo: DemoHarbor) -> None:
    demo.components["registry"] = "no answer"
    async with console(demo) as pilot:
        assert any(
            line.startswith("▌✗ component") and "registry" in line for line in lines(pilot.app)
        )


async def test_enter_opens_what_the_line_stands_for(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, OverviewScreen))
        await until(pilot, lambda: "executions" in lines(pilot.app)[1])


def test_a_registry_a_queue_and_a_door_open_where_they_are_alone() -> None:
    seen = Snapshot(
        info=SystemInfo(),
        registries=(Registry(name="dr-site", status="unhealthy"),),
        queues=(Queue(job_type="RETENTION", paused=True),),
    )
    found = [one.opens for one in attention(datetime.now(UTC), seen, None, {})]
    assert found == ["registries /dr-site", "queues /RETENTION"]
    doors = [fact.opens for fact in door_facts(SystemInfo(), None)]
    assert Open("configuration /project_creation_restriction") in doors


async def test_tab_goes_to_the_next_block(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("tab")
        await until(pilot, lambda: any(line.startswith("▌S") for line in lines(pilot.app)))


async def test_a_poll_asks_a_dozen_questions(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await until(pilot, lambda: "robot$ci-pusher" in words(pilot.app))
        demo.requests.clear()
        await pilot.press("r")
        await until(pilot, lambda: len(demo.requests) >= 12)
        asked = requests_of_a_reading(demo)
        assert len(asked) <= 12
        assert "/quotas" not in asked
        assert all("op_time" in one for one in demo.requests if "auditlog" in one)


async def test_a_poll_leaves_out_what_changes_slowly_for_a_minute(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OverviewScreen, "interval", 0.02)
    async with console(demo) as pilot:
        await until(pilot, lambda: demo.requests.count("GET /api/v2.0/configurations") >= 3)
        assert demo.requests.count("GET /api/v2.0/statistics") == 1
        demo.record("zoe", "create", "project", "late", project_id=4)
        demo.configuration["read_only"] = True
        await until(pilot, lambda: "late" in words(pilot.app))
        await until(pilot, lambda: pilot.app.screen.session.system.read_only)
        monkeypatch.setattr(overview, "MINUTE", 0.0)
        await until(pilot, lambda: demo.requests.count("GET /api/v2.0/statistics") > 1)


async def test_a_log_that_an_older_harbor_does_not_have_is_not_asked_for(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OverviewScreen, "interval", 0.02)
    demo.version = "2.12.4"
    async with console(demo) as pilot:
        await until(pilot, lambda: demo.requests.count("GET /api/v2.0/configurations") >= 3)
        asked = requests_of_a_reading(demo)
        assert asked.count("/audit-logs") >= 3
        assert "/auditlog-exts" not in asked
        assert "robot$ci-pusher" in words(pilot.app)


async def test_the_newest_events_stay_in_view_as_others_come(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await until(pilot, lambda: "LATEST EVENTS" in words(pilot.app))
        for number in range(9):
            demo.record("zoe", "create", "project", f"late-{number}", project_id=4)
        await pilot.press("r")
        await until(pilot, lambda: "late-8" in words(pilot.app))
        assert "late-2" in words(pilot.app)


async def test_the_last_line_shows_on_screens_of_any_size(demo: DemoHarbor) -> None:
    sizes = [(40, 10), (40, 19), (40, 20), (80, 30), (100, 20), (120, 29), (120, 30), (120, 36)]
    async with console(demo, size=(120, 40)) as pilot:
        for size in sizes:
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: lines(pilot.app)[-1].endswith(": go to"))
            assert "NEEDS ATTENTION" in words(pilot.app)
            assert "refused" in lines(pilot.app)[-2]


async def test_the_last_line_names_all_three_doors(demo: DemoHarbor) -> None:
    async with console(demo, size=(80, 24)) as pilot:
        for columns, shown in ((80, "S P R doors"), (100, "S P R doors"), (120, "R read-only")):
            await pilot.resize_terminal(columns, 30)
            await until(pilot, lambda shown=shown: f"   {shown}   " in lines(pilot.app)[-1])
            assert lines(pilot.app)[-1].endswith(": go to")


async def test_an_ordinary_user_sees_what_he_may(demo: DemoHarbor) -> None:
    async with console(demo, who="alice") as pilot:
        await until(pilot, lambda: "COMPONENTS" in words(pilot.app))
        assert "alice · user" in lines(pilot.app)[0]
        assert "P closes it" not in words(pilot.app)
        assert "20    10 public" in words(pilot.app)
        await pilot.press("S")
        await until(pilot, lambda: "administrators only" in words(pilot.app))
        assert not [write for write in demo.writes if "configurations" in write.path]


def test_the_sparkline_shows_everything_that_is_there() -> None:
    assert spark([0, 1, 100, 50]) == "▁▁█▄"
    assert spark([]) == ""
    assert spark([0, 0]) == "▁▁"
