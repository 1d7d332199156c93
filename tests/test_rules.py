"""Replication rules: read with their last runs, shown as in the pictures."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from harbortui.api import replication, rule_runs, schedules
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.executions import Execution
from harbortui.api.harbor import Harbor
from harbortui.api.model import Query, read
from harbortui.api.replication import Rule
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources import rule_cells, rule_details
from harbortui.resources.core import Fact, Part, When
from harbortui.resources.replication import RULES
from harbortui.widgets.ink import parts

from .recorded import exchanges
from .talking import Canned, talk

FILES = (
    "replication",
    "2.12/replication",
    "writes-replication",
    "2.12/writes-replication",
    "2.12/writes-newer-fields",
)


def recorded_rules(*files: str) -> list[Rule]:
    found: list[Any] = []
    for file in files or FILES:
        for one in exchanges(file):
            if one.method == "GET" and one.status == 200 and "/policies" in one.path:
                found += one.value if isinstance(one.value, list) else [one.value]
    return [Rule.model_validate(row) for row in found]


async def listed(demo: DemoHarbor) -> dict[str, Rule]:
    harbor = _at_the_demos_time(demo)
    page = await RULES.page(harbor, None, Query(sort=RULES.order))
    return {one.name: one for one in await rule_runs.completed(harbor, page.items)}


def _at_the_demos_time(demo: DemoHarbor) -> Harbor:
    harbor = talk(demo)
    harbor.now = demo.clock
    return harbor


def test_every_recorded_rule_is_shown_in_every_column() -> None:
    rules = recorded_rules()
    assert {one.name for one in rules} >= {"to-dr-site", "rec-rule", "newer-rule"}
    for one in rules:
        cells = {column.title: parts(column.cell(one), Clock()) for column in RULES.columns}
        assert cells["RULE"] and cells["FROM → TO"] and cells["WHEN"] and cells["LAST RESULT"]


def test_what_an_older_harbor_does_not_know_is_none() -> None:
    newer = recorded_rules("replication")
    assert {one.single_active_replication for one in newer} == {True, False}
    for one in recorded_rules("2.12/replication"):
        assert one.single_active_replication is None


def test_a_rule_without_filters_is_read_although_harbor_sends_null() -> None:
    assert read(Rule, b'{"id": 3, "filters": null, "trigger": null}').filters == ()


async def test_the_list_costs_three_requests_and_knows_the_last_runs(demo: DemoHarbor) -> None:
    harbor = _at_the_demos_time(demo)
    page = await RULES.page(harbor, None, Query(sort=RULES.order))
    paths = sorted(line.partition("/api/v2.0")[2].partition("?")[0] for line in demo.requests)
    assert paths == ["/replication/executions", "/replication/policies", "/schedules/all/paused"]
    rules = {one.name: one for one in page.items}
    nightly = rules["pull-base-nightly"]
    assert nightly.runs
    assert nightly.next_run == datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert RULES.says(nightly) == "next run Sat 2026-11-21 02:00 UTC"
    assert rules["ci-to-mirror-a"].next_run is None
    assert rules["old-policy"].next_run is None


async def test_rules_look_as_in_the_pictures(demo: DemoHarbor) -> None:
    rules = await listed(demo)
    titles = [column.title for column in RULES.columns]
    assert titles == ["RULE", "FROM → TO", "WHEN", "LAST RESULT", "AGO", "REASON"]
    cells = {
        name: [rule_cells.result(one).text, rule_cells.reason(one).text]
        for name, one in rules.items()
    }
    assert cells["ci-to-mirror-a"] == ["41 of 41", ""]
    assert cells["smoke"] == ["skipped", "run before was still going"]
    assert cells["to-dr-site"] == ["failed", "dr-site: connection refused"]
    assert cells["web-on-push"] == ["3 of 40 failed", "dr-site: connection refused"]
    assert cells["old-policy"] == ["never ran", "weekly Sun 04:00 when on"]
    assert cells["pull-hub-alpine"] == ["nothing matched", "library/alpine, tag 3.1?"]
    assert isinstance(rule_cells.ago(rules["to-dr-site"]), When)
    assert rule_cells.ago(rules["old-policy"]) is None


async def test_what_is_known_of_ended_runs_is_not_asked_again(demo: DemoHarbor) -> None:
    rules = await listed(demo)
    ended = [one for one in rules.values() if one.last and one.newest and not one.runs]
    count = len(demo.requests)
    await rule_runs.completed(talk(demo), [one for one in ended if not one.on_push])
    assert len(demo.requests) == count


async def test_a_rule_whose_runs_are_old_is_asked_for_by_itself() -> None:
    run = {"id": 4, "policy_id": 7, "status": "Succeed", "total": 2, "succeed": 2}
    canned = Canned({"GET /replication/executions": [run]})
    [one] = await rule_runs.completed(canned.harbor, [Rule(id=7)])
    assert one.last == Execution.model_validate(run)
    assert "policy_id=7" in canned.asked[0]
    assert "page_size=1&" in canned.asked[0]


async def test_who_may_not_see_runs_sees_the_rules(demo: DemoHarbor) -> None:
    demo.refuse("/replication/executions", 403)
    page = await RULES.page(talk(demo), None, Query(sort=RULES.order))
    assert len(page.items) == 9
    assert all(one.newest is None for one in page.items)


async def test_paused_schedules_are_seen_and_an_older_harbor_has_none(demo: DemoHarbor) -> None:
    demo.paused.add("SCHEDULER")
    rules = await listed(demo)
    assert rule_cells.starts(rules["to-dr-site"]) == Part("paused", "warn")
    assert "all schedules are paused" in RULES.says(rules["pull-base-nightly"])
    gone = {"errors": [{"message": "path /api/v2.0/schedules/all/paused was not found"}]}
    canned = Canned({"GET /schedules/all/paused": httpx.Response(404, json=gone)})
    assert not await schedules.paused(canned.harbor)


async def test_a_rule_is_found_by_its_whole_name(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    assert (await replication.find(harbor, "smoke")).name == "smoke"
    for name in ("smok", "a,b", "größe/[x]+"):
        with pytest.raises(NotFound, match="no replication rule called"):
            await replication.find(harbor, name)


async def test_the_log_opens_that_holds_the_cause(demo: DemoHarbor) -> None:
    harbor, rules, log = talk(demo), await listed(demo), RULES.log
    assert log is not None
    assert log.unless(rules["web-on-push"]) == ""
    assert "[ERROR]" in await log.read(harbor, rules["web-on-push"])
    assert log.unless(rules["smoke"]) == "no task of its last run has failed"
    with pytest.raises(Conflict, match="old-policy has never run"):
        await log.read(harbor, rules["old-policy"])


async def test_details_say_all_that_a_rule_does(demo: DemoHarbor) -> None:
    harbor, rules = _at_the_demos_time(demo), await listed(demo)
    found = await rule_details.facts(harbor, rules["to-dr-site"])
    facts = {one.title: one.cell for one in found if isinstance(one, Fact)}
    assert facts["Takes"] == "payments/**"
    assert facts["Flattening"] == "a/b/c becomes …/b/c"
    assert facts["Next"] == When(datetime(2026, 11, 21, 6, tzinfo=UTC))
    assert str(facts["Harbor's reason"]).endswith("connection refused")
    assert facts["Kept runs"] == 4
    slow = await rule_details.facts(harbor, rules["slow-chunks"])
    assert "512 kbit/s" in [one.cell for one in slow if isinstance(one, Fact)]
    never = await rule_details.facts(harbor, rules["old-policy"])
    assert Fact("Result", Part("never ran", "muted")) in never
