"""Users and robots of the demo: what their making, changing and going does."""

import httpx
import pytest

from harbortui.demo import DemoHarbor

from .replay import API, connect

ROOT = "/api/v2.0"
NEW = {
    "username": "new-one",
    "email": "new@example.com",
    "realname": "New One",
    "password": "Password1",
}
PULL = [{"resource": "repository", "action": "pull"}]
ROBOT = {
    "name": "builder",
    "level": "system",
    "duration": 30,
    "permissions": [{"kind": "project", "namespace": "*", "access": PULL}],
}


async def call(client: httpx.AsyncClient, method: str, path: str, body=None) -> httpx.Response:
    return await client.request(method, f"{ROOT}{path}", json=body)


def message(answer: httpx.Response) -> str:
    return answer.json()["errors"][0]["message"]


async def test_a_new_user_can_sign_in_and_his_making_is_audited(demo):
    admin = await connect(demo, "admin", "session")
    made = await call(admin, "POST", "/users", NEW)
    assert made.status_code == 201
    user = httpx.AsyncClient(transport=demo, base_url=API, auth=("new-one", "Password1"))
    assert (await call(user, "GET", "/users/current")).json()["username"] == "new-one"
    assert demo.audit.stored[-1].kind == "create_user"


async def test_admin_is_not_in_the_list_of_users_but_can_be_read_and_found(demo):
    admin = await connect(demo, "admin", "session")
    names = [row["username"] for row in (await call(admin, "GET", "/users?page_size=100")).json()]
    assert "admin" not in names
    assert (await call(admin, "GET", "/users/1")).json()["username"] == "admin"
    found = (await call(admin, "GET", "/users/search?username=admin")).json()
    assert [row["username"] for row in found] == ["admin", "ops-admin"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": ""}, "username with illegal length"),
        ({"username": "a,b"}, "username contains illegal characters"),
        ({"email": ""}, "email can't be empty"),
        ({"email": "nonsense"}, "email with illegal format"),
        ({"realname": ""}, "realname with illegal length"),
        ({"realname": "50%"}, "realname contains illegal characters"),
        ({"comment": "x" * 31}, "comment with illegal length"),
        ({"password": "short"}, "at least 1 uppercase letter"),
    ],
)
async def test_a_user_that_harbor_does_not_want_is_refused_in_its_words(demo, change, words):
    admin = await connect(demo, "admin", "session")
    refused = await call(admin, "POST", "/users", NEW | change)
    assert refused.status_code == 400
    assert words in message(refused)


async def test_strangers_make_themselves_users_only_while_that_is_open_and_with_a_session(demo):
    stranger = httpx.AsyncClient(transport=demo, base_url=API)
    assert (await call(stranger, "POST", "/users", NEW)).status_code == 401
    demo.configuration["self_registration"] = True
    without = await connect(demo, "", "anonymous")
    assert "self-registration" in message(await call(without, "POST", "/users", NEW))
    page = await stranger.get("/c/login")
    stranger.headers["X-Harbor-CSRF-Token"] = page.headers["X-Harbor-CSRF-Token"]
    assert (await call(stranger, "POST", "/users", NEW)).status_code == 201


async def test_users_cannot_be_made_when_a_directory_knows_them(demo):
    admin = await connect(demo, "admin", "session")
    demo.configuration["auth_mode"] = "ldap_auth"
    assert "under auth mode: ldap_auth" in message(await call(admin, "POST", "/users", NEW))
    assert (
        await call(admin, "PUT", "/users/3/password", {"new_password": "Other12345"})
    ).status_code == 403


async def test_ones_own_password_needs_the_old_one(demo):
    alice = await connect(demo, "alice", "session")
    new = {"new_password": "Other12345"}
    assert "incorrect" in message(await call(alice, "PUT", "/users/3/password", new))
    right = new | {"old_password": "Alice12345"}
    assert (await call(alice, "PUT", "/users/3/password", right)).status_code == 200
    assert demo.passwords["alice"] == "Other12345"
    assert (await call(alice, "PUT", "/users/4/password", right)).status_code == 403


async def test_a_deleted_user_leaves_projects_and_robots_but_a_session_that_finds_nobody(demo):
    admin = await connect(demo, "admin", "session")
    carol = await connect(demo, "carol", "session")
    robot = demo.robots.first(name="robot$ml-platform+trainer")
    assert robot["creator_ref"] == 5
    assert (await call(admin, "DELETE", "/users/5")).status_code == 200
    assert not demo.members.where(entity_id=5, entity_type="u")
    assert robot["id"] in demo.robots
    assert (await call(carol, "GET", "/users/current")).status_code == 404
    assert (await call(carol, "GET", "/auditlog-exts?page_size=1")).status_code == 200


async def test_permissions_in_a_project_follow_the_role(demo):
    path = "/users/current/permissions?scope=/project/4&relative=true"
    granted = []
    for name in ("alice", "bob"):
        bob = await connect(demo, name, "session")
        rows = (await call(bob, "GET", path)).json()
        granted.append({(row["resource"], row["action"]) for row in rows})
    owner, maintainer = granted
    assert ("member", "create") in owner - maintainer
    assert ("tag", "delete") in owner & maintainer
    absolute = (await call(bob, "GET", "/users/current/permissions?scope=/project/4")).json()
    assert {"resource": "/project/4", "action": "read"} in absolute


async def test_groups_are_made_renamed_and_deleted(demo):
    admin = await connect(demo, "admin", "session")
    made = await call(admin, "POST", "/usergroups", {"group_name": "devs", "group_type": 3})
    place = made.headers["Location"].removeprefix(ROOT)
    assert (await call(admin, "POST", "/usergroups", {"group_name": "devs"})).status_code == 409
    assert (await call(admin, "POST", "/usergroups", {})).status_code == 400
    assert (await call(admin, "PUT", place, {"group_name": "builders"})).status_code == 200
    assert (await call(admin, "GET", place)).json() == {"group_name": "builders", "group_type": 3}
    found = (await call(admin, "GET", "/usergroups/search?groupname=build")).json()
    assert [row["group_name"] for row in found] == ["builders"]
    assert (await call(admin, "DELETE", place)).status_code == 200
    assert (await call(admin, "GET", place)).status_code == 404


async def made_robot(demo: DemoHarbor, admin: httpx.AsyncClient, **change) -> dict:
    made = await call(admin, "POST", "/robots", ROBOT | change)
    assert made.status_code == 201, made.text
    return made.json()


async def test_a_robot_signs_in_until_it_expires_and_again_when_it_is_extended(demo):
    admin = await connect(demo, "admin", "session")
    made = await made_robot(demo, admin)
    robot = await connect(demo, "", "anonymous")
    robot.auth = httpx.BasicAuth(made["name"], made["secret"])
    assert (await call(robot, "GET", "/users/current")).status_code == 412
    demo.clock.advance(31 * 86400)
    assert (await call(robot, "GET", "/users/current")).status_code == 401
    admin = await connect(demo, "admin", "session")
    whole = (await call(admin, "GET", f"/robots/{made['id']}")).json()
    assert (
        await call(admin, "PUT", f"/robots/{made['id']}", whole | {"duration": 60})
    ).status_code == 200
    assert demo.robots[made["id"]]["expires_at"] == made["expires_at"] + 30 * 86400
    assert (await call(robot, "GET", "/users/current")).status_code == 412


async def test_a_disabled_robot_and_an_old_secret_open_nothing(demo):
    admin = await connect(demo, "admin", "session")
    made = await made_robot(demo, admin)
    path = f"/robots/{made['id']}"
    new = (await call(admin, "PATCH", path, {"secret": ""})).json()["secret"]
    robot = await connect(demo, "", "anonymous")
    robot.auth = httpx.BasicAuth(made["name"], made["secret"])
    assert (await call(robot, "GET", "/users/current")).status_code == 401
    demo.clock.advance(2)
    robot.auth = httpx.BasicAuth(made["name"], new)
    assert (await call(robot, "GET", "/users/current")).status_code == 412
    whole = (await call(admin, "GET", path)).json()
    await call(admin, "PUT", path, whole | {"disable": True})
    assert (await call(robot, "GET", "/users/current")).status_code == 401
    await call(admin, "PUT", path, {key: whole[key] for key in whole if key != "disable"})
    assert demo.robots[made["id"]]["disable"] is False


async def test_a_robots_own_secret_is_taken_if_it_is_strong_and_not_told_again(demo):
    admin = await connect(demo, "admin", "session")
    made = await made_robot(demo, admin)
    path = f"/robots/{made['id']}"
    assert (await call(admin, "PATCH", path, {"secret": "weak"})).status_code == 400
    assert (await call(admin, "PATCH", path, {"secret": "Abcdefg1"})).json() == {}
    assert demo.passwords[made["name"]] == "Abcdefg1"


async def test_robots_of_a_project_are_listed_for_it_and_made_by_its_administrator(demo):
    alice = await connect(demo, "alice", "session")
    own = {"kind": "project", "namespace": "payments", "access": PULL}
    made = await made_robot(demo, alice, level="project", permissions=[own])
    assert made["name"] == "robot$payments+builder"
    listed = (await call(alice, "GET", "/robots?q=Level%3Dproject,ProjectID%3D4")).json()
    assert "robot$payments+builder" in [row["name"] for row in listed]
    assert (await call(alice, "GET", "/robots")).status_code == 403
    assert (await call(alice, "GET", "/robots?q=Level%3Dproject")).status_code == 400


async def test_a_robot_can_hand_on_only_what_it_may_itself(demo):
    admin = await connect(demo, "admin", "session")
    makes = {
        "kind": "system",
        "namespace": "/",
        "access": [{"resource": "robot", "action": "create"}],
    }
    parent = await made_robot(demo, admin, permissions=[*ROBOT["permissions"], makes])
    robot = await connect(demo, "", "anonymous")
    robot.auth = httpx.BasicAuth(parent["name"], parent["secret"])
    push = {
        "kind": "project",
        "namespace": "*",
        "access": [{"resource": "repository", "action": "push"}],
    }
    assert (
        await call(robot, "POST", "/robots", ROBOT | {"name": "a", "permissions": [push]})
    ).status_code == 403
    child = await call(robot, "POST", "/robots", ROBOT | {"name": "b"})
    assert child.status_code == 201
    row = demo.robots[child.json()["id"]]
    assert (row["creator_type"], row["creator_ref"]) == ("robot", parent["id"])


async def test_the_demo_has_a_robot_that_expires_in_six_days(demo):
    robot = demo.robots.first(name="robot$ci-pusher")
    days = (robot["expires_at"] - demo.clock().timestamp()) / 86400
    assert 5.9 < days < 6.1
    assert len(robot["permissions"]) == 4
