"""The runs of replication rules: the last of each, why it failed, what it copies now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from harbortui.api import executions
from harbortui.api.errors import Forbidden
from harbortui.api.executions import PATH, Execution
from harbortui.api.harbor import Harbor
from harbortui.api.many import several
from harbortui.api.model import Model, Query
from harbortui.api.tasks import FAILED

if TYPE_CHECKING:
    from harbortui.api.replication import Rule

NEWEST_FIRST = "-start_time,-id"


class Past(Model):
    """What has been asked about a single rule."""

    run: Execution | None = None
    """Its last run when it was asked; the rest is about that."""
    cause: str = ""
    """Why it failed, in Harbor's words."""
    task: str = ""
    """What it copies at the moment."""
    failure: Execution | None = None
    """The last failed run of a rule on push, whose runs follow each other fast; with its cause."""


async def newest(harbor: Harbor) -> Mapping[int, Execution]:
    """The last run of each rule among the newest 100 runs of all; none for who may not see them."""
    try:
        found = await harbor.page(PATH, Execution, Query(sort=NEWEST_FIRST))
    except Forbidden:
        return {}
    return {one.policy_id: one for one in reversed(found.items)}


async def last(harbor: Harbor, rule: Rule, status: str = "") -> Execution | None:
    """The last run of a rule, or its last of a status."""
    narrow = {"status": status} if status else {}
    query = Query(size=1, sort=NEWEST_FIRST)
    found = await harbor.page(PATH, Execution, query, policy_id=rule.id, **narrow)
    return found.items[0] if found.items else None


async def completed(harbor: Harbor, rules: Sequence[Rule]) -> list[Rule]:
    """The same rules with what is not among the newest runs, four rules at a time."""

    async def one(rule: Rule) -> Rule:
        return rule.model_copy(update={"past": await _past(harbor, rule)})

    return await several(rules, one)


async def _past(harbor: Harbor, rule: Rule) -> Past:
    run = rule.newest or await last(harbor, rule)
    if run is None:
        return Past()
    known = rule.past or Past()
    why = known.cause if known.run and known.run.id == run.id else ""
    if run.lacks_cause and not why:
        why = await executions.cause(harbor, run)
    task = await executions.working_on(harbor, run) if run.running else ""
    failure = None if not rule.on_push or run.has_failed else await _failure(harbor, rule)
    return Past(run=run, cause=why, task=task, failure=failure)


async def _failure(harbor: Harbor, rule: Rule) -> Execution | None:
    """The last failed run, with its cause; a run that has ended does not change any more."""
    failed = await last(harbor, rule, FAILED)
    known = rule.past.failure if rule.past else None
    if failed is None or (known and known.id == failed.id):
        return known if failed else None
    if not failed.lacks_cause:
        return failed
    return failed.model_copy(update={"cause": await executions.cause(harbor, failed)})


def lacks(rule: Rule) -> bool:
    """Whether what has been asked is about another run than the last, or that goes on."""
    run, asked = rule.last, rule.past.run if rule.past else None
    return run is not None and (run.running or asked is None or _other(asked, run))


def _other(asked: Execution, run: Execution) -> bool:
    return (asked.id, asked.status) != (run.id, run.status)


async def has_run(harbor: Harbor, rule: Rule) -> bool:
    """Whether there is a newer run than the one that was shown."""
    run = await last(harbor, rule)
    return run is not None and run.id > (rule.last.id if rule.last else 0)


async def count_runs(harbor: Harbor, rule: Rule) -> int:
    """How many runs Harbor keeps of a rule (the newest 50)."""
    return (await harbor.page(PATH, Execution, Query(size=1), policy_id=rule.id)).total
