"""Users: who has an account, who is a system administrator, passwords."""

from __future__ import annotations

from typing import Any

from harbortui.api.errors import Conflict, Forbidden, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.many import behind
from harbortui.api.model import Model, Moment, Page, Query, equals

BUILT_IN = 1
"""The id of the administrator that every Harbor is made with, whatever he is called now."""
PATH = "/users"


class User(Model):
    """An account; `sysadmin_flag` is his own, a group may make him an administrator besides."""

    user_id: int = 0
    username: str = ""
    email: str = ""
    realname: str = ""
    comment: str = ""
    sysadmin_flag: bool = False
    admin_role_in_auth: bool = False
    """Administrator by a group of LDAP or OIDC; Harbor knows it only of those signed in."""
    creation_time: Moment | None = None
    update_time: Moment | None = None

    @property
    def built_in(self) -> bool:
        """The administrator that Harbor came with: kept by Harbor in every authentication mode."""
        return self.user_id == BUILT_IN


async def page(harbor: Harbor, _: None, query: Query) -> Page[User]:
    """All users, `GET /users`; Forbidden for ordinary ones.

    Harbor leaves the built-in administrator out of list and total (all versions): he is read from
    `GET /users/1` and stands first, which moves all others down by one.
    """
    first = _built_in(harbor, query.q)
    return await behind(first, lambda query: harbor.page(PATH, User, query), query)


async def _built_in(harbor: Harbor, q: str) -> list[User]:
    """The built-in administrator, if the query is about him too."""
    try:
        user = await get(harbor, BUILT_IN)
    except (Forbidden, NotFound):
        return []
    return [user] if all(_fits(user, term) for term in q.split(",") if term) else []


def _fits(user: User, term: str) -> bool:
    """Whether Harbor would find a user by one term of `q`, of those that users are asked by."""
    key, _, value = term.partition("=")
    found = getattr(user, key, "")
    if isinstance(found, bool):
        return value == str(found).lower()
    if value.startswith("~"):
        return value[1:].casefold() in str(found).casefold()
    return str(found) == value.removeprefix("\\")


async def get(harbor: Harbor, user_id: int) -> User:
    """`GET /users/{id}`; NotFound when there is no such user."""
    return await harbor.get(f"{PATH}/{user_id}", User)


async def raw(harbor: Harbor, user: User) -> Any:
    """The user as JSON, `GET /users/{id}`; the secret for command lines (OIDC) is masked."""
    found = await harbor.raw(f"{PATH}/{user.user_id}")
    hidden = found.get("oidc_user_meta") if isinstance(found, dict) else None
    if isinstance(hidden, dict) and "secret" in hidden:
        return {**found, "oidc_user_meta": {**hidden, "secret": "*****"}}
    return found


async def find(harbor: Harbor, name: str) -> User:
    """The user of this name, `GET /users?q=username=…`; NotFound when there is none."""
    found = await page(harbor, None, Query(q=equals("username", name)))
    for user in found.items:
        if user.username == name:
            return user
    raise NotFound(f"there is no user called {name}")


async def still(harbor: Harbor, user: User) -> User:
    """The user as he is now; Conflict when the id has become another's name."""
    now = await get(harbor, user.user_id)
    if now.username != user.username:
        raise Conflict(f"{user.username} is now called {now.username}: look again and repeat")
    return now


async def delete(harbor: Harbor, user: User) -> str | None:
    """`DELETE /users/{id}`; Forbidden for oneself and for the built-in administrator.

    His roles go; his projects and robots stay, and the robots still sign in (2.15.2).
    """
    try:
        await still(harbor, user)
        await harbor.write("DELETE", f"{PATH}/{user.user_id}")
    except NotFound:
        return f"{user.username} was gone already."
    return None


async def is_administrator(harbor: Harbor, user: User) -> bool:
    """Whether the flag is set now, `GET /users/{id}`."""
    return (await get(harbor, user.user_id)).sysadmin_flag
