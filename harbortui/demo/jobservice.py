"""The job service: its pool, its workers, its queues, and single jobs."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from . import access, copying, tasklog
from .answers import Json, Refusal, answer, body_of, empty, text, without_zeros
from .clock import moment, stamp
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

POOL = "8234b5b8ab0d4487a1bd19ca"
WORKERS = 10
UP = timedelta(days=9, hours=3)
QUEUES = """
AUDIT_LOGS_GDPR_COMPLIANT EXECUTION_SWEEP GARBAGE_COLLECTION IMAGE_SCAN P2P_PREHEAT PURGE_AUDIT_LOG
REPLICATION RETENTION SCAN_DATA_EXPORT SCHEDULER SLACK SYSTEM_ARTIFACT_CLEANUP WEBHOOK
"""
HEX = 24


def running(demo: DemoHarbor) -> list[Json]:
    """The jobs that run now: `job_name`, `job_id`, `start_at`."""
    tasks = [
        {"job_name": "REPLICATION", "job_id": task["job_id"], "start_at": task["start_time"]}
        for task in demo.tasks.where(status="InProgress")
    ]
    return tasks + [
        {"job_name": run["vendor_type"], "job_id": job_id(run), "start_at": run["start_time"]}
        for run in demo.executions.where(status="Running")
    ]


def waiting(demo: DemoHarbor, queue: str) -> list[Json]:
    """The jobs that wait in a queue."""
    if queue == "REPLICATION":
        return demo.tasks.where(status="Pending")
    return demo.executions.where(vendor_type=queue, status="Pending")


def job_id(row: Json) -> str:
    """The name by which the job service knows a job."""
    return str(row.get("job_id") or f"{random.Random(row['id']).getrandbits(4 * HEX):0{HEX}x}")


@route("GET", "/jobservice/pools", since="2.7")
def pools(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The one pool there is."""
    access.require_system(request, "jobservice-monitor", "list")
    now = demo.clock().replace(microsecond=0)
    pool = {
        "concurrency": WORKERS,
        "heartbeat_at": stamp(now),
        "pid": 20931,
        "start_at": stamp(now - UP),
        "worker_pool_id": POOL,
    }
    return answer([pool])


@route("GET", "/jobservice/pools/{pool}/workers", since="2.7")
def workers(demo: DemoHarbor, request: httpx.Request, pool: str) -> httpx.Response:
    """All workers, with the jobs that they have at hand."""
    access.require_system(request, "jobservice-monitor", "list")
    if pool not in ("all", POOL):
        return answer([])
    names = sorted(f"{random.Random(n).getrandbits(4 * HEX):0{HEX}x}" for n in range(WORKERS))
    idle: list[Json] = [{"id": name, "pool_id": POOL} for name in names]
    for worker, job in zip(idle, running(demo), strict=False):
        worker |= job | {"checkin_at": stamp(demo.clock())}
    return answer(idle)


@route("GET", "/jobservice/queues", since="2.7")
def queues(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """How many jobs wait in each queue, for how many seconds the oldest, and which stand still."""
    access.require_system(request, "jobservice-monitor", "list")
    return answer([queue(demo, name) for name in QUEUES.split()])


def queue(demo: DemoHarbor, name: str) -> Json:
    """One queue; what is 0 is left out."""
    jobs = waiting(demo, name)
    oldest = min((job["start_time"] for job in jobs), default="")
    row: Json = {"job_type": name, "count": len(jobs), "paused": name in demo.paused}
    row["latency"] = int((demo.clock() - moment(oldest)).total_seconds()) if oldest else 0
    return without_zeros(row, "paused")


@route("PUT", "/jobservice/queues/{name}", since="2.7")
def change_queue(demo: DemoHarbor, request: httpx.Request, name: str) -> httpx.Response:
    """Pauses or resumes a queue or `all`, or drops what waits there (`stop`)."""
    access.require_system(request, "jobservice-monitor", "stop")
    action = body_of(request).get("action")
    names = QUEUES.split() if name == "all" else [name.upper()]
    if action not in ("stop", "pause", "resume"):
        raise Refusal(400, f"the action {action} is not supported")
    if action == "pause":
        demo.paused |= set(names)
    elif action == "resume":
        demo.paused -= set(names)
    else:
        end([job for name in names for job in waiting(demo, name)], demo)
    return empty()


@route("PUT", "/jobservice/jobs/{job}", since="2.7")
def stop(demo: DemoHarbor, request: httpx.Request, job: str) -> httpx.Response:
    """Stops a job that runs, or `all`; 200 for one that nobody knows, too."""
    access.require_system(request, "jobservice-monitor", "stop")
    running = [*demo.tasks.where(status="InProgress"), *demo.executions.where(status="Running")]
    end([row for row in running if job in ("all", job_id(row))], demo)
    return empty()


def end(rows: list[Json], demo: DemoHarbor) -> None:
    """Stops jobs, and the executions whose last tasks they are."""
    for row in rows:
        row["status"] = "Stopped"
        if "execution_id" in row:
            row["end_time"] = demo.clock.stamp()
            copying.settle(demo, demo.executions[row["execution_id"]])


@route("GET", "/jobservice/jobs/{job}/log", since="2.8")
def log(demo: DemoHarbor, request: httpx.Request, job: str) -> httpx.Response:
    """The log of a job."""
    access.require_system(request, "jobservice-monitor", "list")
    logs = [(job_id(task), tasklog.of(task)) for task in demo.tasks.values()]
    logs += [(job_id(run), run.get("log", "")) for run in demo.executions.values()]
    for name, lines in logs:
        if name == job and lines:
            return text(lines)
    raise Refusal(404, f"log entity: {job} not found")
