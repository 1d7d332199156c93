"""Finding what a path names, with Harbor's words when it is not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

import httpx

from . import large
from .access import require
from .answers import Json, Refusal
from .state import named

if TYPE_CHECKING:
    from .server import DemoHarbor


def project(demo: DemoHarbor, request: httpx.Request, segment: str, need: str) -> Json:
    """The project of `{p}`: an id if it is a number, unless `X-Is-Resource-Name` says otherwise.

    `need` is the permission that the caller must have there, as in `member:list`.
    """
    by_name = request.headers.get("X-Is-Resource-Name", "").lower() == "true"
    if segment.isdigit() and not by_name:
        found = demo.projects.get(int(segment))
    else:
        found = demo.projects.first(name=segment)
    return _allowed(demo, request, found, segment, need)


def project_by_name(demo: DemoHarbor, request: httpx.Request, name: str, need: str) -> Json:
    """The project of `{project_name}`: such paths know no ids."""
    return _allowed(demo, request, demo.projects.first(name=name), name, need)


def _allowed(
    demo: DemoHarbor, request: httpx.Request, found: Json | None, segment: str, need: str
) -> Json:
    resource, _, action = need.partition(":")
    require(demo, request, found, resource, action)
    if found is None:
        raise Refusal(404, f"project {segment} not found")
    return found


def repository_name(project: Json, segment: str) -> str:
    """The full name of a repository from its segment, which has been unescaped only once."""
    return f"{project['name']}/{unquote(segment)}"


def repository_or_none(demo: DemoHarbor, project: Json, segment: str) -> Json | None:
    """The repository of `{repo}` in a project, if there is one."""
    name = repository_name(project, segment)
    return demo.repositories.first(name=name) or large.repository(demo, name)


def repository(demo: DemoHarbor, project: Json, segment: str) -> Json:
    """The repository of `{repo}` in a project; 404 if there is none."""
    found = repository_or_none(demo, project, segment)
    if found is None:
        raise Refusal(404, f"repository {repository_name(project, segment)} not found")
    return found


def artifacts(demo: DemoHarbor, repository: Json) -> Sequence[Json]:
    """All artifacts of a repository, children of indexes too."""
    if repository["id"] in demo.repositories:
        return demo.artifacts.where(repository_id=repository["id"])
    return large.artifacts(demo, repository)


def artifact(demo: DemoHarbor, repository: Json, reference: str) -> Json:
    """The artifact with a tag or a digest in a repository."""
    sign = "@" if re.match(r"\w+:", reference) else ":"
    name = f"{repository['name']}{sign}{reference}"
    found = next((row for row in artifacts(demo, repository) if named(row, name)), None)
    if found is None:
        raise Refusal(404, f"artifact {name} not found")
    return found


def owned(demo: DemoHarbor, repository: Json) -> Json:
    """The repository, stored if it was only generated, so that it can be changed."""
    if repository["id"] not in demo.repositories:
        large.store(demo, repository)
    return demo.repositories[repository["id"]]
