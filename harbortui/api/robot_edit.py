"""What can be changed of a robot: its description, and what it may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from harbortui.api.changes import changed, unless_changed
from harbortui.api.form import Form
from harbortui.api.harbor import Harbor
from harbortui.api.model import made
from harbortui.api.robot_changes import freshest, replace
from harbortui.api.robot_forms import Grant, Granted, InProjects, wanted
from harbortui.api.robot_grants import Wanted, granted, in_projects, permissions
from harbortui.api.robots import PROJECT, Robot, get


class Described(Form):
    """What a robot is for, in words."""

    description: str = Field("", title="Description", max_length=1024)


class ProjectRobot(Described):
    """What can be changed of a project's robot."""

    allowed: InProjects = Field(frozenset(), title="May")


class RegistryRobot(Granted, Described):
    """What can be changed of a robot of the registry."""


async def fill(harbor: Harbor, robot: Robot) -> ProjectRobot | RegistryRobot:
    """What can be changed, as it is now."""
    return filled(await get(harbor, robot))


def filled(robot: Robot) -> ProjectRobot | RegistryRobot:
    """The form of a robot."""
    system, together = granted(robot.permissions)
    if robot.level == PROJECT:
        allowed = frozenset(one for pairs in together for one in pairs)
        return ProjectRobot.model_construct(description=robot.description, allowed=allowed)
    grants = tuple(
        Grant.model_construct(projects=places, allowed=allowed)
        for allowed, places in sorted(together.items(), key=lambda item: sorted(item[1]))
    )
    return RegistryRobot.model_construct(
        description=robot.description, grants=grants, system=system
    )


async def update(
    harbor: Harbor,
    robot: Robot,
    before: ProjectRobot | RegistryRobot,
    after: ProjectRobot | RegistryRobot,
) -> str | None:
    """`PUT /robots/{id}`; Conflict when someone else changed the same meanwhile."""
    found = await freshest(harbor, robot)
    fresh = made(Robot, found).model_copy(update={"project_id": robot.project_id})
    unless_changed(robot.name, before, after, filled(fresh))
    new = changed(before, after)
    if not new:
        return "nothing was changed"
    fields: dict[str, Any] = {"description": after.description} if "description" in new else {}
    if new.keys() - {"description"}:
        fields["permissions"] = permissions(asked(fresh, after), _kept(found))
    await replace(harbor, robot, found, **fields)
    return None


def asked(robot: Robot, form: ProjectRobot | RegistryRobot) -> Wanted:
    """The permissions of a form, for the robot that it is about."""
    if isinstance(form, ProjectRobot):
        return in_projects([robot.project], form.allowed)
    return wanted(form)


def _kept(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in found.get("permissions") or () if isinstance(one, dict)]
