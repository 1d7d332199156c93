"""What the demo says about artifacts beside their lists: scans, reports, SBOMs, additions."""

import pytest

from harbortui.demo import DemoHarbor

from .replay import answered, connect, repository

API = repository("payments/api")
LATEST = f"{repository('library/hello')}/artifacts/latest"
OVERVIEW = {"with_scan_overview": "true", "with_sbom_overview": "true"}


async def admin_of(demo: DemoHarbor):
    return await connect(demo, "admin", "session")


def scan_of(artifact):
    """The one report of an artifact's overview."""
    [found] = artifact["scan_overview"].values()
    return found


async def test_parts_come_only_when_asked_for():
    admin = await admin_of(DemoHarbor())
    bare = answered(await admin.get(f"{API}/artifacts/v41?with_tag=false"))
    assert (bare["tags"], bare["accessories"], "scan_overview" in bare) == (None, None, False)
    asked = {"with_accessory": "true", **OVERVIEW}
    full = answered(await admin.get(f"{API}/artifacts/v41", params=asked))
    assert [tag["name"] for tag in full["tags"]] == ["latest", "v41", "stable"]
    assert full["accessories"][0]["type"] == "signature.cosign"
    counts = {"High": 2, "Medium": 11, "Low": 40}
    assert scan_of(full)["summary"]["summary"] == counts
    assert scan_of(full)["severity"] == "High"


async def test_a_report_lists_what_the_overview_counts():
    admin = await admin_of(DemoHarbor())
    scanned = await admin.get(f"{API}/artifacts/v39", params=OVERVIEW)
    summary = scan_of(answered(scanned))["summary"]
    report = answered(await admin.get(f"{API}/artifacts/v39/additions/vulnerabilities"))
    [found] = report.values()
    assert len(found["vulnerabilities"]) == summary["total"]
    fixable = [one for one in found["vulnerabilities"] if one["fix_version"]]
    assert len(fixable) == summary["fixable"]
    assert found["vulnerabilities"][0]["severity"] == "Critical"
    assert answered(await admin.get(f"{API}/artifacts/v37/additions/vulnerabilities")) == {}


async def test_a_scan_waits_runs_and_ends():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    path = f"{API}/artifacts/v37"
    assert (await admin.post(f"{path}/scan")).status_code == 202
    assert (await admin.post(f"{path}/scan")).status_code == 409
    states = []
    for seconds in (0, 1, 5):
        demo.clock.advance(seconds)
        states.append(scan_of(answered(await admin.get(path, params=OVERVIEW)))["scan_status"])
    assert states == ["Pending", "Running", "Success"]
    report = scan_of(answered(await admin.get(path, params=OVERVIEW)))["report_id"]
    log = await admin.get(f"{path}/scan/{report}/log")
    assert log.headers["Content-Type"] == "text/plain"
    assert "payments/api" in log.text


async def test_a_scan_that_is_stopped_stays_stopped():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    path = f"{API}/artifacts/v37"
    await admin.post(f"{path}/scan")
    await admin.post(f"{path}/scan/stop", json={"scan_type": "vulnerability"})
    demo.clock.advance(60)
    found = scan_of(answered(await admin.get(path, params=OVERVIEW)))
    assert found["scan_status"] == "Stopped"


async def test_charts_are_not_scanned():
    admin = await admin_of(DemoHarbor())
    assert (await admin.post(f"{API}/artifacts/1.0.0/scan")).status_code == 400


async def test_an_sbom_becomes_an_accessory_and_is_read_by_its_own_digest():
    demo = DemoHarbor()
    admin = await admin_of(demo)
    await admin.post(f"{LATEST}/scan", json={"scan_type": "sbom"})
    demo.clock.advance(10)
    found = answered(await admin.get(LATEST, params=OVERVIEW | {"with_accessory": "true"}))
    assert found["sbom_overview"]["scan_status"] == "Success"
    assert found["accessories"][-1]["type"] == "sbom.harbor"
    link = found["addition_links"]["sboms"]["href"]
    assert answered(await admin.get(link))["spdxVersion"] == "SPDX-2.3"


@pytest.mark.parametrize(
    ("tag", "addition", "status"),
    [
        ("v41", "build_history", 200),
        ("v38", "build_history", 400),
        ("v41", "values.yaml", 400),
        ("1.0.0", "values.yaml", 200),
        ("1.0.0", "readme.md", 200),
        ("v41", "nonsense", 422),
    ],
)
async def test_additions_depend_on_the_kind_of_artifact(tag, addition, status):
    admin = await admin_of(DemoHarbor())
    answer = await admin.get(f"{API}/artifacts/{tag}/additions/{addition}")
    assert answer.status_code == status
