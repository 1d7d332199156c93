"""What a user has in the registry: roles in projects, projects of his own, robots he made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from harbortui.api import across, members, projects, robot_changes, robots
from harbortui.api.errors import Refused
from harbortui.api.harbor import Harbor
from harbortui.api.many import several
from harbortui.api.members import Member
from harbortui.api.model import Model, Page, Query, part
from harbortui.api.projects import Project
from harbortui.api.robots import Robot
from harbortui.api.users import User

Kind = Literal["role", "owner", "robot"]
LOCAL = "local"
"""Harbor's word for a robot that a user has made, not another robot."""


class Holding(Model):
    """One thing that a user has; of the last three, one is there."""

    kind: Kind = "role"
    username: str = ""
    member: Member | None = None
    project: Project | None = None
    robot: Robot | None = None

    @property
    def place(self) -> str:
        """The project it is in; empty for the registry."""
        if self.project:
            return self.project.name
        return self.robot.project if self.robot else ""


class Survey(NamedTuple):
    """All that a user has; and of how many robots Harbor does not say who made them."""

    held: list[Holding]
    nameless: int = 0


async def page(harbor: Harbor, user: User, query: Query) -> Page[Holding]:
    """All that a user has: two requests for each project, four at a time."""
    return part((await survey(harbor, user)).held, query)


async def survey(harbor: Harbor, user: User) -> Survey:
    """Roles, then projects, then robots; what the caller may not see is left out.

    Before 2.12 Harbor does not record who makes a robot.
    """
    places = await across.projects(harbor)
    every = await robots.everywhere(harbor, places)
    made = robots.by_expiry([robot for robot in every if _made(robot, user)])
    name = user.username
    held = [
        *await roles(harbor, user, places),
        *(Holding(kind="owner", username=name, project=one) for one in places if _owns(one, user)),
        *(Holding(kind="robot", username=name, robot=robot) for robot in made),
    ]
    return Survey(held, sum(not robot.creator_type for robot in every))


def _owns(project: Project, user: User) -> bool:
    return project.owner_id == user.user_id


def _made(robot: Robot, user: User) -> bool:
    return robot.creator_ref == user.user_id and robot.creator_type == LOCAL


async def roles(harbor: Harbor, user: User, places: Sequence[Project]) -> list[Holding]:
    """His own roles, `GET /projects/{name}/members?entityname=…`; not those of groups he is in.

    Harbor's total ignores `entityname` (all versions), so that every row is looked at again.
    """

    async def one(project: Project) -> list[Member]:
        path = f"{projects.at(project.name)}/members"
        asked = harbor.page(path, Member, Query(), entityname=user.username)
        return (await asked).items

    async def allowed(project: Project) -> list[Holding]:
        return [
            Holding(
                kind="role",
                username=user.username,
                project=project,
                member=member.model_copy(update={"project": project.name}),
            )
            for member in await across.unless_refused(one(project)) or ()
            if not member.is_group and member.entity_id == user.user_id
        ]

    return [held for some in await several(places, allowed) for held in some]


async def take_away(harbor: Harbor, held: Holding) -> str | None:
    """A role, `DELETE /projects/{name}/members/{id}`, or a robot, `DELETE /robots/{id}`."""
    if held.kind == "role" and held.member:
        return await members.remove(harbor, held.member)
    if held.kind == "robot" and held.robot:
        return await robot_changes.delete(harbor, held.robot)
    raise Refused("Harbor has no way to give a project another owner")


async def raw(harbor: Harbor, held: Holding) -> Any:
    """The membership, the robot or the project, as Harbor sends it."""
    if held.kind == "role" and held.member:
        return await members.raw(harbor, held.member)
    if held.robot:
        return await robots.raw(harbor, held.robot)
    return await projects.raw(harbor, held.project) if held.project else None
