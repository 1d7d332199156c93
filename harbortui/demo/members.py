"""Members of projects: users and their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import finding, seed_projects
from .answers import Json, Refusal, answer, body_of, created, empty
from .listing import page
from .permissions import ROLES
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor


@route("GET", "/projects/{p}/members")
def members(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Members by name. `entityname` is exact, and the total does not heed it."""
    project = finding.project(demo, request, p, "member:list")
    # A role that does not exist (Harbor takes any number) hides its member from the list.
    rows = [row for row in of_project(demo, project) if row["role_id"] in ROLES]
    rows.sort(key=lambda row: str(row["entity_name"]))
    name = request.url.params.get("entityname", "")
    found = [row for row in rows if name in ("", row["entity_name"])]
    return page(request, found, total=len(rows))


def of_project(demo: DemoHarbor, project: Json) -> list[Json]:
    """All members of a project."""
    return demo.members.where(project_id=project["project_id"])


def _member(demo: DemoHarbor, project: Json, mid: str) -> Json | None:
    found = demo.members.get(int(mid)) if mid.isdigit() else None
    return found if found and found["project_id"] == project["project_id"] else None


@route("GET", "/projects/{p}/members/{mid}")
def member(demo: DemoHarbor, request: httpx.Request, p: str, mid: str) -> httpx.Response:
    """One member."""
    project = finding.project(demo, request, p, "member:read")
    found = _member(demo, project, mid)
    if found is None:
        number = project["project_id"]
        where = f"project id {number}, member id {mid}"
        raise Refusal(404, f"the project member is not found, {where}")
    return answer(found)


@route("POST", "/projects/{p}/members")
def add(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Makes a user a member, by id or by name; groups cannot join in database mode."""
    project = finding.project(demo, request, p, "member:create")
    body = body_of(request)
    role = body.get("role_id", 0)
    user = _wanted(demo, body)
    if role not in ROLES:
        raise Refusal(400, "Failed to update project member, role is not in 1,2,3")
    if any(row["entity_id"] == user["user_id"] for row in of_project(demo, project)):
        raise Refusal(409, "The project member specified already exist")
    made = seed_projects.join(demo, project, user, role)
    return created(f"/projects/{project['project_id']}/members/{made['id']}")


def _wanted(demo: DemoHarbor, body: Json) -> Json:
    user, group = body.get("member_user") or {}, body.get("member_group") or {}
    if number := user.get("user_id"):
        found = demo.users.get(number)
        if found is None:
            raise Refusal(400, f"user {number} not found")
        return found
    if name := user.get("username"):
        found = demo.users.first(username=name)
        if found is None:
            raise Refusal(404, f"user {name} is not found")
        return found
    if name := group.get("group_name") or group.get("ldap_group_dn"):
        raise Refusal(404, f"{name} not found: not supported")
    if number := group.get("id"):
        raise Refusal(400, f"user group {number} not found")
    raise Refusal(500)


@route("PUT", "/projects/{p}/members/{mid}")
def change(demo: DemoHarbor, request: httpx.Request, p: str, mid: str) -> httpx.Response:
    """Gives a member another role; 200 whether or not there is such a member or such a role."""
    project = finding.project(demo, request, p, "member:update")
    found = _member(demo, project, mid)
    role = int(body_of(request).get("role_id") or 0)
    if found:
        found["role_id"] = role
        found["role_name"] = ROLES.get(role, "")
    return empty()


@route("DELETE", "/projects/{p}/members/{mid}")
def remove(demo: DemoHarbor, request: httpx.Request, p: str, mid: str) -> httpx.Response:
    """Takes a member out; 200 also when there is none."""
    project = finding.project(demo, request, p, "member:delete")
    if found := _member(demo, project, mid):
        del demo.members[found["id"]]
    return empty()
