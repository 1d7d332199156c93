"""Garbage collection, begun by hand or by schedule."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from harbortui.api import cron, gc
from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Conflict
from harbortui.api.form import Form, Labels, Shown
from harbortui.api.gc import PATH, SCHEDULE, Collection, Parameters
from harbortui.api.harbor import Harbor
from harbortui.api.model import Query

LINES = {"Hourly": "0 0 * * * *", "Daily": "0 0 0 * * *", "Weekly": "0 0 0 * * 0"}
"""What Harbor's own words for schedules mean; it wants them sent along."""
MOST = 10


def check_workers(value: object) -> object:
    """A number from 1; Harbor up to 2.12 refuses more than 5, later ones more than 10."""
    words = str(value).strip()
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:9]) <= MOST):
        raise ValueError(f"a number from 1 to 5 (Harbor 2.13 and later: to {MOST})")
    return int(words)


Untagged = Annotated[
    bool,
    Field(
        title="Untagged too",
        description="Artifacts without a tag are deleted first, also those pulled by digest.",
    ),
]
Workers = Annotated[
    int,
    BeforeValidator(check_workers),
    Field(
        title="Workers",
        description=f"1 to {MOST}, to 5 before Harbor 2.13: more are faster, and load the storage.",
    ),
]
Line = Annotated[
    str,
    Shown(lambda answers: answers.get("every") == "Custom"),
    Field(
        title="Cron line",
        description="Second minute hour day month weekday, UTC: 0 0 2 * * * is daily 02:00.",
    ),
]
_runs = Shown(lambda answers: answers.get("every") != "None")


class RunNow(Form):
    """A run by hand."""

    dry_run: bool = Field(
        False, title="Dry run", description="Only count what would go: nothing is deleted."
    )
    delete_untagged: Untagged = False
    workers: Workers = 1


class Schedule(Form):
    """When it runs by itself."""

    every: Annotated[
        Literal["None", "Hourly", "Daily", "Weekly", "Custom"],
        Labels(
            {
                "None": "never",
                "Hourly": "hourly",
                "Daily": "daily 00:00 UTC",
                "Weekly": "weekly Sun 00:00 UTC",
                "Custom": "at times of its own",
            }
        ),
    ] = Field("None", title="Runs")
    cron: Line = Field("", validate_default=True)
    delete_untagged: Annotated[Untagged, _runs] = False
    workers: Annotated[Workers, _runs] = 1

    @field_validator("cron")
    @classmethod
    def _readable(cls, line: str, answers: ValidationInfo) -> str:
        return cron.check(line) if answers.data.get("every") == "Custom" else ""


async def run(harbor: Harbor, _: None, wanted: RunNow) -> str:
    """`POST /system/gc/schedule` with `Manual`. Conflict while another goes on.

    Harbor would take it (201) and let it wait.
    """
    newest = await harbor.page(PATH, Collection, Query(size=10, sort="-id"))
    if busy := next((one for one in newest.items if one.going), None):
        raise Conflict(f"garbage collection {busy.id} still goes on: wait for it, or stop it (s)")
    sent = {"schedule": {"type": "Manual"}, "parameters": wanted.model_dump()}
    made = await harbor.write("POST", SCHEDULE, sent)
    if wanted.dry_run:
        return f"Dry run {made.name} has begun: it only counts, nothing is deleted."
    return f"Garbage collection {made.name} has begun."


async def fill(harbor: Harbor, _: Collection) -> Schedule:
    """The schedule as it is now, whatever row was asked about."""
    return _form(await gc.scheduled(harbor))


def _form(now: Collection) -> Schedule:
    due, parameters = now.schedule, now.job_parameters
    every: Any = due.type if due.type in LINES or not due.cron else "Custom"
    return Schedule.model_construct(
        every=every or "None",
        cron=due.cron if every == "Custom" else "",
        delete_untagged=parameters.delete_untagged,
        workers=parameters.workers or 1,
    )


async def update(harbor: Harbor, _: Collection, before: Schedule, after: Schedule) -> str:
    """`PUT /system/gc/schedule`, which replaces it; what it says besides is sent along."""
    now = await gc.scheduled(harbor)
    unless_changed("the schedule", before, after, _form(now))
    if not changed(before, after):
        return "Nothing of the schedule was changed"
    await harbor.write("PUT", SCHEDULE, body(now.job_parameters, after))
    return "Garbage is no longer collected by itself." if after.every == "None" else "Scheduled."


def body(now: Parameters, after: Schedule) -> dict[str, Any]:
    """A schedule as Harbor takes it, with a cron line also for its own words."""
    if after.every == "None":
        return {"schedule": {"type": "None"}, "parameters": {}}
    parameters: dict[str, Any] = {
        "delete_untagged": after.delete_untagged,
        "workers": after.workers,
    }
    if now.delete_tag:
        parameters["delete_tag"] = True
    line = LINES.get(after.every, after.cron)
    return {"schedule": {"type": after.every, "cron": line}, "parameters": parameters}
