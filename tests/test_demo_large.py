"""The large project: ten thousand repositories of five hundred artifacts, none of them stored."""

import time

import pytest

from harbortui.demo import DemoHarbor
from harbortui.demo.large import ARTIFACTS, REPOSITORIES, digest_of, number_of

from .replay import answered, connect, repository

HUGE = "/api/v2.0/projects/huge"
NAME = "huge/team-42/gateway-00042"


@pytest.fixture
def demo():
    return DemoHarbor("large")


async def test_first_pages_come_at_once(demo):
    admin = await connect(demo, "admin", "session")
    began = time.perf_counter()
    rows = await admin.get(f"{HUGE}/repositories?page_size=100")
    assert rows.headers["X-Total-Count"] == str(REPOSITORIES)
    artifacts = await admin.get(f"{HUGE}/artifacts?page_size=100&page=49999")
    assert artifacts.headers["X-Total-Count"] == str(REPOSITORIES * ARTIFACTS)
    assert len(artifacts.json()) == 100
    assert time.perf_counter() - began < 1
    assert len(demo.artifacts) < 2000


async def test_repositories_are_searched_and_sorted(demo):
    admin = await connect(demo, "admin", "session")
    q = {"q": "name=~team-42/", "sort": "-name", "page_size": "2"}
    found = await admin.get(f"{HUGE}/repositories", params=q)
    assert found.headers["X-Total-Count"] == "100"
    assert [row["name"][-5:] for row in found.json()] == ["09942", "09842"]
    everywhere = await admin.get("/api/v2.0/repositories", params={"q": "name=~team-42/"})
    assert everywhere.headers["X-Total-Count"] == "100"


def test_a_digest_tells_where_its_artifact_is():
    last = REPOSITORIES * ARTIFACTS - 1
    assert [number_of(digest_of(number)) for number in (0, 7, last)] == [0, 7, last]
    assert number_of(digest_of(last + 1)) is None
    assert number_of("sha256:" + "zz" * 32) is None


async def test_an_artifact_is_found_by_its_digest_among_five_million(demo):
    admin = await connect(demo, "admin", "session")
    row = answered(await admin.get(f"{repository(NAME)}/artifacts/v123"))
    q = {"q": f"digest={row['digest']}"}
    [found] = answered(await admin.get(f"{HUGE}/artifacts", params=q))
    assert found["repository_name"] == NAME
    assert found["tags"] == row["tags"]
    assert answered(await admin.get(f"{HUGE}/artifacts", params={"q": "digest=sha256:0"})) == []


async def test_presets_filter_five_million_artifacts(demo):
    admin = await connect(demo, "admin", "session")
    untagged = await admin.get(f"{HUGE}/artifacts", params={"q": "tags=nil"})
    assert untagged.headers["X-Total-Count"] == str(REPOSITORIES * ARTIFACTS // 10)
    assert {row["tags"] is None for row in untagged.json()} == {True}
    oldest = await admin.get(f"{HUGE}/artifacts", params={"sort": "push_time"})
    assert [tag["name"] for tag in oldest.json()[-1]["tags"] or []] in ([], ["v1"])


async def test_what_is_changed_is_stored_and_the_rest_is_not(demo):
    admin = await connect(demo, "admin", "session")
    path = f"{repository(NAME)}/artifacts"
    assert (await admin.delete(f"{path}/v123")).status_code == 200
    assert (await admin.get(f"{path}/v123")).status_code == 404
    assert demo.repository(NAME)["artifact_count"] == ARTIFACTS - 1
    everything = await admin.get(f"{HUGE}/artifacts")
    assert everything.headers["X-Total-Count"] == str(REPOSITORIES * ARTIFACTS - 1)
    assert (await admin.get(path)).headers["X-Total-Count"] == str(ARTIFACTS - 1)
    places = await admin.get(f"{HUGE}/repositories", params={"page_size": 100})
    assert places.json()[42]["artifact_count"] == ARTIFACTS - 1


async def test_a_repository_can_be_deleted_and_stays_so(demo):
    admin = await connect(demo, "admin", "session")
    assert (await admin.delete(repository(NAME))).status_code == 200
    assert (await admin.get(repository(NAME))).status_code == 404
    rows = await admin.get(f"{HUGE}/repositories?page_size=1")
    assert rows.headers["X-Total-Count"] == str(REPOSITORIES - 1)
    assert answered(await admin.get(f"{HUGE}"))["repo_count"] == REPOSITORIES - 1
