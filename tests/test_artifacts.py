from datetime import UTC, datetime

import pytest

from harbortui.api import artifacts, repositories
from harbortui.api.artifact import Artifact
from harbortui.api.model import Query, both, contains
from harbortui.api.projects import Project
from harbortui.api.repositories import Repository
from harbortui.demo import DemoHarbor
from harbortui.demo.clock import NEVER
from harbortui.resources.artifacts import ARTIFACTS, FILTERS, PROJECT_ARTIFACTS, old

from .recorded import exchanges
from .talking import Canned, talk

RECORDED = [
    one
    for file in ("artifacts", "projects", "2.12/artifacts", "2.12/projects")
    for one in exchanges(file)
    if one.status == 200 and "addition_links" in str(one.value)
]
LISTS = [one for one in RECORDED if isinstance(one.value, list)]
SINGLE = [one for one in RECORDED if isinstance(one.value, dict)]
FLAGS = (
    "with_tag=true&with_label=true&with_scan_overview=true&with_accessory=true"
    "&with_immutable_status=true"
)
DIGEST = "sha256:" + "ab" * 32


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


async def listed(harbor, name, q="", sort=ARTIFACTS.order):
    repository = await repositories.find(harbor, name)
    return (await artifacts.page(harbor, repository, Query(size=100, q=q, sort=sort))).items


def plain_path(one):
    return one.path.partition("?")[0]


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
async def test_every_recorded_list_is_read(one):
    name = one.value[0]["repository_name"]
    canned = Canned({f"GET {artifacts.at(name)}": one.value})
    page = await artifacts.page(canned.harbor, Repository(name=name), Query())
    assert page.unreadable == 0
    for artifact, row in zip(page.items, one.value, strict=True):
        assert artifact.digest == row["digest"]
        assert artifact.names == tuple(tag["name"] for tag in row["tags"] or [])
        assert len(artifact.references) == len(row["references"] or [])
        assert artifact.is_chart == (row["type"] == "CHART")
        never = row["pull_time"].startswith("0001")
        assert (artifact.pulled is None) == never


@pytest.mark.parametrize("one", SINGLE, ids=lambda one: one.name)
async def test_every_recorded_artifact_is_read(one):
    row = one.value
    path = artifacts.at(row["repository_name"], row["digest"])
    artifact = await artifacts.get(
        Canned({f"GET {path}": row}).harbor, row["repository_name"], row["digest"]
    )
    scans = list(row.get("scan_overview", {}).values())
    assert (artifact.scan.scan_status if artifact.scan else None) == (
        scans[0]["scan_status"] if scans else None
    )
    signed = {one["type"] for one in row["accessories"] or [] if one["type"].startswith("sign")}
    assert {f"signature.{kind}" for kind in artifact.signatures} == signed
    assert artifact.scannable == ("vulnerabilities" in row["addition_links"])


def test_the_path_is_the_recorded_one_but_for_how_a_colon_is_written():
    one = next(one for one in SINGLE if "%252F" in one.path)
    path = artifacts.at(one.value["repository_name"], one.value["digest"])
    assert path.replace("%3A", ":") == plain_path(one)


async def test_a_list_is_asked_for_with_all_that_its_columns_show():
    canned = Canned({f"GET {artifacts.at('a/b/c+d')}": []})
    await artifacts.page(canned.harbor, Repository(name="a/b/c+d"), Query(size=25, sort="-id"))
    assert canned.asked == [
        f"GET /projects/a/repositories/b%252Fc%252Bd/artifacts?page=1&page_size=25&sort=-id&{FLAGS}"
    ]


async def test_a_project_is_asked_by_name():
    canned = Canned({"GET /projects/123/artifacts": []})
    await artifacts.of_project(canned.harbor, Project(project_id=4, name="123"), Query(size=25))
    assert canned.asked == [f"GET /projects/123/artifacts?page=1&page_size=25&{FLAGS}"]
    assert canned.headers[0]["x-is-resource-name"] == "true"


async def test_an_older_harbor_that_leaves_the_repositorys_name_out_is_completed():
    canned = Canned({f"GET {artifacts.at('a/b')}": [{"id": 1, "digest": DIGEST}]})
    shown = Repository(name="a/b", project_id=7)
    only = (await artifacts.page(canned.harbor, shown, Query())).items[0]
    assert (only.repository_name, only.project_id) == ("a/b", 7)


@pytest.mark.parametrize(
    ("text", "found"),
    [("v3", {"v39", "v38, 2.0.5", "v37", "v35", "v34"}), ("sha256:dd91", {"latest, v41, stable"})],
)
async def test_a_filter_looks_at_tags_or_when_it_is_one_at_the_digest(text, found):
    _, harbor = on_demo()
    rows = await listed(harbor, "payments/api", contains("tags", text))
    assert {", ".join(row.names) for row in rows} == found


async def test_untagged_ones_are_harbors_and_have_no_tag():
    demo, harbor = on_demo()
    rows = await listed(harbor, "payments/api", artifacts.UNTAGGED)
    number = demo.repository("payments/api")["id"]
    wanted = demo.artifacts.where(repository_id=number, tags=[], listed=True)
    assert {row.digest for row in rows} == {row["digest"] for row in wanted}
    assert rows


async def test_untagged_ones_with_a_tag_are_none_at_all():
    _, harbor = on_demo()
    q = both(artifacts.UNTAGGED, contains("tags", "v"))
    assert await listed(harbor, "payments/api", q) == []


async def test_old_ones_were_pushed_before():
    demo, harbor = on_demo()
    rows = await listed(harbor, "payments/statement-renderer", old(demo.clock()))
    assert rows
    assert all((demo.clock() - row.push_time).days >= 90 for row in rows)
    assert old(datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)) == "push_time=[~2026-08-22T09:41:02]"


@pytest.mark.parametrize("sort", ["-push_time,-id", "size,-push_time,-id", ""])
async def test_those_never_pulled_are_paged_sorted_and_counted_exactly(sort):
    demo, harbor = on_demo()
    project = Project(name="payments")
    wanted = {
        row["id"]: row["size"]
        for row in demo.artifacts.where(project_id=demo.project("payments")["project_id"])
        if row["pull_time"] == NEVER and row["listed"]
    }
    query = Query(size=10, q=artifacts.NEVER_PULLED, sort=sort)
    first = await artifacts.of_project(harbor, project, query)
    pages = [await artifacts.of_project(harbor, project, query.turn(n)) for n in (1, 2, 3)]
    found = [row for page in pages for row in page.items]
    assert first.total == len(wanted) == len(found)
    assert {row.id for row in found} == set(wanted)
    if sort.startswith("size"):
        assert [row.size for row in found] == sorted(wanted.values())


async def test_what_was_pulled_meanwhile_is_not_among_those_never_pulled():
    rows = [
        {"id": 1, "digest": DIGEST, "pull_time": NEVER},
        {"id": 2, "digest": DIGEST, "pull_time": "2026-11-20T09:00:00.000Z"},
    ]
    canned = Canned({"GET /projects/a/artifacts": rows})
    query = Query(q=both("media_type=x", artifacts.NEVER_PULLED))
    page = await artifacts.of_project(canned.harbor, Project(name="a"), query)
    assert [row.id for row in page.items] == [1]
    assert all("media_type" in asked and "nil" not in asked for asked in canned.asked)


def test_presets_are_those_an_administrator_clears_up_with():
    names = [preset.name for preset in FILTERS]
    assert names == ["untagged", "older than 90 days", "never pulled"]
    assert ARTIFACTS.filters == PROJECT_ARTIFACTS.filters == FILTERS


async def test_an_index_holds_its_images_with_their_platforms():
    demo, harbor = on_demo()
    index = next(row for row in await listed(harbor, "payments/api") if row.is_index)
    demo.requests.clear()
    page = await artifacts.children(harbor, index, Query(sort="-push_time,-id"))
    assert {row.platform for row in page.items} == {"linux/amd64", "linux/arm64", "linux/s390x"}
    assert {row.digest for row in page.items} == {one.child_digest for one in index.references}
    assert page.total == 3
    assert len(demo.requests) == 1


async def test_what_is_no_index_holds_nothing_and_harbor_is_not_asked():
    canned = Canned({})
    page = await artifacts.children(canned.harbor, Artifact(digest=DIGEST), Query())
    assert (page.items, page.total, canned.asked) == ([], 0, [])


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        ({"os": "linux", "architecture": "arm", "variant": "v7"}, "linux/arm/v7"),
        ({}, ""),
    ],
)
def test_a_platform_is_written_as_docker_does(platform, words):
    index = Artifact.model_validate({"references": [{"platform": platform}]})
    assert index.references[0].words == words


def test_an_attestation_is_no_platform():
    index = Artifact.model_validate(
        {
            "references": [
                {
                    "platform": {"os": "unknown", "architecture": "unknown"},
                    "annotations": {"vnd.docker.reference.type": "attestation-manifest"},
                }
            ]
        }
    )
    assert index.references[0].words == "attestation"


async def test_the_json_is_asked_for_with_its_sbom():
    canned = Canned({f"GET {artifacts.at('a/b', DIGEST)}": {"x": 1}})
    artifact = Artifact(repository_name="a/b", digest=DIGEST)
    assert await artifacts.raw(canned.harbor, artifact) == {"x": 1}
    assert canned.asked[0].endswith(f"?{FLAGS}&with_sbom_overview=true")
