"""Runs of replication rules, and the tasks that they are made of."""

from __future__ import annotations

from harbortui.api import executions as api
from harbortui.api import tasks as task_api
from harbortui.api.executions import Execution
from harbortui.api.replication import Rule
from harbortui.api.tasks import Task
from harbortui.resources import reasons, replication
from harbortui.resources.cells import prefixed, state
from harbortui.resources.core import (
    Action,
    Cell,
    Child,
    Column,
    Enrich,
    Log,
    Part,
    Preset,
    Resource,
    When,
)
from harbortui.resources.run_cells import counted, lasted, result, sign, trigger

SILENT = "Harbor does not record when replication rules run"


EXECUTIONS: Resource[Rule | None, Execution] = Resource(
    name="executions",
    one="execution",
    about="runs of replication rules",
    aliases=("execution", "runs"),
    page=api.page,
    order="-start_time,-id",
    under=lambda: replication.RULES,
    key=lambda run: run.id,
    label=lambda run: f"{run.id} of {run.rule}" if run.rule else str(run.id),
    sign=sign,
    counted=counted,
    says=lambda run: reasons.gist(run.reason),
    columns=(
        Column("RULE", lambda run: run.rule, grow=True, apart=True),
        Column("RESULT", result),
        Column("STARTED", lambda run: When(run.start_time), right=True, sort="start_time"),
        Column("DURATION", lambda run: lasted(run.seconds), right=True),
        Column("TRIGGER", trigger),
        Column("REASON", lambda run: reasons.in_words(run.reason), grow=True),
        Column("NUMBER", lambda run: Part(str(run.id), "muted"), right=True, wide=True, sort="id"),
    ),
    find=api.find,
    raw=api.raw,
    enrich=Enrich(("rule", "cause"), api.completed, lambda run: run.lacks_cause),
    filters=(
        Preset("running", "status=InProgress"),
        Preset("failed", "status=Failed"),
        Preset("stopped", "status=Stopped"),
        Preset("by schedule", "trigger=scheduled"),
        Preset("on push", "trigger=event_based"),
    ),
    children=(Child("enter", lambda: TASKS),),
    log=Log(
        api.cause_log,
        unless=lambda run: "" if run.failed else "no task of it has failed: enter shows them",
    ),
    silent=SILENT,
    actions=(
        Action(
            "s",
            "stop",
            "stop",
            api.stop,
            confirm="Stop {}? What it has copied stays.",
            done="Execution {} has been asked to stop.",
            verb="create",
            unless=lambda run: "" if run.running else "it does not run",
            happened=api.has_ended,
        ),
    ),
    needs="replication",
    admin=True,
    busy=lambda run: run.running,
    empty="No runs yet. Harbor keeps the newest 50 of each rule.",
)


def task_result(task: Task) -> Part:
    """What came of it, in Harbor's word or ours."""
    return state(task.status, {"InProgress": "running", "Pending": "waits"}.get(task.status, ""))


def task_sign(task: Task) -> Part | None:
    """Runs or failed."""
    if task.status == "InProgress":
        return Part("▸")
    return Part("✗", "bad") if task.status == "Failed" else None


def task_counted(task: Task) -> Part | None:
    """What is counted beside the number of all."""
    if task.going:
        return Part("running" if task.status == "InProgress" else "waiting", "muted")
    return Part("failed", "bad") if task.status == "Failed" else None


def way(task: Task) -> Cell:
    """From where to where, the projects muted."""
    if task.operation == "deletion":
        return prefixed(task.destination)
    return (*prefixed(task.source), Part(" → ", "muted"), *prefixed(task.destination))


TASKS: Resource[Execution, Task] = Resource(
    name="tasks",
    one="task",
    about="what a run copies",
    aliases=("task",),
    page=task_api.page,
    order="-id",
    root=False,
    under=lambda: EXECUTIONS,
    key=lambda task: task.id,
    label=lambda task: f"{task.id} ({task.source or task.destination})",
    sign=task_sign,
    counted=task_counted,
    says=lambda task: reasons.gist(task.cause or ""),
    columns=(
        Column("RESULT", task_result),
        Column("SOURCE → DESTINATION", way, grow=True),
        Column("ITEMS", lambda task: task.items, right=True, wide=True),
        Column("OPERATION", lambda task: Part(task.operation, "muted"), wide=True),
        Column("STARTED", lambda task: When(task.start_time), right=True, sort="start_time"),
        Column("DURATION", lambda task: lasted(task.seconds), right=True),
        Column("REASON", lambda task: reasons.in_words(task.cause or ""), grow=True),
    ),
    raw=task_api.raw,
    enrich=Enrich(("cause",), task_api.completed, lambda task: task.lacks_cause),
    filters=(
        Preset("failed", "status=Failed"),
        Preset("running", "status=InProgress"),
        Preset("waiting", "status=Pending"),
    ),
    log=Log(
        task_api.log,
        grows=lambda task: task.going,
        unless=lambda task: "it has not begun yet" if task.status == "Pending" else "",
    ),
    silent=SILENT,
    needs="replication",
    admin=True,
    busy=lambda task: task.going,
    empty="No tasks. A run that failed early, or matched nothing, has none.",
)
