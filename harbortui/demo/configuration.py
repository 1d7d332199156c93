"""Settings: read them all, change some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access, settings
from .answers import Json, Refusal, answer, body_of, empty
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

LOCKED = "the auth mode cannot be modified as new users have been inserted into database"


@route("GET", "/configurations")
def read(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All settings but the secrets, and whether they can be changed."""
    require(request, "read")
    shown: Json = {
        key: {"value": demo.configuration[key], "editable": True}
        for key in settings.DEFAULTS
        if demo.at_least(settings.NEWER.get(key, "2"))
    }
    shown["auth_mode"]["editable"] = not others(demo)
    # What is left of a setting that went with Harbor 1: no value, and nothing to edit.
    return answer(shown | {"scan_all_policy": {}})


def require(request: httpx.Request, action: str) -> str:
    """The name of the caller, who must be a system administrator: no robot can be granted it."""
    return access.require_system(request, "configuration", action).username


def others(demo: DemoHarbor) -> bool:
    """Whether there are users besides admin, for whom the authentication cannot change."""
    return any(user["user_id"] != 1 for user in demo.users.values())


@route("PUT", "/configurations")
def update(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Changes the settings that are given; unknown ones are ignored."""
    who = require(request, "update")
    body = body_of(request)
    settings.check_types(body)
    changes = {key: value for key, value in body.items() if known(demo, key) and value is not None}
    if changes.get("auth_mode", "") not in ("", demo.configuration["auth_mode"]) and others(demo):
        raise Refusal(400, LOCKED)
    settings.check_values(changes, demo.configuration)
    if prefix := changes.get("robot_name_prefix"):
        changes["robot_name_prefix"] = prefix.strip()
        rename_robots(demo, prefix.strip())
    # Harbor 2.15.2 tells of an endpoint where nobody listens, and has stored it all the same.
    demo.configuration |= changes
    if body:
        demo.record(who, "update", "configuration", "configuration", "update configuration")
    if place := changes.get("audit_log_forward_endpoint"):
        check_endpoint(demo, place)
    return empty()


def known(demo: DemoHarbor, key: str) -> bool:
    """Whether this version has the setting."""
    if key not in settings.DEFAULTS and key not in settings.SECRETS:
        return False
    return demo.at_least(settings.NEWER.get(key, "2"))


def check_endpoint(demo: DemoHarbor, place: str) -> None:
    """Refuses an address where nobody listens (400)."""
    host, _, port = place.rpartition(":")
    if host in demo.unreachable or not port.isdigit() or port == "1":
        raise Refusal(400, f"bad request: could not connect to the audit endpoint: {place}")


def rename_robots(demo: DemoHarbor, prefix: str) -> None:
    """Robots are called by the new prefix from now on; their secrets stay."""
    for robot in demo.robots.values():
        secret = demo.passwords.pop(robot["name"], "")
        robot["name"] = prefix + robot["stored"]
        demo.passwords[robot["name"]] = secret
