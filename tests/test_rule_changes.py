"""Replication rules: turned, run, deleted, whatever they are called."""

import pytest

from harbortui.api import replication, rule_changes, rule_forms, rule_runs, rule_writes
from harbortui.api.errors import Conflict
from harbortui.api.form import UNLIMITED
from harbortui.api.replication import Rule
from harbortui.demo import DemoHarbor
from harbortui.resources import rule_details
from harbortui.resources.replication import RULES

from .recorded import exchanges
from .talking import Canned, talk
from .test_rule_forms import form, one

HOSTILE = "a,b [x]/ü.+"


@pytest.mark.parametrize("name", [HOSTILE, "größe/x", "a+b", "v1.0"])
async def test_a_rule_lives_whatever_it_is_called(demo: DemoHarbor, name: str) -> None:
    harbor = talk(demo)
    assert await rule_writes.create(harbor, None, form(name=name, names="größe/**")) is None
    rule = await replication.find(harbor, name)
    assert (rule.remote.id, rule.pulls, rule.speed) == (3, False, 0)
    assert rule_forms.form(rule).speed == UNLIMITED
    with pytest.raises(Conflict, match="already exists"):
        await rule_writes.create(harbor, None, form(name=name))
    assert await rule_changes.flip(harbor, rule) == f"{name} is off."
    assert not demo.policies[rule.id]["enabled"]
    assert await rule_changes.is_flipped(harbor, rule)
    assert await rule_changes.flip(harbor, rule) == f"{name} was off already"
    with pytest.raises(Conflict, match="is off: b turns it on"):
        await rule_changes.run(harbor, rule)
    assert await rule_changes.flip(harbor, await replication.find(harbor, name)) == f"{name} is on."
    assert not await rule_runs.has_run(harbor, rule)
    assert str(await rule_changes.run(harbor, rule)).startswith(f"{name} runs: execution ")
    assert await rule_runs.has_run(harbor, rule)
    with pytest.raises(Conflict, match="still runs: stop its execution first"):
        await rule_changes.delete(harbor, rule)
    demo.clock.advance(60)
    assert await rule_changes.delete(harbor, rule) is None
    assert await rule_changes.delete(harbor, rule) == f"{name} was gone already"


async def test_turning_sends_the_whole_rule_as_recorded() -> None:
    recorded = exchanges("writes-replication")
    before, sent = recorded[25].value, recorded[26].body
    canned = Canned({"GET /replication/policies/10": before})
    await rule_changes.flip(canned.harbor, Rule.model_validate(before))
    assert canned.asked[-1] == "PUT /replication/policies/10"
    ends = {"src_registry": None, "dest_registry": {"id": 4}}
    assert canned.sent == [{**sent, **ends}]


async def test_running_sends_what_was_recorded(demo: DemoHarbor) -> None:
    rule = await one(demo, "slow-chunks")
    await rule_changes.run(talk(demo), rule)
    assert [(write.method, write.path, write.body) for write in demo.writes] == [
        ("POST", "/replication/executions", {"policy_id": rule.id})
    ]


async def test_questions_say_what_a_change_comes_to(demo: DemoHarbor) -> None:
    harbor, rule = talk(demo), await one(demo, "pull-base-nightly")
    dead = await one(demo, "to-dr-site")
    assert await rule_details.would_flip(harbor, [dead]) == [
        "to-dr-site is on: it will no longer run daily 06:00."
    ]
    off = await one(demo, "old-policy")
    assert await rule_details.would_flip(harbor, [off]) == [
        "old-policy is off: it will run weekly Sun 04:00 again."
    ]
    assert await rule_details.would_run(harbor, [rule, dead]) == [
        "pull-base-nightly runs already: another run starts besides.",
        "dr-site is unhealthy: to-dr-site is likely to fail.",
    ]
    assert await rule_details.goes(harbor, [dead, off]) == [
        "to-dr-site: 4 runs with their logs go, nothing is copied daily 06:00 any more.",
        "old-policy: 0 runs with their logs go, it was off.",
        "What has been copied stays on both sides.",
    ]
    run = next(action for action in RULES.actions if action.name == "run")
    assert run.unless(off) == "it is off: b turns it on"
