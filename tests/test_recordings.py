"""The demo answers what a real Harbor 2.15.2 was recorded to answer, in the same shape."""

import re
from typing import Any

import pytest

from harbortui.demo import DemoHarbor

from .recorded import Exchange, differences, exchanges
from .replay import Replay

DIGEST = re.compile(r"/projects/([^/]+)/repositories/([^/]+)/artifacts/(sha256:[0-9a-f]+)")
REPORT = re.compile(r"/scan/([^/]+)/log")
REC_ONE = {"project_name": "rec-one", "metadata": {"public": "true"}}


def pairs(*files: str) -> list[Any]:
    """Every exchange of some files, as test parameters."""
    return [pytest.param(one, id=one.name) for file in files for one in exchanges(file)]


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
        if "==" not in report[1]:
            replay.ids["scan", report[1]] = row["scan"]["report_id"]


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


@pytest.mark.parametrize("exchange", pairs("projects", "repositories", "artifacts"))
async def test_reading_is_answered_as_recorded(exchange):
    demo = DemoHarbor()
    replay = Replay(demo)
    stand_ins(demo, replay, exchange)
    assert differences(exchange, await replay.send(exchange)) == []


async def whole(demo: DemoHarbor, replay: Replay, file: str) -> list[str]:
    """Replays a whole file in its order; what differs."""
    faults = []
    for exchange in exchanges(file):
        found = differences(exchange, await replay.send(exchange))
        faults += [f"{exchange.name}: {fault}" for fault in found]
    return faults


async def with_rec_one(demo: DemoHarbor) -> Replay:
    """A demo in which the project `rec-one` is there, as it was when recording."""
    replay = Replay(demo)
    admin = await replay.client("admin", "session")
    made = await admin.post("/api/v2.0/projects", json=REC_ONE)
    replay.ids["projects", "45"] = made.headers["Location"].rpartition("/")[2]
    return replay


async def test_a_projects_whole_life_is_as_recorded():
    demo = DemoHarbor()
    replay = Replay(demo)
    faults = await whole(demo, replay, "writes-projects")
    assert faults == []


async def test_members_come_and_go_as_recorded():
    demo = DemoHarbor()
    replay = await with_rec_one(demo)
    assert await whole(demo, replay, "writes-members") == []


async def test_artifacts_are_tagged_copied_scanned_and_deleted_as_recorded():
    demo = DemoHarbor()
    replay = await with_rec_one(demo)
    recorded = "sha256:48ce143766c9b987a4ad73a96f6e5891a0f8315dd1ea9207c9726c1dba257f4f"
    replay.digests[recorded] = demo.artifact("library/hello:latest")["digest"]
    assert await whole(demo, replay, "writes-artifacts") == []
