"""Log rotation: old events leave the audit log, by hand or by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from . import access, runs
from .answers import Json, Refusal, answer, body_of, created, empty
from .event import Event
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

VENDOR = "PURGE_AUDIT_LOG"
SECONDS = 6.0
LONGEST = 240_000
PARTLY = ("create_artifact", "delete_artifact", "pull_artifact")


def start(demo: DemoHarbor, trigger: str, parameters: Json) -> Json:
    """Begins a run, once no other runs."""
    return runs.start(demo, VENDOR, trigger, parameters, SECONDS, lambda run: purge(demo, run))


def purge(demo: DemoHarbor, run: Json) -> Json:
    """Removes the events of the chosen types that are old enough, unless the run is dry."""
    parameters, now = run["parameters"], demo.clock()
    hours, dry = parameters["audit_retention_hour"], parameters["dry_run"]
    chosen = str(parameters.get(types_key(demo), ""))
    before = now - timedelta(hours=hours)
    count = 0
    if hours > 0:
        remove = demo.audit.count_before if dry else demo.audit.purge
        count = remove(before, ("purge", chosen), lambda event: is_chosen(event, chosen))
    said = f"retention_hour={hours}, {types_key(demo)}:[{chosen.replace(',', ' ')}]"
    result = f"{'[DRYRUN]' if dry else ''}Purged {count} rows of audit logs"
    lines = (
        (93, "Purge audit job start"),
        (114, f"Purge operation parameter, {said}"),
        (117, result),
    )
    run["log"] = "".join(
        runs.line(now, "INFO", f"purge/purge.go:{number}", words) for number, words in lines
    )
    return {}


def is_chosen(event: Event, chosen: str) -> bool:
    """Whether an event is of a chosen type; `other` is all but those of artifacts.

    Events of tags have no type, and so are never purged by one (Harbor 2.13 and later).
    """
    words = chosen.split(",")
    if event.kind in words or event.operation in words:
        return True
    return "other" in words and event.kind not in PARTLY and event.resource_type != "tag"


def types_key(demo: DemoHarbor) -> str:
    """What the list of types is called: 2.13 renamed it."""
    return "include_event_types" if demo.at_least("2.13") else "include_operations"


def kick(demo: DemoHarbor, request: httpx.Request) -> int:
    """Runs, schedules or unschedules as a body says; all parameters are needed, always (400)."""
    body = body_of(request)
    parameters, schedule = body.get("parameters") or {}, body.get("schedule")
    if not isinstance(schedule, dict):
        raise Refusal(400, "bad request: schedule cann't be empty")
    if not parameters:
        raise Refusal(400, "bad request: schedule parameter cann't be empty")
    if "audit_retention_hour" not in parameters:
        raise Refusal(400, "bad request: audit_retention_hour should provide")
    if parameters["audit_retention_hour"] > LONGEST:
        raise Refusal(400, f"bad request: audit_retention_hour should be less than {LONGEST}")
    if types_key(demo) not in parameters:
        raise Refusal(400, f"bad request: {types_key(demo)} should provide")
    kept = {key: parameters[key] for key in ("audit_retention_hour", types_key(demo))}
    kept["dry_run"] = bool(parameters.get("dry_run"))
    if schedule.get("type") == "Manual":
        return int(start(demo, "MANUAL", kept)["id"])
    runs.reschedule(demo, VENDOR, schedule, kept, "purge")
    return 0


@route("GET", "/system/purgeaudit")
def history(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All runs, the newest first."""
    access.require_system(request, "purge-audit", "list")
    return runs.history(demo, request, VENDOR)


@route("GET", "/system/purgeaudit/schedule")
def schedule(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The schedule, or an empty body."""
    access.require_system(request, "purge-audit", "read")
    return runs.scheduled(demo, VENDOR)


@route("POST", "/system/purgeaudit/schedule")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Runs now (`Manual`), or sets the schedule."""
    access.require_system(request, "purge-audit", "create")
    return created(f"/system/purgeaudit/{kick(demo, request)}")


@route("PUT", "/system/purgeaudit/schedule")
def change(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Sets the schedule; `None` removes it."""
    access.require_system(request, "purge-audit", "update")
    kick(demo, request)
    return empty()


@route("GET", "/system/purgeaudit/{run_id}")
def run(demo: DemoHarbor, request: httpx.Request, run_id: str) -> httpx.Response:
    """One run."""
    access.require_system(request, "purge-audit", "read")
    what = f"purge job with id {run_id} not found"
    return answer(runs.show(runs.find(demo, VENDOR, run_id, what)))


@route("PUT", "/system/purgeaudit/{run_id}")
def stop(demo: DemoHarbor, request: httpx.Request, run_id: str) -> httpx.Response:
    """Stops a run."""
    access.require_system(request, "purge-audit", "stop")
    return runs.stop(demo, VENDOR, run_id)


@route("GET", "/system/purgeaudit/{run_id}/log")
def log(demo: DemoHarbor, request: httpx.Request, run_id: str) -> httpx.Response:
    """The log of a run, which alone says how many events went."""
    access.require_system(request, "purge-audit", "read")
    what = f"purge job with execution ID: {run_id} taskLog is not found"
    return runs.log(runs.find(demo, VENDOR, run_id, what), what)
