"""Scanning everything, by hand and by the clock."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import httpx

from . import access, runs, scanning
from .answers import Json, Refusal, answer, body_of, empty
from .clock import NEVER
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

VENDOR = "SCAN_ALL"
SECONDS = 15.0
STATES = ("Error", "Pending", "Running", "Stopped", "Success")


def scannable(demo: DemoHarbor) -> list[Json]:
    """What a scanner can look into: images, not charts, and not what is in an index only."""
    return [row for row in demo.artifacts.values() if row["listed"] and row["type"] == "IMAGE"]


def start(demo: DemoHarbor, trigger: str) -> Json:
    """Begins a scan of everything that has no report yet."""
    run = runs.start(demo, VENDOR, trigger, {}, SECONDS, lambda run: report(demo, run))
    demo.after(runs.WAIT, lambda: scan(demo, run))
    return run


def scan(demo: DemoHarbor, run: Json) -> None:
    """Lets the scanner look at every image without a report, unless the run was stopped."""
    if run["status"] not in runs.ACTIVE:
        return
    for row in scannable(demo):
        if (row["scan"] or {}).get("status") not in (*scanning.UNDERWAY, "Success"):
            scanning.start(demo, row)


def report(demo: DemoHarbor, run: Json) -> Json:
    """What is left of a scan of everything: how much there was to scan, and a line of log."""
    number = len(scannable(demo))
    run["log"] = runs.line(demo.clock(), "INFO", "scan/all.go:88", f"{number} artifacts scanned")
    return {"total": number}


def require_scanner(demo: DemoHarbor) -> None:
    """Refuses when no scanner is there that could be used (412)."""
    if not any(row["is_default"] and not row.get("disabled") for row in demo.scanners):
        raise Refusal(412, "no scanner is available for the registry")


def newest(demo: DemoHarbor, trigger: str = "") -> Json | None:
    """The last scan of everything, by hand or by the clock."""
    rows = demo.executions.where(vendor_type=VENDOR)
    return next((row for row in reversed(rows) if trigger in ("", row["trigger"])), None)


@route("GET", "/system/scanAll/schedule")
def schedule(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The schedule, or an empty body."""
    access.require_system(request, "scan-all", "read")
    kept = demo.schedules.first(vendor_type=VENDOR)
    if kept is None:
        return runs.nothing()
    when = {"type": kept["kind"], "cron": kept["cron"], "next_scheduled_time": NEVER}
    shown = {"id": kept["id"], "schedule": when, "status": "Running"}
    return answer(shown | {key: kept[key] for key in ("creation_time", "update_time")})


@route("POST", "/system/scanAll/schedule")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Scans now (`Manual`; 409 while one runs), or sets a schedule where there is none (412)."""
    access.require_system(request, "scan-all", "create")
    require_scanner(demo)
    wanted = body_of(request).get("schedule") or {}
    if wanted.get("type") == "Manual":
        running = newest(demo)
        if running and running["status"] in runs.ACTIVE:
            raise Refusal(409, "a previous scan all job aready exits, its status is Running")
        start(demo, "MANUAL")
    elif demo.schedules.first(vendor_type=VENDOR):
        reason = "fail to set schedule for scan all as always had one, please delete it firstly"
        raise Refusal(412, f"{reason} then to re-schedule")
    else:
        keep(demo, wanted)
    return empty(201)


@route("PUT", "/system/scanAll/schedule")
def change(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Changes the schedule; `None` removes it."""
    access.require_system(request, "scan-all", "update")
    require_scanner(demo)
    wanted = body_of(request).get("schedule") or {}
    if wanted.get("type") == "Manual":
        raise Refusal(400, "fail to update scan all schedule as wrong schedule type: Manual.")
    keep(demo, wanted)
    return empty()


def keep(demo: DemoHarbor, wanted: Json) -> None:
    """Replaces the schedule."""
    runs.reschedule(demo, VENDOR, wanted, {}, "scan all")


@route("POST", "/system/scanAll/stop")
def stop(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Stops a scan that runs (202), or 400."""
    access.require_system(request, "scan-all", "stop")
    running = newest(demo)
    if not running or running["status"] not in runs.ACTIVE:
        raise Refusal(400, "no scan all job is found currently")
    running["status"] = "Stopped"
    return empty(202)


def metrics(demo: DemoHarbor, run: Json | None) -> httpx.Response:
    """How far a scan of everything has come."""
    if run is None:
        return answer({"total": 0, "completed": 0, "ongoing": False})
    ongoing = run["status"] in runs.ACTIVE
    found = Counter((row["scan"] or {"status": "Pending"})["status"] for row in scannable(demo))
    done = found["Success"] + found["Error"] + found["Stopped"]
    shown = {"total": sum(found.values()), "completed": done, "ongoing": ongoing}
    counts = {"metrics": {state: found[state] for state in STATES}}
    return answer(shown | counts | {"trigger": run["trigger"].capitalize()})


@route("GET", "/scans/all/metrics")
def progress(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """How far the last scan has come."""
    access.require_system(request, "scan-all", "read")
    return metrics(demo, newest(demo))


@route("GET", "/scans/schedule/metrics")
def scheduled_progress(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """How far the last scheduled scan has come."""
    access.require_system(request, "scan-all", "read")
    return metrics(demo, newest(demo, "SCHEDULE"))
