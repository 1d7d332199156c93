"""Members: users and groups with a role in a project. Their ids are those of the membership."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harbortui.api import system
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Page, Query
from harbortui.api.projects import Project, at

ROLES = {
    1: "project administrator",
    4: "maintainer",
    2: "developer",
    3: "guest",
    5: "limited guest",
}
"""Harbor's numbers, from the most powerful to the least."""

MAY = {
    1: "all in the project, its members and settings too",
    4: "pushes, pulls, scans, deletes",
    2: "pushes and pulls",
    3: "pulls, sees members and robots",
    5: "pulls",
}
"""What a role may do (src/common/rbac/project/rbac_role.go)."""

GROUP = "g"


class Member(Model):
    """A user or a group in a project."""

    id: int = 0
    project_id: int = 0
    entity_id: int = 0
    entity_name: str = ""
    entity_type: str = "u"
    role_id: int = 0
    role_name: str = ""
    project: str = ""
    """The project's name, which paths need."""
    idle: bool = False
    """A group where Harbor keeps its own users: nobody can be in it."""

    @property
    def is_group(self) -> bool:
        """Not a user."""
        return self.entity_type == GROUP

    @property
    def role(self) -> str:
        """The role in words; Harbor takes any number (2.15.2)."""
        return ROLES.get(self.role_id) or self.role_name or f"no role ({self.role_id})"


async def page(harbor: Harbor, project: Project, query: Query) -> Page[Member]:
    """`GET /projects/{name}/members`, by name; Forbidden for those who may not see them."""
    found = await harbor.page(f"{at(project.name)}/members", Member, query)
    return found.map(lambda member: member.model_copy(update={"project": project.name}))


async def known(harbor: Harbor, members: Sequence[Member]) -> list[Member]:
    """The same members, with which groups nobody can be in."""
    if not any(member.is_group for member in members):
        return list(members)
    alone = (await system.info(harbor)).auth_mode == "db_auth"
    return [member.model_copy(update={"idle": alone and member.is_group}) for member in members]


async def raw(harbor: Harbor, member: Member) -> Any:
    """`GET /projects/{name}/members/{id}` as Harbor sends it."""
    return await harbor.raw(path(member))


async def again(harbor: Harbor, member: Member) -> Member:
    """The same member anew, or NotFound; Conflict when the id is another's by now."""
    fresh = await harbor.get(path(member), Member)
    if (fresh.entity_type, fresh.entity_id) != (member.entity_type, member.entity_id):
        raise Conflict(f"{member.entity_name} is not this member any more: look again")
    return fresh


async def remove(harbor: Harbor, member: Member) -> str | None:
    """`DELETE /projects/{name}/members/{id}`, which is 200 for one who is gone, too (2.15.2)."""
    try:
        await again(harbor, member)
    except NotFound:
        return f"{member.entity_name} was gone already"
    await harbor.write("DELETE", path(member))
    return None


async def set_role(harbor: Harbor, member: Member, role_id: int) -> None:
    """`PUT /projects/{name}/members/{id}`, which is 200 for any number: it is read back."""
    await harbor.write("PUT", path(member), {"role_id": role_id})
    kept = await again(harbor, member)
    if kept.role_id != role_id:
        raise Conflict(f"Harbor said yes, but {member.entity_name} is still {kept.role}")


def path(member: Member) -> str:
    """Where a membership is."""
    return f"{at(member.project)}/members/{member.id}"
