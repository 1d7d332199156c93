"""Runs of replication rules: executions, their tasks, and the tasks' logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access, copying, rules, tasklog
from .answers import Json, Refusal, answer, body_of, created, text
from .listing import columns, ordered, page, sorts
from .query import Keys
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns("id", "policy_id", "status", "trigger", "start_time", "end_time")
TASK_KEYS = columns("id", "execution_id", "status", "resource_type", "start_time", "end_time")
HIDDEN = ("vendor_type", "references", "ways", "cause")


def show(row: Json) -> Json:
    """An execution or a task as Harbor answers it."""
    return {key: row[key] for key in row if key not in HIDDEN}


def find(demo: DemoHarbor, execution_id: str) -> Json:
    """The execution with this id, or 404."""
    execution = demo.executions.get(int(execution_id)) if execution_id.isdigit() else None
    if execution is None or execution["vendor_type"] != copying.VENDOR:
        raise Refusal(404, f"replication execution {execution_id} not found")
    return execution


def narrowed(request: httpx.Request, rows: list[Json], *names: str) -> list[Json]:
    """The rows with the values that the request's parameters name; here `q` is ignored."""
    asked = {name: request.url.params[name] for name in names if name in request.url.params}
    return [row for row in rows if all(str(row[key]) == asked[key] for key in asked)]


def newest_first(request: httpx.Request, rows: list[Json], keys: Keys) -> httpx.Response:
    """A page of rows by `sort`, else by when they began."""
    asked = sorts(request.url.params.get("sort", ""), keys)
    return page(request, ordered(rows, asked or sorts("-start_time,-id", keys), keys), show)


@route("GET", "/replication/executions")
def executions(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Runs of all rules, the newest first; `policy_id`, `status` and `trigger` narrow them."""
    access.require_system(request, "replication", "list")
    rows = demo.executions.where(vendor_type=copying.VENDOR)
    rows = narrowed(request, rows, "policy_id", "status", "trigger")
    return newest_first(request, rows, KEYS)


@route("POST", "/replication/executions")
def start(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Runs a rule now, unless it is switched off (412)."""
    access.require_system(request, "replication", "create")
    rule = rules.find(demo, body_of(request).get("policy_id"))
    if not rule["enabled"]:
        raise Refusal(412, f"the policy {rule['id']} is disabled")
    execution = copying.start(demo, rule, "manual")
    return created(f"/replication/executions/{execution['id']}")


@route("GET", "/replication/executions/{execution_id}")
def execution(demo: DemoHarbor, request: httpx.Request, execution_id: str) -> httpx.Response:
    """One run."""
    access.require_system(request, "replication", "read")
    return answer(show(find(demo, execution_id)))


@route("PUT", "/replication/executions/{execution_id}")
def stop(demo: DemoHarbor, request: httpx.Request, execution_id: str) -> httpx.Response:
    """Stops a run; 200 for one that has ended, too. The body is `null`."""
    access.require_system(request, "replication", "create")
    copying.stop(demo, find(demo, execution_id))
    # httpx leaves out a body that is None.
    return httpx.Response(200, content=b"null", headers={"Content-Type": "application/json"})


@route("GET", "/replication/executions/{execution_id}/tasks")
def tasks(demo: DemoHarbor, request: httpx.Request, execution_id: str) -> httpx.Response:
    """What a run copies, one task a repository; `status` and `resource_type` narrow them."""
    access.require_system(request, "replication", "list")
    rows = demo.tasks.where(execution_id=find(demo, execution_id)["id"])
    rows = narrowed(request, rows, "status", "resource_type")
    return newest_first(request, rows, TASK_KEYS)


@route("GET", "/replication/executions/{execution_id}/tasks/{task_id}/log")
def log(
    demo: DemoHarbor, request: httpx.Request, execution_id: str, task_id: str
) -> httpx.Response:
    """The log of a task so far; 404 until it has started."""
    access.require_system(request, "replication", "read")
    number = find(demo, execution_id)["id"]
    task = demo.tasks.get(int(task_id)) if task_id.isdigit() else None
    if task is None:
        raise Refusal(404, f"task {task_id} not found")
    if task["execution_id"] != number:
        raise Refusal(404, f"execution {number} contains no task with ID {task_id}")
    if not tasklog.of(task):
        raise Refusal(404, f"log entity: {task['job_id']} not found")
    return text(tasklog.of(task))
