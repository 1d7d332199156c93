"""Copying an artifact into another repository."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from . import copying, finding, images, quotas, scanning
from .access import require
from .answers import Json, Refusal, created
from .artifacts import PATH, check_mutable
from .routing import route
from .signin import caller

if TYPE_CHECKING:
    from .server import DemoHarbor

OWN = ("id", "labels", "tags", "accessories", "references", "sbom")


@route("POST", PATH)
def copy(demo: DemoHarbor, request: httpx.Request, name: str, repo: str) -> httpx.Response:
    """Copies `from=project/repository:tag` (or `@digest`) with *all* its tags and signatures.

    Makes the repository if need be. Tags of the same name there move to the copy.
    """
    project = finding.project_by_name(demo, request, name, "artifact:create")
    source, reference = _source(demo, request)
    if project.get("registry_id"):
        raise Refusal(405, "the operation isn't supported for a proxy project")
    full = finding.repository_name(project, repo)
    target = finding.repository_or_none(demo, project, repo)
    target = finding.owned(demo, target) if target else None
    there = demo.artifacts.first(repository_name=full, digest=source["digest"])
    for tag in source["tags"]:
        for holder in holders(demo, full, tag["name"]):
            if holder is not there:
                check_mutable(demo, holder, tag["name"])
    if not there:
        quotas.charge(demo, project, source["size"])
    target = target or add_repository(demo, project, full)
    row = there or _duplicate(demo, target, source)
    for tag in reversed(source["tags"]):
        move_tag(demo, row, tag["name"])
    announce(demo, caller(request).username, project, row)
    encoded = quote(full.partition("/")[2], safe="")
    return created(f"/projects/{name}/repositories/{encoded}/artifacts/{reference}")


def _source(demo: DemoHarbor, request: httpx.Request) -> tuple[Json, str]:
    """The artifact to copy, which the caller must be able to read (400 if it is not there)."""
    text = request.url.params.get("from", "")
    path, sign, reference = text.partition("@")
    if not sign:
        path, sign, reference = text.rpartition(":")
    project, _, repository = path.partition("/")
    if not project or not repository or not reference:
        raise Refusal(400, f"bad request: invalid reference {text}")
    found = demo.projects.first(name=project)
    require(demo, request, found, "artifact", "read")
    holder = finding.repository_or_none(demo, found, quote(repository)) if found else None
    if holder is None:
        raise Refusal(400, f"artifact {text} not found")
    try:
        return finding.artifact(demo, holder, reference), reference
    except Refusal as refusal:
        raise Refusal(400, refusal.message) from refusal


def add_repository(demo: DemoHarbor, project: Json, name: str) -> Json:
    """Adds an empty repository, as the first push to it does."""
    now = demo.clock.stamp()
    return demo.repositories.add(
        {
            "name": name,
            "project_id": project["project_id"],
            "description": "",
            "artifact_count": 0,
            "pull_count": 0,
            "creation_time": now,
            "update_time": now,
        }
    )


def _duplicate(demo: DemoHarbor, target: Json, source: Json, listed: bool = True) -> Json:
    """Adds a copy of an artifact to a repository, with its children and accessories."""
    now = demo.clock.stamp()
    row = {key: value for key, value in source.items() if key not in OWN}
    row |= {"labels": [], "tags": [], "accessories": [], "references": None, "sbom": None}
    row |= {"project_id": target["project_id"], "repository_id": target["id"]}
    row |= {"repository_name": target["name"], "push_time": now, "listed": listed}
    row = images.keep(demo, row)
    children = [demo.artifacts[child["child_id"]] for child in source["references"] or []]
    if children:
        copies = [_duplicate(demo, target, child, listed=False) for child in children]
        images.bind(row, copies)
    for accessory in source["accessories"]:
        images.attach(demo, row, accessory["type"], accessory["size"], now)
    target["update_time"] = now
    return row


def holders(demo: DemoHarbor, repository: str, name: str) -> list[Json]:
    """The artifacts of a repository that have this tag: one at most."""
    rows = demo.artifacts.where(repository_name=repository)
    return [row for row in rows if any(tag["name"] == name for tag in row["tags"])]


def move_tag(demo: DemoHarbor, row: Json, name: str) -> None:
    """Puts a tag on an artifact and takes it off the one that had it."""
    for holder in holders(demo, row["repository_name"], name):
        holder["tags"] = [tag for tag in holder["tags"] if tag["name"] != name]
    images.tag(demo, row, name, demo.clock.stamp())


def announce(demo: DemoHarbor, who: str, project: Json, row: Json) -> None:
    """Audits the push, scans it if the project wants that, replicates it on push."""
    push(demo, who, row)
    scans = project["metadata"].get("auto_scan") == "true" and row["type"] == "IMAGE"
    if scans and (not row["scan"] or row["scan"]["status"] not in scanning.UNDERWAY):
        scanning.start(demo, row)


def push(demo: DemoHarbor, who: str, row: Json) -> None:
    """What follows every push: an event, and the rules that replicate on push."""
    repository, number = row["repository_name"], row["project_id"]
    digest = f"{repository}@{row['digest']}"
    references = [tag["name"] for tag in row["tags"]] or [row["digest"]]
    name = f"{repository}:{references[0]}" if row["tags"] else digest
    demo.record(who, "create", "artifact", name, f"push artifact: {digest}", project_id=number)
    for reference in references:
        copying.pushed(demo, repository, reference)
