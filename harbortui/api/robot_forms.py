"""What is filled in about robots: a new one, and what one may do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Forbidden, UnknownOutcome
from harbortui.api.form import Choices, Form, Labels, Written
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model
from harbortui.api.projects import Project
from harbortui.api.robot_changes import LONGEST, Days, Lasting, Made, Never, freshest, replace
from harbortui.api.robot_grants import (
    Wanted,
    granted,
    in_projects,
    in_registry,
    permissions,
    project_choices,
    project_names,
    projects_or_all,
    system_choices,
    words,
)
from harbortui.api.robots import EVERYWHERE, NEVER, PATH, PROJECT, SYSTEM, Robot, get

NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
PUSH, PULL = "repository:push", "repository:pull"


def check_name(name: str) -> str:
    """A robot's own name, as Harbor takes it: lower case, single dots and dashes inside."""
    if not NAME.fullmatch(name):
        raise ValueError("lower-case letters and digits, with single . _ - between them")
    return name


def check_allowed(allowed: frozenset[str]) -> frozenset[str]:
    """Some permission, and none that cannot be used without another."""
    if not allowed:
        raise ValueError("choose what it may do")
    if PUSH in allowed and PULL not in allowed:
        raise ValueError("pushing does not work without pulling: choose “repository: pull” too")
    return allowed


def check_places(places: frozenset[str]) -> frozenset[str]:
    """Some projects, or all."""
    if not places:
        raise ValueError("choose in which projects")
    if EVERYWHERE in places and len(places) > 1:
        raise ValueError("all projects, or some: not both")
    return places


def listed(allowed: frozenset[str]) -> str:
    """Permissions in a row."""
    return ", ".join(words(one) for one in sorted(allowed)) or "nothing"


InProjects = Annotated[
    frozenset[str], Choices(project_choices), Written(listed), AfterValidator(check_allowed)
]
InRegistry = Annotated[frozenset[str], Choices(system_choices), Written(listed)]


class Grant(Form):
    """The same permissions in one or several projects."""

    projects: Annotated[frozenset[str], Choices(projects_or_all), AfterValidator(check_places)] = (
        Field(frozenset(), title="Projects", validate_default=True)
    )
    allowed: InProjects = Field(frozenset(), title="May", validate_default=True)

    def __str__(self) -> str:
        names = sorted(self.projects)
        places = names[0] if len(names) == 1 else f"{len(names)} projects"
        where = "all projects" if EVERYWHERE in names else places
        return f"{where}: {listed(self.allowed) if len(self.allowed) < 3 else self._count()}"

    def _count(self) -> str:
        return f"{len(self.allowed)} permissions"


class OfProject(Form):
    """A robot of one project."""

    kind: Literal["project"] = "project"
    place: Annotated[str, Choices(project_names)] = Field(
        "", title="Project", min_length=1, validate_default=True
    )
    allowed: InProjects = Field(frozenset(), title="May", validate_default=True)


class Granted(Form):
    """What a robot of the registry may do in projects, and in the registry itself."""

    grants: tuple[Grant, ...] = Field(
        (), title="In projects", description="Each line is for one project, several or all."
    )
    system: InRegistry = Field(frozenset(), title="In the registry")

    @model_validator(mode="after")
    def _something(self) -> Granted:
        if not self.grants and not self.system:
            raise ValueError("choose what it may do, in projects or in the registry")
        return self


class OfRegistry(Granted):
    """A robot of the registry."""

    kind: Literal["system"] = "system"


class NewRobot(Form):
    """A robot to be made."""

    name: Annotated[str, AfterValidator(check_name)] = Field(
        "",
        title="Name",
        max_length=255,
        validate_default=True,
        description="Without the beginning that Harbor gives it, such as robot$ or robot$project+.",
    )
    description: str = Field("", title="Description", max_length=1024)
    lasting: Lasting = Field(Days(), discriminator="kind", title="Expires")
    reach: Annotated[
        OfRegistry | OfProject,
        Labels({"system": "the registry", "project": "one project"}),
    ] = Field(discriminator="kind", title="Belongs to")


class Described(Form):
    """What a robot is for, in words."""

    description: str = Field("", title="Description", max_length=1024)


class ProjectRobot(Described):
    """What can be changed of a project's robot."""

    allowed: InProjects = Field(frozenset(), title="May")


class RegistryRobot(Granted, Described):
    """What can be changed of a robot of the registry."""


class _Days(Model):
    value: int = 0


class _Defaults(Model):
    robot_token_duration: _Days = _Days()


async def blank(harbor: Harbor, scope: Project | None) -> NewRobot:
    """The form with the registry's usual duration, `GET /configurations`, and the project."""
    try:
        days = (await harbor.get("/configurations", _Defaults)).robot_token_duration.value
    except Forbidden:
        days = 0
    reach = OfRegistry.model_construct()
    lasting = Days(days=days) if 0 < days <= LONGEST else Days()
    if scope is None:
        return NewRobot.model_construct(lasting=lasting, reach=reach)
    return NewRobot.model_construct(
        lasting=lasting, reach=OfProject.model_construct(place=scope.name)
    )


def wanted(reach: Granted | OfProject) -> Wanted:
    """The permissions of a form, one for each project."""
    if isinstance(reach, OfProject):
        return in_projects([reach.place], reach.allowed)
    inside = [one for grant in reach.grants for one in in_projects(grant.projects, grant.allowed)]
    return [*inside, *in_registry(reach.system)]


async def create(harbor: Harbor, _: Project | None, new: NewRobot) -> Made:
    """`POST /robots`: the answer holds the secret, and nothing else ever will.

    Conflict for a name that is taken, Invalid for what this Harbor does not know as a permission.
    """
    body: dict[str, Any] = {
        "name": new.name,
        "description": new.description,
        "level": PROJECT if isinstance(new.reach, OfProject) else SYSTEM,
        "duration": NEVER if isinstance(new.lasting, Never) else new.lasting.days,
        "permissions": permissions(wanted(new.reach)),
    }
    try:
        return (await harbor.write("POST", PATH, body)).read(Made)
    except UnknownOutcome as error:
        raise UnknownOutcome(
            f"{error}; if {new.name} is there, its secret is lost: give it a new one"
        ) from error


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
    fresh, found = await get(harbor, robot), await freshest(harbor, robot)
    unless_changed(robot.name, before, after, filled(fresh))
    new = changed(before, after)
    if not new:
        return "nothing was changed"
    fields: dict[str, Any] = {"description": after.description} if "description" in new else {}
    if new.keys() - {"description"}:
        fields["permissions"] = permissions(_asked(fresh, after), _kept(found))
    await replace(harbor, robot, found, **fields)
    return None


def _asked(robot: Robot, form: ProjectRobot | RegistryRobot) -> Wanted:
    if isinstance(form, ProjectRobot):
        return in_projects([robot.project], form.allowed)
    return wanted(form)


def _kept(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in found.get("permissions") or () if isinstance(one, dict)]
