"""What has run in the demo's past: garbage collections, purges, scans; and what will run when."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from . import gc, purges, runs, scan_all, schedules, seed_copies
from .answers import Json
from .clock import stamp

if TYPE_CHECKING:
    from .server import DemoHarbor

MIB, GIB = 2**20, 2**30
FREE = 69 * GIB

# Hours ago, trigger, MiB freed, options: d dry, u untagged too; or how it ended.
COLLECTIONS = (
    (175.7, "SCHEDULE", 4310, "u"),
    (151.7, "SCHEDULE", 0, "u"),
    (127.7, "SCHEDULE", 812, "u"),
    (103.7, "SCHEDULE", 0, "Error"),
    (79.7, "SCHEDULE", 655, "u"),
    (55.7, "SCHEDULE", 0, "u"),
    (50.1, "MANUAL", 0, ""),
    (31.7, "SCHEDULE", 1244, "u"),
    (7.7, "SCHEDULE", 0, "Stopped"),
    (3.4, "MANUAL", 2662, "du"),
    (3.2, "MANUAL", 2662, "u"),
)
SCHEDULES = (
    ("SYSTEM_ARTIFACT_CLEANUP", 0, "0 0 0 * * *"),
    ("EXECUTION_SWEEP", -1, "0 0 0 * * *"),
)
EVENT_TYPES = "create_artifact,delete_artifact,pull_artifact"


def fill(demo: DemoHarbor) -> None:
    """Adds the past by its order in time, and the schedules of what is to come."""
    past = list(seed_copies.past(demo))
    past += [(row[0], partial(_collect, demo, *row)) for row in COLLECTIONS]
    past += [(ago, partial(_purge, demo, ago)) for ago in (53.7, 29.7, 5.7)]
    past += [(ago, partial(_scan, demo, ago)) for ago in (57.7, 33.7, 9.7)]
    for _, happen in sorted(past, key=lambda entry: -entry[0]):
        happen()
    _plan(demo)
    demo.free = FREE
    demo.collected = {row["id"]: row["size"] for row in demo.artifacts.values()}


def _plan(demo: DemoHarbor) -> None:
    for vendor, number, line in SCHEDULES:
        schedules.set_schedule(demo, vendor, number, line)
    for policy in demo.retentions.values():
        line = policy["trigger"]["settings"]["cron"]
        schedules.set_schedule(demo, "RETENTION", policy["id"], line)
    options: Json = {"delete_tag": False, "delete_untagged": True, "workers": 1}
    runs.reschedule(demo, gc.VENDOR, {"type": "Custom", "cron": "0 0 2 * * *"}, options, "gc")
    runs.reschedule(demo, scan_all.VENDOR, {"type": "Daily", "cron": "0 0 0 * * *"}, {}, "scan")
    options = {"audit_retention_hour": 4320, "include_event_types": EVENT_TYPES, "dry_run": False}
    runs.reschedule(
        demo, purges.VENDOR, {"type": "Custom", "cron": "0 0 4 * * *"}, options, "purge"
    )


def _run(demo: DemoHarbor, ago: float, vendor: str, trigger: str, parameters: Json) -> Json:
    """A job that has ended well."""
    begin = demo.clock() - timedelta(hours=ago)
    return demo.executions.add(
        {
            "vendor_type": vendor,
            "trigger": trigger,
            "parameters": parameters,
            "status": "Success",
            "log": "",
            "start_time": stamp(begin),
            "update_time": stamp((begin + timedelta(seconds=28)).replace(microsecond=0)),
        }
    )


def _collect(demo: DemoHarbor, ago: float, trigger: str, freed: int, options: str) -> None:
    parameters = {
        "delete_tag": False,
        "delete_untagged": "u" in options,
        "dry_run": "d" in options,
        "time_window": gc.WINDOW,
        "workers": 1,
    }
    run = _run(demo, ago, gc.VENDOR, trigger, parameters)
    sizes = [41 * MIB] * (freed // 41) + [freed % 41 * MIB] if freed else []
    run["log"] = gc.report(demo, run, [], sizes)
    if options in ("Error", "Stopped"):
        run["status"] = options
        return
    counts = {"purged_blobs": gc.BLOBS * len(sizes), "purged_manifests": len(sizes)}
    run["parameters"] |= {"freed_space": sum(sizes)} | counts


def _purge(demo: DemoHarbor, ago: float) -> None:
    kept = {"audit_retention_hour": 4320, "include_event_types": EVENT_TYPES, "dry_run": False}
    run = _run(demo, ago, purges.VENDOR, "SCHEDULE", kept)
    now = demo.clock() - timedelta(hours=ago)
    run["log"] = runs.line(now, "INFO", "purge/purge.go:117", "Purged 0 rows of audit logs")


def _scan(demo: DemoHarbor, ago: float) -> None:
    _run(demo, ago, scan_all.VENDOR, "SCHEDULE", {"total": len(scan_all.scannable(demo))})
