"""Users: who has an account, and who is a system administrator."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import holdings
from harbortui.api import user_forms as forms
from harbortui.api import users as api
from harbortui.api.harbor import Harbor
from harbortui.api.holdings import Holding
from harbortui.api.identity import Me
from harbortui.api.system import SystemInfo
from harbortui.api.users import User
from harbortui.audit.words import written
from harbortui.resources import user_roles
from harbortui.resources.cells import plural
from harbortui.resources.core import (
    Action,
    Child,
    Column,
    Create,
    Edit,
    Fact,
    Line,
    Part,
    Preset,
    Resource,
    When,
)
from harbortui.text import code_points, odd, safe

KEEPERS = {
    "ldap_auth": "the LDAP directory",
    "oidc_auth": "the OIDC provider",
    "uaa_auth": "the UAA server",
    "http_auth": "the authentication proxy",
}
"""Who keeps users and passwords when Harbor does not, by authentication mode."""
LONG = 32
"""Characters of what strangers write about themselves, so that it hides no other column."""
SOME = 4
"""Names that stand in a question; the others are counted."""


def administrator(user: User) -> Part:
    """Whether he may do everything; a group's right to it shows only of those signed in."""
    if user.sysadmin_flag:
        return Part("yes", "strong")
    return Part("by group", "strong") if user.admin_role_in_auth else Part("")


def comment(user: User) -> Part:
    """What administrators have noted."""
    return Part(safe(user.comment, LONG), "muted")


def sign(user: User) -> Part | None:
    """A name that is not what it looks like."""
    return Part("▲", "warn") if odd(user.username) else None


def says(user: User) -> str:
    """What is special about him."""
    if odd(user.username):
        return f"odd characters in this name: {code_points(user.username)}"
    if user.built_in:
        return "the administrator that Harbor was made with: signs in whatever the mode"
    return user.comment


def against(me: Me, system: SystemInfo, verb: str, user: User | None) -> str:
    """What the authentication mode forbids, and what nobody does to himself by accident."""
    if user and user.user_id == me.user_id:
        if verb == "delete":
            return "this is you: Harbor lets nobody delete himself"
        if verb == "withdraw":
            return "this is you: another administrator has to do it"
    keeper = KEEPERS.get(system.auth_mode)
    if not keeper or (user and user.built_in):
        return ""
    reasons = {
        "create": f"users are kept by {keeper}: they come when they sign in",
        "update": f"kept by {keeper}: to be changed there",
        "password": f"passwords are kept by {keeper}",
    }
    return reasons.get(verb, "")


async def facts(harbor: Harbor, user: User) -> Sequence[Line]:
    """What Harbor knows of him."""
    now = await api.get(harbor, user.user_id)
    lines = [
        Fact("User name", now.username),
        Fact("Real name", now.realname),
        Fact("E-mail", now.email or Part("none", "muted")),
        Fact("System administrator", administrator(now) if administrator(now).text else "no"),
        Fact("Comment", now.comment),
        Fact("Created", When(now.creation_time)),
        Fact("Changed", When(now.update_time)),
    ]
    if odd(now.username):
        lines.insert(1, Fact("Odd characters", Part(code_points(now.username), "warn")))
    return lines


async def goes(harbor: Harbor, users: Sequence[User]) -> Sequence[str]:
    """What happens to what they have, counted now."""
    found = [(user, await holdings.survey(harbor, user)) for user in users]
    lines = [line for user, survey in found for line in consequences(user, survey.held)]
    nameless = max((survey.nameless for _, survey in found), default=0)
    if nameless:
        lines.append(f"Who made {plural(nameless, 'robot')} is not recorded before Harbor 2.12.")
    return lines


def consequences(user: User, held: Sequence[Holding]) -> list[str]:
    """Roles go; projects and robots stay, and the robots still sign in (2.15.2)."""
    roles = [one.place for one in held if one.kind == "role"]
    owned = [one.place for one in held if one.kind == "owner"]
    made = [one.robot.name for one in held if one.robot]
    name = user.username
    lines = []
    if roles:
        lines.append(f"{name} loses {plural(len(roles), 'role')}: {_some(roles)}.")
    if owned:
        lines.append(f"{_stay(owned, 'project', name)}: {_some(owned)}.")
    if made:
        lines.append(f"{_stay(made, 'robot', name)} and can still sign in: {_some(made)}.")
    return lines or [f"{user.username} has no roles, owns no projects, has made no robots."]


def _stay(names: Sequence[str], one: str, owner: str) -> str:
    return f"{plural(len(names), one)} of {owner} {'stays' if len(names) == 1 else 'stay'}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - SOME
    return ", ".join(names[:SOME]) + (f" and {plural(more, 'other')}" if more > 0 else "")


async def is_no_administrator(harbor: Harbor, user: User) -> bool:
    """Whether the flag is off now."""
    return not await api.is_administrator(harbor, user)


USERS: Resource[None, User] = Resource(
    name="users",
    one="user",
    about="who has an account, who administers",
    aliases=("user",),
    page=api.page,
    order="username,user_id",
    key=lambda user: user.user_id,
    label=lambda user: user.username,
    sign=sign,
    says=says,
    columns=(
        Column("NAME", lambda user: user.username, grow=True, sort="username"),
        Column("REAL NAME", lambda user: safe(user.realname, LONG), sort="realname", wide=True),
        Column("E-MAIL", lambda user: Part(user.email, "muted"), grow=True, sort="email"),
        Column("ADMINISTRATOR", administrator, sort="sysadmin_flag"),
        Column("COMMENT", comment, wide=True, sort="comment"),
        Column("CREATED", lambda user: When(user.creation_time), right=True, sort="creation_time"),
    ),
    find=api.find,
    raw=api.raw,
    facts=facts,
    search="username",
    filters=(Preset("system administrators", "sysadmin_flag=true"),),
    children=(Child("m", lambda: user_roles.USER_ROLES, "roles"),),
    events=lambda user: written(user.username, "user"),
    trail=lambda user: f"type:user {written(user.username, 'res')}",
    create=Create(forms.NewUser, forms.create),
    edit=Edit(forms.profile, forms.update),
    delete=api.delete,
    goes=goes,
    typed=True,
    stays=lambda user: "Harbor keeps its built-in administrator" if user.built_in else "",
    against=against,
    actions=(
        Action(
            "b",
            "administrator",
            "make administrator",
            forms.make_administrator,
            confirm="Make {} system administrator? That is everything: settings, all projects.",
            done="{} is now a system administrator.",
            unless=lambda user: (
                "this user is a system administrator already" if user.sysadmin_flag else ""
            ),
            happened=api.is_administrator,
        ),
        Action(
            "x",
            "withdraw",
            "withdraw administrator",
            forms.withdraw_administrator,
            confirm="Withdraw the rights of a system administrator from {}?",
            done="{} is no longer a system administrator.",
            typed=True,
            unless=lambda user: (
                "" if user.sysadmin_flag else "this user is no system administrator"
            ),
            happened=is_no_administrator,
        ),
        Action(
            "p",
            "password",
            "password",
            form=Edit(forms.password_form, forms.set_password),
            done="{} has a new password.",
        ),
    ),
    needs="user",
    admin=True,
    empty="No users but the built-in administrator. n makes one.",
)
