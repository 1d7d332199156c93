"""Runs of replication rules, and their tasks: read, shown, stopped, explained."""

import json

import httpx
import pytest

from harbortui.api import executions, joblog, replication
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.executions import Execution
from harbortui.api.harbor import Harbor
from harbortui.api.model import Page, Query
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources import run_cells
from harbortui.resources.core import Part
from harbortui.resources.executions import EXECUTIONS
from harbortui.widgets.ink import parts

from .recorded import FOLDER, exchanges
from .talking import Canned, talk

FILES = ("replication", "2.12/replication", "writes-replication", "2.12/writes-replication")
REFUSED = 'Get "http://127.0.0.1:18099/v2/": dial tcp 127.0.0.1:18099: connect: connection refused'


def rows(ending: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for file in FILES:
        for one in exchanges(file):
            path = one.path.partition("?")[0].rstrip("0123456789")
            if one.method == "GET" and one.status == 200 and path.endswith(ending):
                found += one.value if isinstance(one.value, list) else [one.value]
    return found


def recorded_runs() -> list[Execution]:
    every = [*rows("/replication/executions"), *rows("/replication/executions/")]
    return [Execution.model_validate(row) for row in every]


async def shown(demo: DemoHarbor, **narrow: str) -> Page[Execution]:
    q = ",".join(f"{key}={value}" for key, value in narrow.items())
    return await executions.page(talk(demo), None, Query(q=q, sort=EXECUTIONS.order))


async def run_of(demo: DemoHarbor, rule: str) -> Execution:
    harbor = talk(demo)
    found = await executions.page(harbor, await replication.find(harbor, rule), Query())
    return found.items[0]


def test_every_recorded_run_is_shown_in_every_column() -> None:
    runs = recorded_runs()
    assert {run.status for run in runs} == {"Succeed", "Failed", "Stopped", "InProgress"}
    for run in runs:
        cells = {one.title: parts(one.cell(run), Clock()) for one in EXECUTIONS.columns}
        assert cells["RESULT"] and cells["STARTED"] and cells["NUMBER"]
        assert EXECUTIONS.label(run) == str(run.id)


@pytest.mark.parametrize(
    ("run", "result", "sign"),
    [
        (Execution(status="Succeed", total=41, succeed=41), Part("41 of 41"), None),
        (Execution(status="Succeed"), Part("nothing matched", "muted"), None),
        (
            Execution(status="InProgress", total=52, succeed=17, in_progress=35),
            Part("17 of 52"),
            Part("▸"),
        ),
        (Execution(status="InProgress"), Part("starting"), Part("▸")),
        (
            Execution(status="Failed", total=40, failed=3, succeed=37),
            Part("3 of 40 failed", "bad"),
            Part("✗", "bad"),
        ),
        (Execution(status="Failed", total=3, failed=3), Part("failed", "bad"), Part("✗", "bad")),
        (Execution(status="Failed"), Part("failed", "bad"), Part("✗", "bad")),
        (
            Execution(status="Failed", status_text="Execution skipped: active …"),
            Part("skipped", "warn"),
            Part("▲", "warn"),
        ),
        (
            Execution(status="Stopped", total=1204, succeed=1000),
            Part("1,000 of 1,204, stopped", "warn"),
            Part("▲", "warn"),
        ),
        (Execution(status="Stopped"), Part("stopped", "warn"), Part("▲", "warn")),
    ],
)
def test_what_came_of_a_run_is_said_in_words(
    run: Execution, result: Part, sign: Part | None
) -> None:
    assert run_cells.result(run) == result
    assert run_cells.sign(run) == sign


def test_the_recorded_durations_are_known_and_harbors_zero_time_is_none() -> None:
    by_id = {run.id: run for run in recorded_runs()}
    assert by_id[156].seconds == pytest.approx(1.808)
    running = next(run for run in recorded_runs() if run.running)
    assert running.seconds is None
    assert run_cells.lasted(None) == Part("", "muted")


async def test_filters_are_parameters_because_harbor_ignores_q_here(demo: DemoHarbor) -> None:
    failed = await shown(demo, status="Failed")
    assert {run.status for run in failed.items} == {"Failed"}
    assert demo.requests[-1].endswith(
        "/replication/executions?page=1&page_size=100&sort=-start_time%2C-id&status=Failed"
    )
    for preset in EXECUTIONS.filters:
        assert isinstance(preset.q, str)
        found = await executions.page(talk(demo), None, Query(q=preset.q))
        key, _, value = preset.q.partition("=")
        assert all(getattr(run, key) == value for run in found.items)


async def test_runs_of_a_rule_carry_its_name(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    rule = await replication.find(harbor, "smoke")
    found = await executions.page(harbor, rule, Query(q="status=Failed"))
    assert {run.rule for run in found.items} == {"smoke"}
    assert {run.policy_id for run in found.items} == {rule.id}
    assert "&policy_id=1&status=Failed" in demo.requests[-1]
    assert EXECUTIONS.label(found.items[0]).endswith("of smoke")


async def test_runs_of_all_rules_get_names_and_causes(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    bare = (await shown(demo)).items
    lacking = [run for run in bare if run.lacks_cause]
    assert lacking
    done = await executions.completed(harbor, bare)
    assert [run.id for run in done] == [run.id for run in bare]
    assert {run.rule for run in done} >= {"smoke", "to-dr-site"}
    failed = next(run for run in done if run.rule == "to-dr-site" and run.has_failed)
    assert failed.reason.endswith("connect: connection refused")
    skipped = next(run for run in done if run.skipped)
    assert skipped.cause is None
    count = len(demo.requests)
    assert await executions.completed(harbor, done) == done
    assert len(demo.requests) == count


async def test_a_run_of_a_deleted_rule_says_so() -> None:
    canned = Canned({"GET /replication/policies": []})
    [done] = await executions.completed(canned.harbor, [Execution(id=4, policy_id=7)])
    assert done.rule == "rule 7, deleted"


async def test_the_cause_is_the_first_error_of_the_task_that_failed_first() -> None:
    harbor, asked = _recorded_harbor()
    run = next(run for run in recorded_runs() if run.id == 251)
    assert (await executions.cause(harbor, run)).endswith(REFUSED)
    assert "status=Failed" in asked[0]
    assert "sort=id" in asked[0]
    assert asked[1].endswith("/tasks/766/log")


def _recorded_harbor() -> tuple[Harbor, list[str]]:
    """Execution 251 and its tasks, as recorded."""
    every = json.loads((FOLDER / "replication.json").read_text())
    answers = {row["path"].partition("?")[0]: row["answer"] for row in every}
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path.decode())
        found = answers[request.url.path.removeprefix("/api/v2.0")]
        if "text" in found:
            return httpx.Response(200, text=found["text"])
        return httpx.Response(200, json=found["json"][:1])

    return Harbor("http://recorded", transport=httpx.MockTransport(answer)), asked


async def test_a_failed_run_without_tasks_or_log_is_no_riddle() -> None:
    none = Canned({"GET /replication/executions/5/tasks": []})
    assert await executions.cause(none.harbor, Execution(id=5)) == joblog.NO_LOG
    with pytest.raises(Conflict, match="no task of it has failed"):
        await executions.cause_log(none.harbor, Execution(id=5))
    gone = httpx.Response(404, json={"errors": [{"message": "log entity: x not found"}]})
    lost = Canned(
        {
            "GET /replication/executions/5/tasks": [{"id": 1, "execution_id": 5}],
            "GET /replication/executions/5/tasks/1/log": gone,
        }
    )
    assert await executions.cause(lost.harbor, Execution(id=5)) == joblog.NO_LOG


async def test_a_running_run_says_what_it_works_on(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    run = await run_of(demo, "pull-base-nightly")
    assert run.running
    assert (await executions.working_on(harbor, run)).startswith("library/")
    assert await executions.working_on(harbor, await run_of(demo, "smoke")) == ""


async def test_stopping_sends_no_body_and_what_has_ended_is_left_alone(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    run = await run_of(demo, "pull-base-nightly")
    assert not await executions.has_ended(harbor, run)
    assert await executions.stop(harbor, run) is None
    assert [(write.method, write.path, write.body) for write in demo.writes] == [
        ("PUT", f"/replication/executions/{run.id}", None)
    ]
    assert await executions.has_ended(harbor, run)
    assert await executions.stop(harbor, run) == f"Execution {run.id} had ended already"
    assert len(demo.writes) == 1
    stop = EXECUTIONS.actions[0]
    assert stop.unless(run) == ""
    assert stop.unless(await executions.get(harbor, run.id)) == "it does not run"


async def test_runs_are_found_by_number_only(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    run = await run_of(demo, "smoke")
    assert (await executions.find(harbor, str(run.id))).id == run.id
    assert (await executions.raw(harbor, run))["status_text"] == run.status_text
    with pytest.raises(NotFound, match="called by its number"):
        await executions.find(harbor, "smoke/x")
    with pytest.raises(NotFound, match="99999 not found"):
        await executions.find(harbor, "99999")


def test_harbors_reason_ends_without_the_line_break_that_a_registry_sent():
    run = Execution(id=1, status="Failed", status_text="http status code: 404, body: {}\n")
    assert run.reason == "http status code: 404, body: {}"
