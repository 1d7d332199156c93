"""The demo's queues, workers and scans of everything."""

from .replay import connect
from .test_demo_jobs import NOW, SCAN, call, demo

__all__ = ["demo"]


async def test_scanning_everything_scans_what_has_no_report_and_says_how_far_it_is(demo):
    admin = await connect(demo, "admin", "session")
    answer = await call(admin, "POST", SCAN, NOW)
    assert (answer.status_code, answer.text) == (201, "")
    assert (await call(admin, "POST", SCAN, NOW)).status_code == 409
    assert (await call(admin, "GET", "/scans/all/metrics")).json()["ongoing"] is True
    demo.clock.advance(60)
    metrics = (await call(admin, "GET", "/scans/all/metrics")).json()
    assert metrics["ongoing"] is False
    # One image of payments/api is being scanned for ever.
    assert metrics["completed"] == metrics["total"] - metrics["metrics"]["Running"] > 100
    assert metrics["metrics"]["Running"] == 1
    assert (await call(admin, "POST", "/system/scanAll/stop")).status_code == 400


async def test_without_a_scanner_nothing_is_scanned(demo):
    admin = await connect(demo, "admin", "session")
    demo.scanners.clear()
    assert (await call(admin, "POST", SCAN, NOW)).status_code == 412


async def test_the_scan_schedule_can_be_changed_and_removed(demo):
    admin = await connect(demo, "admin", "session")
    weekly = {"schedule": {"type": "Weekly", "cron": "0 0 0 * * 0"}}
    assert (await call(admin, "POST", SCAN, weekly)).status_code == 412
    assert (await call(admin, "PUT", SCAN, weekly)).status_code == 200
    assert (await call(admin, "GET", SCAN)).json()["schedule"]["type"] == "Weekly"
    assert (await call(admin, "PUT", SCAN, {"schedule": {"type": "None"}})).status_code == 200
    assert (await call(admin, "GET", SCAN)).content == b""


async def test_queues_say_what_waits_and_can_be_paused_and_emptied(demo):
    admin = await connect(demo, "admin", "session")

    async def queue() -> dict:
        rows = (await call(admin, "GET", "/jobservice/queues")).json()
        return next(row for row in rows if row["job_type"] == "REPLICATION")

    assert "paused" in await queue()
    await call(admin, "PUT", "/jobservice/queues/REPLICATION", {"action": "resume"})
    assert (await queue())["paused"] is False
    await call(admin, "PUT", "/jobservice/queues/REPLICATION", {"action": "pause"})
    demo.clock.advance(600)
    assert (await queue())["count"] == 31
    assert (await queue())["paused"] is True
    await call(admin, "PUT", "/jobservice/queues/REPLICATION", {"action": "stop"})
    assert "count" not in await queue()
    assert (await call(admin, "PUT", "/jobservice/queues/all", {"action": "x"})).status_code == 400


async def test_workers_show_what_they_do_and_can_be_freed(demo):
    admin = await connect(demo, "admin", "session")
    workers = (await call(admin, "GET", "/jobservice/pools/all/workers")).json()
    busy = [worker for worker in workers if worker.get("job_id")]
    assert [worker["job_name"] for worker in busy] == ["REPLICATION"] * 4
    log = await call(admin, "GET", f"/jobservice/jobs/{busy[0]['job_id']}/log")
    assert "client for source registry" in log.text
    assert (await call(admin, "PUT", "/jobservice/jobs/all")).status_code == 200
    workers = (await call(admin, "GET", "/jobservice/pools/all/workers")).json()
    assert not any(worker.get("job_id") for worker in workers)


async def test_findings_of_the_whole_registry_can_be_searched_but_not_by_any_key(demo):
    admin = await connect(demo, "admin", "session")
    total = (await call(admin, "GET", "/security/summary")).json()["total_vuls"]
    answer = await call(admin, "GET", "/security/vul?q=severity%3DCritical&page_size=100")
    assert {row["severity"] for row in answer.json()} == {"Critical"}
    assert 0 < int(answer.headers["X-Total-Count"]) < total
    assert (await call(admin, "GET", "/security/vul?q=severity%3D~Crit")).status_code == 400
    assert (await call(admin, "GET", "/security/vul?q=nosuch%3D1")).status_code == 400
    tuned = await call(admin, "GET", "/security/vul?tune_count=true&page_size=1")
    assert tuned.headers["X-Total-Count"] == "-1"
