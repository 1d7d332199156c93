import pytest
from pydantic import ValidationError

from harbortui.api import artifacts, tags
from harbortui.api.artifact import Artifact, Tag
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.model import Query, contains
from harbortui.api.tags import NewTag
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources.tags import TAGS, goes
from harbortui.widgets.ink import parts, plain

from .recorded import exchanges
from .talking import Canned, talk

LISTS = [
    one
    for file in ("artifacts", "writes-artifacts", "2.12/artifacts", "2.12/writes-artifacts")
    for one in exchanges(file)
    if one.method == "GET" and one.path.endswith("/tags") and one.status == 200
]
WRITES = [one for one in exchanges("writes-artifacts") if "/tags" in one.path]
DIGEST = "sha256:" + "ab" * 32
PARENT = Artifact(repository_name="a/b/c", digest=DIGEST, project_id=3, type="CHART")


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


async def on_pictured(harbor, tag="v41"):
    artifact = await artifacts.find(harbor, f"payments/api:{tag}")
    return artifact, (await tags.page(harbor, artifact, Query(sort=TAGS.order))).items


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
async def test_every_recorded_list_is_read_and_shown(one):
    canned = Canned({f"GET {artifacts.path_of(PARENT)}/tags": one.value})
    page = await tags.page(canned.harbor, PARENT, Query())
    assert page.unreadable == 0
    for tag, row in zip(page.items, one.value, strict=True):
        assert (tag.id, tag.name, tag.digest) == (row["id"], row["name"], DIGEST)
        words = [plain(parts(column.cell(tag), Clock())) for column in TAGS.columns]
        never = row["pull_time"].startswith("0001")
        assert words[0] == row["name"]
        assert (words[2] == "never") == never


async def test_tags_are_asked_for_with_what_the_rules_say():
    path = f"{artifacts.path_of(PARENT)}/tags"
    canned = Canned({f"GET {path}": []})
    await tags.page(canned.harbor, PARENT, Query(q=contains("name", "v1")))
    asked = "page=1&page_size=100&q=name%253D~v1&with_immutable_status=true"
    assert canned.asked == [f"GET {path}?{asked}"]


async def test_a_tag_knows_what_it_is_of():
    _, harbor = on_demo()
    artifact, found = await on_pictured(harbor)
    assert {tag.name for tag in found} == {"latest", "v41", "stable"}
    for tag in found:
        assert (tag.repository_name, tag.digest) == ("payments/api", artifact.digest)
        assert TAGS.project_of(tag) == artifact.project_id
        assert (await tags.find(harbor, TAGS.label(tag))).id == tag.id


@pytest.mark.parametrize("one", [WRITES[0]], ids=lambda one: one.name)
async def test_a_tag_is_added_as_recorded(one):
    canned = Canned({})
    digest = one.path.split("/")[-2]
    artifact = Artifact(repository_name="library/hello", digest=digest)
    await tags.add(canned.harbor, artifact, NewTag(**one.body))
    assert canned.asked[0].replace("%3A", ":") == f"POST {one.path}"
    assert canned.sent == [one.body]


async def test_a_tag_is_deleted_as_recorded():
    one = next(one for one in WRITES if one.method == "DELETE" and one.status == 200)
    canned = Canned({})
    digest, name = one.path.split("/")[-3], one.path.split("/")[-1]
    tag = Tag(name=name, repository_name="library/hello", digest=digest)
    assert await tags.delete(canned.harbor, tag) is None
    assert canned.asked[0].replace("%3A", ":") == f"DELETE {one.path}"


@pytest.mark.parametrize("name", ["v1", "1.0.0_build-5", "_x", "A" * 128])
async def test_a_tag_is_added_and_taken_off_again(name):
    demo, harbor = on_demo()
    artifact = await artifacts.find(harbor, "payments/api:v41")
    assert name in await tags.add(harbor, artifact, NewTag(name=name))
    assert demo.artifact(f"payments/api:{name}")["id"] == artifact.id
    tag = await tags.find(harbor, f"payments/api:{name}")
    assert await tags.delete(harbor, tag) is None
    assert demo.artifact("payments/api:v41")["id"] == artifact.id
    assert await tags.delete(harbor, tag) == f"payments/api:{name} was gone already"
    with pytest.raises(NotFound):
        await tags.find(harbor, f"payments/api:{name}")


@pytest.mark.parametrize(
    "name", ["", "bad tag!", ".x", "-x", "a/b", "a+b", "été", "A" * 129, "v\n"]
)
def test_names_that_harbor_refuses_are_refused_before(name):
    with pytest.raises(ValidationError, match=r"128 letters"):
        NewTag(name=name)


async def test_a_tag_that_is_taken_says_by_what():
    demo, harbor = on_demo()
    artifact = await artifacts.find(harbor, "payments/api:v41")
    holder = demo.artifact("payments/api:v40")["digest"][:19]
    with pytest.raises(Conflict, match=f"v40 is on {holder}"):
        await tags.add(harbor, artifact, NewTag(name="v40"))
    with pytest.raises(Conflict, match="called v41 already"):
        await tags.add(harbor, artifact, NewTag(name="v41"))


async def test_a_proxy_cache_says_where_its_tags_come_from():
    demo, harbor = on_demo()
    row = next(r for r in demo.artifacts.values() if r["repository_name"].startswith("hub-cache/"))
    artifact = await artifacts.get(harbor, row["repository_name"], row["digest"])
    with pytest.raises(Conflict, match="hub-cache is a proxy cache"):
        await tags.add(harbor, artifact, NewTag(name="mine"))


async def test_a_tag_that_moved_is_not_taken_off_its_new_artifact():
    demo, harbor = on_demo()
    _, found = await on_pictured(harbor, "v40")
    old, new = demo.artifact("payments/api:v40"), demo.artifact("payments/api:v41")
    new["tags"].append(old["tags"].pop())
    assert "gone already" in (await tags.delete(harbor, found[0]) or "")
    assert "v40" in [tag["name"] for tag in new["tags"]]


async def test_immutable_ones_are_grey_and_stay():
    _, harbor = on_demo()
    free = Tag(name="v1")
    fixed = free.model_copy(update={"immutable": True})
    assert TAGS.columns[0].cell(fixed).tone == "muted"
    assert TAGS.columns[0].cell(free).tone == ""
    assert "immutable" in TAGS.stays(fixed)
    assert TAGS.stays(free) == ""
    assert "immutable" not in TAGS.says(free)
    tag = await tags.find(harbor, "base-images/debian:latest")
    assert isinstance(tag.immutable, bool)


async def test_the_question_says_what_the_artifact_is_left_with():
    demo, harbor = on_demo()
    artifact, found = await on_pictured(harbor)
    latest = [tag for tag in found if tag.name == "latest"]
    assert await goes(harbor, latest) == (f"{artifact.whole} stays, as v41, stable.",)
    assert "without any tag" in (await goes(harbor, found))[0]
    del demo.artifacts[artifact.id]
    assert "gone already" in (await goes(harbor, found))[0]


async def test_its_json_is_its_own_row_and_gone_when_it_is():
    demo, harbor = on_demo()
    _, found = await on_pictured(harbor)
    row = await tags.raw(harbor, found[0])
    assert (row["id"], row["name"]) == (found[0].id, found[0].name)
    demo.artifact("payments/api:v41")["tags"].clear()
    with pytest.raises(NotFound):
        await tags.raw(harbor, found[0])


def test_pull_commands_and_events_are_those_of_the_tag():
    image = Tag(name="v1", repository_name="a/b", type="IMAGE")
    assert ("docker pull v1", "docker pull h/a/b:v1") in TAGS.copies("h", image)
    assert TAGS.events(image) == "res:a/b:v1"
