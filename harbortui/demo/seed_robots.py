"""The demo's robots: some for machines, one that expires soon, some that should have gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from . import robots
from .answers import Json
from .clock import moment, stamp

if TYPE_CHECKING:
    from .server import DemoHarbor

PULL = "repository:list repository:pull artifact:read artifact:list"
PUSH = f"{PULL} repository:push artifact:create tag:create tag:delete"
READ = "audit-log:list project:list registry:list quota:list replication-policy:list"
PUSHED_TO = "payments catalog web-frontend ci-images"

# Name, days that it lives, days since it was made, where it may do what.
ROBOTS = (
    ("ci-pusher", 90, 84, dict.fromkeys(PUSHED_TO.split(), PUSH)),
    ("k8s-pull", -1, 310, {"*": PULL}),
    ("mirror", 365, 120, {"base-images": PULL, "hub-cache": PULL}),
    ("old-system", 400, 350, {"*": PUSH}),
    ("sys-reader", -1, 200, {"/": READ, "*": PULL}),
    ("library+builder", 30, 18, {"library": PUSH}),
    ("payments+deploy", 7, 0.01, {"payments": PULL}),
    ("web-frontend+preview", 60, 49, {"web-frontend": PUSH}),
    ("ml-platform+trainer", 90, 93, {"ml-platform": PUSH}),
    ("legacy-monolith+stale", 30, 700, {"legacy-monolith": PULL}),
    ("analytics+reports", -1, 400, {"analytics": PULL}),
)
DESCRIPTIONS = {
    "ci-pusher": "Pushes what the pipelines build",
    "k8s-pull": "Pulls for all clusters",
    "mirror": "Feeds the offices' mirrors",
    "old-system": "Replaced by ci-pusher",
    "payments+deploy": "Rolls payments out",
}
MAKERS = {"payments+deploy": "bob", "web-frontend+preview": "carol", "ml-platform+trainer": "carol"}
DELETED_USER = 2
"""Somebody who has left, and whose robot still works."""


def fill(demo: DemoHarbor) -> None:
    """Adds all robots; their secrets are in `demo.passwords`."""
    for name, days, age, grants in ROBOTS:
        robot = robots.add(demo, name, body(name, days, grants), project_of(demo, name))
        made = demo.clock() - timedelta(days=age)
        robot |= {"creation_time": stamp(made), "update_time": stamp(made)}
        if days > 0:
            ends = moment(robot["creation_time"]) + timedelta(days=days)
            robot["expires_at"] = int(ends.timestamp())
        robot["disable"] = name == "old-system"
        robot["creator_ref"] = demo.user(MAKERS.get(name, "admin"))["user_id"]
        if name == "analytics+reports":
            robot["creator_ref"] = DELETED_USER


def project_of(demo: DemoHarbor, name: str) -> int:
    """The project of `project+name`, 0 for a robot of the whole registry."""
    project, plus, _ = name.partition("+")
    return int(demo.project(project)["project_id"]) if plus else 0


def body(name: str, days: int, grants: dict[str, str]) -> Json:
    """What a request to make such a robot would say."""
    return {
        "level": "project" if "+" in name else "system",
        "description": DESCRIPTIONS.get(name, ""),
        "duration": days,
        "permissions": [grant(namespace, words) for namespace, words in grants.items()],
    }


def grant(namespace: str, words: str) -> Json:
    """Permissions in a project, in all (`*`), or in the system (`/`)."""
    pairs = [word.split(":") for word in words.split()]
    return {
        "kind": "system" if namespace == "/" else "project",
        "namespace": namespace,
        "access": [{"resource": resource, "action": action} for resource, action in pairs],
    }
