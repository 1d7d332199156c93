"""What is filled in about users, and the requests that come of it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from harbortui.api import identity
from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Refused
from harbortui.api.form import Form
from harbortui.api.harbor import Harbor
from harbortui.api.password import RULE, Password, repeats
from harbortui.api.users import PATH, User, get, still

ILLEGAL = ',"~#%$'
NOTHING = SecretStr("")
# The expression of Harbor's src/server/v2.0/handler/user.go: quoted names, and numeric hosts.
ADDRESS = re.compile(
    r"(([^<>()\[\]\\.,;:\s@\"]+(\.[^<>()\[\]\\.,;:\s@\"]+)*)|(\".+\"))"
    r"@((\[\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\])|(([a-zA-Z\-0-9]+\.)+[a-zA-Z]{2,}))",
    re.ASCII,
)


def check_name(text: str) -> str:
    """A user's name or real name without what Harbor refuses; an older one takes it, and stumbles.

    Harbor 2.8 takes a comma, and can then no longer be asked for that user.
    """
    if found := sorted({letter for letter in text if letter in ILLEGAL}):
        raise ValueError(f"Harbor does not take {' '.join(found)} in a name")
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def check_address(text: str) -> str:
    """An e-mail address, as Harbor understands one."""
    if not ADDRESS.fullmatch(text):
        raise ValueError("not an e-mail address, such as alice@example.com")
    return text


Name = Annotated[str, AfterValidator(check_name)]
Address = Annotated[str, AfterValidator(check_address)]


class Profile(Form):
    """What is known of a user; nothing of it can sign him in."""

    email: Address = Field("", title="E-mail", max_length=255, validate_default=True)
    realname: Name = Field("", title="Real name", max_length=255, validate_default=True)
    comment: str = Field("", title="Comment", max_length=30, description="30 characters at most.")


class NewUser(Form):
    """A new account in Harbor's own database."""

    username: Name = Field("", title="User name", max_length=255, validate_default=True)
    email: Address = Field("", title="E-mail", max_length=255, validate_default=True)
    realname: Name = Field("", title="Real name", max_length=255, validate_default=True)
    password: Password = Field(
        NOTHING, title="Password", description=f"{RULE}.", validate_default=True
    )
    repeat: Annotated[SecretStr, repeats("password")] = Field(
        NOTHING, title="Repeat it", exclude=True, validate_default=True
    )
    comment: str = Field("", title="Comment", max_length=30, description="30 characters at most.")


class NewPassword(Form):
    """Another password for another user."""

    new_password: Password = Field(
        NOTHING, title="New password", description=f"{RULE}.", validate_default=True
    )
    repeat: Annotated[SecretStr, repeats("new_password")] = Field(
        NOTHING, title="Repeat it", exclude=True, validate_default=True
    )


class OwnPassword(Form):
    """Another password for oneself: Harbor asks for the one that counts until now."""

    old_password: SecretStr = Field(
        NOTHING, title="Password until now", min_length=1, validate_default=True
    )
    new_password: Password = Field(
        NOTHING, title="New password", description=f"{RULE}.", validate_default=True
    )
    repeat: Annotated[SecretStr, repeats("new_password")] = Field(
        NOTHING, title="Repeat it", exclude=True, validate_default=True
    )


async def create(harbor: Harbor, _: None, new: NewUser) -> None:
    """`POST /users`; Conflict when name or e-mail are taken, Forbidden outside database mode."""
    await harbor.write("POST", PATH, new)


async def profile(harbor: Harbor, user: User) -> Profile:
    """The profile as it is now, to be changed; the built-in administrator may have no e-mail."""
    return _profile(await get(harbor, user.user_id))


def _profile(user: User) -> Profile:
    return Profile.model_construct(email=user.email, realname=user.realname, comment=user.comment)


async def update(harbor: Harbor, user: User, before: Profile, after: Profile) -> None:
    """`PUT /users/{id}`, which replaces all three fields; Conflict when another has the e-mail."""
    now = _profile(await still(harbor, user))
    unless_changed(user.username, before, after, now)
    body = {**now.model_dump(), **changed(before, after)}
    await harbor.write("PUT", f"{PATH}/{user.user_id}", body)


async def password_form(harbor: Harbor, user: User) -> NewPassword | OwnPassword:
    """An empty form, for oneself with the old password; asks who is signed in."""
    me = await identity.current(harbor)
    return (OwnPassword if me.user_id == user.user_id else NewPassword).model_construct()


async def set_password(
    harbor: Harbor, user: User, _: object, after: NewPassword | OwnPassword
) -> None:
    """`PUT /users/{id}/password`; Forbidden when the old one is wrong, Invalid when none is new."""
    await still(harbor, user)
    await harbor.write("PUT", f"{PATH}/{user.user_id}/password", after)


async def make_administrator(harbor: Harbor, user: User) -> str | None:
    """`PUT /users/{id}/sysadmin`: everything may be done from then on."""
    return await _set_flag(harbor, user, True)


async def withdraw_administrator(harbor: Harbor, user: User) -> str | None:
    """`PUT /users/{id}/sysadmin`; Refused for oneself, whom Harbor would let do it (2.15.2)."""
    if (await identity.current(harbor)).user_id == user.user_id:
        raise Refused("this is you: another administrator has to do it")
    return await _set_flag(harbor, user, False)


async def _set_flag(harbor: Harbor, user: User, flag: bool) -> str | None:
    if (await still(harbor, user)).sysadmin_flag == flag:
        was = "was a system administrator" if flag else "was no system administrator"
        return f"{user.username} {was} already."
    await harbor.write("PUT", f"{PATH}/{user.user_id}/sysadmin", {"sysadmin_flag": flag})
    return None
