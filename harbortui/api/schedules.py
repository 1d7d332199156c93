"""What runs by the clock: all schedules of the registry, and whether they stand still."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import cron, executions, queues
from harbortui.api.errors import Forbidden, NotFound, ServerFault
from harbortui.api.harbor import Harbor
from harbortui.api.many import several
from harbortui.api.model import Model, Moment, Page, Query, equals

PATH = "/schedules"
REPLICATION, RETENTION = "REPLICATION", "RETENTION"


class Schedule(Model):
    """When a kind of job is due, as a cron line in UTC."""

    id: int = 0
    vendor_type: str = ""
    vendor_id: int = 0
    """The rule or policy that it is of; 0 and -1 for the registry."""
    cron: str = ""
    update_time: Moment | None = None
    next_run: Moment | None = None
    paused: bool = False
    """All schedules of this Harbor stand still."""
    of: str = ""
    """The name of the rule, or of the project whose policy it is."""


class _Paused(Model):
    """Whether schedules stand still."""

    paused: bool = False


class _Scope(Model):
    """What a retention policy is for."""

    ref: int = 0


class _Retention(Model):
    """Of a retention policy only its scope."""

    scope: _Scope = _Scope()


class _Project(Model):
    """Of a project only its name."""

    project_id: int = 0
    name: str = ""


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


async def named(harbor: Harbor, some: Sequence[Schedule]) -> list[Schedule]:
    """The same schedules with the names of what they are of."""
    rules: dict[int, str] = {}
    if any(one.vendor_type == REPLICATION for one in some):
        rules = await executions.rule_names(harbor)

    async def one(schedule: Schedule) -> Schedule:
        name = ""
        if schedule.vendor_type == REPLICATION:
            name = rules.get(schedule.vendor_id, f"rule {schedule.vendor_id}")
        elif schedule.vendor_type == RETENTION:
            name = await _project(harbor, schedule.vendor_id)
        return schedule.model_copy(update={"of": name})

    return await several(some, one)


async def _project(harbor: Harbor, policy: int) -> str:
    """The project of a retention policy; Harbor answers 500 to a policy that is gone (2.15.2)."""
    try:
        project_id = (await harbor.get(f"/retentions/{policy}", _Retention)).scope.ref
        asked = Query(q=equals("project_id", str(project_id)))
        found = await harbor.page("/projects", _Project, asked)
    except (NotFound, Forbidden, ServerFault):
        return f"policy {policy}"
    names = (one.name for one in found.items if one.project_id == project_id)
    return next(names, f"policy {policy}")


async def flip(harbor: Harbor, schedule: Schedule) -> str:
    """`PUT /jobservice/queues/SCHEDULER`: all schedules stand still, or run again."""
    stands = not schedule.paused
    await queues.turn(harbor, queues.SCHEDULER, stands)
    return f"All schedules {'stand still now' if stands else 'run again'}."


async def is_flipped(harbor: Harbor, schedule: Schedule) -> bool:
    """Whether they are now what they were not when it was shown."""
    return await paused(harbor) != schedule.paused
