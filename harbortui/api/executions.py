"""Runs of replication rules: executions, and the tasks that each is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import StringConstraints

from harbortui.api import joblog, tasks
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.many import all_pages, several
from harbortui.api.model import Model, Moment, Page, Query
from harbortui.api.tasks import EXECUTIONS, FAILED, RUNNING, Task, lasted, named

if TYPE_CHECKING:
    from harbortui.api.replication import Rule

PATH = EXECUTIONS


class Execution(Model):
    """One run of a rule; the counts are of tasks, one for each repository."""

    id: int = 0
    policy_id: int = 0
    status: str = ""
    status_text: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    trigger: str = ""
    start_time: Moment | None = None
    end_time: Moment | None = None
    total: int = 0
    failed: int = 0
    succeed: int = 0
    in_progress: int = 0
    stopped: int = 0
    rule: str = ""
    """The name of its rule."""
    cause: str | None = None
    """What the log of its first failed task says; None until it has been looked for."""

    @property
    def running(self) -> bool:
        """It has not ended; it may say so up to 30 s after its last task."""
        return self.status == RUNNING

    @property
    def has_failed(self) -> bool:
        """It has ended badly, or was not even begun."""
        return self.status == FAILED

    @property
    def skipped(self) -> bool:
        """It was not begun, because the run before was still going."""
        return self.has_failed and "skipped" in self.status_text.lower()

    @property
    def nothing(self) -> bool:
        """Its filters matched nothing, which Harbor calls a success."""
        return self.status == "Succeed" and not self.total

    @property
    def reason(self) -> str:
        """Why it ended as it did, in Harbor's words; empty while they are not known."""
        return self.status_text or self.cause or ""

    @property
    def lacks_cause(self) -> bool:
        """A failed task's log has to be read to know why."""
        return self.has_failed and not self.status_text and self.cause is None

    @property
    def seconds(self) -> float | None:
        """How long it took; None until it has ended."""
        return lasted(self.start_time, self.end_time)


async def page(harbor: Harbor, rule: Rule | None, query: Query) -> Page[Execution]:
    """`GET /replication/executions`: of a rule, or of all; narrowed by `status` and `trigger`."""
    plain, narrow = named(query)
    if rule is None:
        return await harbor.page(PATH, Execution, plain, **narrow)
    found = await harbor.page(PATH, Execution, plain, policy_id=rule.id, **narrow)
    return found.map(lambda one: one.model_copy(update={"rule": rule.name}))


async def get(harbor: Harbor, execution_id: int) -> Execution:
    """`GET /replication/executions/{id}`."""
    return await harbor.get(f"{PATH}/{execution_id}", Execution)


async def find(harbor: Harbor, text: str) -> Execution:
    """The execution with this number; NotFound when there is none."""
    if not (text.isascii() and text.isdigit()):
        raise NotFound(f"an execution is called by its number, not “{text}”")
    return await get(harbor, int(text))


async def raw(harbor: Harbor, execution: Execution) -> Any:
    """`GET /replication/executions/{id}` as Harbor sends it."""
    return await harbor.raw(f"{PATH}/{execution.id}")


async def stop(harbor: Harbor, execution: Execution) -> str | None:
    """`PUT /replication/executions/{id}`, without a body; 200 for what has ended, too."""
    if not (await get(harbor, execution.id)).running:
        return f"Execution {execution.id} had ended already"
    await harbor.write("PUT", f"{PATH}/{execution.id}")
    return None


async def has_ended(harbor: Harbor, execution: Execution) -> bool:
    """Whether it does not run any more."""
    return not (await get(harbor, execution.id)).running


async def first_failed(harbor: Harbor, execution: Execution) -> Task | None:
    """The task that failed first."""
    found = await tasks.page(harbor, execution, Query(size=1, q=f"status={FAILED}", sort="id"))
    return found.items[0] if found.items else None


async def cause(harbor: Harbor, execution: Execution) -> str:
    """Why an execution failed, from the log of the task that failed first."""
    task = await first_failed(harbor, execution)
    return await tasks.cause(harbor, task) if task else joblog.NO_LOG


async def cause_log(harbor: Harbor, execution: Execution) -> str:
    """The log in which the cause stands; Conflict when no task has failed."""
    task = await first_failed(harbor, execution)
    if task is None:
        raise Conflict("no task of it has failed: there is no log to look at")
    return await tasks.log(harbor, task)


async def working_on(harbor: Harbor, execution: Execution) -> str:
    """What a running execution copies at the moment; empty between two tasks."""
    found = await tasks.page(harbor, execution, Query(size=1, q=f"status={RUNNING}", sort="id"))
    return found.items[0].source if found.items else ""


async def rule_names(harbor: Harbor) -> dict[int, str]:
    """The names of all rules, `GET /replication/policies`."""
    rules = await all_pages(
        lambda query: harbor.page("/replication/policies", _Rule, query), Query(sort="name,id")
    )
    return {rule.id: rule.name for rule in rules}


class _Rule(Model):
    """Of a rule only what names it."""

    id: int = 0
    name: str = ""


async def completed(harbor: Harbor, executions: Sequence[Execution]) -> list[Execution]:
    """The same executions with the name of their rule, and failed ones with the cause."""
    names = {} if all(one.rule for one in executions) else await rule_names(harbor)

    async def one(execution: Execution) -> Execution:
        known: dict[str, object] = {}
        if not execution.rule:
            known["rule"] = names.get(execution.policy_id, f"rule {execution.policy_id}, deleted")
        if execution.lacks_cause:
            known["cause"] = await cause(harbor, execution)
        return execution.model_copy(update=known)

    return await several(executions, one)
