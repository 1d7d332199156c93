"""Jobs of the demo: garbage collections, purges, scans, schedules, queues."""

import json

import httpx
import pytest

from harbortui.demo import DemoHarbor, pushing

from .replay import connect

ROOT = "/api/v2.0"
GC = "/system/gc/schedule"
PURGE = "/system/purgeaudit/schedule"
SCAN = "/system/scanAll/schedule"
NOW = {"schedule": {"type": "Manual"}}
UNTAGGED = NOW | {"parameters": {"delete_untagged": True}}
HOUR = 3600


async def call(client: httpx.AsyncClient, method: str, path: str, body=None) -> httpx.Response:
    return await client.request(method, f"{ROOT}{path}", json=body)


async def started(client: httpx.AsyncClient, path: str, body: dict) -> str:
    answer = await call(client, "POST", path, body)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix(ROOT)


async def result(client: httpx.AsyncClient, path: str) -> tuple[str, dict]:
    run = (await call(client, "GET", path)).json()
    return run["job_status"], json.loads(run["job_parameters"])


@pytest.fixture
def demo(demo: DemoHarbor) -> DemoHarbor:
    """A registry in which nothing is copied while its jobs are looked at."""
    demo.paused.add("REPLICATION")
    return demo


def untagged(demo: DemoHarbor) -> int:
    return sum(row["listed"] and not row["tags"] for row in demo.artifacts.values())


async def test_a_collection_waits_runs_and_says_what_it_freed(demo):
    admin = await connect(demo, "admin", "session")
    before, free = untagged(demo), demo.free
    assert before > 0
    path = await started(admin, GC, UNTAGGED)
    assert (await result(admin, path))[0] == "Pending"
    assert (await call(admin, "GET", f"{path}/log")).status_code == 404
    demo.clock.advance(3)
    assert (await result(admin, path))[0] == "Running"
    demo.clock.advance(30)
    status, parameters = await result(admin, path)
    assert status == "Success"
    assert parameters["purged_manifests"] == before
    assert demo.free - free == parameters["freed_space"] > 0
    assert untagged(demo) == 0
    log = (await call(admin, "GET", f"{path}/log")).text
    assert "delete the untagged artifact" in log
    assert log.endswith("success to run gc in job.\n")


async def test_the_demo_begins_with_collections_that_freed_much_and_nothing(demo):
    admin = await connect(demo, "admin", "session")
    runs = (await call(admin, "GET", "/system/gc?page_size=100")).json()
    parameters = [json.loads(run["job_parameters"]) for run in runs]
    assert (parameters[0]["freed_space"] >> 20, parameters[0]["dry_run"]) == (2662, False)
    assert parameters[1]["dry_run"] is True
    assert {"Success", "Error", "Stopped"} == {run["job_status"] for run in runs}
    assert any(run.get("freed_space") == 0 for run in parameters)


async def test_a_dry_run_counts_and_leaves_everything(demo):
    admin = await connect(demo, "admin", "session")
    before = untagged(demo)
    body = NOW | {"parameters": {"delete_untagged": True, "dry_run": True}}
    path = await started(admin, GC, body)
    demo.clock.advance(60)
    status, parameters = await result(admin, path)
    assert (status, parameters["purged_manifests"]) == ("Success", before)
    assert untagged(demo) == before


async def test_a_collection_spares_what_is_newer_than_two_hours(demo):
    admin = await connect(demo, "admin", "session")
    path = await started(admin, GC, UNTAGGED)
    demo.clock.advance(60)
    await result(admin, path)
    row = pushing.image(demo, "alice", "sandbox/test1", "v1")
    row["tags"].clear()
    second = await started(admin, GC, UNTAGGED)
    demo.clock.advance(60)
    assert (await result(admin, second))[1]["freed_space"] == 0
    assert row["id"] in demo.artifacts
    demo.clock.advance(2 * HOUR)
    admin = await connect(demo, "admin", "session")
    third = await started(admin, GC, UNTAGGED)
    demo.clock.advance(60)
    assert (await result(admin, third))[1]["freed_space"] == row["size"]


async def test_deleting_frees_space_with_the_next_collection(demo):
    admin = await connect(demo, "admin", "session")
    size = sum(row["size"] for row in demo.artifacts.where(repository_name="perf-lab/k6"))
    assert (await call(admin, "DELETE", "/projects/perf-lab/repositories/k6")).status_code == 200
    path = await started(admin, GC, NOW | {"parameters": {}})
    demo.clock.advance(60)
    assert (await result(admin, path))[1]["freed_space"] == size


async def test_a_second_collection_waits_for_the_first(demo):
    admin = await connect(demo, "admin", "session")
    first, second = [await started(admin, GC, NOW) for _ in range(2)]
    demo.clock.advance(10)
    assert (await result(admin, first))[0] == "Running"
    assert (await result(admin, second))[0] == "Pending"
    demo.clock.advance(60)
    assert (await result(admin, second))[0] == "Success"


async def test_a_collection_can_be_stopped(demo):
    admin = await connect(demo, "admin", "session")
    path = await started(admin, GC, UNTAGGED)
    before = untagged(demo)
    assert (await call(admin, "PUT", path)).status_code == 200
    demo.clock.advance(60)
    assert (await result(admin, path))[0] == "Stopped"
    assert untagged(demo) == before


async def test_a_schedule_runs_once_for_all_the_time_that_nobody_looked(demo):
    admin = await connect(demo, "admin", "session")
    before = len(demo.executions.where(vendor_type="GARBAGE_COLLECTION"))
    demo.clock.advance(3 * 86400)
    await call(admin, "GET", "/ping")
    runs = demo.executions.where(vendor_type="GARBAGE_COLLECTION")[before:]
    assert [(run["trigger"], run["start_time"]) for run in runs] == [
        ("SCHEDULE", "2026-11-21T02:00:00.000Z")
    ]


async def test_schedules_are_listed_with_those_of_rules_and_retentions(demo):
    admin = await connect(demo, "admin", "session")
    rows = (await call(admin, "GET", "/schedules?page_size=100")).json()
    kinds = [row["vendor_type"] for row in rows]
    assert {"REPLICATION", "RETENTION", "GARBAGE_COLLECTION", "SCAN_ALL", "PURGE_AUDIT_LOG"} <= set(
        kinds
    )
    assert (await call(admin, "GET", "/schedules/all/paused")).json() == {"paused": False}
    assert (await call(admin, "GET", "/schedules/gc/paused")).status_code == 400


@pytest.mark.parametrize("dry", [True, False])
async def test_a_purge_removes_old_events_of_the_chosen_types_unless_it_is_dry(demo, dry):
    admin = await connect(demo, "admin", "session")
    chosen = {"audit_retention_hour": 48, "include_event_types": "pull_artifact", "dry_run": dry}
    limit = demo.audit.now() - 48 * HOUR * 1000
    pulls = [event for event in demo.audit.stored if event.kind == "pull_artifact"]
    old = [event for event in pulls if event.at < limit]
    path = await started(admin, PURGE, NOW | {"parameters": chosen})
    demo.clock.advance(10)
    assert (await result(admin, path))[0] == "Success"
    log = (await call(admin, "GET", f"{path}/log")).text
    assert f"Purged {len(old)} rows" in log
    assert ("[DRYRUN]" in log) is dry
    left = [event for event in demo.audit.stored if event.kind == "pull_artifact"]
    assert len(pulls) - len(left) == (0 if dry else len(old))


async def test_other_events_are_purged_but_never_those_of_tags(demo):
    demo.record("alice", "create", "tag", "sandbox/test1:v1")
    demo.clock.advance(3 * HOUR)
    admin = await connect(demo, "admin", "session")
    chosen = {"audit_retention_hour": 1, "include_event_types": "other", "dry_run": False}
    await started(admin, PURGE, NOW | {"parameters": chosen})
    demo.clock.advance(10)
    await call(admin, "GET", "/ping")
    limit = demo.audit.now() - HOUR * 1000
    left = {event.resource_type for event in demo.audit.stored if event.at < limit - 20_000}
    assert left == {"artifact", "tag"}
