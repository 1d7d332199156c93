"""What runs by the clock: all schedules of the registry, and whether they stand still."""

from __future__ import annotations

from datetime import datetime

from harbortui.api import cron
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Page, Query

PATH = "/schedules"


class Schedule(Model):
    """When a kind of job is due, as a cron line in UTC."""

    id: int = 0
    vendor_type: str = ""
    vendor_id: int = 0
    """The rule or policy that it is of; 0 and -1 for the registry."""
    cron: str = ""
    update_time: datetime | None = None
    next_run: datetime | None = None
    paused: bool = False
    """All schedules of this Harbor stand still."""
    of: str = ""
    """The name of the rule, or of the project whose policy it is."""


class _Paused(Model):
    paused: bool = False


async def paused(harbor: Harbor) -> bool:
    """`GET /schedules/all/paused`: whether all of them stand still (2.7)."""
    try:
        return (await harbor.get(f"{PATH}/all/paused", _Paused)).paused
    except (NotFound, Forbidden):
        return False


async def page(harbor: Harbor, _: object, query: Query) -> Page[Schedule]:
    """`GET /schedules` (2.7), with when each is due next."""
    found = await harbor.page(PATH, Schedule, query)
    standing, now = await paused(harbor), harbor.now()
    return found.map(
        lambda one: one.model_copy(
            update={"next_run": cron.next_run(one.cron, now), "paused": standing}
        )
    )
