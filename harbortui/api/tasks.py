"""Tasks of replication: what an execution copies or deletes, one for each repository."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from harbortui.api import joblog
from harbortui.api.errors import NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.many import several
from harbortui.api.model import Model, Moment, Page, Query

if TYPE_CHECKING:
    from harbortui.api.executions import Execution

EXECUTIONS = "/replication/executions"
RUNNING, FAILED = "InProgress", "Failed"
WAITING = ("Pending", RUNNING)
PAGE = 100
_ITEMS = re.compile(r"(.+) \[(\d+) item\(s\) in total\]")


class Task(Model):
    """What an execution copies or deletes of one repository."""

    id: int = 0
    execution_id: int = 0
    status: str = ""
    job_id: str = ""
    operation: str = ""
    resource_type: str = ""
    src_resource: str = ""
    dst_resource: str = ""
    start_time: Moment | None = None
    end_time: Moment | None = None
    cause: str | None = None
    """What its log says when it failed; None until that has been read."""

    @property
    def source(self) -> str:
        """The repository that it reads."""
        return resource(self.src_resource)[0]

    @property
    def destination(self) -> str:
        """The repository that it writes."""
        return resource(self.dst_resource)[0]

    @property
    def items(self) -> int | None:
        """How many tags or digests, if Harbor says so."""
        return resource(self.src_resource)[1]

    @property
    def going(self) -> bool:
        """It waits or runs."""
        return self.status in WAITING

    @property
    def lacks_cause(self) -> bool:
        """Its log has to be read to know why it failed."""
        return self.status == FAILED and self.cause is None

    @property
    def seconds(self) -> float | None:
        """How long it took; None until it has ended."""
        return lasted(self.start_time, self.end_time)


def resource(text: str) -> tuple[str, int | None]:
    """`payments/api [3 item(s) in total]` as name and number; older Harbors list tags instead."""
    found = _ITEMS.fullmatch(text)
    return (found[1], int(found[2])) if found else (text, None)


def lasted(start: datetime | None, end: datetime | None) -> float | None:
    """Seconds between two moments; None when one is missing (Harbor's year 1)."""
    if start is None or end is None or start.year <= 1 or end.year <= 1:
        return None
    return max(0.0, (end - start).total_seconds())


def named(query: Query) -> tuple[Query, dict[str, str | int]]:
    """Lists of executions and tasks: the query, and what narrows it.

    These lists know no `q`: its terms are parameters of their own.
    """
    terms = (term.partition("=") for term in query.q.split(",") if term)
    return replace(query, q=""), {key: value for key, _, value in terms}


async def page(harbor: Harbor, execution: Execution, query: Query) -> Page[Task]:
    """`GET /replication/executions/{id}/tasks`, narrowed by `status`."""
    plain, narrow = named(query)
    return await harbor.page(f"{EXECUTIONS}/{execution.id}/tasks", Task, plain, **narrow)


async def raw(harbor: Harbor, task: Task) -> Any:
    """A task as Harbor lists it: a single one cannot be asked for. NotFound when it is gone."""
    for number in count(1):
        path = f"{EXECUTIONS}/{task.execution_id}/tasks"
        rows = await harbor.raw(path, page=number, page_size=PAGE, sort="-id") or ()
        for row in rows:
            if isinstance(row, dict) and row.get("id") == task.id:
                return row
        if len(rows) < PAGE:
            break
    raise NotFound(f"task {task.id} is no longer there")


async def log(harbor: Harbor, task: Task) -> str:
    """`GET /replication/executions/{id}/tasks/{task}/log`; NotFound until it has begun."""
    return await harbor.text(f"{EXECUTIONS}/{task.execution_id}/tasks/{task.id}/log")


async def cause(harbor: Harbor, task: Task) -> str:
    """The first error in a task's log."""
    return await joblog.told(log(harbor, task))


async def completed(harbor: Harbor, some: Sequence[Task]) -> list[Task]:
    """The same tasks, failed ones with what their log says."""

    async def one(task: Task) -> Task:
        if not task.lacks_cause:
            return task
        return task.model_copy(update={"cause": await cause(harbor, task)})

    return await several(some, one)
