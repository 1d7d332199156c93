"""What runs by the clock: schedules, when they are due next, and whether all stand still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access, cron
from .answers import Json, Refusal, answer, without_zeros
from .listing import columns, listing
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns("id", "vendor_type", "vendor_id", "cron", "creation_time", "update_time")
SHOWN = ("id", "vendor_type", "vendor_id", "cron", "update_time")


def set_schedule(
    demo: DemoHarbor,
    vendor: str,
    vendor_id: int,
    line: str,
    kind: str = "",
    parameters: Json | None = None,
) -> Json:
    """Replaces the schedule of a vendor (`REPLICATION`, `GARBAGE_COLLECTION`, …) and its id."""
    drop_schedule(demo, vendor, vendor_id)
    now = demo.clock.stamp()
    schedule = demo.schedules.add(
        {
            "vendor_type": vendor,
            "vendor_id": vendor_id,
            "cron": line,
            "kind": kind,
            "parameters": parameters or {},
            "creation_time": now,
            "update_time": now,
        }
    )
    wait(demo, schedule["id"])
    return schedule


def drop_schedule(demo: DemoHarbor, vendor: str, vendor_id: int) -> None:
    """Ends the schedule of a vendor, if there is one."""
    for schedule in demo.schedules.where(vendor_type=vendor, vendor_id=vendor_id):
        del demo.schedules[schedule["id"]]


def wait(demo: DemoHarbor, schedule_id: int) -> None:
    """Lets a schedule run when it is due, again and again until it is dropped.

    Of several runs that nobody has looked at, only the first is made up for.
    """
    schedule = demo.schedules.get(schedule_id)
    if schedule is None:
        return

    def due() -> None:
        if schedule_id in demo.schedules and "SCHEDULER" not in demo.paused:
            demo.run_scheduled(schedule)
        wait(demo, schedule_id)

    next_time = cron.following(schedule["cron"], demo.clock.present())
    demo.after((next_time - demo.clock()).total_seconds(), due)


def check(line: str, what: str) -> None:
    """Refuses a cron line that Harbor cannot read or that runs every second (400)."""
    if problem := cron.mistake(line):
        raise Refusal(400, f"invalid cron string for {what}: {line}, error: {problem}")
    if cron.seconds_refused(line):
        reason = "the 1st field (indicating Seconds of time) of the cron setting must be 0"
        raise Refusal(400, reason)


@route("GET", "/schedules", since="2.7")
def schedules(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All schedules, whoever's they are."""
    access.require_system(request, "jobservice-monitor", "list")
    rows = list(demo.schedules.values())
    return listing(request, rows, KEYS, "id", show)


def show(schedule: Json) -> Json:
    """A schedule as Harbor answers it; a vendor's id of 0 is left out."""
    return without_zeros({key: schedule[key] for key in SHOWN})


@route("GET", "/schedules/{which}/paused", since="2.7")
def paused(demo: DemoHarbor, request: httpx.Request, which: str) -> httpx.Response:
    """Whether schedules stand still; only `all` can be asked for (400)."""
    access.signed_in(request)
    if which != "all":
        raise Refusal(400, "job_type can only be 'all'")
    return answer({"paused": "SCHEDULER" in demo.paused})
