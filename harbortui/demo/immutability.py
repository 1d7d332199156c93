"""Rules that make tags immutable: they cannot be moved, nor they or their artifact deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import finding
from .answers import Json, Refusal, body_of, created, empty, without_zeros
from .listing import columns, listing
from .patterns import matches
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns("id", "disabled")


def fill(demo: DemoHarbor) -> None:
    """Makes the releases of base images and of charts immutable."""
    for name, pattern in (("base-images", "1.0.*"), ("charts", "1.*")):
        everything = {"decoration": "repoMatches", "kind": "doublestar", "pattern": "**"}
        demo.immutables.add(
            {
                "action": "immutable",
                "project_id": demo.project(name)["project_id"],
                "scope_selectors": {"repository": [everything]},
                "tag_selectors": [everything | {"decoration": "matches", "pattern": pattern}],
                "template": "immutable_template",
            }
        )


@route("GET", "/projects/{p}/immutabletagrules")
def rules(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """The rules of a project."""
    project = finding.project(demo, request, p, "immutable-tag:list")
    return listing(request, _of(demo, project), KEYS, show=_shown)


def _of(demo: DemoHarbor, project: Json) -> list[Json]:
    return demo.immutables.where(project_id=project["project_id"])


def _shown(rule: Json) -> Json:
    return without_zeros({key: rule[key] for key in rule if key != "project_id"})


@route("POST", "/projects/{p}/immutabletagrules")
def add(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Adds a rule; 409 if the project has it already."""
    project = finding.project(demo, request, p, "immutable-tag:create")
    body = {key: value for key, value in body_of(request).items() if key != "id"}
    selectors = ("tag_selectors", "scope_selectors")
    for other in _of(demo, project):
        if all(other.get(key) == body.get(key) for key in selectors):
            raise Refusal(409, "the immutable rule already exists")
    number = project["project_id"]
    rule = demo.immutables.add(body | {"project_id": number})
    return created(f"/projects/{number}/immutabletagrules/{rule['id']}")


@route("PUT", "/projects/{p}/immutabletagrules/{rule}")
def update(demo: DemoHarbor, request: httpx.Request, p: str, rule: str) -> httpx.Response:
    """Changes a rule; one that switches it on or off changes nothing else."""
    project = finding.project(demo, request, p, "immutable-tag:update")
    found, body = _find(demo, project, rule), body_of(request)
    if body.get("id") != found["id"]:
        raise Refusal(400, "the rule id in the body is not the one of the path")
    if bool(body.get("disabled")) != bool(found.get("disabled")):
        found["disabled"] = bool(body.get("disabled"))
    else:
        found |= body
    return empty()


@route("DELETE", "/projects/{p}/immutabletagrules/{rule}")
def delete(demo: DemoHarbor, request: httpx.Request, p: str, rule: str) -> httpx.Response:
    """Removes a rule."""
    project = finding.project(demo, request, p, "immutable-tag:delete")
    del demo.immutables[_find(demo, project, rule)["id"]]
    return empty()


def _find(demo: DemoHarbor, project: Json, rule: str) -> Json:
    found = demo.immutables.get(int(rule)) if rule.isdigit() else None
    if found is None or found["project_id"] != project["project_id"]:
        raise Refusal(404, f"immutable tag rule {rule} not found")
    return found


def is_immutable(demo: DemoHarbor, artifact: Json, tag: str) -> bool:
    """Whether a rule of the project covers this tag of an artifact."""
    name = artifact["repository_name"].partition("/")[2]
    return any(
        _covers(rule["scope_selectors"]["repository"], name) and _covers(rule["tag_selectors"], tag)
        for rule in demo.immutables.where(project_id=artifact["project_id"])
        if not rule.get("disabled")
    )


def _covers(selectors: list[Json], name: str) -> bool:
    return all(
        matches(selector["pattern"], name) != selector["decoration"].lower().endswith("excludes")
        for selector in selectors
    )
