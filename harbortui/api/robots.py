"""Robots: accounts for programs, of the registry (system level) or of one project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from harbortui.api import across
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.many import all_pages, several
from harbortui.api.model import Model, Moment, Page, Query, part
from harbortui.api.projects import Project

PATH = "/robots"
SYSTEM, PROJECT, EVERYWHERE = "system", "project", "*"
NEVER = -1
"""Harbor's word for a robot that does not expire, as duration and as moment."""
LATEST = 253_402_300_799
"""The last second that a date can name; Harbor takes durations of five million years."""


class Access(Model):
    """One thing that may be done: a noun and a verb."""

    resource: str = ""
    action: str = ""
    effect: str = ""


class Permission(Model):
    """What may be done in a project, in all (`*`), or in the registry itself (`/`)."""

    kind: str = ""
    namespace: str = ""
    access: tuple[Access, ...] = ()


class Robot(Model):
    """A robot, without its secret."""

    id: int = 0
    name: str = ""
    """In full: prefix, project and `+` when it belongs to one, name."""
    description: str = ""
    level: str = ""
    duration: int = 0
    """Days from its creation; -1 for ever."""
    expires_at: int = NEVER
    """Seconds since 1970; -1 never."""
    disable: bool = False
    editable: bool = True
    permissions: tuple[Permission, ...] = ()
    creator_type: str = ""
    creator_ref: int = 0
    """The id of the user, or of the robot, that made it (Harbor 2.12)."""
    creation_time: Moment | None = None
    update_time: Moment | None = None
    project_id: int = 0
    """Of a project's robot, filled in here; 0 for one of the registry."""
    left: float | None = None
    """Seconds until it expires, as it was read; None for never. Filled in here."""

    @property
    def project(self) -> str:
        """The project that it belongs to; empty for one of the registry."""
        return self.permissions[0].namespace if self.level == PROJECT and self.permissions else ""

    @property
    def expires(self) -> datetime | None:
        """When it expires; None for never."""
        if not 0 < self.expires_at <= LATEST:
            return None
        return datetime.fromtimestamp(self.expires_at, UTC)

    @property
    def expired(self) -> bool:
        """It can no longer sign in."""
        return self.left is not None and self.left <= 0


async def page(harbor: Harbor, scope: Project | None, query: Query) -> Page[Robot]:
    """Robots of a project, or of all levels, those first that expire first.

    Harbor ignores a sort by expiry (2.15.2), so all are read and sorted here.
    """
    found = await (of_project(harbor, scope) if scope else everywhere(harbor))
    return part(by_expiry(found), query)


def by_expiry(robots: Sequence[Robot]) -> list[Robot]:
    """Those first that expire first, those last that never do."""
    return sorted(
        robots,
        key=lambda robot: (robot.left is None, robot.expires_at, robot.name, robot.id),
    )


async def everywhere(harbor: Harbor, known: Sequence[Project] | None = None) -> list[Robot]:
    """Robots of the registry and of every project (all, if none are given): a request each.

    What the account may not see is left out; Forbidden when that is everything.
    """
    places = [None, *(await across.projects(harbor) if known is None else known)]

    async def one(place: Project | None) -> list[Robot] | None:
        asked = of_project(harbor, place) if place else of_system(harbor)
        return await across.unless_refused(asked)

    found = [robots for robots in await several(places, one) if robots is not None]
    if not found:
        raise Forbidden("this account may not see the robots of the registry or of any project")
    return [robot for robots in found for robot in robots]


async def of_system(harbor: Harbor) -> list[Robot]:
    """Robots of the registry, `GET /robots`; Forbidden for all but system administrators."""
    return await _listed(harbor, "")


async def of_project(harbor: Harbor, project: Project) -> list[Robot]:
    """`GET /robots?q=Level=project,ProjectID=…` (spelled so); Forbidden without `robot:list`."""
    found = await _listed(harbor, f"Level=project,ProjectID={project.project_id}")
    return [robot.model_copy(update={"project_id": project.project_id}) for robot in found]


async def _listed(harbor: Harbor, q: str) -> list[Robot]:
    found = await all_pages(
        lambda query: harbor.page(PATH, Robot, query), Query(q=q, sort="name,id")
    )
    return [aged(robot, harbor.now()) for robot in found]


def aged(robot: Robot, moment: datetime) -> Robot:
    """The robot with the seconds that are left to it at this moment."""
    left = (robot.expires - moment).total_seconds() if robot.expires else None
    return robot.model_copy(update={"left": left})


async def get(harbor: Harbor, robot: Robot) -> Robot:
    """`GET /robots/{id}`; NotFound when it is gone."""
    found = await harbor.get(at(robot), Robot)
    return aged(found, harbor.now()).model_copy(update={"project_id": robot.project_id})


async def raw(harbor: Harbor, robot: Robot) -> Any:
    """`GET /robots/{id}` as Harbor sends it."""
    return await harbor.raw(at(robot))


async def find(harbor: Harbor, text: str) -> Robot:
    """The robot of this name, in full or without Harbor's prefix; NotFound when none is meant.

    The prefix can be configured, so it is whatever stands before a name and is no part of one.
    """
    robots = await everywhere(harbor)
    for robot in robots:
        if robot.name == text:
            return robot
    meant = [robot for robot in robots if text and _means(robot.name, text)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NotFound(f"several robots are called {text}: {', '.join(r.name for r in meant[:3])}")
    raise NotFound(f"there is no robot called {text}")


def _means(name: str, text: str) -> bool:
    start = name.removesuffix(text)
    return start != name and not (start[-1:].isalnum() or start[-1:] in {".", "_", "-"})


def at(robot: Robot) -> str:
    """The path of a robot."""
    return f"{PATH}/{robot.id}"
