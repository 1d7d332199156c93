"""Groups of users, which are of use when users come from a directory or from OIDC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access
from .answers import Json, Refusal, answer, body_of, created, empty, without_zeros
from .listing import listing
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

TYPES = {"ldap_auth": 1, "http_auth": 2, "oidc_auth": 3}


def shown(demo: DemoHarbor, part: str) -> list[Json]:
    """The groups of the authentication in use, whose name contains `part`."""
    wanted = TYPES.get(demo.configuration.get("auth_mode", ""))
    return [
        group
        for group in demo.groups.values()
        if part.lower() in group["group_name"].lower() and wanted in (None, group["group_type"])
    ]


def find(demo: DemoHarbor, group_id: str) -> Json:
    """The group with this id, or 404."""
    group = demo.groups.get(int(group_id)) if group_id.isdigit() else None
    if group is None:
        raise Refusal(404, f"user group {group_id} not found")
    return group


@route("GET", "/usergroups")
def groups(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All groups, for administrators."""
    access.require_system(request, "user-group", "list")
    asked = request.url.params
    rows = shown(demo, asked.get("group_name", ""))
    if name := asked.get("ldap_group_dn", ""):
        rows = [group for group in rows if group["ldap_group_dn"] == name]
    return listing(request, rows, {}, show=without_zeros)


@route("GET", "/usergroups/search")
def search(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Groups whose name contains `groupname`, for everybody who has signed in."""
    access.signed_in(request)
    rows = shown(demo, request.url.params.get("groupname", ""))
    return listing(request, rows, {}, show=in_short)


def in_short(group: Json) -> Json:
    """What a search says of a group."""
    return {key: group[key] for key in ("id", "group_name", "group_type")}


@route("POST", "/usergroups")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Makes a group; a name is needed (400 with an empty body), and a new one (409)."""
    access.require_system(request, "user-group", "create")
    body = body_of(request)
    name = body.get("group_name")
    if not name:
        return empty(400)
    if demo.groups.first(group_name=name):
        raise Refusal(409, f"user group with name {name} already exists")
    said = {key: body.get(key) or "" for key in ("group_name", "group_type", "ldap_group_dn")}
    group = demo.groups.add(said)
    return created(f"/usergroups/{group['id']}")


@route("GET", "/usergroups/{group_id}")
def group(demo: DemoHarbor, request: httpx.Request, group_id: str) -> httpx.Response:
    """One group; its id is not repeated."""
    access.require_system(request, "user-group", "read")
    found = find(demo, group_id)
    return answer(without_zeros({key: found[key] for key in found if key != "id"}))


@route("PUT", "/usergroups/{group_id}")
def update(demo: DemoHarbor, request: httpx.Request, group_id: str) -> httpx.Response:
    """A new name; nothing else can change."""
    access.require_system(request, "user-group", "update")
    found = find(demo, group_id)
    name = body_of(request).get("group_name")
    if not name:
        return empty(400)
    found["group_name"] = name
    return empty()


@route("DELETE", "/usergroups/{group_id}")
def delete(demo: DemoHarbor, request: httpx.Request, group_id: str) -> httpx.Response:
    """Deletes a group and its memberships."""
    access.require_system(request, "user-group", "delete")
    found = find(demo, group_id)
    del demo.groups[found["id"]]
    for member in demo.members.where(entity_type="g", entity_id=found["id"]):
        del demo.members[member["id"]]
    return empty()
