"""Whether a request may do what it asks: the checks that routes begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import permissions
from .answers import Json, Refusal
from .signin import Caller, caller

if TYPE_CHECKING:
    from .server import DemoHarbor


def signed_in(request: httpx.Request) -> Caller:
    """The caller, who must be somebody (401)."""
    found = caller(request)
    if not found.known:
        raise Refusal(401, "unauthorized")
    return found


def require_system(request: httpx.Request, resource: str, action: str) -> Caller:
    """The caller, who must be a system administrator or a robot with this system permission."""
    found = signed_in(request)
    if not permitted_in_system(found, resource, action):
        raise Refusal(403, found.username)
    return found


def permitted_in_system(who: Caller, resource: str, action: str) -> bool:
    """Whether a caller has a permission of the whole registry, such as `configuration`, `read`."""
    if who.robot is not None:
        return (resource, action) in permissions.of_robot(who.robot, "/")
    return who.sysadmin


def require(
    demo: DemoHarbor, request: httpx.Request, project: Json | None, resource: str, action: str
) -> Caller:
    """The caller, who must have this permission in the project (401, 403).

    A project that does not exist is refused the same way to all but administrators, who pass.
    """
    found = caller(request)
    if found.sysadmin or (project and permitted(demo, found, project, resource, action)):
        return found
    signed_in(request)
    raise Refusal(403, "forbidden")


def permitted(demo: DemoHarbor, who: Caller, project: Json, resource: str, action: str) -> bool:
    """Whether a caller may do something in a project; `project` itself is a resource too."""
    return who.sysadmin or (resource, action) in allowed(demo, who, project)


def allowed(demo: DemoHarbor, who: Caller, project: Json) -> list[permissions.Permission]:
    """All that a caller may do in a project; system administrators are not looked up here."""
    found: list[permissions.Permission] = []
    if who.robot is not None:
        found += permissions.of_robot(who.robot, project["name"])
    for role in roles(demo, who, project):
        found += permissions.of_role(role)
    if project["metadata"].get("public") == "true":
        found += permissions.of_outsiders()
    return found


def roles(demo: DemoHarbor, who: Caller, project: Json) -> list[int]:
    """The roles of a user in a project; a number that is no role gives nothing."""
    if not who.user_id:
        return []
    return [
        member["role_id"]
        for member in demo.members.where(project_id=project["project_id"])
        if member["entity_type"] == "u"
        and member["entity_id"] == who.user_id
        and member["role_id"] in permissions.ROLES
    ]
