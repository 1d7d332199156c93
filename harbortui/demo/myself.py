"""The one who asks: who that is, what he may do, whom he can find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from . import access, permissions
from .answers import Refusal, answer
from .listing import listing
from .routing import route
from .users import find, show

if TYPE_CHECKING:
    from .server import DemoHarbor


@route("GET", "/users/current")
def current(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Oneself; 412 for a robot, 404 for a user who was deleted and still has a session."""
    who = access.signed_in(request)
    if who.robot is not None:
        reason = "get current user not available for security context: robot"
        raise Refusal(412, reason)
    return answer(show(find(demo, str(who.user_id))))


@route("GET", "/users/current/permissions")
def current_permissions(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """What oneself may do in the project of `scope`; nothing for any other scope."""
    who = access.signed_in(request)
    scope = request.url.params.get("scope", "")
    relative = request.url.params.get("relative") == "true"
    asked = re.fullmatch(r"/project/(\d+)", scope)
    if asked is None:
        return answer([])
    project = demo.projects.get(int(asked[1]))
    granted = permissions.of_role(1) if who.sysadmin else []
    if project and not who.sysadmin:
        granted = list(dict.fromkeys(access.allowed(demo, who, project)))

    def named(resource: str) -> str:
        if resource == "project":
            return "." if relative else scope
        return resource if relative else f"{scope}/{resource}"

    return answer([{"resource": named(resource), "action": action} for resource, action in granted])


@route("GET", "/users/search")
def search(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Ids and names of users whose name contains `username`, the shortest first."""
    access.signed_in(request)
    part = request.url.params.get("username", "").lower()
    rows = [user for user in demo.users.values() if part in user["username"].lower()]
    rows.sort(key=lambda user: (len(user["username"]), user["username"]))
    return listing(
        request, rows, {}, show=lambda user: {k: user[k] for k in ("user_id", "username")}
    )
