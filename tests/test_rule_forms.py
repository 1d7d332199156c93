"""Replication rules: made, changed, turned, run, deleted."""

from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from harbortui.api import replication, rule_changes, rule_fields, rule_forms, rule_writes
from harbortui.api.errors import Conflict, Refused
from harbortui.api.replication import Rule
from harbortui.api.rule_forms import RuleForm
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

MADE = httpx.Response(201, headers={"Location": "/api/v2.0/replication/policies/10"})


def form(**values: Any) -> RuleForm:
    return RuleForm(**{"name": "new", "registry": 3, **values})


async def one(demo: DemoHarbor, name: str) -> Rule:
    return await replication.find(talk(demo), name)


def validated(filled: RuleForm, **values: Any) -> RuleForm:
    """The form as it comes back from the screen."""
    return RuleForm.model_validate(filled.model_dump() | values)


@pytest.mark.parametrize(
    ("number", "values"),
    [
        (14, {}),
        (16, {"trigger": "scheduled", "cron": "0 0 2 * * *"}),
        (19, {"trigger": "event_based", "deletion": True}),
        (22, {"speed": 1024}),
    ],
)
async def test_a_new_rule_is_sent_as_it_was_recorded(number: int, values: dict[str, Any]) -> None:
    wanted = exchanges("writes-replication")[number].body
    canned = Canned(
        {
            "POST /replication/policies": MADE,
            "GET /replication/policies/10": wanted | {"src_registry": {"id": 0}, "id": 10},
        }
    )
    filled = form(
        name=wanted["name"],
        description="three filters",
        registry=4,
        names="library/**",
        tags="v*",
        resource="image",
        dest_namespace="rec-one",
        **values,
    )
    assert await rule_writes.create(canned.harbor, None, filled) is None
    [sent] = canned.sent
    decorated = [
        {**row, "decoration": "matches"} if row["type"] == "tag" else row
        for row in wanted["filters"]
    ]
    assert sent == {**wanted, "filters": decorated}


def test_a_pull_has_its_source_elsewhere() -> None:
    sent = rule_writes.body(form(mode="pull", labels=["b", "a"], labels_way="excludes"))
    assert (sent["src_registry"], sent["dest_registry"]) == ({"id": 3}, None)
    assert sent["filters"] == [{"type": "label", "value": ["a", "b"], "decoration": "excludes"}]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": " "}, "name", "1 to 256"),
        ({"registry": 0}, "registry", "choose a registry"),
        ({"names": "library/{a"}, "names", "not a pattern"),
        ({"tags": "["}, "tags", "not a pattern"),
        ({"dest_namespace": "Not/Good"}, "dest_namespace", "lower-case"),
        ({"dest_namespace": "a//b"}, "dest_namespace", "lower-case"),
        ({"mode": "pull", "trigger": "event_based"}, "trigger", "only what is pushed here"),
        ({"trigger": "scheduled"}, "cron", "a schedule such as"),
        ({"trigger": "scheduled", "cron": "0 2 * * *"}, "cron", "six fields"),
        ({"trigger": "scheduled", "cron": "* * * * * *"}, "cron", "must be 0"),
        ({"speed": "fast"}, "speed", "a bandwidth"),
    ],
)
def test_what_harbor_would_refuse_is_refused_at_its_field(
    values: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words) as raised:
        form(**values)
    assert [problem["loc"] for problem in raised.value.errors()] == [(field,)]


def test_a_schedule_that_is_not_asked_for_is_not_judged() -> None:
    assert form(trigger="manual", cron="nonsense").cron == ""


async def test_every_rule_of_the_demo_comes_back_from_its_form_unchanged(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    for row in list(demo.policies.values()):
        rule = await one(demo, row["name"])
        before = await rule_writes.fill(harbor, rule)
        after = validated(before)
        said = await rule_writes.update(harbor, rule, before, after)
        assert said == f"Nothing of {rule.name} was changed"
    assert not demo.writes


async def test_a_change_sends_the_whole_rule_with_no_secret_in_it(demo: DemoHarbor) -> None:
    harbor, rule = talk(demo), await one(demo, "to-dr-site")
    before = await rule_writes.fill(harbor, rule)
    after = validated(before, tags="v*", tags_way="excludes", trigger="manual", speed="10 Mbit/s")
    assert await rule_writes.update(harbor, rule, before, after) is None
    [write] = demo.writes
    assert (write.method, write.path) == ("PUT", f"/replication/policies/{rule.id}")
    sent = write.body or {}
    assert sent["src_registry"] is None
    assert sent["dest_registry"] == {"id": rule.dest_registry.id}
    assert "*****" not in str(sent)
    assert sent["filters"] == [
        {"type": "name", "value": "payments/**"},
        {"type": "tag", "value": "v*", "decoration": "excludes"},
    ]
    assert sent["trigger"] == {"type": "manual"}
    assert sent["speed"] == 10240
    assert sent["enabled"] is True
    assert sent["dest_namespace"] == "backup"
    kept = demo.policies[rule.id]
    assert kept["override"] is True
    assert not demo.schedules.where(vendor_type="REPLICATION", vendor_id=rule.id)


def test_what_we_do_not_know_stays() -> None:
    now = {
        "id": 1,
        "name": "r",
        "later": {"a": 1},
        "dest_registry": {"id": 4, "credential": {"access_secret": "*****"}},
        "src_registry": {"id": 0},
        "filters": [
            {"type": "name", "value": "a/**"},
            {"type": "colour", "value": "red"},
            {"type": "name", "value": "b/**"},
        ],
        "trigger": {"type": "manual", "later": 2},
    }
    rule = Rule.model_validate(now)
    before = rule_forms.form(rule)
    after = before.model_copy(update={"names": "", "description": "new"})
    sent = rule_writes.patched(now, before, after)
    assert sent["later"] == {"a": 1}
    assert sent["trigger"] == {"type": "manual", "later": 2}
    assert sent["filters"] == now["filters"][1:]  # type: ignore[index]  # a list
    assert (sent["description"], sent["dest_registry"]) == ("new", {"id": 4})


def test_pushing_ends_what_does_not_go_with_it() -> None:
    now = {"name": "r", "single_active_replication": True, "dest_registry": {"id": 4}}
    before = rule_forms.form(Rule.model_validate(now))
    after = validated(before, registry=4, trigger="event_based", deletion=True)
    sent = rule_writes.patched(now, before, after)
    assert sent["single_active_replication"] is False
    assert (sent["deletion"], sent["replicate_deletion"]) == (True, True)


def test_a_hidden_setting_is_not_lost() -> None:
    now = {"name": "r", "deletion": True, "dest_registry": {"id": 4}}
    before = rule_forms.form(Rule.model_validate(now))
    after = RuleForm(name="other", registry=4, override=False, enabled=False)
    sent = rule_writes.patched(now, before, after)
    assert (sent["name"], sent["deletion"]) == ("other", True)


async def test_someone_elses_change_is_not_overwritten(demo: DemoHarbor) -> None:
    harbor, rule = talk(demo), await one(demo, "to-dr-site")
    before = await rule_writes.fill(harbor, rule)
    demo.policies[rule.id]["dest_namespace"] = "theirs"
    after = validated(before, dest_namespace="mine")
    with pytest.raises(Conflict, match="was backup and is now theirs"):
        await rule_writes.update(harbor, rule, before, after)
    other = validated(before, description="mine")
    assert await rule_writes.update(harbor, rule, before, other) is None
    assert demo.policies[rule.id]["dest_namespace"] == "theirs"
    demo.policies[rule.id]["name"] = "renamed"
    for change in (
        rule_writes.update(harbor, rule, before, after),
        rule_changes.flip(harbor, rule),
        rule_changes.run(harbor, rule),
        rule_changes.delete(harbor, rule),
    ):
        with pytest.raises(Conflict, match="is now called renamed"):
            await change


async def test_what_the_registries_cannot_do_is_refused(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    hub = next(row["id"] for row in demo.registries.values() if row["name"] == "dockerhub")
    with pytest.raises(Refused, match="knows no labels"):
        await rule_writes.create(harbor, None, form(mode="pull", registry=hub, labels={"beta"}))
    with pytest.raises(Refused, match="does not copy by chunk"):
        await rule_writes.create(harbor, None, form(registry=hub, copy_by_chunk=True))
    with pytest.raises(Refused, match="that registry is gone"):
        await rule_writes.create(harbor, None, form(registry=99, copy_by_chunk=True))
    assert not demo.writes
    demo.refuse("/registries/*/info", 500)
    assert await rule_writes.create(harbor, None, form(registry=hub, copy_by_chunk=True)) is None


async def test_filters_are_those_that_the_source_knows(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    push = {"mode": "push", "registry": 1}
    names = [choice.value for choice in await rule_fields.labels(harbor, push)]
    assert names == [row["name"] for row in demo.labels.where(scope="g")]
    kinds = [choice.value for choice in await rule_fields.resources(harbor, push)]
    assert kinds == ["", "image", "artifact"]
    pull = {"mode": "pull", "registry": 1}
    assert await rule_fields.labels(harbor, pull) == []
    assert [choice.value for choice in await rule_fields.resources(harbor, pull)] == [""]


async def test_an_older_harbor_drops_one_at_a_time_and_we_say_so(demo: DemoHarbor) -> None:
    demo.version = "2.12.4"
    said = await rule_writes.create(talk(demo), None, form(single_active=True))
    assert said == "Saved, but this Harbor does not know “One at a time”: it needs 2.14"
