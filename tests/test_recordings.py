"""The demo answers what a real Harbor 2.15.2 was recorded to answer, in the same shape."""

import re
from typing import Any

import pytest

from harbortui.demo import DemoHarbor
from harbortui.demo.reports import shown_id

from .recorded import Exchange, differences, exchanges
from .replay import Replay

DIGEST = re.compile(r"/projects/([^/]+)/repositories/([^/]+)/artifacts/(sha256:[0-9a-f]+)")
REPORT = re.compile(r"/scan/([^/]+)/log")
GONE = exchanges("2.12/artifacts")[29].name
"""The log of a scan that Harbor had swept away."""
REC_ONE = {"project_name": "rec-one", "metadata": {"public": "true"}}


def known(file: str) -> dict[str, Any]:
    """All artifacts that a file of recordings shows, by digest."""
    found: dict[str, Any] = {}
    for exchange in exchanges(file):
        rows = exchange.value if isinstance(exchange.value, list) else [exchange.value]
        found |= {row["digest"]: row for row in rows if row and "references" in row}
    return found


def stand_ins(demo: DemoHarbor, replay: Replay, exchange: Exchange) -> None:
    """Takes for a recorded artifact one of the demo that is of the same kind."""
    for project, repository, digest in DIGEST.findall(exchange.path):
        wanted = known(exchange.file).get(digest, {})
        name = f"{project}/{repository.replace('%252F', '/')}"
        replay.digests[digest] = alike(demo, name, wanted)["digest"]
    if report := REPORT.search(exchange.path):
        row = next(
            row for row in demo.artifacts.values() if row["digest"] in replay.digests.values()
        )
        replay.ids["scan", report[1]] = shown_id(row)
    # In the demo the artifact 1.0.0 of payments/api is a chart.
    replay.ids["artifacts", "1.0.0"] = "v40"


def alike(demo: DemoHarbor, name: str, wanted: Any) -> Any:
    """An artifact of a repository that is as wanted: an index or not, scanned if it is an image."""
    return next(
        row
        for row in demo.artifacts.values()
        if row["repository_name"] == name
        and row["listed"]
        and bool(row["references"]) == bool(wanted.get("references"))
        and (row["type"] == "CHART" or (row["scan"] or {}).get("status") == "Success")
    )


def demo_of(file: str) -> DemoHarbor:
    """A demo of the version that a file was recorded from."""
    demo = DemoHarbor()
    demo.version = "2.12.4" if file.startswith("2.12/") else "2.15.2"
    return demo


READING = ("projects", "repositories", "artifacts")
OLDER = ("2.12/projects", "2.12/repositories", "2.12/artifacts", "2.12/quotas")


@pytest.mark.parametrize("file", [*READING, *OLDER])
async def test_reading_is_answered_as_recorded(file):
    demo, found = demo_of(file), {}
    for exchange in exchanges(file):
        replay = Replay(demo)
        stand_ins(demo, replay, exchange)
        if exchange.name not in GONE:
            found[exchange.name] = differences(exchange, await replay.send(exchange))
    assert found
    assert not any(found.values()), found


async def whole(replay: Replay, file: str) -> list[str]:
    """Replays a whole file in its order; what differs."""
    faults = []
    for exchange in exchanges(file):
        found = differences(exchange, await replay.send(exchange))
        faults += [f"{exchange.name}: {fault}" for fault in found]
    return faults


async def with_rec_one(file: str) -> Replay:
    """A demo in which the project `rec-one` is there, as it was when recording."""
    replay = Replay(demo_of(file))
    admin = await replay.client("admin", "session")
    made = await admin.post("/api/v2.0/projects", json=REC_ONE)
    recorded = "12" if file.startswith("2.12/") else "45"
    replay.ids["projects", recorded] = made.headers["Location"].rpartition("/")[2]
    return replay


@pytest.mark.parametrize("file", ["writes-projects", "2.12/writes-projects"])
async def test_a_projects_whole_life_is_as_recorded(file):
    assert await whole(Replay(demo_of(file)), file) == []


@pytest.mark.parametrize("file", ["writes-members", "2.12/writes-members"])
async def test_members_come_and_go_as_recorded(file):
    assert await whole(await with_rec_one(file), file) == []


@pytest.mark.parametrize("file", ["writes-artifacts", "2.12/writes-artifacts"])
async def test_artifacts_are_tagged_copied_scanned_and_deleted_as_recorded(file):
    replay = await with_rec_one(file)
    hello = replay.demo.artifact("library/hello:latest")["digest"]
    [[recorded]] = {tuple(set(re.findall(r"sha256:[0-9a-f]{64}", exchanges(file)[0].path)))}
    replay.digests[recorded] = hello
    assert await whole(replay, file) == []
