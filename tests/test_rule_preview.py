"""What a replication rule would take, told before it runs."""

from typing import Any

import pytest

from harbortui.api import rule_preview
from harbortui.api.errors import Invalid
from harbortui.api.rule_forms import RuleForm
from harbortui.demo import DemoHarbor
from harbortui.resources.replication import RULES

from .talking import talk
from .test_rule_forms import form, one


async def said(demo: DemoHarbor, **values: Any) -> str:
    return await rule_preview.preview(talk(demo), form(**values))


async def refused(demo: DemoHarbor, **values: Any) -> str:
    with pytest.raises(Invalid) as told:
        await said(demo, **values)
    return str(told.value)


async def test_repositories_are_counted_by_name(demo: DemoHarbor) -> None:
    wanted = [row for row in demo.repositories.values() if row["name"].startswith("payments/")]
    listed = [row for row in demo.artifacts.values() if row["listed"]]
    names = {row["name"] for row in wanted}
    artifacts = [row for row in listed if row["repository_name"] in names]
    words = await said(demo, names="payments/**", dest_namespace="backup")
    count = f"{len(artifacts):,} artifacts in {len(wanted)} repositories"
    assert words.startswith(f"Matches {count}: payments/api, ")
    assert words.endswith("payments/api becomes backup/api.")
    assert not [line for line in demo.requests if "/artifacts" in line]
    assert any("/projects/payments/repositories?" in line for line in demo.requests)


async def test_tags_are_looked_at_one_by_one(demo: DemoHarbor) -> None:
    repository = "web-frontend/app"
    every = [row for row in demo.artifacts.values() if row["repository_name"] == repository]
    tagged = [row for row in every if any(tag["name"] == "latest" for tag in row["tags"])]
    words = await said(demo, names=repository, tags="latest")
    assert words == f"Matches {len(tagged)} artifact in 1 repository: {repository}."
    others = await said(demo, names=repository, tags="latest", tags_way="excludes")
    names = [[tag["name"] for tag in row["tags"]] for row in every if row["listed"]]
    rest = [some for some in names if some != ["latest"]]
    assert f"Matches {len(rest)} artifacts" in others


async def test_labels_must_all_be_there(demo: DemoHarbor) -> None:
    label = demo.labels.first(name="production")
    assert label
    with_it = [row for row in demo.artifacts.values() if label["id"] in row["labels"]]
    project = with_it[0]["repository_name"].partition("/")[0]
    inside = [row for row in with_it if row["repository_name"].startswith(f"{project}/")]
    words = await said(demo, names=f"{project}/**", labels={"production"})
    assert words.startswith(f"Matches {len(inside)} artifact")
    none = await refused(demo, names=f"{project}/**", labels={"production", "x"})
    assert none == "Nothing matches now."


async def test_only_some_repositories_are_looked_into_and_that_is_said(demo: DemoHarbor) -> None:
    words = await refused(demo, tags="no-such-tag")
    more = len(demo.repositories) - rule_preview.LOOKED_INTO
    assert words == f"Nothing matches now; {more} more repositories were not looked into."


@pytest.mark.parametrize("names", ["nowhere/**", "größe/[x]", "library/nothing"])
async def test_nothing_matches_in_a_project_that_is_not_there(demo: DemoHarbor, names: str) -> None:
    assert await refused(demo, names=names) == "Nothing matches now."


async def test_too_few_levels_are_told_before_the_run_fails(demo: DemoHarbor) -> None:
    words = await refused(demo, names="payments/**", dest_namespace="b", flattening=3)
    assert words.startswith("The run will fail: payments/api has fewer levels")


@pytest.mark.parametrize(
    ("flattening", "name", "becomes"),
    [
        (-1, "a/b/c/image", "n/image"),
        (0, "a/b/c/image", "n/a/b/c/image"),
        (1, "a/b/c/image", "n/b/c/image"),
        (2, "a/b/c/image", "n/c/image"),
        (3, "a/b/c/image", "n/image"),
        (3, "a/b/image", ""),
        (1, "a/image", "n/image"),
    ],
)
def test_names_become_what_harbor_makes_of_them(flattening: int, name: str, becomes: str) -> None:
    assert rule_preview.target(form(dest_namespace="n", flattening=flattening), name) == becomes
    assert rule_preview.target(form(flattening=flattening), name) == name


async def test_of_a_pull_only_its_source_is_tried(demo: DemoHarbor) -> None:
    hub = demo.registries.first(name="dockerhub")
    dead = demo.registries.first(name="dr-site")
    assert hub
    assert dead
    words = await said(demo, mode="pull", registry=hub["id"])
    assert words.startswith("dockerhub answers. What matches there")
    with pytest.raises(Invalid, match="the registry is unhealthy"):
        await said(demo, mode="pull", registry=dead["id"])


async def test_a_rule_that_is_changed_is_tried_as_it_would_be(demo: DemoHarbor) -> None:
    rule = await one(demo, "slow-chunks")
    test = RULES.edit.test if RULES.edit else None
    assert test
    changed = RuleForm(name="x", registry=1, names="observability/loki")
    assert "in 1 repository: observability/loki." in await test(talk(demo), rule, changed)
    assert not demo.writes
