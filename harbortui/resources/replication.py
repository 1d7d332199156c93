"""Replication rules: what is copied from where to where, when, and what came of it."""

from __future__ import annotations

from harbortui.api import executions as runs_api
from harbortui.api import replication as api
from harbortui.api import rule_changes, rule_forms, rule_preview, rule_runs, rule_writes
from harbortui.api.errors import Conflict
from harbortui.api.harbor import Harbor
from harbortui.api.replication import Rule
from harbortui.resources import executions, rule_details, run_cells
from harbortui.resources.core import (
    Action,
    Child,
    Column,
    Create,
    Edit,
    Enrich,
    Log,
    Part,
    Preset,
    Resource,
)
from harbortui.resources.rule_cells import (
    ago,
    ends,
    moment,
    reason,
    result,
    says,
    sign,
    starts,
)


async def cause_log(harbor: Harbor, rule: Rule) -> str:
    """The log in which the cause of the last failure stands."""
    last = await rule_runs.last(harbor, rule)
    if last is None:
        raise Conflict(f"{rule.name} has never run")
    return await runs_api.cause_log(harbor, last)


def no_log(rule: Rule) -> str:
    """Why there is no log to open."""
    last = rule.last
    return "" if last and last.failed else "no task of its last run has failed"


RULES: Resource[None, Rule] = Resource(
    name="rules",
    one="replication rule",
    title="replication rules",
    about="what is copied, when, with what result",
    aliases=("rule", "replication", "replications", "policies"),
    page=api.page,
    order="name,id",
    key=lambda rule: rule.id,
    label=lambda rule: rule.name,
    sign=sign,
    counted=lambda rule: run_cells.counted(rule.last) if rule.last else None,
    says=says,
    columns=(
        Column("RULE", lambda rule: Part(rule.name, "" if rule.enabled else "muted"), sort="name"),
        Column("FROM → TO", ends, wide=True),
        Column("WHEN", starts, wide=True),
        Column("LAST RESULT", result),
        Column("AGO", ago, right=True, value=moment),
        Column("REASON", reason, grow=True),
    ),
    find=api.find,
    raw=api.raw,
    facts=rule_details.facts,
    enrich=Enrich(("past",), rule_runs.completed, rule_runs.lacks),
    search="name",
    filters=(
        Preset("failed", keep=lambda rule: rule.last is not None and rule.last.has_failed),
        Preset("running", keep=lambda rule: rule.runs),
        Preset("off", keep=lambda rule: not rule.enabled),
    ),
    children=(Child("enter", lambda: executions.EXECUTIONS, "executions"),),
    log=Log(cause_log, unless=no_log),
    silent="Harbor does not record what is done with replication rules",
    create=Create(rule_forms.RuleForm, rule_writes.create, test=rule_preview.preview),
    edit=Edit(rule_writes.fill, rule_writes.update, test=rule_preview.of_rule),
    delete=rule_changes.delete,
    goes=rule_details.goes,
    stays=lambda rule: "it runs: stop its execution first (enter, then s)" if rule.runs else "",
    actions=(
        Action(
            "x",
            "run",
            "run now",
            rule_changes.run,
            confirm="Run {} now?",
            goes=rule_details.would_run,
            verb="create",
            needs="replication",
            unless=lambda rule: "" if rule.enabled else "it is off: b turns it on",
            happened=rule_runs.has_run,
        ),
        Action(
            "b",
            "flip",
            "on or off",
            rule_changes.flip,
            confirm="Turn {} on or off?",
            goes=rule_details.would_flip,
            done="{} turned on or off.",
            happened=rule_changes.is_flipped,
        ),
    ),
    needs="replication-policy",
    admin=True,
    busy=lambda rule: rule.runs,
    empty="No replication rules yet. n makes one.",
)
