import pytest
from pydantic import ValidationError

from harbortui.api import artifact_copies as copies
from harbortui.api import artifacts
from harbortui.api.artifact import Artifact
from harbortui.api.artifact_copies import Copy
from harbortui.api.errors import Conflict, Forbidden, HarborError, NotFound, Refused
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

RECORDED = [
    one
    for one in exchanges("writes-artifacts")
    if "/artifacts?from=" in one.path and one.status == 201
]


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


async def copied(harbor, text, project, repository, move=False):
    artifact = await artifacts.find(harbor, text)
    before = await copies.fill(harbor, artifact)
    wanted = Copy(project=project, repository=repository, move=move)
    return await copies.copy(harbor, artifact, before, wanted)


@pytest.mark.parametrize("one", RECORDED, ids=lambda one: one.name)
async def test_a_copy_is_asked_for_as_recorded(one):
    digest = one.path.partition("%40")[2]
    project, repository = one.path.split("/")[2], one.path.split("/")[4].replace("%252F", "/")
    artifact = Artifact(repository_name="library/hello", digest=digest)
    canned = Canned({f"GET {artifacts.path_of(artifact)}": artifact.model_dump(mode="json")})
    wanted = Copy(project=project, repository=repository)
    await copies.copy(canned.harbor, artifact, wanted, wanted)
    assert canned.asked[-1].replace("%3A", ":") == f"POST {one.path}"
    assert not canned.sent


@pytest.mark.parametrize("name", ["api", "deep/er/still", "dots.and_under--score"])
async def test_an_artifact_is_copied_with_its_tags_and_signature(name):
    demo, harbor = on_demo()
    said = await copied(harbor, "payments/api:v41", "sandbox", name)
    assert said == f"copied to sandbox/{name} with latest, v41, stable"
    copy = demo.artifact(f"sandbox/{name}:v41")
    assert copy["digest"] == demo.artifact("payments/api:v41")["digest"]
    assert [one["type"] for one in copy["accessories"]] == ["signature.cosign"]


async def test_an_index_is_copied_with_its_images_and_the_untagged_is_said_to_be():
    demo, harbor = on_demo()
    await copied(harbor, "payments/api:v38", "sandbox", "api")
    assert len(demo.artifact("sandbox/api:v38")["references"]) == 3
    assert "untagged" in await copied(harbor, "payments/api@8dfdef50f4f1", "sandbox", "api")


async def test_tags_on_another_artifact_there_move_only_when_that_is_wanted():
    demo, harbor = on_demo()
    await copied(harbor, "library/hello:latest", "sandbox", "api")
    held = demo.artifact("sandbox/api:latest")["digest"]
    with pytest.raises(Conflict, match="latest in sandbox/api is on another artifact"):
        await copied(harbor, "payments/api:v41", "sandbox", "api")
    assert demo.artifact("sandbox/api:latest")["digest"] == held
    await copied(harbor, "payments/api:v41", "sandbox", "api", move=True)
    assert demo.artifact("sandbox/api:latest")["digest"] != held


async def test_the_same_artifact_may_be_copied_again():
    _, harbor = on_demo()
    for _ in range(2):
        await copied(harbor, "payments/api:v41", "sandbox", "api")


async def test_a_copy_onto_itself_is_refused_before_anything_is_sent():
    demo, harbor = on_demo()
    with pytest.raises(Refused, match="is in payments/api already"):
        await copied(harbor, "payments/api:v41", "payments", "api")
    assert not demo.writes


async def test_a_proxy_cache_cannot_be_chosen_and_harbor_would_refuse_it():
    demo, harbor = on_demo()
    choices = {one.value: one.unless for one in await copies.targets(harbor, {})}
    assert set(choices) == {row["name"] for row in demo.projects.values()}
    assert {name for name, unless in choices.items() if unless} == {
        row["name"] for row in demo.projects.values() if row.get("registry_id")
    }
    with pytest.raises(HarborError, match="proxy"):
        await copied(harbor, "payments/api:v41", "hub-cache", "api")


async def test_a_full_quota_is_harbors_reason_to_refuse():
    _, harbor = on_demo()
    with pytest.raises(Forbidden):
        await copied(harbor, "payments/api:v41", "tiny-quota", "api")


async def test_a_source_that_went_meanwhile_is_not_copied():
    demo, harbor = on_demo()
    artifact = await artifacts.find(harbor, "payments/api:v41")
    del demo.artifacts[artifact.id]
    wanted = Copy(project="sandbox", repository="api")
    with pytest.raises(NotFound):
        await copies.copy(harbor, artifact, wanted, wanted)
    assert not demo.writes


async def test_the_form_begins_with_the_name_that_it_has():
    form = await copies.fill(Canned({}).harbor, Artifact(repository_name="a/b/c"))
    assert (form.repository, form.project, form.move) == ("b/c", "", False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"repository": ""},
        {"repository": "UPPER"},
        {"repository": "a//b"},
        {"repository": "/a"},
        {"repository": "a/"},
        {"repository": "a b"},
        {"repository": "été"},
        {"repository": "a+b"},
        {"repository": "a..b"},
        {"repository": "[a]"},
        {"repository": "../a"},
        {"repository": "a\n"},
        {"repository": "a" * 256},
        {"project": ""},
    ],
)
def test_names_that_no_registry_takes_are_refused_before(wrong):
    with pytest.raises(ValidationError):
        Copy.model_validate({"project": "sandbox", "repository": "api", **wrong})
