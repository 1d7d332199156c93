"""What is asked for a new robot, and how it is made."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from harbortui.api.errors import Forbidden, UnknownOutcome
from harbortui.api.form import Form, Labels
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model
from harbortui.api.projects import Project
from harbortui.api.robot_changes import LONGEST, Days, Lasting, Made, Never
from harbortui.api.robot_forms import OfProject, OfRegistry, wanted
from harbortui.api.robot_grants import permissions
from harbortui.api.robots import NEVER, PATH, PROJECT, SYSTEM

NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


def check_name(name: str) -> str:
    """A robot's own name, as Harbor takes it: lower case, single dots and dashes inside."""
    if not NAME.fullmatch(name):
        raise ValueError("lower-case letters and digits, with single . _ - between them")
    return name


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


class _Days(Model):
    """A setting that is a number of days."""

    value: int = 0


class _Defaults(Model):
    """The settings that a new robot begins with."""

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
