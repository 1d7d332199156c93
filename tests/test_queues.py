"""Job queues and schedules: what waits, what stands still, what is due."""

from datetime import UTC, datetime
from typing import Any

import pytest

from harbortui.api import queues, schedules
from harbortui.api.errors import NotFound
from harbortui.api.model import Query
from harbortui.api.queues import Queue
from harbortui.api.schedules import Schedule
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources import queues as kind
from harbortui.resources import schedules as times
from harbortui.resources.core import Open, Part, Resource, When
from harbortui.resources.queues import QUEUES
from harbortui.resources.schedules import SCHEDULES
from harbortui.widgets.ink import parts

from .recorded import exchanges
from .talking import talk


def recorded(path: str) -> list[Any]:
    files = ("jobs", "2.12/jobs")
    return [
        row
        for file in files
        for one in exchanges(file)
        if one.path == path and one.status == 200
        for row in one.value
    ]


def said(resource: Resource[None, Any], item: Any, title: str) -> str:
    column = next(column for column in resource.columns if column.title == title)
    return "".join(part.text for part in parts(column.cell(item), Clock()))


def test_every_recorded_queue_is_shown_in_every_column() -> None:
    rows = [Queue.model_validate(row) for row in recorded("/jobservice/queues")]
    assert {row.job_type for row in rows} <= set(kind.JOBS)
    for row in rows:
        assert said(QUEUES, row, "QUEUE") == row.job_type
        assert said(QUEUES, row, "STATE") == "runs"
        assert said(QUEUES, row, "JOBS")
    hooks = next(row for row in rows if row.count)
    assert (said(QUEUES, hooks, "WAITING"), said(QUEUES, hooks, "OLDEST")) == ("2", "2 s")


def test_every_recorded_schedule_is_shown_in_every_column() -> None:
    rows = [Schedule.model_validate(row) for row in recorded("/schedules")]
    assert {row.vendor_type for row in rows} <= set(kind.JOBS)
    words = {said(SCHEDULES, row, "WHEN") for row in rows}
    assert {"daily 03:30", "weekly Sun 00:00", "daily 02:00"} <= words


def test_a_queue_that_stands_still_needs_eyes() -> None:
    still = Queue(job_type="REPLICATION", paused=True)
    assert kind.state(still) == Part("paused", "warn")
    assert QUEUES.sign(still) == Part("▲", "warn")
    assert "until b lets them run" in QUEUES.says(still)
    assert "nothing runs by schedule" in QUEUES.says(Queue(job_type="SCHEDULER", paused=True))
    assert QUEUES.says(Queue()) == ""
    assert said(QUEUES, Queue(job_type="NEW_ONE"), "JOBS") == "NEW_ONE"


async def test_a_queue_is_paused_and_resumed(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    queue = await queues.find(harbor, "replication")
    assert await queues.flip(harbor, queue) == "REPLICATION stands still now."
    assert [(write.method, write.path, write.body) for write in demo.writes] == [
        ("PUT", "/jobservice/queues/REPLICATION", {"action": "pause"})
    ]
    assert await queues.is_flipped(harbor, queue)
    assert await queues.flip(harbor, queue) == "REPLICATION stood still already"
    again = await queues.find(harbor, "REPLICATION")
    assert (await queues.raw(harbor, again))["paused"] is True
    assert await queues.flip(harbor, again) == "REPLICATION runs again."
    assert demo.writes[-1].body == {"action": "resume"}
    assert not demo.paused
    with pytest.raises(NotFound, match="no queue called"):
        await queues.find(harbor, "größe/x")


async def test_what_waits_is_counted_and_dropped(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    demo.paused.add("GARBAGE_COLLECTION")
    await harbor.write("POST", "/system/gc/schedule", {"schedule": {"type": "Manual"}})
    queue = await queues.find(harbor, "GARBAGE_COLLECTION")
    drop = next(action for action in QUEUES.actions if action.name == "drop")
    assert queue.count == 1
    assert drop.unless(queue) == ""
    assert QUEUES.busy(queue)
    assert await kind.would_drop(harbor, [queue]) == ["1 job of garbage collection will never run."]
    assert await queues.drop(harbor, queue) is None
    assert demo.writes[-1].body == {"action": "stop"}
    assert await queues.is_empty(harbor, queue)
    assert await queues.drop(harbor, queue) == "Nothing waits in GARBAGE_COLLECTION any more"
    assert drop.unless(await queues.find(harbor, "GARBAGE_COLLECTION")) == "nothing waits"


async def test_the_questions_say_what_turning_comes_to(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    runs, still = Queue(job_type="WEBHOOK"), Queue(job_type="WEBHOOK", paused=True)
    assert await kind.would_flip(harbor, [runs, still]) == [
        "webhooks: runs, and will stand still; what has begun goes on.",
        "webhooks: stands still, and will run again.",
    ]
    [line] = await kind.would_flip(harbor, [Queue(job_type="SCHEDULER")])
    assert "no replication, garbage collection, scan, retention" in line


async def test_queues_come_on_one_page(demo: DemoHarbor) -> None:
    page = await queues.page(talk(demo), None, Query())
    assert page.total == len(page.items) == 13
    assert (await queues.page(talk(demo), None, Query(2))).items == []


async def test_schedules_say_of_what_they_are_and_when_they_are_due(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    harbor.now = demo.clock
    page = await SCHEDULES.page(harbor, None, Query(sort=SCHEDULES.order))
    rows = await schedules.named(harbor, page.items)
    found = {(row.vendor_type, row.of): row for row in rows}
    nightly = found["REPLICATION", "pull-base-nightly"]
    assert nightly.next_run == datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert times.due(nightly) == When(nightly.next_run)
    assert times.opens(nightly) == Open("rules /pull-base-nightly")
    assert times.opens(found["RETENTION", "hub-cache"]) == Open("projects /hub-cache")
    assert times.opens(found["GARBAGE_COLLECTION", ""]) == Open("gc")
    assert times.opens(found["SCAN_ALL", ""]) is None
    assert times.due(Schedule(cron="0 0 0 30 2 *")) == Part("never", "muted")


async def test_what_a_schedule_was_of_may_be_gone(demo: DemoHarbor) -> None:
    gone = [
        Schedule(id=1, vendor_type="REPLICATION", vendor_id=999),
        Schedule(id=2, vendor_type="RETENTION", vendor_id=999),
    ]
    rows = await schedules.named(talk(demo), gone)
    assert [row.of for row in rows] == ["rule 999", "policy 999"]


async def test_all_schedules_stand_still_together(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    row = (await schedules.page(harbor, None, Query())).items[0]
    [warning] = await times.would_flip(harbor, [row])
    assert "All of them run, not only this one" in warning
    assert await schedules.flip(harbor, row) == "All schedules stand still now."
    assert demo.writes[-1].path == "/jobservice/queues/SCHEDULER"
    assert await schedules.is_flipped(harbor, row)
    still = (await schedules.page(harbor, None, Query())).items[0]
    assert times.due(still) == Part("paused", "warn")
    assert SCHEDULES.says(still) == kind.STILL
    assert SCHEDULES.sign(still) == Part("▲", "warn")
    assert await times.would_flip(harbor, [still]) == [
        "All of them stand still, and will run again."
    ]
    assert await schedules.flip(harbor, row) == "All schedules stand still now."
    assert await schedules.flip(harbor, still) == "All schedules run again."
    assert not demo.paused
