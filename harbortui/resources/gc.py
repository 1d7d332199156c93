"""Garbage collection: the schedule, then what has run, what it freed, or why nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from harbortui.api import gc as api
from harbortui.api import gc_forms as forms
from harbortui.api.gc import FAILED, WAITING, Collection
from harbortui.api.harbor import Harbor
from harbortui.resources import reasons
from harbortui.resources.cells import plain_size, plural, size, state, switch
from harbortui.resources.core import (
    Action,
    Cell,
    Column,
    Create,
    Edit,
    Enrich,
    Fact,
    Line,
    Log,
    Part,
    Preset,
    Resource,
    When,
)
from harbortui.resources.recurring import in_words
from harbortui.resources.run_cells import lasted

WORDS = {FAILED: "failed"}
TRIGGERS = {"MANUAL": "by hand", "SCHEDULE": "by schedule"}


def label(run: Collection) -> str:
    """Its number; a dry run says so wherever it is named."""
    if run.to_come:
        return "schedule"
    return f"{run.id} (dry run)" if run.dry else str(run.id)


def result(run: Collection) -> Cell:
    """What came of it; and that it was only a dry run."""
    if run.to_come and not run.schedule.cron:
        return Part("not scheduled", "warn")
    if run.to_come:
        return Part("paused", "warn") if run.paused else Part("next")
    words = "waits" if run.job_status in WAITING else WORDS.get(run.job_status, "")
    found = state(run.job_status, words)
    if not run.dry:
        return found
    dry = Part("dry run", "strong")
    return dry if run.job_status == "Success" else (dry, Part(" "), found)


def freed(run: Collection) -> Cell:
    """Bytes that were freed; a dry run frees nothing."""
    return None if run.to_come or run.dry else size(run.job_parameters.freed_space)


def why(run: Collection) -> Part:
    """What was deleted, or why nothing was."""
    known = run.job_parameters
    if run.to_come:
        return Part(plan(run), "muted")
    if run.job_status == FAILED:
        return Part(reasons.in_words(run.cause or ""))
    if run.job_status != "Success" or known.purged_blobs is None:
        return Part("")
    manifests = known.purged_manifests or 0
    if not (known.purged_blobs or manifests):
        return Part(nothing(run))
    blobs = plural(known.purged_blobs, "blob")
    if run.dry:
        return Part(f"would free {plain_size(known.freed_space or 0)} in {blobs}", "muted")
    return Part(f"{blobs}, {plural(manifests, 'manifest')}", "muted")


def nothing(run: Collection) -> str:
    """Why nothing could go: too new, still tagged, or all in use."""
    known = run.job_parameters
    window = f"older than {known.time_window} h" if known.time_window else ""
    if known.delete_untagged:
        return f"nothing unreferenced {window}".rstrip()
    return f"nothing {window or 'unreferenced'}; untagged kept"


def plan(run: Collection) -> str:
    """When it runs, and how."""
    if not run.schedule.cron:
        return "h makes a schedule"
    untagged = "untagged too" if run.job_parameters.delete_untagged else "untagged kept"
    return f"{in_words(run.schedule.cron)}, {untagged}"


def moment(run: Collection) -> datetime | None:
    """When it began; of the schedule when it is due."""
    if run.to_come:
        return run.schedule.next_scheduled_time if run.schedule.cron else None
    return run.creation_time


def began(run: Collection) -> Cell:
    """The same, to be shown."""
    found = moment(run)
    return When(found) if found else None


def sign(run: Collection) -> Part | None:
    """Runs, failed, or needs eyes."""
    if run.going:
        return Part("▸")
    if run.to_come:
        return None if run.schedule.cron and not run.paused else Part("▲", "warn")
    return Part("✗", "bad") if run.job_status == FAILED else None


def says(run: Collection) -> str:
    """What is to be known of it."""
    if run.to_come:
        return "the schedule of the runs to come: e or h changes it, n runs one now"
    if run.dry:
        return "a dry run: nothing was deleted"
    return reasons.gist(run.cause or "")


async def facts(harbor: Harbor, run: Collection) -> Sequence[Line]:
    """How it was to go, and what came of it."""
    now = await api.scheduled(harbor) if run.to_come else await api.get(harbor, run.id)
    [now] = await api.completed(harbor, [now])
    known = now.job_parameters
    lines: list[Line] = [
        Fact("Result", result(now)),
        Fact("Why", why(now)),
        Fact("Untagged too", switch(known.delete_untagged, unusual=known.delete_untagged)),
        Fact("Tags in the storage too", switch(known.delete_tag, unusual=known.delete_tag)),
        Fact("Workers", known.workers or 1),
    ]
    if now.to_come:
        return [*lines, Fact("Cron line, in UTC", now.schedule.cron), Fact("Next", began(now))]
    spared = Part("not said", "muted") if known.time_window is None else f"{known.time_window} h"
    return [
        *lines,
        Fact("Dry run", switch(now.dry, unusual=now.dry)),
        Fact("Freed", freed(now)),
        Fact("Spared what is newer than", spared),
        Fact("Started", When(now.creation_time)),
        Fact("Changed last", When(now.update_time)),
        Fact("Duration", lasted(now.seconds)),
        *([Fact("Its log says", now.cause)] if now.cause else []),
    ]


def no_log(run: Collection) -> str:
    """Why there is no log to open."""
    if run.to_come:
        return "the schedule has no log: its runs have"
    return "it has not begun yet" if run.job_status in WAITING else ""


SCHEDULE = Edit(forms.fill, forms.update)

GARBAGE: Resource[None, Collection] = Resource(
    name="gc",
    one="garbage collection",
    title="garbage collections",
    about="free what nothing refers to",
    aliases=("garbage", "garbage-collection"),
    page=api.page,
    order="-id",
    key=lambda run: "schedule" if run.to_come else run.id,
    label=label,
    sign=sign,
    says=says,
    columns=(
        Column("RESULT", result),
        Column("FREED", freed, right=True, value=lambda run: run.job_parameters.freed_space),
        Column("WHY", why, grow=True),
        Column("TRIGGER", lambda run: Part(TRIGGERS.get(run.job_kind, ""), "muted"), wide=True),
        Column("STARTED", began, right=True, value=moment),
        Column(
            "DURATION",
            lambda run: lasted(None if run.to_come else run.seconds),
            right=True,
            wide=True,
        ),
        Column(
            "WORKERS",
            lambda run: Part(str(run.job_parameters.workers or 1), "muted"),
            right=True,
            wide=True,
        ),
    ),
    find=api.find,
    raw=api.raw,
    facts=facts,
    enrich=Enrich(("cause",), api.completed, lambda run: run.lacks_cause),
    filters=(
        Preset("not dry runs", keep=lambda run: not run.dry),
        Preset("failed", keep=lambda run: run.job_status == FAILED),
        Preset("freeing", keep=lambda run: bool(run.job_parameters.freed_space)),
    ),
    log=Log(api.log, grows=lambda run: run.going, unless=no_log),
    silent="Harbor does not record garbage collections",
    create=Create(forms.RunNow, forms.run),
    edit=SCHEDULE,
    fixed=lambda run: "" if run.to_come else "what has run is fixed: h changes the schedule",
    actions=(
        Action(
            "s",
            "stop",
            "stop",
            api.stop,
            confirm="Stop {}? What it has deleted stays deleted.",
            done="Garbage collection {} has been asked to stop.",
            verb="stop",
            unless=lambda run: "" if run.going else "it does not run",
            happened=api.has_ended,
        ),
        Action("h", "schedule", "schedule", form=SCHEDULE),
    ),
    needs="garbage-collection",
    admin=True,
    busy=lambda run: run.going,
    empty="Nothing has run yet. n runs one now.",
)
