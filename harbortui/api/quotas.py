"""Quotas: how many bytes a project may hold, and holds. A quota has an id of its own."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.form import UNLIMITED, Form, Size
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Page, Query
from harbortui.api.projects import Project, Usage, at

LARGEST = 2**50
"""Bytes: Harbor takes no higher limit than 1 PiB."""


def check_limit(size: int) -> int:
    """Harbor refuses 0 and less, but for -1, and takes 0 of a new project as not given."""
    if size != UNLIMITED and not 1 <= size <= LARGEST:
        raise ValueError("from 1 B to 1024 TiB, or nothing for no limit")
    return size


StorageLimit = Annotated[Size, AfterValidator(check_limit)]
"""Bytes that a project may hold; -1 is unlimited."""


class Reference(Model):
    """The project that a quota is for; its owner's name is empty in Harbor's answers."""

    id: int = 0
    name: str = ""


class Quota(Usage):
    """A project's quota, in bytes."""

    id: int = 0
    ref: Reference = Reference()

    @property
    def limit(self) -> int:
        """Bytes, -1 for no limit."""
        return UNLIMITED if self.hard.storage is None else self.hard.storage

    @property
    def share(self) -> float | None:
        """The part of the limit that is in use; None without a limit."""
        return (self.used.storage or 0) / self.limit if self.limit > 0 else None


class Limit(Form):
    """A project's storage limit."""

    storage: StorageLimit = Field(
        UNLIMITED,
        title="Storage limit",
        description="As in 50 GiB; nothing for no limit. What is there stays, pushes are refused.",
    )


async def page(harbor: Harbor, _: None, query: Query) -> Page[Quota]:
    """`GET /quotas`: 17 ms a row (2.15.2), so never polled. Sorts by used.storage, hard.storage."""
    return await harbor.page("/quotas", Quota, query, reference="project")


async def raw(harbor: Harbor, quota: Quota) -> Any:
    """`GET /quotas/{id}` as Harbor sends it."""
    return await harbor.raw(f"/quotas/{quota.id}")


async def of_project(harbor: Harbor, project: Project) -> Quota:
    """`GET /quotas` of one project; NotFound where Harbor counts no storage."""
    found = await harbor.list(
        "/quotas", Quota, reference="project", reference_id=project.project_id
    )
    for quota in found:
        if quota.ref.id == project.project_id:
            return quota
    raise NotFound(f"{project.name} has no quota: this Harbor counts no storage of projects")


async def of_name(harbor: Harbor, name: str) -> Quota:
    """The quota of the project with this name."""
    return await of_project(harbor, await harbor.get(at(name), Project))


async def limit(harbor: Harbor, quota: Quota) -> Limit:
    """`GET /quotas/{id}`: the limit as it is now."""
    fresh = await harbor.get(f"/quotas/{quota.id}", Quota)
    return Limit.model_construct(storage=fresh.limit)


async def limit_of_project(harbor: Harbor, project: Project) -> Limit:
    """The limit of a project as it is now."""
    return await limit(harbor, await of_project(harbor, project))


async def set_limit(harbor: Harbor, quota: Quota, before: Limit, after: Limit) -> str | None:
    """`PUT /quotas/{id}`; Conflict when someone else changed it, or Harbor did not take it."""
    name = quota.ref.name
    unless_changed(name, before, after, await limit(harbor, quota))
    if not changed(before, after):
        return f"{name} has this limit already"
    await harbor.write("PUT", f"/quotas/{quota.id}", {"hard": {"storage": after.storage}})
    fresh = await harbor.get(f"/quotas/{quota.id}", Quota)
    if fresh.limit != after.storage:
        raise Conflict(f"Harbor said yes, but the limit of {name} is still {fresh.limit:,} B")
    if (fresh.share or 0) > 1:
        return f"{name} holds more than that: pushes are refused until something is deleted"
    return None


async def set_limit_of_project(
    harbor: Harbor, project: Project, before: Limit, after: Limit
) -> str | None:
    """The same for a project."""
    return await set_limit(harbor, await of_project(harbor, project), before, after)
