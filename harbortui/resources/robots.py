"""Robots: accounts for programs, of the registry and of projects, those first that end first."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from harbortui.api import new_robot as making
from harbortui.api import robot_changes as changes
from harbortui.api import robot_edit as editing
from harbortui.api import robots as api
from harbortui.api import users
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.projects import Project
from harbortui.api.robots import Robot
from harbortui.audit.words import written
from harbortui.resources import projects
from harbortui.resources import robot_words as say
from harbortui.resources.artifact_cells import host
from harbortui.resources.core import (
    Action,
    Column,
    Create,
    Edit,
    Fact,
    Line,
    Once,
    Part,
    Preset,
    Resource,
    When,
)


async def create(harbor: Harbor, scope: Project | None, new: making.NewRobot) -> Once:
    """Make it, and hand out its secret."""
    made = await making.create(harbor, scope, new)
    return Once(f"Secret of {made.name}", made.secret, f"Its user name is {made.name}.")


async def empty_secret(_: Harbor, robot: Robot) -> changes.NewSecret:
    """Harbor is to make one."""
    return changes.NewSecret()


async def renew(
    harbor: Harbor, robot: Robot, _: changes.NewSecret, wanted: changes.NewSecret
) -> Once | None:
    """Another secret: the one that was typed, or one to be handed out."""
    secret = await changes.renew(harbor, robot, wanted.secret)
    if secret is None:
        return None
    return Once(f"New secret of {robot.name}", secret, "The old one opens nothing now.")


async def facts(harbor: Harbor, robot: Robot) -> Sequence[Line]:
    """All about it, as it is now, and who made it."""
    now = await api.get(harbor, robot)
    return [Fact("Name", now.name), Fact("Made by", await maker(harbor, now)), *say.lines(now)]


async def maker(harbor: Harbor, robot: Robot) -> Part | str:
    """The user or the robot that made it, as far as Harbor says (2.12)."""
    if not robot.creator_ref:
        return Part("not recorded by this Harbor", "muted")
    if robot.creator_type != "local":
        return f"robot {robot.creator_ref}"
    try:
        return (await users.get(harbor, robot.creator_ref)).username
    except (Forbidden, NotFound):
        return f"user {robot.creator_ref}, who is gone or cannot be seen"


async def is_enabled(harbor: Harbor, robot: Robot) -> bool:
    """Whether it is on now."""
    return not await changes.is_disabled(harbor, robot)


async def goes(_: Harbor, robots: Sequence[Robot]) -> Sequence[str]:
    """What cannot be done any more."""
    return say.silenced(robots)


def never_ends(robot: Robot) -> str:
    """Why its time cannot be changed."""
    return say.fixed(robot) or ("" if robot.expires else "it never expires")


ROBOTS: Resource[Project | None, Robot] = Resource(
    name="robots",
    one="robot",
    about="accounts for programs, by expiry",
    aliases=("robot",),
    page=api.page,
    size=1000,
    under=lambda: projects.PROJECTS,
    key=lambda robot: robot.id,
    label=lambda robot: robot.name,
    sign=say.sign,
    says=say.says,
    columns=(
        Column("NAME", say.name, grow=True, value=lambda robot: robot.name),
        Column("PROJECT", say.level, wide=True, value=lambda robot: robot.project),
        Column("MAY", say.may, grow=True, value=lambda robot: say.may(robot).text),
        Column("STATE", say.condition, value=lambda robot: say.condition(robot).text),
        Column("EXPIRES", say.expires, right=True, value=say.moment),
        Column(
            "CREATED",
            lambda robot: When(robot.creation_time),
            right=True,
            wide=True,
            value=lambda robot: robot.creation_time,
        ),
    ),
    text=lambda robot: f"{robot.name} {say.duties(robot).text} {robot.description}",
    find=api.find,
    raw=api.raw,
    facts=facts,
    filters=(
        Preset("about to expire", keep=say.ends_soon),
        Preset("expired", keep=lambda robot: robot.expired),
        Preset("disabled", keep=lambda robot: robot.disable),
        Preset("of the registry", keep=lambda robot: robot.level == api.SYSTEM),
    ),
    copies=lambda registry, robot: (
        (
            "docker login",
            f"docker login -u {shlex.quote(robot.name)} {shlex.quote(host(registry))}",
        ),
    ),
    events=lambda robot: written(robot.name, "user"),
    trail=lambda robot: f"type:robot {written(robot.name, 'res')}",
    silent="Harbor records that a robot is made or deleted, but no other change of it",
    create=Create(making.NewRobot, create, fill=making.blank),
    edit=Edit(editing.fill, editing.update),
    delete=changes.delete,
    goes=goes,
    fixed=say.fixed,
    actions=(
        Action(
            "x",
            "extend",
            "extend",
            form=Edit(changes.extension, changes.extend),
            unless=never_ends,
        ),
        Action(
            "s",
            "secret",
            "new secret",
            form=Edit(empty_secret, renew),
            done="{} has the new secret.",
            unless=say.fixed,
        ),
        Action(
            "b",
            "disable",
            "disable",
            changes.disable,
            confirm="Disable {}?",
            goes=goes,
            done="{} is disabled.",
            unless=lambda robot: (
                say.fixed(robot) or ("it is disabled already" if robot.disable else "")
            ),
            happened=changes.is_disabled,
        ),
        Action(
            "u",
            "enable",
            "enable",
            changes.enable,
            confirm="Enable {} again?",
            done="{} is enabled.",
            unless=lambda robot: (
                say.fixed(robot) or ("" if robot.disable else "it is not disabled")
            ),
            happened=is_enabled,
        ),
    ),
    needs="robot",
    project_of=lambda one: one.project_id or None if one else None,
    empty="No robots yet. n makes one.",
    interval=60.0,
)
