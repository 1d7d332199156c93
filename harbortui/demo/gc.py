"""Garbage collection: runs by hand and by the clock, what they free, and why it is nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from . import access, images, runs
from .answers import Json, Refusal, answer, body_of, created, empty
from .clock import moment
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

VENDOR = "GARBAGE_COLLECTION"
PLACE = "gc/garbage_collection.go"
SECONDS = 20.0
WINDOW = 2
"""Hours for which what has just been pushed is spared."""
BLOBS = 3
"""Blobs that go with each manifest in the demo's world."""


def start(demo: DemoHarbor, trigger: str, parameters: Json) -> Json:
    """Begins a run, once no other runs."""
    known: Json = {"delete_tag": False, "delete_untagged": False, "dry_run": False, "workers": 1}
    known |= {key: parameters[key] for key in known if parameters.get(key) is not None}
    known["time_window"] = WINDOW
    if not demo.at_least("2.15"):
        del known["delete_tag"]
    return runs.start(demo, VENDOR, trigger, known, SECONDS, lambda run: collect(demo, run))


def collect(demo: DemoHarbor, run: Json) -> Json:
    """Takes away what nothing refers to, unless the run is dry; counts it either way."""
    parameters, now = run["parameters"], demo.clock()
    before = now - timedelta(hours=parameters["time_window"])
    untagged = [
        row
        for row in demo.artifacts.values()
        if parameters["delete_untagged"]
        and row["listed"]
        and not row["tags"]
        and moment(row["push_time"]) < before
    ]
    gone = [size for key, size in demo.collected.items() if key not in demo.artifacts]
    sizes = gone + [row["size"] for row in untagged]
    run["log"] = report(demo, run, untagged, sizes)
    if not parameters["dry_run"]:
        for row in untagged:
            images.drop(demo, row)
        demo.collected = {row["id"]: row["size"] for row in demo.artifacts.values()}
        demo.free += sum(sizes)
    return {
        "freed_space": sum(sizes),
        "purged_blobs": BLOBS * len(sizes),
        "purged_manifests": len(sizes),
    }


def report(demo: DemoHarbor, run: Json, untagged: list[Json], sizes: list[int]) -> str:
    """The log of a run."""
    now, parameters = demo.clock(), run["parameters"]
    order = ("delete_untagged", "delete_tag", "dry_run", "time_window", "workers")
    said = ", ".join(f"{key}: {str(parameters[key]).lower()}" for key in order if key in parameters)

    def line(number: int, words: str, level: str = "INFO") -> str:
        return runs.line(now, level, f"{PLACE}:{number}", words)

    lines = [
        line(169, f"Garbage Collection parameters: [{said}]"),
        line(179, "start to run gc in job."),
    ]
    if parameters["delete_untagged"]:
        what = "start to delete untagged artifact (no actually deletion for dry-run mode)"
        lines.append(line(553, what))
    for row in untagged:
        where = f"ProjectID:({row['project_id']})-RepositoryName({row['repository_name']})"
        kind = f"MediaType:({row['manifest_media_type']})-Digest:({row['digest']})"
        lines.append(line(584, f"delete the untagged artifact: {where}-{kind}"))
    if not sizes:
        lines.append(line(220, "no removed artifacts.", "WARNING"))
        what = "no need to execute GC as there is no non referenced artifacts."
        lines.append(line(243, what))
    else:
        count = f"{BLOBS * len(sizes)} blobs and {len(sizes)} manifests eligible for deletion"
        lines.append(line(346, count))
        lines.append(line(402, f"The GC job actual frees up {sum(sizes) >> 20} MB space."))
    return "".join([*lines, line(207, "success to run gc in job.")])


def kick(demo: DemoHarbor, request: httpx.Request) -> int:
    """Runs, schedules or unschedules as a body says; the id of a run, 0 for a schedule."""
    body = body_of(request)
    if not isinstance(body.get("schedule"), dict):
        raise Refusal(500)
    parameters = body.get("parameters") or {}
    workers, most = parameters.get("workers"), 10 if demo.at_least("2.13") else 5
    if workers is not None and not 1 <= workers <= most:
        reason = f"Workers must be greater than 0 and less than or equal to {most}."
        raise Refusal(400, f"Error: Invalid number of workers:{workers}. {reason}")
    if body["schedule"].get("type") == "Manual":
        return int(start(demo, "MANUAL", parameters)["id"])
    kept: Json = {"delete_tag": False, "delete_untagged": False, "workers": 0}
    kept |= {key: parameters[key] for key in kept if parameters.get(key) is not None}
    if not demo.at_least("2.15"):
        del kept["delete_tag"]
    runs.reschedule(demo, VENDOR, body["schedule"], kept, "gc")
    return 0


@route("GET", "/system/gc")
def history(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All runs, the newest first."""
    access.require_system(request, "garbage-collection", "list")
    return runs.history(demo, request, VENDOR)


@route("GET", "/system/gc/schedule")
def schedule(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The schedule, or an empty body."""
    access.require_system(request, "garbage-collection", "read")
    return runs.scheduled(demo, VENDOR)


@route("POST", "/system/gc/schedule")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Runs now (`Manual`), or sets the schedule. While one runs, another waits."""
    access.require_system(request, "garbage-collection", "create")
    return created(f"/system/gc/{kick(demo, request)}")


@route("PUT", "/system/gc/schedule")
def change(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Sets the schedule; `None` removes it."""
    access.require_system(request, "garbage-collection", "update")
    kick(demo, request)
    return empty()


@route("GET", "/system/gc/{run_id}")
def run(demo: DemoHarbor, request: httpx.Request, run_id: str) -> httpx.Response:
    """One run."""
    access.require_system(request, "garbage-collection", "read")
    what = f"garbage collection execution {run_id} not found"
    return answer(runs.show(runs.find(demo, VENDOR, run_id, what)))


@route("PUT", "/system/gc/{run_id}")
def stop(demo: DemoHarbor, request: httpx.Request, run_id: str) -> httpx.Response:
    """Stops a run."""
    access.require_system(request, "garbage-collection", "stop")
    return runs.stop(demo, VENDOR, run_id)


@route("GET", "/system/gc/{run_id}/log")
def log(demo: DemoHarbor, request: httpx.Request, run_id: str) -> httpx.Response:
    """The log of a run."""
    access.require_system(request, "garbage-collection", "read")
    what = f"garbage collection {run_id} log is not found"
    return runs.log(runs.find(demo, VENDOR, run_id, what), what)
