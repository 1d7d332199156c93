"""Who is signed in, and what they may do."""

from __future__ import annotations

from harbortui.api.errors import Conflict, NotFound, Unreadable
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model


class Me(Model):
    """The signed-in account; a robot has no user id."""

    user_id: int = 0
    username: str = ""
    realname: str = ""
    email: str = ""
    sysadmin_flag: bool = False
    admin_role_in_auth: bool = False

    @property
    def is_admin(self) -> bool:
        """System administrator, by flag or by a group."""
        return self.sysadmin_flag or self.admin_role_in_auth

    @property
    def is_robot(self) -> bool:
        """Signed in with a robot's secret."""
        return self.user_id == 0


class Permission(Model):
    """One thing that may be done: a noun (`repository`) and a verb (`delete`)."""

    resource: str = ""
    action: str = ""


async def current(harbor: Harbor, name: str = "") -> Me:
    """`GET /users/current`; Unauthorized for wrong credentials, `name` for a robot (412).

    Unreadable where there is no such path: every Harbor has it, a plain Docker registry has not.
    """
    try:
        return await harbor.get("/users/current", Me)
    except Conflict:
        return Me(username=name)
    except NotFound as error:
        raise Unreadable(f"{harbor.url} is no Harbor: perhaps a plain registry?") from error


async def permissions(harbor: Harbor, project_id: int | None) -> frozenset[tuple[str, str]]:
    """`GET /users/current/permissions` of a project, or of the system; (noun, verb) pairs."""
    scope = "/system" if project_id is None else f"/project/{project_id}"
    found = await harbor.list(
        "/users/current/permissions", Permission, scope=scope, relative="true"
    )
    return frozenset((one.resource, one.action) for one in found)
