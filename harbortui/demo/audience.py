"""What of the registry a caller gets to see, and how much of it there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import access, large
from .answers import Json
from .signin import Caller

if TYPE_CHECKING:
    from .server import DemoHarbor


POWER = (1, 4, 2, 3, 5)
"""Roles, the most powerful first: administrator, maintainer, developer, guest, limited guest."""


def visible_projects(demo: DemoHarbor, who: Caller) -> list[Json]:
    """All projects for administrators, else the public ones and those with a role or a grant."""
    rows = list(demo.projects.values())
    if who.sysadmin:
        return rows
    return [row for row in rows if is_public(row) or _belongs_to(demo, who, row)]


def _belongs_to(demo: DemoHarbor, who: Caller, project: Json) -> bool:
    if who.robot is None:
        return bool(roles(demo, who, project))
    return any(
        grant["kind"] == "project" and grant["namespace"] in (project["name"], "*")
        for grant in who.robot.get("permissions") or []
    )


def is_public(project: Json) -> bool:
    """Whether everybody may see a project."""
    return bool(project["metadata"].get("public") == "true")


def roles(demo: DemoHarbor, who: Caller, project: Json) -> list[int]:
    """The caller's roles in a project, the most powerful first."""
    return sorted(access.roles(demo, who, project), key=POWER.index)


def repository_count(demo: DemoHarbor, project: Json) -> int:
    """How many repositories a project has."""
    number = project["project_id"]
    rows = [row for row in demo.repositories.values() if row["project_id"] == number]
    if project["name"] != large.NAME:
        return len(rows)
    ordinary = [row for row in rows if row["id"] < large.FIRST_ID]
    return len(ordinary) + len(large.repositories(demo))
