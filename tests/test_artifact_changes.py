import httpx
import pytest

from harbortui.api import artifact_changes as changes
from harbortui.api import artifacts
from harbortui.api.artifact import Artifact
from harbortui.api.errors import Conflict, HarborError, NotFound, Unreachable
from harbortui.demo import DemoHarbor
from harbortui.widgets.plan import plan

from .recorded import exchanges
from .talking import Canned, talk

WRITES = [
    one
    for file in ("writes-artifacts", "2.12/writes-artifacts")
    for one in exchanges(file)
    if one.method != "GET" and one.path.startswith("/projects/library/repositories/hello/")
]
DIGEST = "sha256:" + "ab" * 32


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


def recorded(end, status):
    return [one for one in WRITES if one.path.endswith(end) and one.status == status]


def canned(one, **fields):
    digest = one.path.partition("/artifacts/")[2].partition("/")[0]
    artifact = Artifact(id=26, repository_name="library/hello", digest=digest, **fields)
    row = artifact.model_dump(mode="json")
    return Canned({f"GET {artifacts.path_of(artifact)}": row}), artifact


def same(asked, one):
    return asked.replace("%3A", ":") == f"{one.method} {one.path}"


async def test_an_artifact_is_deleted_by_its_digest_with_all_its_tags():
    demo, harbor = on_demo()
    shown = await artifacts.find(harbor, "payments/api:v41")
    assert await changes.delete(harbor, shown) is None
    assert demo.writes[-1].path.endswith(f"/artifacts/{shown.digest.replace(':', '%3A')}")
    for name in (shown.whole, "payments/api:latest", "payments/api:v41"):
        with pytest.raises(KeyError):
            demo.artifact(name)
    assert await changes.delete(harbor, shown) == f"{shown.short} was gone already"


async def test_an_artifact_that_was_tagged_meanwhile_is_not_deleted():
    demo, harbor = on_demo()
    shown = await artifacts.find(harbor, "payments/api:v41")
    row = demo.artifact("payments/api:v41")
    row["tags"].append(row["tags"][0] | {"name": "production"})
    with pytest.raises(Conflict, match="tagged production meanwhile"):
        await changes.delete(harbor, shown)
    assert not demo.writes


async def test_an_artifact_that_lost_a_tag_meanwhile_is_still_the_one():
    demo, harbor = on_demo()
    shown = await artifacts.find(harbor, "payments/api:v41")
    demo.artifact("payments/api:v41")["tags"].pop()
    assert await changes.delete(harbor, shown) is None


async def test_an_image_of_an_index_is_harbors_reason_to_refuse():
    _, harbor = on_demo()
    index = await artifacts.find(harbor, "payments/api:v38")
    child = await artifacts.get(harbor, "payments/api", index.references[0].child_digest)
    with pytest.raises(Conflict, match="referenced by others"):
        await changes.delete(harbor, child)


@pytest.mark.parametrize("one", recorded("/scan", 202)[:1], ids=lambda one: one.name)
async def test_a_scan_is_asked_for_as_recorded(one):
    harbor, artifact = canned(one)
    await changes.scan(harbor.harbor, artifact)
    assert same(harbor.asked[-1], one)
    assert harbor.sent == [one.body]


@pytest.mark.parametrize("one", recorded("/scan/stop", 202), ids=lambda one: one.name)
async def test_a_scan_is_stopped_as_recorded(one):
    running = {"scan_overview": {"report": {"scan_status": "Running"}}}
    harbor, artifact = canned(one, **running)
    assert await changes.stop_scan(harbor.harbor, artifact) is None
    assert same(harbor.asked[-1], one)
    assert harbor.sent == [one.body]


async def test_a_scan_that_has_ended_is_not_stopped():
    demo, harbor = on_demo()
    shown = await artifacts.find(harbor, "payments/api:v41")
    assert "had ended already" in (await changes.stop_scan(harbor, shown) or "")
    assert not demo.writes


async def test_a_scan_can_be_started_looked_for_and_stopped():
    demo, harbor = on_demo()
    shown = await artifacts.find(harbor, "payments/api:v37")
    assert not await changes.is_scanned_anew(harbor, shown)
    await changes.scan(harbor, shown)
    assert await changes.is_scanned_anew(harbor, shown)
    with pytest.raises(Conflict):
        await changes.scan(harbor, shown)
    assert not await changes.is_scan_ended(harbor, shown)
    assert await changes.stop_scan(harbor, shown) is None
    assert await changes.is_scan_ended(harbor, shown)
    assert demo.artifact("payments/api:v37")["scan"]["status"] == "Stopped"


async def test_a_second_scan_is_told_from_the_first():
    demo, harbor = on_demo()
    shown = await artifacts.find(harbor, "payments/api:v41")
    assert not await changes.is_scanned_anew(harbor, shown)
    demo.artifact("payments/api:v41")["scan"]["start"] = "2026-11-20T09:40:59.000Z"
    assert await changes.is_scanned_anew(harbor, shown)


async def test_the_log_of_a_scan_is_read_and_what_was_not_scanned_has_none():
    _, harbor = on_demo()
    failed = await artifacts.find(harbor, "payments/api@8dfdef50f4f1")
    assert "[ERROR]" in await changes.scan_log(harbor, failed)
    with pytest.raises(NotFound, match="has not been scanned"):
        await changes.scan_log(harbor, await artifacts.find(harbor, "payments/api:v37"))


async def test_the_name_of_a_scan_is_one_word_of_the_address():
    _, harbor = on_demo()
    failed = await artifacts.find(harbor, "payments/api@8dfdef50f4f1")
    assert failed.scan
    scan = failed.scan.model_copy(update={"report_id": "../\x1b?a#b"})
    asked = Canned({})
    await changes.scan_log(asked.harbor, failed.model_copy(update={"scan_overview": {"": scan}}))
    assert asked.asked[0].endswith("/scan/..%252F%251B%253Fa%2523b/log")


async def labelled(harbor, artifact, *, add=(), remove=()):
    before = await changes.fill_labels(harbor, artifact)
    after = before.model_copy(update={"labels": before.labels - set(remove) | set(add)})
    return await changes.label(harbor, artifact, before, after)


def a_label(demo, name, project="payments"):
    number = demo.project(project)["project_id"] if project else 0
    made = {"creation_time": demo.clock.stamp(), "update_time": demo.clock.stamp()}
    kept = {"name": name, "color": "", "description": "", "scope": "p" if project else "g"}
    return demo.labels.add({**kept, **made, "project_id": number})["id"]


async def test_labels_are_chosen_from_the_global_ones_and_those_of_the_project():
    demo, harbor = on_demo()
    own, other = a_label(demo, "été [x]"), a_label(demo, "elsewhere", "library")
    places = (0, demo.project("payments")["project_id"])
    wanted = {row["id"] for row in demo.labels.values() if row["project_id"] in places}
    form = await changes.fill_labels(harbor, await artifacts.find(harbor, "payments/api:v41"))
    load = plan(type(form))[0].load
    assert load
    choices = {one.value: one.label for one in await load.load(harbor, {})}
    assert set(choices) == wanted
    assert own in choices
    assert other not in choices
    assert choices[own] == "été [x] · of the project"


async def test_what_was_done_to_labels_before_one_is_refused_is_told():
    refused = httpx.Response(404, json={"errors": [{"code": "NOT_FOUND", "message": "no label"}]})
    path = "/projects/a/repositories/b/artifacts/sha256%3A1"
    canned = Canned({f"GET {path}": {}, f"POST {path}/labels": [httpx.Response(200), refused]})
    one = Artifact(repository_name="a/b", digest="sha256:1")
    before, after = changes.Labelled(), changes.Labelled(labels=frozenset({1, 2}))
    with pytest.raises(NotFound, match="no label; before that 1 added"):
        await changes.label(canned.harbor, one, before, after)


async def test_only_the_difference_of_labels_is_sent():
    demo, harbor = on_demo()
    first, second, third = [a_label(demo, name) for name in ("first", "second", "third")]
    artifact = await artifacts.find(harbor, "payments/api:v41")
    row = demo.artifact("payments/api:v41")
    row["labels"] = [first, second]
    assert await labelled(harbor, artifact, add=[third], remove=[first]) == (
        f"labels of {artifact.short}: 1 added, 1 removed"
    )
    assert set(row["labels"]) == {second, third}
    base = f"/projects/payments/repositories/api/artifacts/{artifact.digest.replace(':', '%3A')}"
    assert [(one.method, one.path, one.body) for one in demo.writes] == [
        ("POST", f"{base}/labels", {"id": third}),
        ("DELETE", f"{base}/labels/{first}", None),
    ]


@pytest.mark.parametrize("one", recorded("/labels", 200), ids=lambda one: one.name)
async def test_a_label_is_added_as_recorded(one):
    harbor, artifact = canned(one)
    before = changes.Labelled()
    after = changes.Labelled(labels=frozenset({one.body["id"]}))
    await changes.label(harbor.harbor, artifact, before, after)
    assert same(harbor.asked[-1], one)
    assert harbor.sent == [one.body]


async def test_what_others_did_to_other_labels_stays_and_the_same_is_done_only_once():
    demo, harbor = on_demo()
    mine, theirs = a_label(demo, "mine"), a_label(demo, "theirs")
    artifact = await artifacts.find(harbor, "payments/api:v41")
    before = await changes.fill_labels(harbor, artifact)
    row = demo.artifact("payments/api:v41")
    row["labels"] = [theirs, mine]
    after = changes.Labelled(labels=before.labels | {mine})
    assert "as wanted already" in await changes.label(harbor, artifact, before, after)
    assert row["labels"] == [theirs, mine]
    assert not demo.writes


async def test_the_same_labels_write_nothing():
    demo, harbor = on_demo()
    artifact = await artifacts.find(harbor, "payments/api:v41")
    assert "already" in await labelled(harbor, artifact)
    assert not demo.writes


async def test_a_label_that_is_gone_meanwhile_is_said():
    _, harbor = on_demo()
    artifact = await artifacts.find(harbor, "payments/api:v41")
    with pytest.raises(HarborError, match="label 99999 not found"):
        await labelled(harbor, artifact, add=[99999])


async def test_no_answer_is_no_deletion():
    lost = Canned({})
    lost.answers[f"GET {artifacts.at('a/b', DIGEST)}"] = httpx.Response(503)
    with pytest.raises(HarborError) as raised:
        await changes.delete(lost.harbor, Artifact(repository_name="a/b", digest=DIGEST))
    assert not isinstance(raised.value, NotFound | Unreachable)
    assert not [asked for asked in lost.asked if asked.startswith("DELETE")]
