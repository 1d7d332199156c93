import asyncio

import pytest

from harbortui.api import artifacts, digests, projects
from harbortui.api.digests import Digest, find_digest, wanted
from harbortui.api.errors import Forbidden, NotFound, Refused
from harbortui.api.many import AT_ONCE
from harbortui.api.model import Query
from harbortui.demo import DemoHarbor
from harbortui.resources.found import FOUND

from .talking import talk

DIGEST = "sha256:" + "ab" * 32


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


def digest_of(demo, name):
    return demo.artifact(name)["digest"]


@pytest.mark.parametrize(
    "text",
    [DIGEST, DIGEST.upper(), f" {DIGEST} ", DIGEST.removeprefix("sha256:"), f"a/b@{DIGEST}"],
)
def test_a_digest_is_taken_as_people_paste_it(text):
    assert wanted(text) == Digest(digest=DIGEST)


@pytest.mark.parametrize(
    "text", ["", "sha256:", "abcde", "payments/api:v41", DIGEST + "0", "xyz123"]
)
def test_what_is_no_digest_is_refused_with_what_one_is(text):
    with pytest.raises(Refused, match=r"(is no|wants a) digest: 6 to 64 of its digits"):
        wanted(text)


async def test_a_digest_is_found_in_every_project_that_holds_it():
    demo, harbor = on_demo()
    digest = digest_of(demo, "library/hello:latest")
    everywhere = {
        row["repository_name"] for row in demo.artifacts.values() if row["digest"] == digest
    }
    twin = demo.repository("sandbox/test1")
    row = {
        key: value for key, value in demo.artifact("library/hello:latest").items() if key != "id"
    }
    row |= {"project_id": twin["project_id"], "repository_id": twin["id"]}
    demo.artifacts.add(row | {"repository_name": "sandbox/test1"})
    found = await find_digest(harbor, digest)
    assert {one.repository_name for one in found} == everywhere | {"sandbox/test1"}
    assert {one.project for one in found} >= {"library", "sandbox"}


async def test_an_image_of_an_index_and_a_beginning_are_found_too():
    demo, harbor = on_demo()
    index = demo.artifact("payments/api:v38")
    child = index["references"][0]["child_digest"]
    assert [one.digest for one in await find_digest(harbor, child)] == [child]
    assert [one.digest for one in await find_digest(harbor, child[:17])] == [child]


async def test_every_project_is_asked_once_and_progress_is_told():
    demo, harbor = on_demo()
    told = []
    await find_digest(harbor, DIGEST, lambda asked, of: told.append((asked, of)))
    count = len(demo.projects)
    assert told == [(number, count) for number in range(count + 1)]
    asked = [one for one in demo.requests if "/artifacts?" in one]
    assert len(asked) == count
    assert all("base%253D%252A%252Cdigest%253Dsha256" in one for one in asked)


async def test_no_more_than_four_are_asked_at_a_time(monkeypatch):
    _, harbor = on_demo()
    now, most = 0, 0
    page = harbor.page

    async def counted(*args, **params):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        try:
            return await page(*args, **params)
        finally:
            now -= 1

    monkeypatch.setattr(harbor, "page", counted)
    await find_digest(harbor, DIGEST)
    assert most == AT_ONCE


async def test_a_project_that_is_closed_or_gone_is_passed_over():
    demo, harbor = on_demo()
    digest = digest_of(demo, "payments/api:v41")
    demo.refuse("/projects/library/artifacts", 403)
    demo.refuse("/projects/sandbox/artifacts", 404, "project sandbox not found")
    assert len(await find_digest(harbor, digest)) == 1


async def test_an_older_harbor_says_what_is_needed():
    demo, harbor = on_demo()
    demo.version = "2.8.6"
    with pytest.raises(NotFound, match=r"needs 2\.12 or later"):
        await find_digest(harbor, DIGEST)


async def test_an_ordinary_user_finds_only_what_he_may_see():
    demo, _ = on_demo()
    harbor = talk(demo, "bob")
    seen = {one.name for one in (await projects.page(harbor, None, Query())).items}
    hidden = next(
        row
        for row in demo.artifacts.values()
        if row["repository_name"].partition("/")[0] not in seen
    )
    assert await find_digest(harbor, hidden["digest"]) == []


async def test_it_is_a_list_of_digests_and_of_an_artifact():
    demo, harbor = on_demo()
    artifact = await artifacts.find(harbor, "payments/api:v41")
    for scope in (wanted(artifact.digest), artifact):
        page = await FOUND.page(harbor, scope, Query())
        assert [one.whole for one in page.items] == [artifact.whole]
        assert page.total == 1
    assert FOUND.project_of(Digest()) is None
    assert FOUND.project_of(artifact) == demo.project("payments")["project_id"]
    assert "v41" in FOUND.text(artifact)


async def test_other_errors_are_not_taken_for_an_older_harbor():
    demo, harbor = on_demo()
    demo.refuse("/projects", 403)
    with pytest.raises(Forbidden):
        await digests.page(harbor, Digest(digest=DIGEST), Query())
