"""A project of 10,000 repositories with 500 artifacts each, made when asked for, not stored.

All about an artifact follows from its number, which tells that of its repository, and which its
digest hides. A repository that is about to be changed moves into the tables.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from . import images, reports, seed_projects
from .answers import Json
from .clock import NEVER, stamp
from .ondemand import Made

if TYPE_CHECKING:
    from .server import DemoHarbor

NAME = "huge"
REPOSITORIES = 10_000
ARTIFACTS = 500
FIRST_ID = 1_000_000
"""What is generated has ids from here on: the number of the repository or artifact is added."""
SERVICES = ("api", "worker", "gateway", "cron", "ui", "ingest", "export", "mail", "search", "auth")
ODD = 0x9E3779B97F4A7C15
WORD = 2**64
MIB = 2**20


def fill(demo: DemoHarbor) -> None:
    """Adds the project; its repositories need no adding."""
    made = demo.clock.stamp(days=900)
    project = demo.projects.add(
        {
            "name": NAME,
            "owner_id": 1,
            "owner_name": "admin",
            "creation_time": made,
            "update_time": made,
            "metadata": {"public": "false"},
            "cve_allowlist": {"items": []},
        }
    )
    seed_projects.quota(demo, project, -1, 7_300 * seed_projects.GIB)
    for name, role in (("admin", 1), ("alice", 1), ("bob", 2)):
        seed_projects.join(demo, project, demo.user(name), role)


def digest_of(number: int) -> str:
    """A digest that tells its number: multiplied by an odd constant, it can be divided again."""
    tail = number * ODD * ODD % WORD
    return f"sha256:{number * ODD % WORD:016x}" + f"{tail:016x}" * 3


def number_of(digest: str) -> int | None:
    """The number that `digest_of` hid in a digest, or None if it is not one of those."""
    try:
        number = int(digest[7:23], 16) * pow(ODD, -1, WORD) % WORD
    except ValueError:
        return None
    ours = number < REPOSITORIES * ARTIFACTS and digest == digest_of(number)
    return number if ours else None


def present(demo: DemoHarbor) -> list[int] | range:
    """The numbers of the repositories that have not been deleted."""
    if not demo.projects.first(name=NAME):
        return range(0)
    if not demo.stored:
        return range(REPOSITORIES)
    gone = {number for number in demo.stored if FIRST_ID + number not in demo.repositories}
    return [number for number in range(REPOSITORIES) if number not in gone]


def repositories(demo: DemoHarbor) -> Made:
    """All repositories that began as generated ones, newest first."""
    numbers = present(demo)
    project = demo.projects.first(name=NAME)
    owner = project["project_id"] if project else 0

    def make(place: int) -> Json:
        number = numbers[place]
        return demo.repositories.get(FIRST_ID + number) or _generated(demo.started, owner, number)

    return Made(len(numbers), make)


def repository(demo: DemoHarbor, name: str) -> Json | None:
    """The generated repository with this full name."""
    if not name.startswith(f"{NAME}/") or not name[-5:].isdigit():
        return None
    number, project = int(name[-5:]), demo.projects.first(name=NAME)
    if project is None or number >= REPOSITORIES or number in demo.stored:
        return None
    found = _generated(demo.started, project["project_id"], number)
    return found if found["name"] == name else None


@lru_cache(maxsize=REPOSITORIES)
def _generated(started: datetime, project: int, number: int) -> Json:
    """The row of a repository; it is copied before it is changed."""
    return {
        "id": FIRST_ID + number,
        "name": f"{NAME}/team-{number % 100:02d}/{SERVICES[number % 10]}-{number:05d}",
        "project_id": project,
        "description": "",
        "artifact_count": ARTIFACTS,
        "pull_count": number * 7919 % 50_000,
        "creation_time": stamp(started - timedelta(days=170, minutes=number)),
        "update_time": stamp(started - timedelta(seconds=number / 2)),
    }


def artifacts(demo: DemoHarbor, repository: Json) -> Made:
    """The artifacts of a generated repository, newest first."""
    number = repository["id"] - FIRST_ID
    return Made(ARTIFACTS, lambda place: artifact(demo, number, place))


def artifact(demo: DemoHarbor, repository: int, place: int) -> Json:
    """The artifact at a place, 0 being the newest, of the repository with this number."""
    number = repository * ARTIFACTS + place
    pushed = demo.started - timedelta(hours=8 * place, seconds=repository / 2)
    pulled = NEVER if place % 3 == 2 else stamp(pushed + timedelta(minutes=9))
    size = (20 + number * 7919 % 400) * MIB
    owner = _generated(demo.started, demo.project(NAME)["project_id"], repository)
    row = images.manifest(owner, images.IMAGE, digest_of(number), size, stamp(pushed), pulled)
    row["id"] = FIRST_ID + number
    images.describe(row, f"v{ARTIFACTS - place}")
    names = [] if place % 10 == 9 else [f"v{ARTIFACTS - place}"]
    names += ["latest"] if place == 0 else []
    row["tags"] = [_tag(row, name, 2 * number + part) for part, name in enumerate(names)]
    if place % 4:
        ended = pushed + timedelta(seconds=20)
        found = {"Critical": place % 2, "High": place % 9, "Medium": place % 17, "Low": place % 40}
        row["scan"] = reports.finished(row["digest"], pushed, ended, **found)
    return row


def _tag(row: Json, name: str, number: int) -> Json:
    return {
        "artifact_id": row["id"],
        "id": FIRST_ID + number,
        "immutable": False,
        "name": name,
        "pull_time": row["pull_time"],
        "push_time": row["push_time"],
        "repository_id": row["repository_id"],
    }


def store(demo: DemoHarbor, repository: Json) -> None:
    """Moves a generated repository and its artifacts into the tables."""
    rows = list(artifacts(demo, repository))
    demo.repositories.add(repository)
    for row in rows:
        demo.artifacts.add(row)
    demo.last_tag = max(demo.last_tag, 2 * FIRST_ID + 2 * REPOSITORIES * ARTIFACTS)
    demo.stored.add(repository["id"] - FIRST_ID)
