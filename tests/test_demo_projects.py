"""What happens to projects in the demo, and what its numbers say."""

import pytest

from harbortui.demo import DemoHarbor

from .replay import answered, connect

PROJECTS = "/api/v2.0/projects"


async def test_the_same_registry_is_there_every_time():
    first, second = DemoHarbor(), DemoHarbor()
    for table in ("projects", "members", "repositories", "artifacts", "quotas", "labels"):
        assert getattr(first, table) == getattr(second, table)
    assert len(first.projects) == 42


async def test_statistics_count_what_the_lists_hold():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    numbers = answered(await admin.get("/api/v2.0/statistics"))
    assert numbers["total_project_count"] == 42
    assert numbers["public_project_count"] == 10
    assert numbers["public_repo_count"] == 26
    listed = await admin.get("/api/v2.0/repositories?page_size=1")
    assert listed.headers["X-Total-Count"] == str(numbers["total_repo_count"])
    counts = answered(await admin.get(f"{PROJECTS}?page_size=100"))
    assert sum(row["repo_count"] for row in counts) == numbers["total_repo_count"]


async def test_an_ordinary_user_counts_and_searches_what_is_visible():
    alice = await connect(DemoHarbor("user"), "alice", "session")
    numbers = answered(await alice.get("/api/v2.0/statistics"))
    assert numbers["total_project_count"] == 0
    assert numbers["public_project_count"] == 10
    found = answered(await alice.get("/api/v2.0/search?q=ident"))
    assert found == {"project": [], "repository": []}
    found = answered(await alice.get("/api/v2.0/search?q=LEDGER"))
    names = [row["repository_name"] for row in found["repository"]]
    assert "payments/ledger" in names
    assert (await alice.get("/api/v2.0/search")).status_code == 422


async def test_a_numeric_name_is_an_id_unless_the_header_says_it_is_a_name():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    await admin.post(PROJECTS, json={"project_name": "4"})
    assert answered(await admin.get(f"{PROJECTS}/4"))["name"] == "payments"
    by_name = {"X-Is-Resource-Name": "true"}
    assert answered(await admin.get(f"{PROJECTS}/4", headers=by_name))["name"] == "4"


async def test_a_proxy_cache_gets_a_retention_unasked():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    body = {"project_name": "my-cache", "registry_id": 1}
    assert (await admin.post(PROJECTS, json=body)).status_code == 201
    project = answered(await admin.get(f"{PROJECTS}/my-cache"))
    number = project["metadata"]["retention_id"]
    policy = answered(await admin.get(f"/api/v2.0/retentions/{number}"))
    assert policy["rules"][0]["template"] == "nDaysSinceLastPull"
    assert policy["scope"]["ref"] == project["project_id"]


async def test_only_administrators_make_proxy_caches():
    alice = await connect(DemoHarbor(), "alice", "session")
    body = {"project_name": "my-cache", "registry_id": 1}
    assert (await alice.post(PROJECTS, json=body)).status_code == 403


async def test_a_deleted_project_takes_members_quota_and_robots_along():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    number = demo.project("partner-globex")["project_id"]
    demo.robots.add({"name": "robot$partner-globex+x", "project_id": number, "level": "project"})
    assert (await admin.get(f"{PROJECTS}/{number}/_deletable")).json() == {"deletable": True}
    assert (await admin.delete(f"{PROJECTS}/{number}")).status_code == 200
    for table in (demo.members, demo.robots):
        assert table.where(project_id=number) == []
    assert number not in [row["ref"]["id"] for row in demo.quotas.values()]


async def test_quota_ids_are_not_project_ids_and_sort_by_use():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    path = "/api/v2.0/quotas"
    [quota] = answered(await admin.get(path, params={"reference": "project", "reference_id": 4}))
    assert quota["ref"]["name"] == "payments"
    assert quota["id"] != 4
    fullest = answered(await admin.get(path, params={"sort": "-used.storage", "page_size": 2}))
    assert [row["ref"]["name"] for row in fullest] == ["ml-platform", "mirror-a"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "metadatas/", {"auto_scan": "true", "severity": "low"}, 400),
        ("POST", "metadatas/", {"public": "true"}, 409),
        ("POST", "metadatas/", {"auto_scan": "perhaps"}, 400),
        ("POST", "metadatas/", {"nonsense": "1"}, 400),
        ("PUT", "metadatas/severity", {"severity": "low"}, 404),
        ("GET", "metadatas/public", None, 200),
    ],
)
async def test_single_metadata_are_judged_as_those_of_a_project_are_not(method, path, body, status):
    admin = await connect(DemoHarbor(), "admin", "session")
    answer = await admin.request(method, f"{PROJECTS}/identity/{path}", json=body)
    assert answer.status_code == status


async def test_an_allowlist_with_a_number_twice_is_an_internal_error():
    admin = await connect(DemoHarbor(), "admin", "session")
    items = [{"cve_id": "CVE-2021-44228"}] * 2
    answer = await admin.put(f"{PROJECTS}/4", json={"cve_allowlist": {"items": items}})
    assert answer.status_code == 500
    assert answer.json()["errors"] == [{"code": "UNKNOWN", "message": "internal server error"}]


async def test_projects_without_details_lack_metadata():
    admin = await connect(DemoHarbor(), "admin", "session")
    rows = answered(await admin.get(f"{PROJECTS}?with_detail=false&name=payments"))
    assert "metadata" not in rows[0]
    assert rows[0]["repo_count"] == 14


async def test_a_project_uses_the_scanner_of_the_registry():
    demo = DemoHarbor()
    admin = await connect(demo, "admin", "session")
    scanner = answered(await admin.get(f"{PROJECTS}/4/scanner"))
    assert (scanner["name"], scanner["health"]) == ("Trivy", "healthy")
    demo.scanners.clear()
    answer = await admin.get(f"{PROJECTS}/4/scanner")
    assert (answer.status_code, answer.content) == (200, b"")
