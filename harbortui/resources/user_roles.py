"""All that a user has: roles in projects, projects of his own, robots he made."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import holdings as api
from harbortui.api.harbor import Harbor
from harbortui.api.holdings import Holding
from harbortui.api.identity import Me
from harbortui.api.members import MAY
from harbortui.api.system import SystemInfo
from harbortui.api.users import User
from harbortui.resources import robot_words, users
from harbortui.resources.core import Column, Fact, Line, Open, Part, Preset, Resource
from harbortui.text import safe

LONG = 36
"""Characters of a robot's name in a narrow column."""
OWNED = "Harbor gives no project another owner: take the role away instead"


def what(held: Holding) -> Part:
    """The role, the ownership, or the robot."""
    if held.member:
        return Part(held.member.role)
    return Part(safe(held.robot.name, LONG)) if held.robot else Part("owner")


def where(held: Holding) -> Part:
    """The project, or the registry."""
    return Part(held.place) if held.place else Part("registry", "muted")


def can(held: Holding) -> Part:
    """What a robot or a role may do, or why somebody is the owner."""
    if held.robot:
        return robot_words.duties(held.robot)
    if held.member:
        return Part(MAY.get(held.member.role_id, "nothing"), "muted")
    return Part("made the project", "muted")


def opens(held: Holding) -> Open:
    """The list on which it can be changed."""
    if held.robot:
        return Open(f"robots {held.place} /{held.robot.name}".replace("  ", " "))
    return Open(f"{'projects /' if held.kind == 'owner' else 'members '}{held.place}")


def says(held: Holding) -> str:
    """About a robot: when it expires. About an owner: what it means."""
    if held.robot:
        return robot_words.says(held.robot)
    return "an owner without a role may do nothing there" if held.kind == "owner" else ""


async def facts(_: Harbor, held: Holding) -> Sequence[Line]:
    """What it is, whose, and where."""
    lines = [
        Fact("User", held.username),
        Fact("Kind", held.kind),
        Fact("Project", where(held), opens(held)),
        Fact("What", what(held)),
    ]
    return [*lines, *robot_words.lines(held.robot)] if held.robot else lines


async def goes(_: Harbor, some: Sequence[Holding]) -> Sequence[str]:
    """What cannot be done any more."""
    made = [held.robot.name for held in some if held.robot]
    roles = [f"{held.member.role} in {held.place}" for held in some if held.member]
    lines = [f"Nothing signs in any more as {name}." for name in made]
    return [*(f"No longer {role}." for role in roles), *lines]


def against(me: Me, _: SystemInfo, verb: str, held: Holding | None) -> str:
    """Nobody locks himself out by accident."""
    own = held is not None and held.kind == "role" and held.username == me.username
    if verb == "delete" and own and not me.is_admin:
        return "this is you: another administrator has to do it"
    return ""


def key(held: Holding) -> tuple[str, int]:
    """Roles, projects and robots count by themselves."""
    if held.member:
        return held.kind, held.member.id
    if held.robot:
        return held.kind, held.robot.id
    return held.kind, held.project.project_id if held.project else 0


def label(held: Holding) -> str:
    """How it is spoken of."""
    if held.robot:
        return held.robot.name
    return f"{held.member.role if held.member else 'owner'} in {held.place}"


USER_ROLES: Resource[User, Holding] = Resource(
    name="roles",
    one="entry",
    title="roles and robots",
    about="what a user may do, owns, has made",
    aliases=("role",),
    page=api.page,
    size=1000,
    root=False,
    under=lambda: users.USERS,
    key=key,
    label=label,
    sign=lambda held: robot_words.sign(held.robot) if held.robot else None,
    says=says,
    columns=(
        Column("KIND", lambda held: Part(held.kind, "muted"), value=lambda held: held.kind),
        Column("WHERE", where, grow=True, value=lambda held: held.place),
        Column("WHAT", what, value=label),
        Column("MAY", can, grow=True, wide=True, value=lambda held: can(held).text),
        Column(
            "EXPIRES",
            lambda held: robot_words.expires(held.robot) if held.robot else None,
            right=True,
            value=lambda held: robot_words.moment(held.robot) if held.robot else None,
        ),
    ),
    raw=api.raw,
    facts=facts,
    filters=(
        Preset("roles", keep=lambda held: held.kind == "role"),
        Preset("projects of his own", keep=lambda held: held.kind == "owner"),
        Preset("robots", keep=lambda held: held.kind == "robot"),
    ),
    opens=opens,
    delete=api.take_away,
    goes=goes,
    stays=lambda held: OWNED if held.kind == "owner" else "",
    against=against,
    silent="Harbor does not record who becomes a member, or gets another role",
    admin=True,
    empty="No roles, no projects, no robots. Roles from groups are not listed.",
    interval=30.0,
)
