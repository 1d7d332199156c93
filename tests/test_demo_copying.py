"""The demo's replication: what is taken, where it goes, what a quota does not allow."""

import pytest

from harbortui.demo import pushing
from harbortui.demo.answers import Refusal

from .replay import connect
from .test_demo_replication import call, rule_body, run


async def test_what_a_rule_pulls_arrives_here(demo):
    admin = await connect(demo, "admin", "session")
    rule = demo.policies.first(name="pull-hub-alpine")
    rule["filters"] = [{"type": "name", "value": "library/alpine"}]
    await run(demo, admin, "pull-hub-alpine")
    demo.clock.advance(10)
    await call(admin, "GET", "/ping")
    assert {"latest", "3.22"} <= {
        tag["name"]
        for row in demo.artifacts.where(repository_name="hub-cache/alpine")
        for tag in row["tags"]
    }
    assert demo.audit.stored[-1].username == "harbor-jobservice"


async def test_a_push_runs_the_rules_that_wait_for_it(demo):
    admin = await connect(demo, "admin", "session")
    before = len(demo.executions)
    pushing.image(demo, "alice", "ci-images/go", "v99")
    demo.clock.advance(10)
    rows = (await call(admin, "GET", "/replication/executions?trigger=event_based")).json()
    assert rows[0]["id"] > before
    assert (rows[0]["status"], rows[0]["total"]) == ("Succeed", 1)
    assert demo.policies[rows[0]["policy_id"]]["name"] == "ci-to-mirror-a"


def test_a_push_that_the_quota_does_not_allow_is_refused(demo):
    with pytest.raises(Refusal) as refused:
        pushing.image(demo, "alice", "tiny-quota/small", "v1", 2**30)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    ("count", "there"),
    [
        (0, "x/data-lake/spark/history-server"),
        (1, "x/spark/history-server"),
        (-1, "x/history-server"),
    ],
)
async def test_the_namespace_replaces_as_many_parts_as_the_rule_says(demo, count, there):
    admin = await connect(demo, "admin", "session")
    body = rule_body(
        demo,
        dest_namespace_replace_count=count,
        filters=[{"type": "name", "value": "data-lake/spark/*"}],
    )
    await call(admin, "POST", "/replication/policies", body)
    path = await run(demo, admin, "new-rule")
    demo.clock.advance(5)
    tasks = (await call(admin, "GET", f"{path}/tasks")).json()
    assert [task["dst_resource"].partition(" ")[0] for task in tasks] == [there]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            [{"type": "name", "value": "payments/api"}, {"type": "tag", "value": "v4?"}],
            {"v40", "v41"},
        ),
        (
            [
                {"type": "name", "value": "payments/api"},
                {"type": "tag", "value": "{v*,latest,stable,2*}", "decoration": "excludes"},
            ],
            {"1.0.0"},
        ),
    ],
)
async def test_tags_are_taken_or_left_as_the_filters_say(demo, filters, expected):
    admin = await connect(demo, "admin", "session")
    await call(admin, "POST", "/replication/policies", rule_body(demo, filters=filters))
    await run(demo, admin, "new-rule")
    demo.clock.advance(5)
    await call(admin, "GET", "/ping")
    [task] = demo.tasks.where(execution_id=demo.executions.last)
    assert {name for name in task["references"] if not name.startswith("sha256:")} == expected


async def test_only_artifacts_with_the_label_are_taken(demo):
    admin = await connect(demo, "admin", "session")
    label = demo.labels.first(name="golden")
    demo.artifact("library/hello:latest")["labels"].append(label["id"])
    filters = [{"type": "label", "value": ["golden"]}, {"type": "name", "value": "library/**"}]
    await call(admin, "POST", "/replication/policies", rule_body(demo, filters=filters))
    await run(demo, admin, "new-rule")
    demo.clock.advance(5)
    await call(admin, "GET", "/ping")
    assert [
        task["src_resource"].partition(" ")[0]
        for task in demo.tasks.where(execution_id=demo.executions.last)
    ] == ["library/hello"]
