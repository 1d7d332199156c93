"""What happens to artifacts in the demo: tags, labels, scans, copies, deletions."""

from urllib.parse import quote

import pytest

from harbortui.demo import DemoHarbor

from .replay import answered, connect, repository

HELLO = repository("library/hello")
API = repository("payments/api")
LATEST = f"{HELLO}/artifacts/latest"


async def admin_of(demo: DemoHarbor):
    return await connect(demo, "admin", "session")


@pytest.mark.parametrize("name", ["sandbox/test1", "ml-platform/serving/triton"])
async def test_a_repository_is_found_with_its_slashes_encoded_twice(name):
    admin = await admin_of(DemoHarbor())
    assert answered(await admin.get(repository(name)))["name"] == name


async def test_a_dotted_project_and_repository_are_reached_by_name():
    admin = await admin_of(DemoHarbor())
    rows = answered(await admin.get("/api/v2.0/projects/data.science_lab-2/repositories"))
    assert "data.science_lab-2/cuda-12.4" in [row["name"] for row in rows]


async def test_an_index_lists_itself_and_its_children_are_found_by_digest():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    index = answered(await admin.get(f"{API}/artifacts/v38"))
    assert len(index["references"]) == 3
    listed = answered(await admin.get(f"{API}/artifacts?page_size=100"))
    children = {child["child_digest"] for child in index["references"]}
    assert not children & {row["digest"] for row in listed}
    for digest in children:
        assert answered(await admin.get(f"{API}/artifacts/{digest}"))["tags"] is None
    everything = answered(await admin.get(f"{API}/artifacts?page_size=100&q=base%3D*"))
    assert len(everything) == len(listed) + 3


async def test_a_child_of_an_index_cannot_be_deleted_but_goes_with_it():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    index = demo.artifact("payments/api:v38")
    child = index["references"][0]["child_digest"]
    refused = await admin.delete(f"{API}/artifacts/{child}")
    assert refused.status_code == 412
    assert refused.json()["errors"][0]["code"] == "VIOLATE_FOREIGN_KEY_CONSTRAINT"
    assert (await admin.delete(f"{API}/artifacts/v38")).status_code == 200
    assert child not in [row["digest"] for row in demo.artifacts.values()]


async def test_deleting_by_tag_deletes_all_tags_and_frees_quota():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    gone = demo.artifact("payments/api:v41")
    quota = next(row for row in demo.quotas.values() if row["ref"]["name"] == "payments")
    before = quota["used"]["storage"]
    assert (await admin.delete(f"{API}/artifacts/stable")).status_code == 200
    assert (await admin.get(f"{API}/artifacts/latest")).status_code == 404
    assert quota["used"]["storage"] == before - gone["size"]
    assert demo.repository("payments/api")["artifact_count"] == 8


async def test_immutable_tags_stop_every_deletion():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    chart = demo.artifact("charts/web:1.0.4")
    path = f"{repository('charts/web')}/artifacts/{chart['digest']}"
    judged = answered(await admin.get(f"{path}?with_immutable_status=true"))
    assert judged["tags"][0]["immutable"] is True
    for doomed in (f"{path}/tags/1.0.4", path, repository("charts/web")):
        assert (await admin.delete(doomed)).status_code == 412
    rules = "/api/v2.0/projects/charts/immutabletagrules"
    [rule] = answered(await admin.get(rules))
    assert (await admin.delete(f"{rules}/{rule['id']}")).status_code == 200
    assert (await admin.delete(repository("charts/web"))).status_code == 200


async def test_an_immutable_rule_that_is_switched_off_changes_nothing_else():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    path = "/api/v2.0/projects/charts/immutabletagrules"
    [rule] = answered(await admin.get(path))
    changed = rule | {"disabled": True, "template": "other"}
    assert (await admin.put(f"{path}/{rule['id']}", json=changed)).status_code == 200
    assert answered(await admin.get(path)) == [rule | {"disabled": True}]
    assert (await admin.post(path, json=rule)).status_code == 409


async def test_tags_and_labels_filter_artifacts():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    digest = demo.artifact("payments/api:v37")["digest"]
    for label in (1, 5):
        labels = f"{API}/artifacts/{digest}/labels"
        assert (await admin.post(labels, json={"id": label})).status_code == 200

    async def found(q: str):
        rows = answered(await admin.get(f"{API}/artifacts", params={"q": q}))
        return [row["digest"] for row in rows]

    assert await found("labels=(1 5)") == [digest]
    assert await found("labels=(1 2)") == []
    assert await found("tags=nil") == [demo.artifacts[row]["digest"] for row in untagged(demo)]
    assert await found("tags=v37") == [digest]
    assert await found(f"digest={digest}") == [digest]
    assert await found("tags=~V3") == []


def untagged(demo: DemoHarbor):
    rows = demo.artifacts.where(repository_name="payments/api")
    return [row["id"] for row in rows if row["listed"] and not row["tags"]]


async def test_a_label_of_another_project_cannot_be_put_on_an_artifact():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    assert (await admin.post(f"{LATEST}/labels", json={"id": 8})).status_code == 404
    assert (await admin.post(f"{API}/artifacts/v37/labels", json={"id": 8})).status_code == 200
    assert (await admin.delete("/api/v2.0/labels/8")).status_code == 200
    assert demo.artifact("payments/api:v37")["labels"] == []


async def test_a_copy_brings_all_tags_children_and_signatures():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    target = repository("sandbox/copied/api")
    source = demo.artifact("payments/api:v38")
    answer = await admin.post(f"{target}/artifacts?from=payments/api:2.0.5")
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith("/copied%2Fapi/artifacts/2.0.5")
    copy = demo.artifact("sandbox/copied/api:v38")
    assert copy["digest"] == source["digest"]
    assert {tag["name"] for tag in copy["tags"]} == {"v38", "2.0.5"}
    assert len(copy["references"]) == 3
    assert [one["type"] for one in copy["accessories"]] == ["signature.notation"]


async def test_a_copy_takes_over_tags_of_the_same_name():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    target = f"{repository('sandbox/test1')}/artifacts"
    await admin.post(f"{target}?from=payments/api:latest")
    holders = [
        row["digest"]
        for row in demo.artifacts.where(repository_name="sandbox/test1")
        if "latest" in [tag["name"] for tag in row["tags"]]
    ]
    assert holders == [demo.artifact("payments/api:latest")["digest"]]


async def test_a_copy_that_does_not_fit_the_quota_is_denied_and_leaves_nothing():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    target = f"{repository('tiny-quota/big')}/artifacts"
    answer = await admin.post(f"{target}?from=payments/api:latest")
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "DENIED"
    assert demo.repositories.first(name="tiny-quota/big") is None


async def test_a_copy_does_not_move_an_immutable_tag_and_leaves_all_as_it_was():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    rows = len(demo.artifacts)
    source = repository("sandbox/charts")
    assert (await admin.post(f"{source}/artifacts?from=payments/api:1.0.0")).status_code == 201
    chart = demo.artifact("charts/web:1.0.4")["digest"]
    tags = f"{source}/artifacts/1.0.0/tags"
    assert (await admin.post(tags, json={"name": "1.0.4"})).status_code == 201
    target = f"{repository('charts/web')}/artifacts"
    answer = await admin.post(f"{target}?from=sandbox/charts:1.0.4")
    assert answer.status_code == 412
    assert demo.artifact("charts/web:1.0.4")["digest"] == chart
    assert len(demo.artifacts) == rows + 1


async def test_nothing_is_copied_into_or_tagged_in_a_proxy_cache():
    admin = await admin_of(DemoHarbor())
    target = f"{repository('hub-cache/new')}/artifacts"
    assert (await admin.post(f"{target}?from=library/hello:latest")).status_code == 405
    linter = f"{repository('hub-cache/devtools/linter')}/artifacts/latest/tags"
    assert (await admin.post(linter, json={"name": "x"})).status_code == 405


async def test_a_push_into_a_project_that_scans_starts_a_scan():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    target = f"{repository('payments/tools')}/artifacts"
    await admin.post(f"{target}?from=library/hello:latest")
    assert demo.artifact("payments/tools:latest")["scan"]["status"] == "Pending"


async def test_the_whole_projects_artifacts_are_one_list():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    path = "/api/v2.0/projects/payments/artifacts"
    answer = await admin.get(path, params={"page_size": 100})
    listed = [row for row in demo.artifacts.where(project_id=4) if row["listed"]]
    assert answer.headers["X-Total-Count"] == str(len(listed))
    digest = demo.artifact("payments/api:v39")["digest"]
    [row] = answered(await admin.get(path, params={"q": f"digest={digest}"}))
    assert row["repository_name"] == "payments/api"
    latest = {"latest_in_repository": "true"}
    assert (await admin.get(path, params=latest)).status_code == 400
    # Unescaped twice, or its plus would become a space.
    asked = latest | {"q": quote("media_type=application/vnd.oci.image.config.v1+json")}
    rows = answered(await admin.get(path, params=asked | {"page_size": 100}))
    assert len({row["repository_name"] for row in rows}) == len(rows) > 3


async def test_a_description_is_escaped_once_more_at_every_save():
    admin = await admin_of(DemoHarbor())
    for said, stored in [("Tom & Jerry's", "Tom &amp; Jerry&#39;s"), ("&amp;", "&amp;amp;")]:
        await admin.put(HELLO, json={"description": said})
        assert answered(await admin.get(HELLO))["description"] == stored


async def test_a_deleted_repository_takes_its_artifacts_along_and_is_audited():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    assert (await admin.delete(HELLO)).status_code == 200
    assert demo.artifacts.where(repository_name="library/hello") == []
    assert (await admin.get(HELLO)).status_code == 404
    rows = answered(await admin.get("/api/v2.0/auditlog-exts?page_size=1"))
    assert rows[0]["operation_description"] == "delete repository: library/hello"
