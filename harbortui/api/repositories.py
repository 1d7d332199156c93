"""Repositories: of a project, or of the whole registry. Paths take names, `project/path`."""

from __future__ import annotations

import html
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from harbortui.api import projects
from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Conflict, Forbidden, NotFound
from harbortui.api.form import Form, Lines
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Moment, Page, Query, segment
from harbortui.api.projects import Project


def _unescaped(value: object) -> object:
    """Harbor stores descriptions with HTML's signs escaped, and sends them so (2.8 to 2.15)."""
    return html.unescape(value) if isinstance(value, str) else value


class Repository(Model):
    """A repository; its name begins with that of its project."""

    id: int = 0
    project_id: int = 0
    name: str = ""
    description: Annotated[str, BeforeValidator(_unescaped)] = ""
    """Markdown, as a person has written it."""
    artifact_count: int = 0
    """Children of indexes and signatures do not count."""
    pull_count: int = 0
    creation_time: Moment | None = None
    update_time: Moment | None = None


class Description(Form):
    """What a repository says of itself."""

    description: Annotated[str, Lines()] = Field(
        "", title="Description", description="Harbor's portal shows it as Markdown."
    )


def at(name: str) -> str:
    """The path of `project/path`. Raises NotFound when it is not written so."""
    project, _, path = name.partition("/")
    if not project or not path:
        raise NotFound(f"“{name}” is no repository: it is written as project/name")
    return f"{projects.at(project)}/repositories/{segment(path)}"


async def page(harbor: Harbor, project: Project | None, query: Query) -> Page[Repository]:
    """`GET /projects/{name}/repositories`, or `GET /repositories`: all that the caller may see."""
    path = f"{projects.at(project.name)}/repositories" if project else "/repositories"
    return await harbor.page(path, Repository, query)


async def find(harbor: Harbor, name: str) -> Repository:
    """`GET /projects/{project}/repositories/{path}` by `project/path`; NotFound in our words."""
    try:
        return await harbor.get(at(name), Repository)
    except Forbidden as error:
        words = f"there is no repository “{name}”, or this account may not see it"
        raise NotFound(words) from error


async def raw(harbor: Harbor, repository: Repository) -> Any:
    """The repository as Harbor sends it."""
    return await harbor.raw(at(repository.name))


async def again(harbor: Harbor, repository: Repository) -> Repository:
    """The same repository anew, or NotFound; Conflict when another one has its name by now."""
    fresh = await harbor.get(at(repository.name), Repository)
    if fresh.id != repository.id:
        raise Conflict(f"{repository.name} was deleted and made again meanwhile: look again")
    return fresh


async def fill(harbor: Harbor, repository: Repository) -> Description:
    """The description as it is now."""
    fresh = await again(harbor, repository)
    return Description(description=fresh.description)


async def describe(
    harbor: Harbor, repository: Repository, before: Description, after: Description
) -> str | None:
    """`PUT` with a description; Conflict when someone else has written another one meanwhile."""
    unless_changed(repository.name, before, after, await fill(harbor, repository))
    if not changed(before, after):
        return f"{repository.name} says so already"
    await harbor.write("PUT", at(repository.name), after)
    return None


async def delete(harbor: Harbor, repository: Repository) -> str | None:
    """`DELETE` with all artifacts and tags; Conflict (412) while a tag in it is immutable."""
    try:
        await again(harbor, repository)
        await harbor.write("DELETE", at(repository.name))
    except NotFound:
        return f"{repository.name} was gone already"
    return None
