"""New members, and other roles: what is asked, and what Harbor is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from harbortui.api import members, system
from harbortui.api.changes import unless_changed
from harbortui.api.errors import Conflict, HarborError, Invalid, NotFound
from harbortui.api.form import Choice, Choices, Form, Labels
from harbortui.api.harbor import Harbor
from harbortui.api.members import MAY, ROLES, Member
from harbortui.api.model import Model
from harbortui.api.projects import Project, at

Role = Annotated[
    Literal[1, 4, 2, 3, 5],
    Labels({role: f"{name} · {MAY[role]}" for role, name in ROLES.items()}),
    Field(title="Role"),
]
GROUP_TYPES = {"ldap_auth": 1, "http_auth": 2, "oidc_auth": 3}
"""Harbor's numbers for where a group comes from."""


class Found(Model):
    """A user or a group that a search has found."""

    user_id: int = 0
    username: str = ""
    id: int = 0
    group_name: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.username or self.group_name


async def kinds(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    """Users, and groups where there can be some."""
    alone = (await system.info(harbor)).auth_mode == "db_auth"
    reason = "this Harbor keeps its own users: nobody can be in a group" if alone else ""
    return (Choice("user", "users"), Choice("group", "groups", reason))


async def people(harbor: Harbor, answers: Mapping[str, Any]) -> Sequence[Choice]:
    """`GET /users/search` or `/usergroups/search`: those chosen already, then what is found."""
    chosen = sorted(answers.get("names") or ())
    part = str(answers.get("part") or "").strip()
    found = await search(harbor, str(answers.get("kind")), part) if part else []
    names = [*chosen, *(one.name for one in found if one.name not in chosen)]
    return [Choice(name, name) for name in names]


async def search(harbor: Harbor, kind: str, part: str) -> list[Found]:
    """The first 100 whose name contains this; Harbor has no second page (2.15.2)."""
    if kind == "group":
        return await harbor.list("/usergroups/search", Found, groupname=part, page_size=100)
    return await harbor.list("/users/search", Found, username=part, page_size=100)


class NewMembers(Form):
    """Users or groups that get a role."""

    kind: Annotated[Literal["user", "group"], Choices(kinds)] = Field("user", title="Add")
    part: str = Field(
        "", title="Find", description="A part of the name; what is found is listed below."
    )
    names: Annotated[frozenset[str], Choices(people, depends=("kind", "part"), free=True)] = Field(
        title="Names", min_length=1, description="Several can be chosen; all get the same role."
    )
    role_id: Role = 3


class NewRole(Form):
    """The role of a member."""

    role_id: Role = 3


async def add(harbor: Harbor, project: Project, form: NewMembers) -> str | None:
    """`POST /projects/{name}/members` for each name; says who could not be added, and why.

    Conflict, with all reasons, when nobody could: the form stays. What concerns all names, as
    Forbidden does, ends it.
    """
    added: list[str] = []
    refused: dict[str, HarborError] = {}
    for name in sorted(form.names):
        try:
            sent = await body(harbor, form, name)
            await harbor.write("POST", f"{at(project.name)}/members", sent)
            added.append(name)
        except (Conflict, Invalid, NotFound) as error:
            refused[name] = error
        except HarborError as error:
            if not added:
                raise
            refused[name] = error
            break
    if not added:
        raise Conflict("; ".join(_reasons(refused)))
    return _told(form, added, refused)


def _told(form: NewMembers, added: list[str], refused: Mapping[str, HarborError]) -> str:
    words = [f"{', '.join(added)} added as {ROLES[form.role_id]}", *_reasons(refused)]
    if untried := sorted(form.names - {*added, *refused}):
        words.append(f"not tried: {', '.join(untried)}")
    return "; ".join(words)


def _reasons(refused: Mapping[str, HarborError]) -> list[str]:
    return [f"{name} not added: {error}" for name, error in refused.items()]


async def body(harbor: Harbor, form: NewMembers, name: str) -> dict[str, Any]:
    """A member as Harbor wants it: users by name, groups by id, by DN, or new ones by name."""
    if form.kind == "user":
        return {"role_id": form.role_id, "member_user": {"username": name}}
    return {"role_id": form.role_id, "member_group": await _group(harbor, name)}


async def _group(harbor: Harbor, name: str) -> dict[str, Any]:
    for one in await search(harbor, "group", name):
        if one.name == name:
            return {"id": one.id}
    mode = (await system.info(harbor)).auth_mode
    if mode == "ldap_auth":
        return {"ldap_group_dn": name}
    if mode not in GROUP_TYPES:
        raise NotFound(f"there is no group “{name}”: this Harbor keeps its own users")
    return {"group_name": name, "group_type": GROUP_TYPES[mode]}


async def fill(harbor: Harbor, member: Member) -> NewRole:
    """The role as it is now."""
    return _role(await members.again(harbor, member))


async def change_role(harbor: Harbor, member: Member, before: NewRole, after: NewRole) -> None:
    """Another role; Conflict when someone else gave one meanwhile, NotFound when he is gone."""
    now = _role(await members.again(harbor, member))
    unless_changed(member.entity_name, before, after, now)
    if now.role_id != after.role_id:
        await members.set_role(harbor, member, after.role_id)


def _role(member: Member) -> NewRole:
    values: dict[str, Any] = {"role_id": member.role_id}
    return NewRole.model_construct(**values)
