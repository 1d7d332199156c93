"""Replication in the demo: rules run, tasks end or fail as the clock goes on, logs say why."""

import httpx
import pytest

from harbortui.demo import DemoHarbor

from .replay import connect

ROOT = "/api/v2.0"


async def call(client: httpx.AsyncClient, method: str, path: str, body=None) -> httpx.Response:
    return await client.request(method, f"{ROOT}{path}", json=body)


async def run(demo: DemoHarbor, client: httpx.AsyncClient, name: str) -> str:
    """Starts a rule; the path of the execution."""
    rule = demo.policies.first(name=name)
    rule["enabled"] = True
    started = await call(client, "POST", "/replication/executions", {"policy_id": rule["id"]})
    assert started.status_code == 201, started.text
    return started.headers["Location"].removeprefix(ROOT)


def rule_body(demo: DemoHarbor, **change) -> dict:
    registry = demo.registries.first(name="mirror-a")
    return {
        "name": "new-rule",
        "dest_registry": {"id": registry["id"]},
        "dest_namespace": "x",
        "dest_namespace_replace_count": 1,
        "filters": [{"type": "name", "value": "library/**"}],
        "trigger": {"type": "manual"},
        "enabled": True,
    } | change


async def test_an_execution_has_no_tasks_at_first_then_runs_then_succeeds(demo):
    admin = await connect(demo, "admin", "session")
    path = await run(demo, admin, "ci-to-mirror-a")
    first = (await call(admin, "GET", path)).json()
    assert (first["status"], first["total"]) == ("InProgress", 0)
    demo.clock.advance(2)
    middle = (await call(admin, "GET", path)).json()
    assert (middle["status"], middle["total"], middle["in_progress"]) == ("InProgress", 10, 10)
    demo.clock.advance(2)
    part = (await call(admin, "GET", path)).json()
    assert part["succeed"] == 4
    demo.clock.advance(60)
    last = (await call(admin, "GET", path)).json()
    assert (last["status"], last["succeed"], last["status_text"]) == ("Succeed", 10, "")
    assert last["end_time"] < demo.clock.stamp()


async def test_the_log_of_a_task_grows_and_tells_that_all_went_well(demo):
    admin = await connect(demo, "admin", "session")
    path = await run(demo, admin, "ci-to-mirror-a")
    demo.clock.advance(1.5)
    tasks = (await call(admin, "GET", f"{path}/tasks?page_size=100")).json()
    running = next(task for task in tasks if task["status"] == "InProgress")
    waiting = next(task for task in tasks if task["status"] == "Pending")
    log = f"{path}/tasks/{running['id']}/log"
    begun = (await call(admin, "GET", log)).text
    assert "client for source registry [type: harbor" in begun
    assert (await call(admin, "GET", f"{path}/tasks/{waiting['id']}/log")).status_code == 404
    demo.clock.advance(60)
    whole = (await call(admin, "GET", log)).text
    assert whole.startswith(begun)
    assert whole.endswith("(destination registry) completed\n")


async def test_a_task_fails_with_its_cause_where_nobody_answers(demo):
    admin = await connect(demo, "admin", "session")
    path = await run(demo, admin, "to-dr-site")
    demo.clock.advance(60)
    execution = (await call(admin, "GET", path)).json()
    assert execution["status"] == "Failed"
    assert execution["failed"] == execution["total"] > 10
    task = (await call(admin, "GET", f"{path}/tasks?status=Failed&page_size=1")).json()[0]
    lines = (await call(admin, "GET", f"{path}/tasks/{task['id']}/log")).text.splitlines()
    errors = [line for line in lines if "[ERROR]" in line]
    assert "connection refused" in errors[0]
    assert lines[-1].endswith("mark the job failure")


async def test_a_filter_that_matches_nothing_succeeds_with_nothing(demo):
    admin = await connect(demo, "admin", "session")
    path = await run(demo, admin, "pull-hub-alpine")
    demo.clock.advance(5)
    execution = (await call(admin, "GET", path)).json()
    assert (execution["status"], execution["total"]) == ("Succeed", 0)


async def test_a_source_that_does_not_answer_fails_without_tasks_and_says_why(demo):
    admin = await connect(demo, "admin", "session")
    demo.unreachable.add("mirror-b.example.com")
    path = await run(demo, admin, "old-policy")
    demo.clock.advance(5)
    execution = (await call(admin, "GET", path)).json()
    assert execution["status"] == "Failed"
    assert "failed to fetch artifacts" in execution["status_text"]
    assert (await call(admin, "GET", f"{path}/tasks")).json() == []


async def test_a_rule_that_runs_alone_skips_a_second_run(demo):
    admin = await connect(demo, "admin", "session")
    await run(demo, admin, "slow-chunks")
    second = await run(demo, admin, "slow-chunks")
    execution = (await call(admin, "GET", second)).json()
    assert (execution["status"], execution["total"]) == ("Failed", 0)
    assert execution["status_text"].startswith("Execution skipped")


async def test_stopping_ends_what_has_not_ended(demo):
    admin = await connect(demo, "admin", "session")
    path = await run(demo, admin, "ci-to-mirror-a")
    demo.clock.advance(4)
    stopped = await call(admin, "PUT", path)
    assert (stopped.status_code, stopped.text) == (200, "null")
    demo.clock.advance(60)
    execution = (await call(admin, "GET", path)).json()
    assert execution["status"] == "Stopped"
    assert (execution["succeed"], execution["stopped"], execution["in_progress"]) == (4, 6, 0)


async def test_a_scheduled_rule_runs_when_it_is_due_and_not_while_schedules_stand_still(demo):
    admin = await connect(demo, "admin", "session")
    trigger = {"type": "scheduled", "trigger_settings": {"cron": "0 0 10 * * *"}}
    await call(admin, "POST", "/replication/policies", rule_body(demo, trigger=trigger))
    number = demo.policies.first(name="new-rule")["id"]
    assert demo.schedules.first(vendor_type="REPLICATION", vendor_id=number)
    demo.clock.advance(20 * 60)
    await call(admin, "GET", "/ping")
    [execution] = demo.executions.where(policy_id=number)
    assert (execution["trigger"], execution["status"]) == ("scheduled", "Succeed")
    assert execution["start_time"] == "2026-11-20T10:00:00.000Z"
    demo.paused.add("SCHEDULER")
    demo.clock.advance(86400)
    await call(admin, "GET", "/ping")
    assert len(demo.executions.where(policy_id=number)) == 1


async def test_a_rule_that_is_switched_off_or_deleted_is_not_scheduled(demo):
    admin = await connect(demo, "admin", "session")
    rule = demo.policies.first(name="to-dr-site")
    whole = (await call(admin, "GET", f"/replication/policies/{rule['id']}")).json()
    off = {key: whole[key] for key in whole if key != "enabled"}
    assert (await call(admin, "PUT", f"/replication/policies/{rule['id']}", off)).status_code == 200
    assert not demo.schedules.where(vendor_type="REPLICATION", vendor_id=rule["id"])
    assert (await call(admin, "DELETE", f"/replication/policies/{rule['id']}")).status_code == 200
    assert not demo.executions.where(policy_id=rule["id"])


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"filters": [{"type": "label", "value": "x"}]}, 400, "label filter value"),
        ({"filters": [{"type": "resource", "value": "x"}]}, 400, "invalid resource filter"),
        ({"trigger": {"type": "never"}}, 400, "invalid trigger type"),
        ({"dest_registry": {"id": 99}}, 404, "registry 99 not found"),
        (
            {"trigger": {"type": "event_based"}, "single_active_replication": True},
            500,
            "internal server error",
        ),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(demo, change, status, words):
    admin = await connect(demo, "admin", "session")
    refused = await call(admin, "POST", "/replication/policies", rule_body(demo, **change))
    assert refused.status_code == status
    assert words in refused.text


async def test_a_registry_keeps_its_secret_unless_its_address_changes(demo):
    admin = await connect(demo, "admin", "session")
    registry = demo.registries.first(name="mirror-c")
    path = f"/registries/{registry['id']}"
    assert (await call(admin, "GET", path)).json()["credential"]["access_secret"] == "*****"
    await call(admin, "PUT", path, {"name": "office-c", "insecure": True})
    assert (registry["name"], registry["credential"]["access_secret"]) == ("office-c", "secret")
    await call(admin, "PUT", path, {"url": "https://c.example.com"})
    assert registry["credential"]["access_secret"] == ""


async def test_a_registry_of_a_proxy_cache_cannot_be_deleted(demo):
    admin = await connect(demo, "admin", "session")
    refused = await call(admin, "DELETE", "/registries/1")
    assert refused.status_code == 412


async def test_the_form_of_a_rule_learns_what_a_registry_can_do(demo):
    admin = await connect(demo, "admin", "session")
    here = (await call(admin, "GET", "/registries/0/info")).json()
    hub = (await call(admin, "GET", "/registries/1/info")).json()
    assert "event_based" in here["supported_triggers"]
    assert [row["type"] for row in here["supported_resource_filters"]] == [
        "name",
        "tag",
        "label",
        "resource",
    ]
    assert [row["type"] for row in hub["supported_resource_filters"]] == ["name", "tag"]


async def test_the_demo_begins_with_the_results_of_the_pictures(demo):
    admin = await connect(demo, "admin", "session")
    rows = (await call(admin, "GET", "/replication/executions?page_size=100")).json()
    last = {}
    for row in rows:
        last.setdefault(demo.policies[row["policy_id"]]["name"], row)
    assert (last["web-on-push"]["failed"], last["web-on-push"]["total"]) == (3, 40)
    assert (last["pull-base-nightly"]["status"], last["pull-base-nightly"]["succeed"]) == (
        "InProgress",
        17,
    )
    assert (last["pull-hub-alpine"]["status"], last["pull-hub-alpine"]["total"]) == ("Succeed", 0)
    assert "Execution skipped" in last["smoke"]["status_text"]
    assert "old-policy" not in last
