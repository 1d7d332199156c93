"""Garbage collection: what has run, what it freed, and when it runs next."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator

from harbortui.api import joblog, schedules
from harbortui.api.errors import NotFound
from harbortui.api.exact import parsed
from harbortui.api.harbor import Harbor
from harbortui.api.many import behind, several
from harbortui.api.model import Model, Moment, Page, Query, made
from harbortui.api.tasks import lasted

PATH = "/system/gc"
SCHEDULE = f"{PATH}/schedule"
WAITING = ("Pending", "Scheduled")
GOING = (*WAITING, "Running")
FAILED = "Error"


class Parameters(Model):
    """How a run was to go; and what came of it, once it has ended well."""

    delete_untagged: bool = False
    delete_tag: bool = False
    """Tags are deleted in the storage as well (2.15)."""
    dry_run: bool = False
    workers: int = 0
    time_window: int | None = None
    """Hours for which what has just been pushed is spared."""
    freed_space: int | None = None
    """Bytes; of a dry run what would be freed."""
    purged_blobs: int | None = None
    purged_manifests: int | None = None


def _parsed(value: object) -> object:
    """Harbor sends them as JSON in a string."""
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


class Due(Model):
    """When something is due: `Manual`, `Schedule`, `Daily`, …, and a cron line in UTC."""

    type: str = ""
    cron: str = ""
    next_scheduled_time: Moment | None = None


class Collection(Model):
    """A run; or, as the first of the list, the schedule of those to come."""

    id: int = 0
    job_kind: str = ""
    job_status: str = ""
    job_parameters: Annotated[Parameters, BeforeValidator(_parsed)] = Parameters()
    schedule: Due = Due()
    creation_time: Moment | None = None
    update_time: Moment | None = None
    to_come: bool = False
    """The schedule; without one its cron line is empty."""
    paused: bool = False
    """All schedules of this Harbor stand still."""
    cause: str | None = None
    """Why it failed, from its log; None until that has been read."""

    @property
    def going(self) -> bool:
        """It waits or runs."""
        return not self.to_come and self.job_status in GOING

    @property
    def dry(self) -> bool:
        """It only counts, and deletes nothing."""
        return self.job_parameters.dry_run

    @property
    def seconds(self) -> float | None:
        """From its making to its end; None while it goes on."""
        return None if self.going else lasted(self.creation_time, self.update_time)

    @property
    def has_failed(self) -> bool:
        """It ended badly."""
        return self.job_status == FAILED

    @property
    def lacks_cause(self) -> bool:
        """Its log has to be read to know why it failed."""
        return not self.to_come and self.has_failed and self.cause is None


async def page(harbor: Harbor, _: object, query: Query) -> Page[Collection]:
    """`GET /system/gc`, the newest first, behind the schedule, which moves all down by one."""

    async def first() -> list[Collection]:
        return [await scheduled(harbor)]

    return await behind(first(), lambda query: harbor.page(PATH, Collection, query), query)


async def scheduled(harbor: Harbor) -> Collection:
    """`GET /system/gc/schedule`: an empty body (200) when there is none."""
    found, paused = await asyncio.gather(_schedule(harbor), schedules.paused(harbor))
    schedule = made(Collection, found)
    return schedule.model_copy(update={"to_come": True, "paused": paused})


async def _schedule(harbor: Harbor) -> Any:
    answer = await harbor.fetch(SCHEDULE, {})
    return (parsed(answer.content) if answer.content.strip() else None) or {}


async def get(harbor: Harbor, number: int) -> Collection:
    """`GET /system/gc/{id}`."""
    return await harbor.get(f"{PATH}/{number}", Collection)


async def find(harbor: Harbor, text: str) -> Collection:
    """The run with this number; NotFound when there is none."""
    if not (text.isascii() and text.isdigit()):
        raise NotFound(f"a garbage collection is called by its number, not “{text}”")
    return await get(harbor, int(text))


async def raw(harbor: Harbor, run: Collection) -> Any:
    """The run, or the schedule, as Harbor sends it."""
    return await (_schedule(harbor) if run.to_come else harbor.raw(f"{PATH}/{run.id}")) or {}


async def log(harbor: Harbor, run: Collection) -> str:
    """`GET /system/gc/{id}/log`; NotFound until it has begun."""
    return await harbor.text(f"{PATH}/{run.id}/log")


async def completed(harbor: Harbor, runs: Sequence[Collection]) -> list[Collection]:
    """The same runs, failed ones with what their log says."""

    async def one(run: Collection) -> Collection:
        if not run.lacks_cause:
            return run
        return run.model_copy(update={"cause": await joblog.told(log(harbor, run))})

    return await several(runs, one)


async def stop(harbor: Harbor, run: Collection) -> str | None:
    """`PUT /system/gc/{id}`, without a body; 200 for what has ended, too."""
    if not (await get(harbor, run.id)).going:
        return f"Garbage collection {run.id} had ended already"
    await harbor.write("PUT", f"{PATH}/{run.id}")
    return None


async def has_ended(harbor: Harbor, run: Collection) -> bool:
    """Whether it neither waits nor runs."""
    return not (await get(harbor, run.id)).going
