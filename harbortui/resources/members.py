"""The members of a project."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import member_forms as forms
from harbortui.api import members as api
from harbortui.api.harbor import Harbor
from harbortui.api.identity import Me
from harbortui.api.members import MAY, ROLES, Member
from harbortui.api.projects import Project
from harbortui.api.system import SystemInfo
from harbortui.resources import projects
from harbortui.resources.core import Column, Create, Edit, Enrich, Fact, Line, Part, Resource

NOBODY = "this Harbor keeps its own users: nobody can be in a group"
YOURSELF = "this is you: let another administrator of the project do that"
RANKS = list(ROLES)


def name(member: Member) -> Part:
    """Its name; grey for a group that nobody can be in."""
    return Part(member.entity_name, "muted" if member.idle else "")


def kind(member: Member) -> Part:
    """User or group."""
    return Part("group") if member.is_group and not member.idle else Part(_word(member), "muted")


def _word(member: Member) -> str:
    return "group" if member.is_group else "user"


def role(member: Member) -> Part:
    """The role; one that Harbor does not have lets nobody in."""
    return Part(member.role, "" if member.role_id in ROLES else "bad")


def rank(member: Member) -> int:
    """Roles by power."""
    return RANKS.index(member.role_id) if member.role_id in RANKS else len(RANKS)


def says(member: Member) -> str:
    """Why a role is worth nothing."""
    if member.idle:
        return NOBODY
    return "" if member.role_id in ROLES else "Harbor has no such role: it lets nobody in"


def against(me: Me, _: SystemInfo, verb: str, member: Member | None) -> str:
    """Nobody locks himself out of a project; system administrators cannot."""
    if me.is_admin or member is None or member.is_group or verb == "list":
        return ""
    return YOURSELF if member.entity_id == me.user_id else ""


async def facts(harbor: Harbor, member: Member) -> Sequence[Line]:
    """The role, and what it is worth."""
    fresh = await api.again(harbor, member)
    return (
        Fact("Project", member.project),
        Fact("Kind", kind(member)),
        Fact("Role", role(fresh)),
        Fact("May", MAY.get(fresh.role_id, "nothing")),
    )


async def goes(_: Harbor, some: Sequence[Member]) -> Sequence[str]:
    """What cannot be done any more, and what stays."""
    lost = dict.fromkeys(f"No longer {member.role} in {member.project}." for member in some)
    return [*lost, "Only the role goes: users and groups stay."]


MEMBERS: Resource[Project, Member] = Resource(
    name="members",
    one="member",
    about="who may do what in a project",
    aliases=("member",),
    page=api.page,
    root=False,
    under=lambda: projects.PROJECTS,
    key=lambda member: member.id,
    label=lambda member: member.entity_name,
    columns=(
        Column("NAME", name, grow=True, value=lambda member: member.entity_name),
        Column("KIND", kind, value=lambda member: member.entity_type),
        Column("ROLE", role, value=rank),
        Column("MAY", lambda m: Part(MAY.get(m.role_id, "nothing"), "muted"), wide=True),
    ),
    says=says,
    raw=api.raw,
    facts=facts,
    enrich=Enrich(("idle",), api.known),
    create=Create(forms.NewMembers, forms.add),
    edit=Edit(forms.fill, forms.change_role, each=True),
    delete=api.remove,
    goes=goes,
    against=against,
    silent="Harbor does not record who becomes a member, or gets another role",
    empty="No members yet. n adds some.",
    needs="member",
    project_of=lambda one: one.project_id if one else None,
)
