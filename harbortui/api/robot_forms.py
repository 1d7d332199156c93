"""Forms of what a robot may do: in one project, in several, in the registry itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from harbortui.api.form import Choices, Form, Written
from harbortui.api.robot_grants import (
    Wanted,
    in_projects,
    in_registry,
    project_choices,
    project_names,
    projects_or_all,
    system_choices,
    words,
)
from harbortui.api.robots import EVERYWHERE

PUSH, PULL = "repository:push", "repository:pull"


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


def wanted(reach: Granted | OfProject) -> Wanted:
    """The permissions of a form, one for each project."""
    if isinstance(reach, OfProject):
        return in_projects([reach.place], reach.allowed)
    inside = [one for grant in reach.grants for one in in_projects(grant.projects, grant.allowed)]
    return [*inside, *in_registry(reach.system)]
