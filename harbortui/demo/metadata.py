"""What a project says about itself beside its name: metadata one by one, and its summary."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import httpx

from . import audience, finding, members, registries
from .access import permitted
from .answers import Json, Refusal, answer, body_of, empty
from .permissions import ROLES
from .routing import route
from .signin import caller

if TYPE_CHECKING:
    from .server import DemoHarbor

BOOLEANS = (
    "public",
    "enable_content_trust",
    "enable_content_trust_cosign",
    "prevent_vul",
    "auto_scan",
    "auto_sbom_generation",
    "reuse_sys_cve_allowlist",
    "proxy_cache_local_on_not_found",
)
SEVERITIES = ("none", "low", "medium", "high", "critical")
OTHERS = ("severity", "retention_id", "proxy_speed_kb", "max_upstream_conn")
COUNTS = {
    "projectAdmin": "project_admin_count",
    "maintainer": "maintainer_count",
    "developer": "developer_count",
    "guest": "guest_count",
    "limitedGuest": "limited_guest_count",
}


@route("GET", "/projects/{p}/metadatas/")
def metadata(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """All metadata; no role in a project has the right to list them."""
    return answer(finding.project(demo, request, p, "metadata:list")["metadata"])


@route("POST", "/projects/{p}/metadatas/")
def add(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Adds exactly one key."""
    project = finding.project(demo, request, p, "metadata:create")
    body = body_of(request)
    if len(body) != 1:
        raise Refusal(400, "must specify one and only one metadata")
    [(key, value)] = body.items()
    _check(key, value)
    if key in project["metadata"]:
        raise Refusal(409, f"metadata {key} already exists")
    project["metadata"][key] = value
    return empty()


def _check(key: str, value: str) -> None:
    if key in BOOLEANS and value.lower() not in ("true", "false", "1", "0", "t", "f"):
        raise Refusal(400, f'invalid value: strconv.ParseBool: parsing "{value}": invalid syntax')
    if key == "severity" and value.lower() not in SEVERITIES:
        raise Refusal(400, f"invalid severity {value}")
    if key not in (*BOOLEANS, *OTHERS):
        raise Refusal(400, f"invalid key: {key}")


def _one(project: Json, name: str) -> str:
    if name not in project["metadata"]:
        raise Refusal(404, f"metadata {name} not found")
    return str(project["metadata"][name])


@route("GET", "/projects/{p}/metadatas/{name}")
def read(demo: DemoHarbor, request: httpx.Request, p: str, name: str) -> httpx.Response:
    """One key with its value."""
    project = finding.project(demo, request, p, "metadata:read")
    return answer({name: _one(project, name)})


@route("PUT", "/projects/{p}/metadatas/{name}")
def update(demo: DemoHarbor, request: httpx.Request, p: str, name: str) -> httpx.Response:
    """Gives a key that is there another value."""
    project = finding.project(demo, request, p, "metadata:update")
    value = body_of(request).get(name, "")
    _check(name, value)
    _one(project, name)
    project["metadata"][name] = value
    return empty()


@route("DELETE", "/projects/{p}/metadatas/{name}")
def delete(demo: DemoHarbor, request: httpx.Request, p: str, name: str) -> httpx.Response:
    """Takes a key away."""
    project = finding.project(demo, request, p, "metadata:delete")
    _one(project, name)
    del project["metadata"][name]
    return empty()


@route("GET", "/projects/{p}/summary")
def summary(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Numbers of a project: repositories, quota, members of each role, its registry if a cache."""
    project = finding.project(demo, request, p, "project:read")
    who = caller(request)
    found: Json = {"repo_count": audience.repository_count(demo, project)}
    if permitted(demo, who, project, "quota", "read"):
        found["quota"] = quota_of(demo, project)
    if permitted(demo, who, project, "member", "list"):
        roles = Counter(ROLES.get(row["role_id"]) for row in members.of_project(demo, project))
        found |= {key: roles[role] for role, key in COUNTS.items() if roles[role]}
    if registry := demo.registries.get(project.get("registry_id", 0)):
        shown = registries.show(demo, registry)
        found["registry"] = {key: shown[key] for key in shown if key != "credential"}
    return answer(found)


def quota_of(demo: DemoHarbor, project: Json) -> Json:
    """Hard and used storage of a project, in bytes; -1 is unlimited."""
    number = project["project_id"]
    quota = next(row for row in demo.quotas.values() if row["ref"]["id"] == number)
    return {"hard": quota["hard"], "used": quota["used"]}
