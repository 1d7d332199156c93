"""The demo's audit log as it is asked for: who sees what, on which version, at what size."""

from time import perf_counter
from urllib.parse import quote

import httpx
import pytest

from harbortui.demo import DemoHarbor
from harbortui.demo.event import OLD_KINDS

from .replay import API, connect

ROOT = "/api/v2.0"
EVENTS = "/auditlog-exts"


async def ask(
    client: httpx.AsyncClient, path: str, q: str = "", **params: object
) -> httpx.Response:
    asked = {key: str(value) for key, value in params.items()} | ({"q": quote(q)} if q else {})
    return await client.get(f"{ROOT}{path}", params=asked)


def total(answer: httpx.Response) -> int:
    return int(answer.headers["X-Total-Count"])


def robot(demo: DemoHarbor, name: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=demo, base_url=API, auth=(name, demo.passwords[name]))


def projects(rows: list[dict]) -> set[str]:
    """The projects that events are about, robots' too."""
    names = [row["resource"].removeprefix("robot$") for row in rows]
    return {name.partition("/")[0].partition("+")[0] for name in names}


async def test_administrators_see_all_events_and_the_newest_first(demo):
    admin = await connect(demo, "admin", "session")
    answer = await ask(admin, EVENTS, page_size=2)
    first, second = answer.json()
    assert total(answer) == len(demo.audit.stored)
    assert (first["operation"], first["username"]) == ("login", "admin")
    assert (second["operation"], second["resource"]) == ("create", "payments/api:v41")


def test_the_demos_past_is_in_the_order_of_its_times():
    for scenario in ("", "large"):
        demo = DemoHarbor(scenario)
        assert demo.audit.in_step
        assert demo.audit.stored[-1].at <= demo.audit.now()


async def test_others_see_the_events_of_the_projects_that_they_administer(demo):
    alice, grace = (
        await connect(demo, "alice", "session"),
        await connect(demo, "grace", "session"),
    )
    rows = (await ask(alice, EVENTS, page_size=100)).json()
    seen = projects(rows)
    assert seen <= {"payments", "billing", "catalog", "partner-acme", "partner-globex"}
    assert "payments" in seen
    assert total(await ask(alice, EVENTS)) < len(demo.audit.stored)
    assert projects((await ask(grace, EVENTS)).json()) == {"mobile-api"}


async def test_strangers_are_refused_without_a_word_and_robots_need_the_permission(demo):
    refused = await ask(await connect(demo, "", "anonymous"), EVENTS)
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["message"] == ""
    assert total(await ask(robot(demo, "robot$sys-reader"), EVENTS)) > 1000
    assert (await ask(robot(demo, "robot$mirror"), EVENTS)).json() == []


async def test_a_projects_log_is_for_its_administrators_and_by_name_only(demo):
    alice, bob = await connect(demo, "alice", "session"), await connect(demo, "bob", "session")
    answer = await ask(alice, f"/projects/payments{EVENTS}", "operation=delete")
    assert answer.status_code == 200
    assert all("payments" in row["resource"] for row in answer.json())
    assert (await ask(bob, f"/projects/payments{EVENTS}")).status_code == 403
    admin = await connect(demo, "admin", "session")
    assert "project 4 not found" in (await ask(admin, f"/projects/4{EVENTS}")).text


async def test_a_name_that_is_too_long_leaves_no_row_and_a_hole(demo):
    stranger = httpx.AsyncClient(transport=demo, base_url=API)
    page = await stranger.get("/c/login")
    stranger.headers["X-Harbor-CSRF-Token"] = page.headers["X-Harbor-CSRF-Token"]
    last = demo.audit.stored[-1].id
    for name in ("x" * 300, "a\x1b[31mb"):
        await stranger.post("/c/login", data={"principal": name, "password": "x"})
    assert demo.audit.stored[-1].id == last + 2
    assert demo.audit.stored[-1].username == "a%1B%5B31mb"


async def test_a_commit_that_is_late_fills_a_hole_that_was_there(demo):
    admin = await connect(demo, "admin", "session")
    late = demo.audit.append("alice", "create", "project", "late", late=3)
    demo.audit.append("alice", "create", "project", "in-time")
    rows = (await ask(admin, EVENTS, f"id=[{late}~]", sort="id")).json()
    assert [row["id"] for row in rows] == [late + 1]
    demo.clock.advance(3)
    rows = (await ask(admin, EVENTS, f"id={{{late}}}")).json()
    assert [row["resource"] for row in rows] == ["late"]


async def test_types_of_events_are_for_those_who_see_all(demo):
    admin, alice = await connect(demo, "admin", "session"), await connect(demo, "alice", "session")
    types = [row["event_type"] for row in (await ask(admin, f"{EVENTS}/events")).json()]
    assert len(types) == 14
    assert (await ask(alice, f"{EVENTS}/events")).status_code == 403


async def test_the_older_log_stands_still_and_has_ids_of_its_own(demo):
    admin = await connect(demo, "admin", "session")
    answer = await ask(admin, "/audit-logs", page_size=100)
    await admin.post(f"{ROOT}/projects", json={"project_name": "fresh"})
    assert total(await ask(admin, "/audit-logs")) == total(answer) == 240
    row = answer.json()[0]
    assert set(row) == {"id", "op_time", "operation", "resource", "resource_type", "username"}
    oldest = (await ask(admin, EVENTS, sort="id", page_size=1)).json()[0]
    assert row["op_time"] < oldest["op_time"]
    assert row["id"] == 240 > oldest["id"]


async def test_before_2_13_there_is_the_older_log_only_and_less_is_recorded(demo):
    demo.version = "2.12.4"
    before = demo.audit.stored[-1].id
    admin = await connect(demo, "admin", "session")
    assert "path /api/v2.0/auditlog-exts was not found" in (await ask(admin, EVENTS)).text
    await admin.post(f"{ROOT}/projects", json={"project_name": "fresh"})
    rows = (await ask(admin, "/audit-logs", page_size=100)).json()
    assert (rows[0]["id"], rows[0]["resource"]) == (before + 1, "fresh")
    assert {f"{row['operation']}_{row['resource_type']}" for row in rows} <= OLD_KINDS
    unfiltered = await ask(admin, "/audit-logs")
    assert total(await ask(admin, "/audit-logs", "op_result=false")) == total(unfiltered)
    assert total(await ask(admin, "/projects/payments/logs")) < total(unfiltered)


@pytest.mark.parametrize(
    ("q", "sort", "rows"),
    [
        ("id=[9999900~9999999]", "-id", 100),
        ("id=[5000000~5000099]", "id", 100),
        ("username=mallory,operation=delete,id=[8000000~10000000]", "-id", 20),
        ("op_time=[2026-06-01T00:00:00~2026-06-01T01:00:00]", "id", 1),
        ("id={1 5000000 9999999 99999999}", "id", 3),
    ],
)
async def test_ten_million_events_are_answered_as_quickly_as_a_thousand(q, sort, rows):
    demo = DemoHarbor("large")
    admin = await connect(demo, "admin", "session")
    begin = perf_counter()
    answer = await ask(admin, EVENTS, q, sort=sort, page_size=100)
    assert perf_counter() - begin < 1
    assert answer.status_code == 200
    assert len(answer.json()) >= rows


async def test_the_large_log_ends_with_what_the_pictures_show():
    demo = DemoHarbor("large")
    admin = await connect(demo, "admin", "session")
    answer = await ask(admin, EVENTS, page_size=100)
    assert total(answer) == 10_000_031
    assert answer.json()[1]["resource"] == "payments/api:v41"
    assert answer.json()[40]["id"] == 10_000_031 - 40
    rare = await ask(admin, EVENTS, "username=~mallory,resource=attempt-7")
    assert 50 < total(rare) < 300
