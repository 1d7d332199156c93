"""Jobs of the whole registry, such as a garbage collection: they wait, run, end, and have a log."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import httpx

from . import cron, schedules
from .answers import Json, Refusal, answer, empty, text, without_zeros
from .clock import NEVER, stamp
from .listing import columns, listing

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns("id", "status", "start_time", "update_time", trigger=lambda run: run["trigger"])
WAIT = 2.0
"""Seconds until a job starts, if none of its kind runs already."""
ACTIVE = ("Pending", "Running")
VENDOR_IDS = {"SCAN_ALL": 0}
"""All other kinds have -1 in the table of schedules."""
Work = Callable[[Json], Json]


def start(
    demo: DemoHarbor, vendor: str, trigger: str, parameters: Json, seconds: float, work: Work
) -> Json:
    """Lets a job wait, then run; `work(run)` gives what to add to its parameters."""
    run = demo.executions.add(
        {
            "vendor_type": vendor,
            "trigger": trigger,
            "parameters": parameters,
            "status": "Pending",
            "log": "",
            "start_time": demo.clock.stamp(),
            "update_time": demo.clock.stamp(),
        }
    )
    demo.after(WAIT, lambda: begin(demo, run, seconds, work))
    return run


def begin(demo: DemoHarbor, run: Json, seconds: float, work: Work) -> None:
    """Starts a job that nobody has stopped, when no other of its kind runs."""
    vendor = run["vendor_type"]
    if run["status"] != "Pending":
        return
    if vendor in demo.paused:
        demo.look_again(WAIT, lambda: begin(demo, run, seconds, work))
        return
    if demo.executions.where(vendor_type=vendor, status="Running"):
        demo.after(WAIT, lambda: begin(demo, run, seconds, work))
        return
    run["status"] = "Running"
    demo.after(seconds, lambda: end(demo, run, work))


def end(demo: DemoHarbor, run: Json, work: Work) -> None:
    """Ends a job that nobody has stopped."""
    if run["status"] == "Running":
        run["parameters"] |= work(run)
        run |= {"status": "Success", "update_time": demo.clock.stamp()[:-5] + ".000Z"}


def stop(demo: DemoHarbor, vendor: str, run_id: str) -> httpx.Response:
    """Stops a job; 200 for one that has ended, too."""
    run = demo.executions.get(int(run_id)) if run_id.isdigit() else None
    if run is None or run["vendor_type"] != vendor:
        raise Refusal(404, f"execution {run_id} not found")
    if run["status"] in ACTIVE:
        run |= {"status": "Stopped", "update_time": demo.clock.stamp()}
    return empty()


def find(demo: DemoHarbor, vendor: str, run_id: str, what: str) -> Json:
    """The job with this id, or 404 saying `what`."""
    run = demo.executions.get(int(run_id)) if run_id.isdigit() else None
    if run is None or run["vendor_type"] != vendor:
        raise Refusal(404, what)
    return run


def history(demo: DemoHarbor, request: httpx.Request, vendor: str) -> httpx.Response:
    """Jobs of a kind, the newest first."""
    rows = demo.executions.where(vendor_type=vendor)
    return listing(request, rows, KEYS, "-start_time", show)


def show(run: Json) -> Json:
    """A job as Harbor answers it, its parameters as JSON in a string."""
    return {
        "id": run["id"],
        "job_name": run["vendor_type"],
        "job_kind": run["trigger"],
        "job_parameters": written(run["parameters"]),
        "job_status": run["status"],
        "schedule": {"type": run["trigger"].capitalize(), "next_scheduled_time": NEVER},
        "creation_time": run["start_time"],
        "update_time": run["update_time"],
    }


def written(parameters: Json) -> str:
    """JSON as Go writes it: sorted, without spaces."""
    return json.dumps(parameters, sort_keys=True, separators=(",", ":"))


def log(run: Json, what: str) -> httpx.Response:
    """The log of a job, or 404 saying `what` while there is none."""
    if not run["log"]:
        raise Refusal(404, what)
    return text(run["log"])


def line(now: datetime, level: str, place: str, words: str) -> str:
    """One line of a log: time in UTC, level, place in Harbor's source, what happened."""
    return (
        f"{now:%Y-%m-%dT%H:%M:%SZ} [{level}] [/harbor/src/jobservice/job/impl/{place}]: {words}\n"
    )


def scheduled(demo: DemoHarbor, vendor: str) -> httpx.Response:
    """The schedule of a kind of job, in the shape of a job; an empty body if there is none."""
    schedule = demo.schedules.first(vendor_type=vendor)
    if schedule is None:
        return nothing()
    due = cron.following(schedule["cron"], demo.clock())
    when = {"type": schedule["kind"], "cron": schedule["cron"], "next_scheduled_time": stamp(due)}
    shown = {
        "id": schedule["id"],
        "job_kind": schedule["cron"],
        "job_parameters": written(schedule["parameters"]),
        "job_status": "Running",
        "schedule": when,
        "creation_time": schedule["creation_time"],
        "update_time": schedule["update_time"],
    }
    return answer(without_zeros(shown))


def nothing() -> httpx.Response:
    """What a schedule that is not there is answered with: 200, JSON, and no body."""
    return httpx.Response(200, headers={"Content-Type": "application/json"})


def reschedule(
    demo: DemoHarbor,
    vendor: str,
    wanted: Json,
    parameters: Json,
    what: str,
) -> None:
    """Replaces or drops the schedule of a kind of job; 400 for a cron line that cannot be read."""
    kind, line = wanted.get("type"), wanted.get("cron") or ""
    if kind == "None":
        schedules.drop_schedule(demo, vendor, VENDOR_IDS.get(vendor, -1))
        return
    if kind not in ("Hourly", "Daily", "Weekly", "Custom"):
        return
    if not line:
        raise Refusal(400, f"empty cron string for {what} schedule")
    schedules.check(line, f"scheduled {what}")
    number = VENDOR_IDS.get(vendor, -1)
    schedules.set_schedule(demo, vendor, number, line, kind, parameters)
