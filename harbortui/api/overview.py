"""The state of a whole Harbor in a dozen requests, each of which may be refused by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from harbortui.api import (
    configuration,
    executions,
    gc,
    queues,
    registries,
    rule_runs,
    schedules,
    system,
)
from harbortui.api.audit import Event, Found
from harbortui.api.configuration import Configuration
from harbortui.api.errors import Conflict, Forbidden, NotFound
from harbortui.api.executions import Execution
from harbortui.api.gc import Collection
from harbortui.api.harbor import Harbor
from harbortui.api.many import several
from harbortui.api.model import Query
from harbortui.api.queues import Queue
from harbortui.api.registries import Registry
from harbortui.api.system import Health, Statistics, SystemInfo, Volumes

if TYPE_CHECKING:  # read seldom, and not before there is something to see
    from harbortui.api.quotas import Quota
    from harbortui.api.robots import Robot

SELDOM = frozenset({"info", "statistics", "volumes", "rules", "runs", "registries"})
"""What changes slowly, or, for who may read them, is among the settings as well."""
SPANS = (timedelta(hours=1), timedelta(days=1), timedelta(days=24))
"""How far back the newest events are looked for: without a bound the whole log is counted."""

NEWEST = 100
"""Events that are kept."""

V = TypeVar("V")
Ask = Callable[[str, str, int], Awaitable[Found]]
"""A page of the log by `q`, sort and size."""


@dataclass(frozen=True)
class Snapshot:
    """What was read; None where it may not be read, or where this Harbor does not have it."""

    info: SystemInfo
    health: Health | None = None
    statistics: Statistics | None = None
    volumes: Volumes | None = None
    configuration: Configuration | None = None
    events: tuple[Event, ...] | None = None
    last: Mapping[int, Execution] = field(default_factory=dict)
    """The last run of each rule."""
    rules: Mapping[int, str] | None = None
    runs: tuple[Collection, ...] | None = None
    """Garbage collections, newest first."""
    queues: tuple[Queue, ...] | None = None
    paused: bool = False
    registries: tuple[Registry, ...] | None = None


@dataclass(frozen=True)
class Slow:
    """What costs the server more, and is read every five minutes only."""

    quotas: tuple[Quota, ...] | None = None
    robots: tuple[Robot, ...] | None = None


async def read(
    harbor: Harbor, ask: Ask, admin: bool, now: datetime, lately: Snapshot | None = None
) -> Snapshot:
    """Twelve requests for an administrator, four at a time; four for others.

    Six where most has been read lately: what changes slowly is taken from there. `ask` is how the
    log of this Harbor is asked.
    """
    reads: dict[str, Callable[[], Awaitable[Any]]] = {
        "info": lambda: system.info(harbor),
        "health": lambda: system.health(harbor),
        "statistics": lambda: system.statistics(harbor),
        "events": lambda: _events(ask, now, (lately and lately.events) or ()),
    }
    if admin:
        reads |= {
            "volumes": lambda: system.volumes(harbor),
            "configuration": lambda: configuration.read(harbor),
            "last": lambda: rule_runs.newest(harbor),
            "rules": lambda: executions.rule_names(harbor),
            "runs": lambda: _runs(harbor),
            "queues": lambda: _queues(harbor),
            "paused": lambda: schedules.paused(harbor),
            "registries": lambda: _registries(harbor),
        }
    known = {name: getattr(lately, name) for name in SELDOM if admin and lately}

    async def one(name: str) -> tuple[str, Any]:
        # What Harbor is, anybody may know: refused that, there is nothing to show.
        ask = reads[name]
        return name, await (ask() if name == "info" else allowed(ask))

    found = dict(await several([name for name in reads if name not in known], one))
    return Snapshot(**known, **{name: value for name, value in found.items() if value is not None})


async def causes(harbor: Harbor, runs: Iterable[Execution]) -> dict[int, str]:
    """Why runs failed that do not say so themselves, by their ids: read from a task's log."""

    async def one(run: Execution) -> tuple[int, str]:
        return run.id, await allowed(lambda: executions.cause(harbor, run)) or ""

    return dict(await several(runs, one))


async def allowed(read: Callable[[], Awaitable[V]]) -> V | None:
    """What it gives, or None when it is refused or unknown here."""
    try:
        return await read()
    except (Forbidden, NotFound, Conflict):
        return None


async def _events(ask: Ask, now: datetime, lately: tuple[Event, ...]) -> tuple[Event, ...]:
    """The newest events, newest first; of those read `lately`, only what came since is asked."""
    for since in [lately[0].op_time] if lately else [now - span for span in SPANS]:
        q = f"op_time=[{since.astimezone(UTC):%Y-%m-%dT%H:%M:%S}~]"
        found = await ask(q, "-id", NEWEST)
        if found.events:
            known = {event.id: event for event in (*lately, *found.events)}
            return tuple(known[number] for number in sorted(known, reverse=True)[:NEWEST])
    return lately


async def _runs(harbor: Harbor) -> tuple[Collection, ...]:
    return tuple((await harbor.page(gc.PATH, Collection, Query(size=10, sort="-id"))).items)


async def _queues(harbor: Harbor) -> tuple[Queue, ...]:
    return tuple(await queues.every(harbor))


async def _registries(harbor: Harbor) -> tuple[Registry, ...]:
    return tuple((await registries.page(harbor, None, Query())).items)
