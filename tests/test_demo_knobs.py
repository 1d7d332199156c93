"""The knobs of the demo: being down, refusing, older versions, time, the journal."""

import httpx
import pytest

from harbortui.demo import Clock, DemoHarbor, Write, credentials

from .replay import API, connect

PROJECTS = "/api/v2.0/projects"


async def test_a_demo_that_is_down_refuses_connections_until_it_is_up():
    demo = DemoHarbor()
    client = httpx.AsyncClient(transport=demo, base_url=API)
    demo.down = True
    with pytest.raises(httpx.ConnectError):
        await client.get(PROJECTS)
    demo.down = False
    assert (await client.get(PROJECTS)).status_code == 200


async def test_a_path_is_refused_as_told_and_as_often():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    demo.refuse("/projects/*", 403, "not today", times=1)
    answer = await admin.get(f"{PROJECTS}/4")
    assert answer.json() == {"errors": [{"code": "FORBIDDEN", "message": "not today"}]}
    assert (await admin.get(f"{PROJECTS}/4")).status_code == 200
    demo.refuse("/projects", 502, body="<html>bad gateway</html>", method="POST")
    answer = await admin.post(PROJECTS, json={"project_name": "x"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")
    assert (await admin.get(PROJECTS)).status_code == 200
    demo.allow()
    assert (await admin.post(PROJECTS, json={"project_name": "x"})).status_code == 201


async def test_requests_and_writes_are_kept_as_they_were_sent():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "basic")
    await admin.get(f"{PROJECTS}?q=name%253D~x")
    await admin.post(PROJECTS, json={"project_name": "new"})
    assert demo.requests == [f"GET {PROJECTS}?q=name%253D~x", f"POST {PROJECTS}"]
    assert demo.writes == [Write("POST", "/projects", {"project_name": "new"}, 201)]


async def test_unknown_paths_and_wrong_verbs_are_told_apart():
    admin = await connect(DemoHarbor(), "admin", "basic")
    answer = await admin.get("/api/v2.0/nosuch")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["message"] == "path /api/v2.0/nosuch was not found"
    answer = await admin.patch(f"{PROJECTS}/4")
    assert answer.status_code == 405


async def test_an_older_harbor_lacks_paths_and_drops_what_it_does_not_know():
    demo = DemoHarbor()
    demo.version = "2.12.4"
    admin = await connect(demo, "admin", "basic")
    assert (await admin.get("/api/v2.0/auditlog-exts")).status_code == 404
    metadata = {"max_upstream_conn": "5", "proxy_cache_local_on_not_found": "true"}
    metadata["auto_scan"] = "true"
    assert (await admin.put(f"{PROJECTS}/1", json={"metadata": metadata})).status_code == 200
    assert demo.projects[1]["metadata"] == {"public": "true", "auto_scan": "true"}
    path = f"{PROJECTS}/payments/repositories/api/artifacts/v39/additions"
    [report] = (await admin.get(f"{path}/vulnerabilities")).json().values()
    assert "status" not in report["vulnerabilities"][0]
    assert (await admin.get(f"{path}/license")).status_code == 422
    demo.version = "2.8.6"
    assert (await admin.get(f"{PROJECTS}/1/artifacts")).status_code == 404
    older = (await admin.get(f"{PROJECTS}/library/repositories/hello/artifacts/latest")).json()
    assert not {"repository_name", "artifact_type"} & set(older)
    assert "sboms" not in older["addition_links"]


async def test_what_is_due_happens_when_its_time_has_come_and_in_order():
    demo = DemoHarbor()
    client = httpx.AsyncClient(transport=demo, base_url=API)
    happened = []
    demo.after(2, lambda: happened.append("second"))
    demo.after(1, lambda: happened.append("first"))
    await client.get("/api/version")
    assert happened == []
    demo.clock.advance(2)
    await client.get("/api/version")
    assert happened == ["first", "second"]


async def test_the_real_clock_goes_on():
    clock = Clock(None)
    first = clock()
    clock.advance(60)
    assert (clock() - first).total_seconds() >= 60


@pytest.mark.parametrize("scenario", ["", "user", "large"])
async def test_the_credentials_of_a_scenario_sign_in(scenario):
    demo = DemoHarbor(scenario)
    name, password = credentials(scenario)
    user = httpx.AsyncClient(transport=demo, base_url=API, auth=(name, password))
    answer = await user.get("/api/v2.0/statistics")
    assert answer.status_code == 200


async def test_every_answer_has_an_id_of_its_request():
    admin = await connect(DemoHarbor(), "admin", "basic")
    answers = [await admin.get(PROJECTS) for _ in range(2)]
    assert len({answer.headers["X-Request-Id"] for answer in answers}) == 2
    echoed = await admin.get(PROJECTS, headers={"X-Request-Id": "mine"})
    assert echoed.headers["X-Request-Id"] == "mine"
