"""Images that come in and go out, as `docker push` and `docker pull` do it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import duplicating, images, projects, quotas, seed_projects
from .answers import Json
from .signin import Caller

if TYPE_CHECKING:
    from .server import DemoHarbor

MIB = 2**20
JOBS = "harbor-jobservice"


def image(demo: DemoHarbor, who: str, name: str, tag: str, size: int = 60 * MIB) -> Json:
    """Pushes a new image of `size` bytes; 403 if the project's quota does not allow it.

    The repository is made if need be, a tag is taken from the artifact that had it, and what
    follows every push follows: an event, a scan, rules that copy on push.
    """
    project = demo.project(name.partition("/")[0])
    quotas.charge(demo, project, size)
    known = demo.repositories.first(name=name)
    repository = known or duplicating.add_repository(demo, project, name)
    now = demo.clock.stamp()
    digest = images.digest(f"{name}:{tag} {now} {demo.artifacts.last}")
    row = images.manifest(repository, images.IMAGE, digest, size, now)
    images.describe(row, tag)
    row = images.keep(demo, row)
    duplicating.move_tag(demo, row, tag)
    repository["update_time"] = now
    duplicating.announce(demo, who, project, row)
    return row


def arrive(demo: DemoHarbor, name: str, references: Iterable[str]) -> None:
    """Keeps what a replication has brought here; tags that are here already stay as they are."""
    project = name.partition("/")[0]
    if demo.projects.first(name=project) is None:
        made = projects.add(demo, Caller(JOBS), project, {})
        seed_projects.quota(demo, made, -1)
    rows = demo.artifacts.where(repository_name=name)
    here = {tag["name"] for row in rows for tag in row["tags"]} | {row["digest"] for row in rows}
    for reference in references:
        if reference not in here and not reference.startswith("sha256:"):
            image(demo, JOBS, name, reference)


def pull(demo: DemoHarbor, who: str, row: Json) -> None:
    """Pulls an artifact by its first tag, or by its digest if it has none."""
    now = demo.clock.stamp()
    name = row["repository_name"]
    by_digest = f"{name}@{row['digest']}"
    thing = by_digest
    if row["tags"]:
        thing = f"{name}:{row['tags'][0]['name']}"
        row["tags"][0]["pull_time"] = now
    row["pull_time"] = now
    demo.repositories[row["repository_id"]]["pull_count"] += 1
    said = f"pull artifact: {by_digest}"
    demo.record(who, "pull", "artifact", thing, said, project_id=row["project_id"])
