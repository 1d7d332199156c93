"""What each role may do in the demo's projects, and how the others are refused."""

import pytest

from harbortui.demo import DemoHarbor

from .replay import connect, repository

PROJECT = "/api/v2.0/projects/tiny-quota"
SMALL = repository("tiny-quota/small")
ROLES = {"admin": "bob", "maintainer": "carol", "developer": "dave", "guest": "frank"}
ROLES |= {"limited": "grace", "none": "heidi"}

VERBS = {
    "read": ("GET", PROJECT, None),
    "members": ("GET", f"{PROJECT}/members", None),
    "add member": ("POST", f"{PROJECT}/members", {"role_id": 3, "member_user": {"user_id": 20}}),
    "edit": ("PUT", PROJECT, {"metadata": {"auto_scan": "true"}}),
    "delete": ("DELETE", PROJECT, None),
    "repositories": ("GET", f"{PROJECT}/repositories", None),
    "describe": ("PUT", SMALL, {"description": "x"}),
    "delete repository": ("DELETE", SMALL, None),
    "tag": ("POST", f"{SMALL}/artifacts/latest/tags", {"name": "more"}),
    "untag": ("DELETE", f"{SMALL}/artifacts/latest/tags/latest", None),
    "scan": ("POST", f"{SMALL}/artifacts/latest/scan", {"scan_type": "vulnerability"}),
    "delete artifact": ("DELETE", f"{SMALL}/artifacts/latest", None),
    "label": ("POST", f"{SMALL}/artifacts/latest/labels", {"id": 1}),
    "log": ("GET", f"{PROJECT}/auditlog-exts", None),
    "all metadata": ("GET", f"{PROJECT}/metadatas/", None),
    "immutable rules": ("GET", f"{PROJECT}/immutabletagrules", None),
}
READS = {"read", "repositories"}
GUEST = READS | {"members"}
DEVELOPER = GUEST | {"describe", "tag", "label"}
MAINTAINER = DEVELOPER | {"delete repository", "untag", "scan", "delete artifact"}
MAINTAINER |= {"immutable rules"}
ALLOWED = {
    "admin": MAINTAINER | {"add member", "edit", "delete", "log"},
    "maintainer": MAINTAINER,
    "developer": DEVELOPER,
    "guest": GUEST,
    "limited": READS,
    "none": set(),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ROLES)
async def test_a_role_may_do_what_harbor_lets_it(role, verb):
    demo = DemoHarbor()
    demo.artifact("tiny-quota/small:latest")["labels"].clear()
    user = await connect(demo, ROLES[role], "session")
    method, path, body = VERBS[verb]
    answer = await user.request(method, path, json=body)
    if verb in ALLOWED[role]:
        # The project is not empty: who may delete it is told so.
        assert answer.status_code == (412 if verb == "delete" else answer.status_code)
        assert answer.status_code in (200, 201, 202, 412)
    else:
        assert answer.status_code == 403
        assert answer.json()["errors"][0]["message"] == "forbidden"


@pytest.mark.parametrize(
    ("who", "auth", "status"),
    [("admin", "session", 404), ("alice", "session", 403), ("nobody", "anonymous", 401)],
)
async def test_a_project_that_is_not_there_is_refused_by_who_asks(who, auth, status):
    user = await connect(DemoHarbor(), who, auth)
    assert (await user.get("/api/v2.0/projects/no-such-project")).status_code == status


async def test_everybody_reads_a_public_project_and_changes_nothing():
    demo = DemoHarbor()
    user = await connect(demo, "heidi", "session")
    hello = repository("library/hello")
    assert (await user.get(f"{hello}/artifacts")).status_code == 200
    assert (await user.put(hello, json={"description": "x"})).status_code == 403
    nobody = await connect(demo, "nobody", "anonymous")
    assert (await nobody.get(f"{hello}/artifacts")).status_code == 200
    assert (await nobody.put(hello, json={"description": "x"})).status_code == 401


async def test_only_administrators_reach_system_paths_and_others_are_named():
    demo = DemoHarbor()
    alice = await connect(demo, "alice", "session")
    answer = await alice.get("/api/v2.0/quotas")
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["message"] == "alice"
    assert (await (await connect(demo, "ops-admin", "basic")).get("/api/v2.0/quotas")).is_success


async def test_a_role_that_does_not_exist_gives_nothing_and_hides_its_member():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    member = demo.members.first(project_id=41, entity_name="dave")
    path = f"{PROJECT}/members/{member['id']}"
    assert (await admin.put(path, json={"role_id": 77})).status_code == 200
    names = [row["entity_name"] for row in (await admin.get(f"{PROJECT}/members")).json()]
    assert "dave" not in names
    dave = await connect(demo, "dave", "session")
    assert (await dave.get(PROJECT)).status_code == 403


async def test_ordinary_users_make_projects_only_while_that_is_open_to_all():
    demo = DemoHarbor()
    alice = await connect(demo, "alice", "session")
    body = {"project_name": "alices", "storage_limit": 1, "metadata": {"public": "false"}}
    demo.configuration["project_creation_restriction"] = "adminonly"
    assert (await alice.post("/api/v2.0/projects", json=body)).status_code == 403
    demo.configuration["project_creation_restriction"] = "everyone"
    assert (await alice.post("/api/v2.0/projects", json=body)).status_code == 201
    summary = (await alice.get("/api/v2.0/projects/alices/summary")).json()
    assert summary["quota"]["hard"] == {"storage": -1}
