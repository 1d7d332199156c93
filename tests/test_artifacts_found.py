"""An artifact found as people write it: by tag, by digest, by its beginning."""

import pytest

from harbortui.api import artifacts
from harbortui.api.errors import NotFound
from harbortui.resources.artifacts import ARTIFACTS

from .talking import Canned
from .test_artifacts import listed, on_demo


@pytest.mark.parametrize("text", ["payments/api:v41", "payments/api@dd9132df3e03"])
async def test_an_artifact_is_found_as_people_write_it(text):
    demo, harbor = on_demo()
    found = await artifacts.find(harbor, text)
    assert found.whole == f"payments/api@{demo.artifact('payments/api:v41')['digest']}"
    assert (await artifacts.find(harbor, found.whole)).id == found.id
    assert (await artifacts.find(harbor, found.short)).id == found.id
    assert ARTIFACTS.label(found) == "payments/api@dd9132df3e03"


async def test_an_image_of_an_index_is_found_by_the_beginning_of_its_digest():
    _, harbor = on_demo()
    index = next(row for row in await listed(harbor, "payments/api") if row.is_index)
    child = index.references[0].child_digest
    assert (await artifacts.find(harbor, f"payments/api@{child[7:19]}")).digest == child


@pytest.mark.parametrize("who", ["admin", "bob"])
@pytest.mark.parametrize("text", ["payments/api:nope", "payments/api@ffffffffffff", "nope/x:y"])
async def test_one_that_is_not_there_is_not_found(who, text):
    _, harbor = on_demo(who)
    with pytest.raises(NotFound, match=r"nope|ffffffffffff"):
        await artifacts.find(harbor, text)


@pytest.mark.parametrize("text", ["nginx", "payments/api", "nginx:v1", "a/b:", "a/b@", ""])
async def test_what_is_no_artifact_says_how_one_is_written(text):
    with pytest.raises(NotFound, match="project/repository:tag"):
        await artifacts.find(Canned({}).harbor, text)


async def test_a_beginning_that_several_digests_share_asks_for_more():
    rows = [{"id": n, "digest": f"sha256:abcdef{n}", "repository_name": "a/b"} for n in (1, 2)]
    canned = Canned({f"GET {artifacts.at('a/b')}": rows})
    with pytest.raises(NotFound, match="write more of it"):
        await artifacts.find(canned.harbor, "a/b@abcdef")
