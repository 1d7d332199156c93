"""Labels: global ones and those of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from .access import require, require_system
from .answers import Json, Refusal, answer, body_of, created, empty
from .artifacts import label_shown
from .listing import columns, listing
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns("id", "name", "creation_time", "update_time")


@route("GET", "/labels")
def labels(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Labels of `scope=g`, for everybody, or `scope=p&project_id=`; 400 without a scope."""
    params = request.url.params
    scope, number = params.get("scope", ""), params.get("project_id", "0")
    if scope not in ("g", "p"):
        raise Refusal(400, "scope must be g or p")
    project = int(number) if scope == "p" and number.isdigit() else 0
    if scope == "p" and not project:
        raise Refusal(400, "project_id is required when the scope is p")
    if project:
        require(demo, request, demo.projects.get(project), "label", "list")
    name = params.get("name", "").lower()
    rows = demo.labels.where(scope=scope, project_id=project)
    rows = [row for row in rows if name in row["name"].lower()]
    return listing(request, rows, KEYS, show=label_shown)


@route("POST", "/labels")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Makes a label; 409 if its scope has the name. An empty name is accepted."""
    body = body_of(request)
    project = int(body.get("project_id") or 0) if body.get("scope") == "p" else 0
    _check(demo, request, project, "create")
    name, scope = body.get("name", ""), body.get("scope", "g")
    if demo.labels.first(name=name, scope=scope, project_id=project):
        demo.labels.burn()
        raise Refusal(409, f"label {name} already exists")
    now = demo.clock.stamp()
    label = demo.labels.add(
        {
            "name": name,
            "color": body.get("color", ""),
            "description": body.get("description", ""),
            "scope": scope,
            "project_id": project,
            "creation_time": now,
            "update_time": now,
        }
    )
    return created(f"/labels/{label['id']}")


def _check(demo: DemoHarbor, request: httpx.Request, project: int, action: str) -> None:
    if project:
        require(demo, request, demo.projects.get(project), "label", action)
    else:
        require_system(request, "label", action)


def _find(demo: DemoHarbor, request: httpx.Request, number: str, action: str) -> Json:
    found = demo.labels.get(int(number)) if number.isdigit() else None
    if found is None:
        raise Refusal(404, f"label {number} not found")
    if found["scope"] == "p" or action != "read":
        _check(demo, request, found["project_id"], action)
    return found


@route("GET", "/labels/{number}")
def label(demo: DemoHarbor, request: httpx.Request, number: str) -> httpx.Response:
    """One label."""
    return answer(label_shown(_find(demo, request, number, "read")))


@route("PUT", "/labels/{number}")
def update(demo: DemoHarbor, request: httpx.Request, number: str) -> httpx.Response:
    """Replaces name, color and description, with nothing if they are not sent."""
    found, body = _find(demo, request, number, "update"), body_of(request)
    found |= {key: body.get(key, "") for key in ("name", "color", "description")}
    found["update_time"] = demo.clock.stamp()
    return empty()


@route("DELETE", "/labels/{number}")
def delete(demo: DemoHarbor, request: httpx.Request, number: str) -> httpx.Response:
    """Deletes a label and takes it off all artifacts."""
    found = _find(demo, request, number, "delete")
    for row in demo.artifacts.values():
        row["labels"] = [label for label in row["labels"] if label != found["id"]]
    del demo.labels[found["id"]]
    return empty()
