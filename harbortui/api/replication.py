"""Replication rules: what is copied from where to where, and when."""

from __future__ import annotations

import asyncio
from typing import Any

from harbortui.api import cron, rule_runs, schedules
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.executions import Execution
from harbortui.api.harbor import Harbor
from harbortui.api.many import all_pages
from harbortui.api.model import Model, Moment, Page, Query
from harbortui.api.registries import Registry
from harbortui.api.rule_runs import Past

PATH = "/replication/policies"
SCHEDULED, ON_PUSH = "scheduled", "event_based"
EXCLUDES = "excludes"


class Settings(Model):
    """When a scheduled rule runs, as a cron line in UTC."""

    cron: str = ""


class Trigger(Model):
    """What makes a rule run: `manual`, `scheduled`, `event_based`."""

    type: str = ""
    trigger_settings: Settings = Settings()


class Filter(Model):
    """What a rule takes: by `name`, `tag`, `label` (names) or `resource`."""

    type: str = ""
    value: str | tuple[str, ...] = ""
    decoration: str = ""
    """`excludes` turns it round."""


class Rule(Model):
    """A rule; what its list does not say of its runs is filled in."""

    id: int = 0
    name: str = ""
    description: str = ""
    enabled: bool = False
    src_registry: Registry = Registry()
    dest_registry: Registry = Registry()
    dest_namespace: str = ""
    dest_namespace_replace_count: int = 0
    """How many levels of a name are dropped; -1: all but the last."""
    trigger: Trigger = Trigger()
    filters: tuple[Filter, ...] = ()
    override: bool = False
    deletion: bool = False
    speed: int = 0
    """Kilobits a second; 0 is unlimited."""
    copy_by_chunk: bool = False
    single_active_replication: bool | None = None
    """None: this Harbor does not know it (before 2.14)."""
    creation_time: Moment | None = None
    update_time: Moment | None = None
    newest: Execution | None = None
    """Its last run, where that is among the newest of all rules."""
    past: Past | None = None
    next_run: Moment | None = None
    paused: bool = False
    """All schedules of this Harbor stand still."""

    @property
    def pulls(self) -> bool:
        """It copies from elsewhere to here; else from here to elsewhere."""
        return self.src_registry.id != 0

    @property
    def remote(self) -> Registry:
        """The registry elsewhere."""
        return self.src_registry if self.pulls else self.dest_registry

    @property
    def on_push(self) -> bool:
        """What is pushed here makes it run."""
        return self.trigger.type == ON_PUSH

    @property
    def cron(self) -> str:
        """Its schedule; empty when it has none."""
        return self.trigger.trigger_settings.cron if self.trigger.type == SCHEDULED else ""

    @property
    def last(self) -> Execution | None:
        """Its last run, as far as it is known."""
        known = [self.newest, self.past.run if self.past else None]
        return max((one for one in known if one), key=lambda one: one.id, default=None)

    @property
    def reason(self) -> str:
        """Why its last run ended as it did, in Harbor's words; empty while they are not known."""
        last = self.last
        if last is None or last.status_text:
            return last.status_text if last else ""
        asked = self.past.run if self.past else None
        return self.past.cause if self.past and asked and asked.id == last.id else ""

    @property
    def runs(self) -> bool:
        """It runs now."""
        return self.last is not None and self.last.running


async def page(harbor: Harbor, _: object, query: Query) -> Page[Rule]:
    """`GET /replication/policies`, with the newest runs, and when each is due next."""
    found, newest, paused = await asyncio.gather(
        harbor.page(PATH, Rule, query), rule_runs.newest(harbor), schedules.paused(harbor)
    )
    now = harbor.now()

    def with_runs(rule: Rule) -> Rule:
        due = cron.next_run(rule.cron, now) if rule.enabled and rule.cron else None
        known = {"newest": newest.get(rule.id), "next_run": due, "paused": paused}
        return rule.model_copy(update=known)

    return found.map(with_runs)


async def get(harbor: Harbor, rule_id: int) -> Rule:
    """`GET /replication/policies/{id}`; NotFound when there is none."""
    return await harbor.get(f"{PATH}/{rule_id}", Rule)


async def raw(harbor: Harbor, rule: Rule) -> Any:
    """`GET /replication/policies/{id}` as Harbor sends it, secrets of registries masked."""
    return await harbor.raw(f"{PATH}/{rule.id}")


async def find(harbor: Harbor, name: str) -> Rule:
    """The rule of this name, `GET /replication/policies?name=…`; NotFound when there is none."""

    async def named(query: Query) -> Page[Rule]:
        return await harbor.page(PATH, Rule, query, name=name)

    for rule in await all_pages(named, Query(sort="name,id")):
        if rule.name == name:
            return rule
    raise NotFound(f"there is no replication rule called {name}")


async def still(harbor: Harbor, rule: Rule) -> Rule:
    """The rule as it is now; Conflict when the id has become another's name."""
    now = await get(harbor, rule.id)
    if now.name != rule.name:
        raise Conflict(f"{rule.name} is now called {now.name}: look again and repeat")
    return now
