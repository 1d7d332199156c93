"""What has to be asked of every project: the projects, and lists that may be refused."""

from __future__ import annotations

from collections.abc import Awaitable

from harbortui.api.errors import Forbidden, NotFound, Refused
from harbortui.api.harbor import Harbor
from harbortui.api.many import all_pages
from harbortui.api.model import M, Query
from harbortui.api.projects import Project


async def projects(harbor: Harbor) -> list[Project]:
    """All projects that the caller sees, by name, `GET /projects?with_detail=false`.

    Without detail they have no settings and no owner's name; the owner's id is there.
    """
    return await all_pages(
        lambda query: harbor.page("/projects", Project, query, with_detail="false"),
        Query(sort="name,project_id"),
    )


async def unless_refused(asked: Awaitable[list[M]]) -> list[M] | None:
    """The list, or None where nobody can look, this account may not, or it has just gone."""
    try:
        return await asked
    except (Forbidden, Refused):
        return None
    except NotFound as error:
        if error.missing_route:
            raise
        return None
