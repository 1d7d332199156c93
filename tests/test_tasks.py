"""Tasks of replication: read, shown, explained by their logs."""

import pytest

from harbortui.api import executions, tasks
from harbortui.api.errors import NotFound
from harbortui.api.model import Query
from harbortui.api.tasks import Task
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources.executions import EXECUTIONS, TASKS
from harbortui.widgets.ink import parts

from .talking import Canned, talk
from .test_executions import rows, run_of


def recorded_tasks() -> list[Task]:
    return [Task.model_validate(row) for row in rows("/tasks")]


def test_every_recorded_task_is_shown_in_every_column() -> None:
    every = recorded_tasks()
    assert {task.status for task in every} >= {"Succeed", "Failed"}
    for task in every:
        cells = {one.title: parts(one.cell(task), Clock()) for one in TASKS.columns}
        assert cells["RESULT"] and cells["SOURCE → DESTINATION"]
        assert task.items
        assert "item(s)" not in task.source


def test_resources_are_read_in_both_ways_of_writing() -> None:
    assert tasks.resource("payments/api [3 item(s) in total]") == ("payments/api", 3)
    assert tasks.resource("größe/a+b:[v1,v2]") == ("größe/a+b:[v1,v2]", None)
    assert tasks.resource("a [1] [2 item(s) in total]") == ("a [1]", 2)


@pytest.mark.fault("F21")
async def test_a_task_is_found_among_rows_that_are_none() -> None:
    path, row = "/replication/executions/7/tasks", {"id": 3, "status": "Succeed"}
    harbor = Canned({f"GET {path}": [17, "x", None, [], row]}).harbor
    assert await tasks.raw(harbor, Task(id=3, execution_id=7)) == row


async def test_a_failed_task_says_what_its_log_says(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    run = await run_of(demo, "web-on-push")
    found = await tasks.page(harbor, run, Query(q="status=Failed", sort="-id"))
    assert len(found.items) == 3
    done = await tasks.completed(harbor, found.items)
    assert all(str(task.cause).endswith("connection refused") for task in done)
    count = len(demo.requests)
    await tasks.completed(harbor, done)
    assert len(demo.requests) == count
    assert (await executions.cause_log(harbor, run)).count("[ERROR]") >= 3


async def test_a_task_is_looked_up_on_later_pages_too(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    run = await run_of(demo, "web-on-push")
    task = (await tasks.page(harbor, run, Query(sort="id"))).items[0]
    assert (await tasks.raw(harbor, task))["src_resource"] == task.src_resource
    with pytest.raises(NotFound, match="task 0 is no longer there"):
        await tasks.raw(harbor, task.model_copy(update={"id": 0}))


async def test_a_log_grows_while_its_task_runs_and_not_before(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    run = await run_of(demo, "pull-base-nightly")
    every = (await tasks.page(harbor, run, Query(sort="id"))).items
    log = TASKS.log
    assert log is not None
    states = {task.status: (log.grows(task), log.unless(task)) for task in every}
    assert states["Succeed"] == (False, "")
    assert states["InProgress"] == (True, "")
    assert states["Pending"] == (True, "it has not begun yet")
    running = next(task for task in every if task.status == "InProgress")
    assert "copying" in await log.read(harbor, running)
    assert EXECUTIONS.busy(run)
    assert TASKS.busy(running)
