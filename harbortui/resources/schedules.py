"""All that runs by the clock, and when it is due."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import schedules as api
from harbortui.api.harbor import Harbor
from harbortui.api.schedules import REPLICATION, RETENTION, Schedule
from harbortui.resources.core import (
    Action,
    Cell,
    Column,
    Enrich,
    Open,
    Part,
    Resource,
    When,
)
from harbortui.resources.queues import STILL, job
from harbortui.resources.recurring import in_words

PLACES = {"GARBAGE_COLLECTION": "gc"}


def due(schedule: Schedule) -> Cell:
    """When it runs next, unless all stand still."""
    if schedule.paused:
        return Part("paused", "warn")
    return When(schedule.next_run) if schedule.next_run else Part("never", "muted")


def opens(schedule: Schedule) -> Open | None:
    """What it makes run."""
    if schedule.vendor_type == REPLICATION and schedule.of:
        return Open(f"rules /{schedule.of}")
    if schedule.vendor_type == RETENTION and schedule.of:
        return Open(f"projects /{schedule.of}")
    place = PLACES.get(schedule.vendor_type)
    return Open(place) if place else None


async def would_flip(_: Harbor, some: Sequence[Schedule]) -> Sequence[str]:
    """What turning all of them comes to."""
    if any(one.paused for one in some):
        return ["All of them stand still, and will run again."]
    return [f"All of them run, not only this one; from then on {STILL}."]


SCHEDULES: Resource[None, Schedule] = Resource(
    name="schedules",
    one="schedule",
    about="all that runs by the clock",
    aliases=("schedule", "cron"),
    page=api.page,
    order="id",
    key=lambda schedule: schedule.id,
    label=lambda schedule: f"{schedule.vendor_type} {schedule.of}".strip(),
    sign=lambda schedule: Part("▲", "warn") if schedule.paused else None,
    says=lambda schedule: STILL if schedule.paused else "",
    columns=(
        Column("WHAT", lambda one: job(one.vendor_type), value=lambda one: job(one.vendor_type)),
        Column("OF", lambda one: one.of, grow=True),
        Column("WHEN", lambda one: in_words(one.cron)),
        Column("NEXT", due, right=True, value=lambda one: one.next_run),
        Column("CHANGED", lambda one: When(one.update_time), right=True, wide=True),
    ),
    enrich=Enrich(("of",), api.named),
    opens=opens,
    silent="Harbor does not record changes of schedules",
    actions=(
        Action(
            "b",
            "flip",
            "pause or resume all",
            api.flip,
            confirm="Pause or resume all schedules?",
            goes=would_flip,
            done="All schedules paused or resumed.",
            verb="stop",
            happened=api.is_flipped,
        ),
    ),
    needs="jobservice-monitor",
    since="2.7",
    admin=True,
    interval=30.0,
    empty="Nothing runs by schedule.",
)
