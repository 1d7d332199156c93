"""Robots of the registry and of projects: permissions, secrets, expiry."""

from __future__ import annotations

import random
import re
import string
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from . import access, permissions, query
from .answers import Json, Refusal, answer, body_of, empty, without_zeros
from .clock import moment
from .grantable import PROJECT, SYSTEM, rows
from .listing import columns, listing
from .routing import route
from .signin import Caller
from .users import WEAK, strong

if TYPE_CHECKING:
    from .server import DemoHarbor

NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
LONGEST = 2**31 - 1
# Harbor 2.15.2 ignores a sort by expires_at: it is no column that can be sorted by.
KEYS = columns("id", "description", "creation_time", "update_time", name=lambda row: row["stored"])
HIDDEN = ("stored", "project_id")


def show(demo: DemoHarbor, robot: Json) -> Json:
    """A robot as Harbor answers it, without its secret; who made it is known since 2.12."""
    hidden = HIDDEN if demo.at_least("2.12") else (*HIDDEN, "creator_type", "creator_ref")
    shown = {key: robot[key] for key in robot if key not in hidden}
    return without_zeros(shown, "disable", "editable", "duration")


def find(demo: DemoHarbor, robot_id: str) -> Json:
    """The robot with this id, or 404."""
    robot = demo.robots.get(int(robot_id)) if robot_id.isdigit() else None
    if robot is None:
        raise Refusal(404, f"robot {robot_id} not found")
    return robot


def require(
    demo: DemoHarbor, request: httpx.Request, level: str, project_id: int, action: str
) -> Caller:
    """The caller, who may do this to robots of the registry or of a project (401, 403)."""
    if level == "system":
        return access.require_system(request, "robot", action)
    return access.require(demo, request, demo.projects.get(project_id), "robot", action)


@route("GET", "/robots")
def robots(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Robots of the registry, or with `q=Level=project,ProjectID=4` those of a project."""
    access.signed_in(request)
    asked = {term.key: term.text for term in query.terms(request.url.params.get("q", ""))}
    level, project_id = asked.get("Level", "system"), 0
    if level not in ("system", "project"):
        raise Refusal(400, "bad request error level input")
    if level == "project":
        if "ProjectID" not in asked:
            raise Refusal(400, "must with project ID when to query project robots")
        if not asked["ProjectID"].isdigit():
            raise Refusal(400, "Project ID must be int type.")
        project_id = int(asked["ProjectID"])
    require(demo, request, level, project_id, "list")
    rows = demo.robots.where(level=level, project_id=project_id)
    return listing(request, rows, KEYS, "name", lambda robot: show(demo, robot))


@route("POST", "/robots")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Makes a robot; only this answer holds its secret."""
    access.signed_in(request)
    body = body_of(request)
    name, level = str(body.get("name", "")), str(body.get("level", ""))
    if not NAME.fullmatch(name):
        raise Refusal(400, "robot name is not in lower case or contains illegal characters")
    check(body)
    project = demo.projects.first(name=body["permissions"][0].get("namespace"))
    project_id = project["project_id"] if project and level == "project" else 0
    maker = require(demo, request, level, project_id, "create")
    check_subset(maker, body["permissions"])
    stored = f"{project['name']}+{name}" if project and level == "project" else name
    if demo.robots.first(stored=stored, project_id=project_id):
        demo.robots.burn()
        raise Refusal(409, f"robot account {project_id}:{stored} already exists")
    robot = add(demo, stored, body, project_id)
    if maker.robot is not None:
        robot |= {"creator_type": "robot", "creator_ref": maker.robot["id"]}
    else:
        robot["creator_ref"] = maker.user_id
    demo.record(maker.username, "create", "robot", robot["name"], project_id=project_id)
    made = {key: robot[key] for key in ("id", "name", "creation_time", "expires_at")}
    secret = {"secret": demo.passwords[robot["name"]]}
    return answer(made | secret, 201, {"Location": f"/api/v2.0/robots/{robot['id']}"})


def add(demo: DemoHarbor, stored: str, body: Json, project_id: int = 0) -> Json:
    """A new row of the table of robots, and a secret in the table of passwords."""
    now = demo.clock()
    prefix = demo.configuration.get("robot_name_prefix", "robot$")
    robot = demo.robots.add(
        {
            "name": prefix + stored,
            "stored": stored,
            "project_id": project_id,
            "level": body["level"],
            "description": body.get("description") or "",
            "duration": body["duration"],
            "disable": False,
            "editable": True,
            "permissions": body["permissions"],
            "creator_type": "local",
            "creator_ref": 1,
            "creation_time": demo.clock.stamp(),
            "update_time": demo.clock.stamp(),
            "expires_at": -1,
        }
    )
    if body["duration"] > 0:
        robot["expires_at"] = int((now + timedelta(days=body["duration"])).timestamp())
    demo.passwords[robot["name"]] = new_secret(demo)
    return robot


def new_secret(demo: DemoHarbor) -> str:
    """32 letters and digits, of every kind that Harbor asks for."""
    demo.handed_out += 1
    letters = random.Random(demo.handed_out).choices(string.ascii_letters + string.digits, k=29)
    return "".join(letters) + "aA1"


def check(body: Json) -> None:
    """Refuses durations, levels and permissions as Harbor does (400)."""
    days, granted = body.get("duration") or 0, body.get("permissions") or []
    if not (days == -1 or 0 < days < LONGEST):
        reason = "duration must be either -1(Never) or a positive integer"
        raise Refusal(400, f"bad request error duration input: {days}, {reason}")
    if body.get("level") not in ("system", "project"):
        raise Refusal(400, f"bad request error level input: {body.get('level', '')}")
    if not granted:
        raise Refusal(400, "bad request empty permission")
    if not all(permission.get("access") for permission in granted):
        raise Refusal(400, "bad request empty access")
    if body["level"] == "project" and len(granted) > 1:
        raise Refusal(400, "bad request permission")
    for permission in granted:
        check_access(permission)


def check_access(permission: Json) -> None:
    """Refuses what is not in the table of permissions of this kind (400)."""
    known = rows(SYSTEM if permission.get("kind") == "system" else PROJECT)
    for wanted in permission["access"]:
        pair = {"resource": wanted.get("resource", ""), "action": wanted.get("action", "")}
        if pair not in known:
            raise Refusal(400, f"bad request permission: {pair['resource']}:{pair['action']}")


def check_subset(maker: Caller, granted: list[Json]) -> None:
    """A robot can hand on only what it may do itself (403)."""
    if maker.robot is None:
        return
    for permission in granted:
        own = permissions.of_robot(maker.robot, permission["namespace"])
        wanted = [(pair["resource"], pair["action"]) for pair in permission["access"]]
        if not set(wanted) <= set(own):
            raise Refusal(403, "permission scope is invalid", "DENIED")


@route("GET", "/robots/{robot_id}")
def robot(demo: DemoHarbor, request: httpx.Request, robot_id: str) -> httpx.Response:
    """One robot."""
    access.signed_in(request)
    found = find(demo, robot_id)
    require(demo, request, found["level"], found["project_id"], "read")
    return answer(show(demo, found))


@route("PUT", "/robots/{robot_id}")
def update(demo: DemoHarbor, request: httpx.Request, robot_id: str) -> httpx.Response:
    """Replaces everything but name and level; the days count from the creation."""
    access.signed_in(request)
    found = find(demo, robot_id)
    body = body_of(request)
    days = body.get("duration")
    check(body | {"duration": found["duration"] if days is None else days})
    require(demo, request, found["level"], found["project_id"], "update")
    if body["level"] != found["level"] or body.get("name") != found["name"]:
        raise Refusal(400, "cannot update the level or name of robot")
    if days is not None and days != found["duration"]:
        ends = moment(found["creation_time"]) + timedelta(days=days)
        found |= {"duration": days, "expires_at": -1 if days == -1 else int(ends.timestamp())}
    found |= {
        "description": body.get("description") or "",
        "disable": bool(body.get("disable")),
        "permissions": body["permissions"],
        "update_time": demo.clock.stamp(),
    }
    return empty()


@route("PATCH", "/robots/{robot_id}")
def new_secret_of(demo: DemoHarbor, request: httpx.Request, robot_id: str) -> httpx.Response:
    """A new secret: one that is given, or one that only this answer holds."""
    access.signed_in(request)
    found = find(demo, robot_id)
    require(demo, request, found["level"], found["project_id"], "update")
    wanted = str(body_of(request).get("secret") or "")
    if wanted and not strong(wanted):
        raise Refusal(400, WEAK)
    secret = wanted or new_secret(demo)
    demo.passwords[found["name"]] = secret
    found["update_time"] = demo.clock.stamp()
    return answer({} if wanted else {"secret": secret})


@route("DELETE", "/robots/{robot_id}")
def delete(demo: DemoHarbor, request: httpx.Request, robot_id: str) -> httpx.Response:
    """Deletes a robot; from then on its secret opens nothing."""
    access.signed_in(request)
    found = find(demo, robot_id)
    who = require(demo, request, found["level"], found["project_id"], "delete")
    del demo.robots[found["id"]]
    demo.passwords.pop(found["name"], None)
    name, project_id = found["name"], found["project_id"]
    demo.record(who.username, "delete", "robot", name, project_id=project_id)
    return empty()
