"""Garbage collection: begun, tried dry, stopped, scheduled."""

from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from harbortui.api import gc, gc_forms
from harbortui.api.errors import Conflict
from harbortui.api.gc import Collection, Parameters
from harbortui.api.gc_forms import RunNow, Schedule
from harbortui.demo import DemoHarbor
from harbortui.resources import gc as kind
from harbortui.resources.gc import GARBAGE

from .recorded import exchanges
from .talking import Canned, talk
from .test_gc import listed, said


async def test_a_run_is_begun_followed_and_stopped(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    said_so = await gc_forms.run(harbor, None, RunNow(delete_untagged=True, workers=2))
    run = (await listed(demo))[1]
    assert said_so == f"Garbage collection {run.id} has begun."
    assert GARBAGE.busy(run)
    assert kind.no_log(run) == "it has not begun yet"
    with pytest.raises(Conflict, match=f"garbage collection {run.id} still goes on"):
        await gc_forms.run(harbor, None, RunNow())
    assert await gc.stop(harbor, run) is None
    assert demo.writes[-1].body is None
    assert await gc.has_ended(harbor, run)
    assert await gc.stop(harbor, run) == f"Garbage collection {run.id} had ended already"
    assert GARBAGE.actions[0].unless(run) == ""
    assert GARBAGE.actions[0].unless((await listed(demo))[1]) == "it does not run"


async def test_a_dry_run_deletes_nothing_and_says_so(demo: DemoHarbor) -> None:
    harbor, before = talk(demo), set(demo.artifacts)
    said_so = await gc_forms.run(harbor, None, RunNow(dry_run=True, delete_untagged=True))
    assert "only counts, nothing is deleted" in said_so
    demo.clock.advance(60)
    run = (await listed(demo))[1]
    assert run.dry
    assert before <= set(demo.artifacts)
    assert "start to run gc" in await gc.log(harbor, run)


async def test_running_sends_what_was_recorded() -> None:
    wanted = exchanges("writes-jobs")[0].body
    made = httpx.Response(201, headers={"Location": "/api/v2.0/system/gc/286"})
    canned = Canned({"POST /system/gc/schedule": made, "GET /system/gc": []})
    form = RunNow(dry_run=True, delete_untagged=True, workers=2)
    assert (await gc_forms.run(canned.harbor, None, form)).startswith("Dry run 286 has begun")
    assert canned.sent == [wanted]


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (3, Schedule(every="Daily")),
        (6, Schedule(every="Custom", cron="0 15 3 * * 6")),
        (8, Schedule(every="None")),
    ],
)
async def test_schedules_are_sent_as_recorded(number: int, form: Schedule) -> None:
    wanted = exchanges("writes-jobs")[number].body
    weekly = exchanges("writes-jobs")[2].value
    paused = {"paused": False}
    canned = Canned({"GET /system/gc/schedule": weekly, "GET /schedules/all/paused": paused})
    before = await gc_forms.fill(canned.harbor, Collection(to_come=True))
    assert before.every == "Weekly"
    await gc_forms.update(canned.harbor, Collection(), before, form)
    assert canned.asked[-1] == "PUT /system/gc/schedule"
    [sent] = canned.sent
    assert sent["schedule"] == wanted["schedule"]
    defaults = {} if number == 8 else {"delete_untagged": False, "workers": 1}
    assert sent["parameters"] == {**defaults, **wanted["parameters"]}


async def test_a_schedule_is_set_changed_and_ended(demo: DemoHarbor) -> None:
    harbor, row = talk(demo), (await listed(demo))[0]
    before = await gc_forms.fill(harbor, row)
    assert (before.every, before.cron, before.delete_untagged) == ("Custom", "0 0 2 * * *", True)
    after = Schedule(every="Weekly", delete_untagged=True, workers=3)
    assert await gc_forms.update(harbor, row, before, after) == "Scheduled."
    assert said((await listed(demo))[0], "WHY") == "weekly Sun 00:00, untagged too"
    before = await gc_forms.fill(harbor, row)
    assert before == after
    assert (
        await gc_forms.update(harbor, row, before, after) == "Nothing of the schedule was changed"
    )
    ended = await gc_forms.update(harbor, row, before, Schedule(every="None"))
    assert ended == "Garbage is no longer collected by itself."
    assert not demo.schedules.where(vendor_type="GARBAGE_COLLECTION")


async def test_someone_elses_schedule_is_not_overwritten(demo: DemoHarbor) -> None:
    harbor, row = talk(demo), (await listed(demo))[0]
    before = await gc_forms.fill(harbor, row)
    await gc_forms.update(harbor, row, before, Schedule(every="Daily"))
    with pytest.raises(Conflict, match="was at times of its own and is now daily"):
        await gc_forms.update(harbor, row, before, Schedule(every="Weekly"))


def test_deleting_tags_stays_as_it_is() -> None:
    sent = gc_forms.body(Parameters(delete_tag=True), Schedule(every="Daily"))
    assert sent["parameters"]["delete_tag"] is True


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"every": "Custom"}, "a schedule such as"),
        ({"every": "Custom", "cron": "bad"}, "six fields"),
        ({"every": "Daily", "workers": 0}, "from 1 to 5"),
        ({"every": "Daily", "workers": "99"}, "from 1 to 5"),
        ({"every": "Daily", "workers": "0100"}, "from 1 to 5"),
        ({"every": "Daily", "workers": "many"}, "from 1 to 5"),
        ({"every": "Monthly"}, "Input should be"),
    ],
)
def test_what_harbor_would_refuse_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Schedule(**values)


def test_the_help_names_as_many_workers_as_are_taken() -> None:
    for form in (RunNow, Schedule):
        assert "1 to 10," in (form.model_fields["workers"].description or "")
