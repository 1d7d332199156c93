"""Garbage collection: the schedule first, then runs, and why they freed nothing."""

from typing import Any

import pytest

from harbortui.api import gc, joblog
from harbortui.api.errors import NotFound
from harbortui.api.gc import Collection, Due, Parameters
from harbortui.api.model import Query
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources import gc as kind
from harbortui.resources.core import Fact, Part, When
from harbortui.resources.gc import GARBAGE
from harbortui.widgets.ink import parts

from .recorded import exchanges
from .talking import talk

FILES = ("jobs", "2.12/jobs", "writes-jobs", "2.12/writes-jobs")
WEEKLY = Due(type="Weekly", cron="0 0 0 * * 0")


def recorded() -> list[Collection]:
    found: list[Any] = []
    for file in FILES:
        for one in exchanges(file):
            if one.method == "GET" and one.status == 200 and one.path.startswith("/system/gc"):
                found += one.value if isinstance(one.value, list) else [one.value or {}]
    return [Collection.model_validate(row) for row in found if isinstance(row, dict) and row]


def done(**values: Any) -> Collection:
    counted = {"purged_blobs": 0, "purged_manifests": 0, "freed_space": 0, **values}
    return Collection(id=5, job_status="Success", job_parameters=Parameters(**counted))


async def listed(demo: DemoHarbor) -> list[Collection]:
    return (await GARBAGE.page(talk(demo), None, Query(sort=GARBAGE.order))).items


def said(run: Collection, title: str) -> str:
    column = next(column for column in GARBAGE.columns if column.title == title)
    return "".join(part.text for part in parts(column.cell(run), Clock())).strip()


def test_every_recorded_run_and_schedule_is_shown_in_every_column() -> None:
    runs = recorded()
    assert {run.id for run in runs} >= {221, 210, 195, 192, 116, 11, 7}
    for run in runs:
        for place in (run, run.model_copy(update={"to_come": True})):
            for column in GARBAGE.columns:
                parts(column.cell(place), Clock())
            assert kind.label(place)


def test_the_recorded_runs_say_what_they_freed_and_why_nothing() -> None:
    by_id = {run.id: run for run in recorded()}
    rows = {
        number: (said(run, "RESULT"), said(run, "FREED"), said(run, "WHY"))
        for number, run in by_id.items()
    }
    assert rows[221] == ("succeeded", "325 KiB", "9 blobs, 4 manifests")
    assert rows[210] == ("dry run", "", "nothing unreferenced; untagged kept")
    assert rows[192] == ("dry run", "", "would free 2.3 MiB in 127 blobs")
    assert rows[116] == ("succeeded", "0", "nothing unreferenced older than 2 h")
    assert rows[11] == ("succeeded", "110 KiB", "6 blobs, 3 manifests")
    assert by_id[221].seconds == pytest.approx(27.71)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (done(time_window=2), "nothing older than 2 h; untagged kept"),
        (done(time_window=0, delete_untagged=True), "nothing unreferenced"),
        (done(purged_blobs=1, purged_manifests=1), "1 blob, 1 manifest"),
        (Collection(job_status="Success"), ""),
        (Collection(job_status="Running"), ""),
        (Collection(job_status="Error", cause="dial: connection refused"), "connection refused"),
        (Collection(to_come=True, schedule=WEEKLY), "weekly Sun 00:00, untagged kept"),
        (Collection(to_come=True), "h makes a schedule"),
    ],
)
def test_why_is_said_in_words(run: Collection, words: str) -> None:
    assert said(run, "WHY") == words


@pytest.mark.parametrize(
    ("run", "words", "sign"),
    [
        (Collection(job_status="Running"), "running", Part("▸")),
        (Collection(job_status="Pending"), "waits", Part("▸")),
        (Collection(job_status="Scheduled"), "waits", Part("▸")),
        (Collection(job_status="Error"), "failed", Part("✗", "bad")),
        (Collection(job_status="Stopped"), "stopped", None),
        (Collection(to_come=True, schedule=WEEKLY), "next", None),
        (Collection(to_come=True, schedule=WEEKLY, paused=True), "paused", Part("▲", "warn")),
        (Collection(to_come=True), "not scheduled", Part("▲", "warn")),
    ],
)
def test_what_came_of_it(run: Collection, words: str, sign: Part | None) -> None:
    assert said(run, "RESULT") == words
    assert kind.sign(run) == sign


def test_a_dry_run_says_so_wherever_it_is_named() -> None:
    dry = done(dry_run=True, freed_space=5)
    assert kind.label(dry) == "5 (dry run)"
    assert said(dry, "RESULT") == "dry run"
    assert said(dry, "FREED") == ""
    assert kind.says(dry) == "a dry run: nothing was deleted"
    stopped = dry.model_copy(update={"job_status": "Stopped"})
    assert said(stopped, "RESULT") == "dry run stopped"


def test_parameters_that_cannot_be_read_cost_no_row() -> None:
    for text in ("", "nonsense", "[1]", '"x"', "[" * 100_000):
        assert Collection.model_validate({"job_parameters": text}).job_parameters == Parameters()


async def test_the_schedule_comes_first_and_the_newest_run_next(demo: DemoHarbor) -> None:
    runs = await listed(demo)
    assert kind.label(runs[0]) == "schedule"
    assert said(runs[0], "WHY") == "daily 02:00, untagged too"
    assert isinstance(kind.began(runs[0]), When)
    numbers = [run.id for run in runs[1:]]
    assert numbers == sorted(numbers, reverse=True)
    assert GARBAGE.key(runs[0]) == "schedule"


async def test_pages_hold_each_run_once(demo: DemoHarbor) -> None:
    every = [run.id for run in (await listed(demo))[1:]]
    seen: list[int] = []
    for number in range(1, 6):
        page = await gc.page(talk(demo), None, Query(number, 3, sort="-id"))
        assert page.total == len(every) + 1
        seen += [run.id for run in page.items if not run.to_come]
    assert seen == every


async def test_without_a_schedule_the_first_row_says_so(demo: DemoHarbor) -> None:
    demo.schedules.clear()
    runs = await listed(demo)
    assert said(runs[0], "RESULT") == "not scheduled"
    assert await gc.raw(talk(demo), runs[0]) == {}


async def test_a_failed_run_says_what_its_log_says(demo: DemoHarbor) -> None:
    failed = next(run for run in await listed(demo) if run.job_status == "Error")
    demo.executions[failed.id]["log"] = "2026 [INFO] a\n2026 [ERROR] [x.go:1]: no space left\n"
    [told] = await gc.completed(talk(demo), [failed])
    assert told.cause == "no space left"
    assert said(told, "WHY") == "no space left on a disk"
    demo.executions[failed.id]["log"] = ""
    [told] = await gc.completed(talk(demo), [failed])
    assert told.cause == joblog.NO_LOG


async def test_details_and_finding(demo: DemoHarbor) -> None:
    harbor, runs = talk(demo), await listed(demo)
    facts = [one for one in await kind.facts(harbor, runs[1]) if isinstance(one, Fact)]
    cells = {one.title: one.cell for one in facts}
    assert cells["Spared what is newer than"] == "2 h"
    titles = [one.title for one in await kind.facts(harbor, runs[0]) if isinstance(one, Fact)]
    assert titles[-2:] == ["Cron line, in UTC", "Next"]
    assert (await gc.find(harbor, str(runs[1].id))).id == runs[1].id
    assert (await gc.raw(harbor, runs[1]))["job_name"] == "GARBAGE_COLLECTION"
    with pytest.raises(NotFound, match="called by its number"):
        await gc.find(harbor, "newest")
    assert kind.no_log(runs[0]).startswith("the schedule has no log")
    assert GARBAGE.fixed(runs[0]) == ""
    assert "h changes the schedule" in GARBAGE.fixed(runs[1])
