"""Tags, labels and accessories of an artifact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from . import images
from .answers import Refusal, body_of, empty
from .artifacts import ONE, check_mutable, named, tags_of, wanted
from .finding import artifacts
from .listing import columns, listing
from .routing import route
from .signin import caller

if TYPE_CHECKING:
    from .server import DemoHarbor

NAME = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
KEYS = columns("id", "name", "push_time", "pull_time", "artifact_id", "repository_id")
ACCESSORIES = columns("id", "type", "digest", "size", "creation_time", "artifact_id")


@route("GET", f"{ONE}/tags")
def tags(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """The tags of an artifact, the newest first."""
    row = named(demo, request, name, repo, reference, "tag:list")
    rows = tags_of(demo, row, wanted(request).immutable)
    return listing(request, rows, KEYS, "-push_time,-id")


@route("POST", f"{ONE}/tags")
def add(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """Adds a tag; 409 if any artifact of the repository has it."""
    row = named(demo, request, name, repo, reference, "tag:create")
    project = demo.projects[row["project_id"]]
    if project.get("registry_id"):
        what = "the operation isn't supported for a proxy project"
        raise Refusal(405, what)
    tag = str(body_of(request).get("name") or "")
    if not NAME.fullmatch(tag):
        raise Refusal(400, f"bad request: invalid tag name: {tag}")
    repository = demo.repositories[row["repository_id"]]
    taken = [other["name"] for each in artifacts(demo, repository) for other in each["tags"]]
    if tag in taken:
        number = repository["id"]
        raise Refusal(409, f"tag {tag} already exists under the repository {number}")
    images.tag(demo, row, tag, demo.clock.stamp())
    _record(demo, request, "create", row["repository_name"], tag, row["project_id"])
    return empty(201)


@route("DELETE", f"{ONE}/tags/{{tag}}")
def remove(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str, tag: str
) -> httpx.Response:
    """Takes a tag off its artifact, which stays."""
    row = named(demo, request, name, repo, reference, "tag:delete")
    found = next((one for one in row["tags"] if one["name"] == tag), None)
    if found is None:
        raise Refusal(404, f"tag {tag} attached to artifact {row['id']} not found")
    check_mutable(demo, row, tag)
    row["tags"].remove(found)
    _record(demo, request, "delete", row["repository_name"], tag, row["project_id"])
    return empty()


def _record(
    demo: DemoHarbor, request: httpx.Request, did: str, repository: str, tag: str, project: int
) -> None:
    who = caller(request).username
    demo.record(who, did, "tag", f"{repository}:{tag}", project_id=project)


@route("GET", f"{ONE}/accessories")
def accessories(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """Signatures and SBOMs of an artifact."""
    row = named(demo, request, name, repo, reference, "accessory:list")
    return listing(request, row["accessories"], ACCESSORIES)


@route("POST", f"{ONE}/labels")
def add_label(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """Puts a label on an artifact: a global one, or one of its project."""
    row = named(demo, request, name, repo, reference, "artifact-label:create")
    number = body_of(request).get("id", 0)
    label = demo.labels.get(number)
    if label is None or label["project_id"] not in (0, row["project_id"]):
        raise Refusal(404, f"label {number} not found")
    if number in row["labels"]:
        raise Refusal(409, f"label {number} is already added to the artifact {row['id']}")
    row["labels"].append(number)
    return empty()


@route("DELETE", f"{ONE}/labels/{{label}}")
def remove_label(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str, label: str
) -> httpx.Response:
    """Takes a label off an artifact."""
    row = named(demo, request, name, repo, reference, "artifact-label:delete")
    if not label.isdigit() or int(label) not in row["labels"]:
        raise Refusal(404, f"reference with label {label} and artifact {row['id']} not found")
    row["labels"].remove(int(label))
    return empty()
