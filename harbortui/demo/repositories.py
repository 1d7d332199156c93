"""Repositories of a project and of the whole registry."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import httpx

from . import audience, finding, images, large, quotas
from .answers import Json, Refusal, answer, body_of, empty, without_zeros
from .immutability import is_immutable
from .listing import columns, listing
from .routing import route
from .signin import caller

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns(
    "name",
    "description",
    "project_id",
    "pull_count",
    "creation_time",
    "update_time",
    repository_id=lambda row: row["id"],
)


@route("GET", "/repositories")
def all_repositories(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Those of all projects that the caller may see."""
    seen = audience.visible_projects(demo, caller(request))
    names = {project["project_id"]: project["name"] for project in seen}
    rows = [row for row in demo.repositories.values() if row["project_id"] in names]
    if large.NAME in names.values():
        return _listing(request, [*_newest(_ordinary(rows)), *large.repositories(demo)])
    return _listing(request, _newest(rows))


@route("GET", "/projects/{name}/repositories")
def repositories(demo: DemoHarbor, request: httpx.Request, name: str) -> httpx.Response:
    """Those of one project, by its name."""
    project = finding.project_by_name(demo, request, name, "repository:list")
    return _listing(request, of_project(demo, project))


def of_project(demo: DemoHarbor, project: Json) -> Sequence[Json]:
    """The repositories of a project, newest first."""
    rows = demo.repositories.where(project_id=project["project_id"])
    if project["name"] != large.NAME:
        return _newest(rows)
    made, ordinary = large.repositories(demo), _newest(_ordinary(rows))
    return [*ordinary, *made] if ordinary else made


def _ordinary(rows: list[Json]) -> list[Json]:
    return [row for row in rows if row["id"] < large.FIRST_ID]


def _newest(rows: list[Json]) -> list[Json]:
    return sorted(rows, key=lambda row: (row["creation_time"], row["id"]), reverse=True)


def _listing(request: httpx.Request, rows: Sequence[Json]) -> httpx.Response:
    return listing(request, rows, KEYS, show=shown)


def shown(repository: Json) -> Json:
    """A repository as lists and `GET` answer it: an empty description is left out."""
    return without_zeros(repository, "artifact_count", "pull_count")


@route("GET", "/projects/{name}/repositories/{repo}")
def repository(demo: DemoHarbor, request: httpx.Request, name: str, repo: str) -> httpx.Response:
    """One repository; a slash in its name is encoded twice."""
    project = finding.project_by_name(demo, request, name, "repository:read")
    return answer(shown(finding.repository(demo, project, repo)))


@route("PUT", "/projects/{name}/repositories/{repo}")
def update(demo: DemoHarbor, request: httpx.Request, name: str, repo: str) -> httpx.Response:
    """Stores the description with HTML's signs escaped, once more at every save."""
    project = finding.project_by_name(demo, request, name, "repository:update")
    found = finding.owned(demo, finding.repository(demo, project, repo))
    text = body_of(request).get("description") or ""
    found["description"] = html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    found["update_time"] = demo.clock.stamp()
    return empty()


@route("DELETE", "/projects/{name}/repositories/{repo}")
def delete(demo: DemoHarbor, request: httpx.Request, name: str, repo: str) -> httpx.Response:
    """Deletes a repository and all that is in it; 412 if a tag is immutable."""
    project = finding.project_by_name(demo, request, name, "repository:delete")
    found = finding.owned(demo, finding.repository(demo, project, repo))
    rows = demo.artifacts.where(repository_id=found["id"])
    for row in rows:
        for tag in row["tags"]:
            if is_immutable(demo, row, tag["name"]):
                what = f"{found['name']}:{tag['name']}"
                raise Refusal(412, f"failed to delete tag {what}, it is immutable")
    who, number = caller(request).username, project["project_id"]
    for row in rows:
        if row["id"] in demo.artifacts:
            images.drop(demo, row)
            quotas.charge(demo, project, -row["size"])
    del demo.repositories[found["id"]]
    demo.record(who, "delete", "repository", found["name"], project_id=number)
    return empty()
