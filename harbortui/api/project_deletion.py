"""Deleting a project: what goes with it, and what is in the way."""

from __future__ import annotations

from harbortui.api import projects
from harbortui.api.errors import Conflict, Forbidden, NotFound, in_full
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Query, both
from harbortui.api.projects import Project, at


class Deletable(Model):
    """Whether a project can be deleted, and Harbor's reason why not."""

    deletable: bool = False
    message: str = ""


class Named(Model):
    """A repository or a robot, as far as it is spoken of here."""

    name: str = ""


async def robots(harbor: Harbor, project: Project) -> int:
    """How many robots the project has, `GET /robots`; 0 where they may not be seen."""
    query = Query(size=1, q=both("Level=project", f"ProjectID={project.project_id}"))
    try:
        return (await harbor.page("/robots", Named, query)).total
    except Forbidden:
        return 0


async def deletable(harbor: Harbor, project: Project) -> Deletable:
    """`GET /projects/{name}/_deletable`; no `deletable` in the answer means no."""
    return await harbor.get(f"{at(project.name)}/_deletable", Deletable)


async def delete(harbor: Harbor, project: Project) -> str | None:
    """`DELETE /projects/{name}`; Conflict (412), with what is in the way, while it has content."""
    try:
        await projects.again(harbor, project)
        await harbor.write("DELETE", at(project.name))
    except NotFound:
        return f"{project.name} was gone already"
    except Conflict as error:
        if error.status == 412:
            raise Conflict(await in_full(error, in_the_way(harbor, project))) from error
        raise
    return None


async def in_the_way(harbor: Harbor, project: Project) -> str:
    """Why a project cannot be deleted: how many repositories it holds, or else Harbor's words."""
    count = (await projects.summary(harbor, project)).repo_count
    if not count:
        reason = (await deletable(harbor, project)).message
        return f"{project.name} cannot be deleted: {reason or 'Harbor does not say why'}"
    names = await harbor.page(f"{at(project.name)}/repositories", Named, Query(size=3, sort="name"))
    some = ", ".join(repository.name for repository in names.items)
    held = "1 repository" if count == 1 else f"{count:,} repositories"
    return f"{project.name} is not empty: it holds {held} ({some}{', …' if count > 3 else ''})"
