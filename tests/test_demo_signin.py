"""The demo's sign-in: sessions, tokens, basic auth, robots, and who is refused what."""

import httpx
import pytest

from harbortui.demo import Clock, DemoHarbor
from harbortui.demo.clock import START
from harbortui.demo.signin import proven

from .replay import API, connect

PROJECTS = "/api/v2.0/projects"
NEW = {"project_name": "new-one"}


def client(demo: DemoHarbor, **more) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=demo, base_url=API, **more)


def total(answer: httpx.Response) -> int:
    return int(answer.headers["X-Total-Count"])


async def test_the_sign_in_page_is_missing_and_hands_out_cookies_and_token():
    page = await client(DemoHarbor()).get("/c/login")
    assert page.status_code == 404
    assert set(page.cookies) == {"sid", "_gorilla_csrf"}
    assert page.headers["X-Harbor-CSRF-Token"]


async def test_signing_in_changes_the_session_and_is_audited():
    demo = DemoHarbor()
    alice = client(demo)
    page = await alice.get("/c/login")
    alice.headers["X-Harbor-CSRF-Token"] = page.headers["X-Harbor-CSRF-Token"]
    form = {"principal": "alice", "password": "Alice12345"}
    answer = await alice.post("/c/login", data=form)
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.cookies["sid"] != page.cookies["sid"]
    assert (await alice.post(PROJECTS, json=NEW)).status_code == 201


@pytest.mark.parametrize(
    ("token", "message"),
    [("", "CSRF token not found in request"), ("1-wrong", "CSRF token invalid")],
)
async def test_a_session_writes_only_with_its_token(token, message):
    admin = await connect(DemoHarbor(), "admin", "session")
    answer = await admin.post(PROJECTS, json=NEW, headers={"X-Harbor-CSRF-Token": token})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["message"] == message


async def test_a_cookie_beside_basic_auth_makes_writes_need_a_token():
    demo = DemoHarbor()
    careless = client(demo, auth=("admin", "Harbor12345"))
    await careless.get(PROJECTS)
    assert (await careless.post(PROJECTS, json=NEW)).status_code == 403
    careful = await connect(demo, "admin", "basic")
    await careful.get(PROJECTS)
    assert (await careful.post(PROJECTS, json=NEW)).status_code == 201


async def test_wrong_credentials_read_what_is_public_after_one_and_a_half_seconds():
    demo = DemoHarbor()
    assert total(await client(demo, auth=("admin", "wrong")).get(PROJECTS)) == 10
    assert (demo.clock() - START).total_seconds() == 1.5
    assert total(await (await connect(demo, "admin", "basic")).get(PROJECTS)) == 42


def test_a_name_is_locked_while_a_wrong_password_is_looked_at():
    demo = DemoHarbor()
    assert not proven(demo, "admin", "wrong").known
    assert not proven(demo, "admin", "Harbor12345").known
    assert proven(demo, "alice", "Alice12345").known
    demo.clock.advance(1.5)
    assert proven(demo, "admin", "Harbor12345").sysadmin


async def test_users_may_sign_in_by_their_mail_address():
    answer = await client(DemoHarbor(), auth=("bob@example.com", "Bob12345")).get(PROJECTS)
    assert total(answer) > 10


async def test_a_bearer_token_is_whose_it_is():
    demo = DemoHarbor()
    demo.tokens["opaque"] = "admin"
    answer = await client(demo, headers={"Authorization": "Bearer opaque"}).get(PROJECTS)
    assert total(answer) == 42


@pytest.mark.parametrize(
    ("more", "seen"),
    [
        ({}, 12),
        ({"disable": True}, 10),
        ({"expires_at": int(START.timestamp()) - 1}, 10),
        ({"expires_at": int(START.timestamp()) + 1}, 12),
    ],
)
async def test_a_robot_sees_its_projects_unless_disabled_or_expired(more, seen):
    demo = DemoHarbor()
    access = [{"resource": "repository", "action": "list"}]
    names = ("payments", "identity")
    grants = [{"kind": "project", "namespace": name, "access": access} for name in names]
    demo.robots.add({"name": "robot$tried", "level": "system", "permissions": grants} | more)
    demo.passwords["robot$tried"] = "Secret123"
    robot = client(demo, auth=("robot$tried", "Secret123"))
    assert total(await robot.get(PROJECTS)) == seen


async def test_a_session_ends_when_unused_and_polls_do_not_keep_it():
    demo = DemoHarbor(clock=Clock())
    alice = await connect(demo, "alice", "session")
    poll = {"X-Harbor-No-Session-Renewal": "true"}
    demo.clock.advance(50 * 60)
    assert total(await alice.get(PROJECTS, headers=poll)) > 10
    demo.clock.advance(50 * 60)
    assert total(await alice.get(PROJECTS, headers=poll)) == 10


async def test_an_older_harbor_keeps_a_session_alive_by_polls():
    demo = DemoHarbor()
    demo.version = "2.12.4"
    alice = await connect(demo, "alice", "session")
    for _ in range(2):
        demo.clock.advance(50 * 60)
        answer = await alice.get(PROJECTS, headers={"X-Harbor-No-Session-Renewal": "true"})
        assert total(answer) > 10


async def test_sessions_end_by_the_knob_and_by_signing_out():
    demo = DemoHarbor()
    alice = await connect(demo, "alice", "session")
    demo.expire_sessions()
    assert (await alice.get("/api/v2.0/statistics")).status_code == 401
    bob = await connect(demo, "bob", "session")
    assert (await bob.get("/c/log_out")).status_code == 200
    assert (await bob.get("/api/v2.0/statistics")).status_code == 401


async def test_read_only_mode_refuses_writes_before_permissions():
    demo = DemoHarbor()
    demo.configuration["read_only"] = True
    alice = await connect(demo, "alice", "session")
    answer = await alice.post(PROJECTS, json=NEW)
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "DENIED"
