"""Projects: lists, single ones, making, changing and deleting them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from . import audience, finding, retentions, seed_projects
from .access import permitted_in_system, signed_in
from .answers import Json, Refusal, answer, body_of, created, empty, invalid
from .clock import NEVER
from .listing import columns, listing
from .routing import route
from .signin import Caller, caller

if TYPE_CHECKING:
    from .server import DemoHarbor

NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
KEYS = columns(
    "name",
    "project_id",
    "owner_id",
    "registry_id",
    "creation_time",
    "update_time",
    public=lambda row: row["metadata"].get("public"),
    owner=lambda row: row["owner_name"],
)
ALLOWLIST = {"creation_time": NEVER, "update_time": NEVER}
CACHED = (
    "ali-acr aws-ecr azure-acr docker-hub docker-registry github-ghcr google-gcr harbor "
    "jfrog-artifactory"
)
NOT_EMPTY = "the project contains repositories, can not be deleted"
NEWER = {"max_upstream_conn": "2.15", "proxy_cache_local_on_not_found": "2.15.2"}
"""Metadata that older Harbors drop without a word."""


@route("GET", "/projects")
def projects(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The projects that the caller may see; anonymous callers see the public ones."""
    who, params = caller(request), request.url.params
    rows = audience.visible_projects(demo, who)
    if name := params.get("name"):
        rows = [row for row in rows if name.lower() in row["name"]]
    if owner := params.get("owner"):
        rows = [row for row in rows if owner == row["owner_name"]]
    if public := params.get("public"):
        rows = [row for row in rows if row["metadata"].get("public") == public.lower()]
    detailed = params.get("with_detail", "true") != "false"
    return listing(request, rows, KEYS, "name", lambda row: shown(demo, who, row, detailed))


def shown(demo: DemoHarbor, who: Caller, project: Json, detailed: bool = True) -> Json:
    """A project as lists and `GET /projects/{id}` answer it."""
    number = project["project_id"]
    found = {key: value for key, value in project.items() if value or key != "registry_id"}
    found |= {
        "cve_allowlist": ALLOWLIST
        | {"id": number, "project_id": number}
        | project["cve_allowlist"],
        "current_user_role_ids": audience.roles(demo, who, project) or None,
        "repo_count": audience.repository_count(demo, project),
    }
    if found["current_user_role_ids"]:
        found["current_user_role_id"] = found["current_user_role_ids"][0]
    if detailed:
        return found
    return {key: found[key] for key in found.keys() - {"metadata", "cve_allowlist", "owner_name"}}


@route("HEAD", "/projects")
def exists(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Whether a project name is taken: 200 or 404."""
    signed_in(request)
    name = request.url.params.get("project_name", "")
    if not name:
        raise invalid("project_name in query is required")
    if demo.projects.first(name=name) is None:
        raise Refusal(404, f"project {name} not found")
    return empty()


@route("GET", "/projects/{p}")
def project(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """One project."""
    found = finding.project(demo, request, p, "project:read")
    return answer(shown(demo, caller(request), found))


@route("POST", "/projects")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Makes a project; its quota and registry are for system administrators to choose."""
    who, body = signed_in(request), body_of(request)
    manages = permitted_in_system(who, "project", "create")
    _check_creator(demo, who, manages)
    name = body.get("project_name", "")
    _check_name(name)
    limit = _limit(demo, body, manages)
    registry = int(body.get("registry_id") or 0)
    if registry and not manages:
        raise Refusal(403, "Only system admin can create proxy cache project")
    if registry:
        _check_registry(demo, registry)
    if demo.projects.first(name=name):
        demo.projects.burn()
        raise Refusal(409, f"The project named {name} already exists")
    made = add(demo, who, name, body, registry)
    seed_projects.quota(demo, made, limit)
    by_name = request.headers.get("X-Resource-Name-In-Location", "").lower() == "true"
    return created(f"/projects/{name if by_name else made['project_id']}")


def _check_creator(demo: DemoHarbor, who: Caller, manages: bool) -> None:
    closed = demo.configuration.get("project_creation_restriction") == "adminonly"
    if not manages and (closed or who.robot is not None):
        raise Refusal(403, "Only system admin can create project")


def _check_name(name: str) -> None:
    if not 1 <= len(name) <= 255:
        lengths = "(greater than 255 or less than 1)"
        raise Refusal(400, f"Project name {name} is illegal in length. {lengths}")
    if not NAME.fullmatch(name):
        raise Refusal(400, "project name is not in lower case or contains illegal characters")


def _limit(demo: DemoHarbor, body: Json, manages: bool) -> int:
    """The new project's quota in bytes; what ordinary users ask for is not heard."""
    default = int(demo.configuration.get("storage_per_project", -1))
    asked = int(body.get("storage_limit") or 0) if manages else 0
    if asked < -1:
        message = f"bad request: invalid non-positive value for quota limit, value={asked}"
        raise Refusal(400, message)
    return asked or default


def _check_registry(demo: DemoHarbor, registry: int) -> None:
    found = demo.registries.get(registry)
    if found is None:
        raise Refusal(500)
    if found["type"] not in CACHED.split():
        kind = found["type"]
        raise Refusal(400, f"unsupported registry type {kind}")


def add(demo: DemoHarbor, who: Caller, name: str, body: Json, registry: int = 0) -> Json:
    """A new project of the caller, not yet with a quota."""
    owner = demo.users.first(username=who.username) or demo.users[1]
    metadata = _metadata(demo, body.get("metadata") or {})
    public = str(bool(body.get("public"))).lower()
    now = demo.clock.stamp()
    made = demo.projects.add(
        {
            "name": name,
            "owner_id": owner["user_id"],
            "owner_name": owner["username"],
            "creation_time": now,
            "update_time": now,
            "metadata": {"public": public} | metadata,
            "cve_allowlist": {"items": []} | _allowlist(body),
            "registry_id": registry,
        }
    )
    seed_projects.join(demo, made, owner, 1)
    if registry:
        retentions.for_cache(demo, made)
    number = made["project_id"]
    demo.record(who.username, "create", "project", name, project_id=number)
    return made


def _metadata(demo: DemoHarbor, sent: Json) -> dict[str, str]:
    """What Harbor keeps of metadata: texts, and nothing that is newer than itself."""
    unknown = [key for key, version in NEWER.items() if not demo.at_least(version)]
    known = {key: value for key, value in sent.items() if key not in unknown}
    return {key: str(value) for key, value in known.items() if value is not None}


def _allowlist(body: Json) -> Json:
    sent = body.get("cve_allowlist") or {}
    names = [item["cve_id"] for item in sent.get("items") or []]
    if len(set(names)) != len(names) or "" in names:
        raise Refusal(500)
    return {key: sent[key] for key in ("items", "expires_at") if sent.get(key) is not None}


@route("PUT", "/projects/{p}")
def update(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Merges metadata without judging it, and replaces the allowlist; the rest is not heard."""
    found = finding.project(demo, request, p, "project:update")
    body = body_of(request)
    metadata = _metadata(demo, body.get("metadata") or {})
    own = found["metadata"].get("retention_id", "")
    if metadata.get("retention_id", own) != own:
        raise Refusal(400, "the retention_id in the request's payload is not the project's")
    if "cve_allowlist" in body:
        found["cve_allowlist"] = {"items": []} | _allowlist(body)
    found["metadata"] |= metadata
    return empty()


@route("GET", "/projects/{p}/_deletable")
def deletable(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Whether a project could be deleted; `deletable` is left out when it is false."""
    found = finding.project(demo, request, p, "project:delete")
    if audience.repository_count(demo, found):
        return answer({"message": NOT_EMPTY})
    return answer({"deletable": True})


@route("DELETE", "/projects/{p}")
def delete(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Deletes an empty project with its members, quota, labels and robots (412 if not empty)."""
    found = finding.project(demo, request, p, "project:delete")
    if audience.repository_count(demo, found):
        raise Refusal(412, f"precondition failed: {NOT_EMPTY}")
    number, name = found["project_id"], found["name"]
    for table in (demo.members, demo.labels, demo.immutables, demo.robots):
        for row in table.where(project_id=number):
            del table[row["id"]]
    for quota in list(demo.quotas.values()):
        if quota["ref"]["id"] == number:
            del demo.quotas[quota["id"]]
    del demo.projects[number]
    demo.record(caller(request).username, "delete", "project", name, project_id=number)
    return empty()
