"""Users of the registry: list, create, change, delete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from . import access
from .answers import Json, Refusal, answer, body_of, created, empty, without_zeros
from .listing import columns, listing
from .routing import route
from .signin import Caller, caller

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns(
    "user_id", "username", "email", "realname", "comment", "sysadmin_flag", "creation_time"
)
ADDRESS = re.compile(
    r"[^<>()\[\]\\.,;:\s@\"]+(\.[^<>()\[\]\\.,;:\s@\"]+)*@([-a-zA-Z0-9]+\.)+[a-zA-Z]{2,}"
)
WEAK = (
    "the password or secret must be 8-128, inclusively, characters long with at least "
    "1 uppercase letter, 1 lowercase letter and 1 number"
)
ILLEGAL = ',"~#%$'


def show(user: Json) -> Json:
    """A user as Harbor answers it."""
    return without_zeros(user, "sysadmin_flag", "admin_role_in_auth")


def strong(secret: str) -> bool:
    """Whether a password or a robot's secret is what Harbor asks for."""
    kinds = all(re.search(kind, secret) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    return kinds and 8 <= len(secret) <= 128


def find(demo: DemoHarbor, user_id: str) -> Json:
    """The user with this id, or 404."""
    user = demo.users.get(int(user_id)) if user_id.isdigit() else None
    if user is None:
        raise Refusal(404, f"user {user_id} not found")
    return user


def check_name(name: str) -> None:
    """Refuses what Harbor does not take as a user's name (400)."""
    if not 1 <= len(name) <= 255:
        raise Refusal(400, "username with illegal length")
    if any(letter in ILLEGAL for letter in name):
        raise Refusal(400, "username contains illegal characters")


def check_profile(body: Json) -> None:
    """Refuses what Harbor does not take as a user's e-mail, real name or comment (400)."""
    address, real, comment = (body.get(key) or "" for key in ("email", "realname", "comment"))
    if not address:
        raise Refusal(400, "email can't be empty")
    if not ADDRESS.fullmatch(address):
        raise Refusal(400, "email with illegal format")
    if not 1 <= len(real) <= 255:
        raise Refusal(400, "realname with illegal length")
    if any(letter in ILLEGAL for letter in real):
        raise Refusal(400, "realname contains illegal characters")
    if len(comment) > 30:
        raise Refusal(400, "comment with illegal length")


@route("GET", "/users")
def users(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Everybody but admin, by name."""
    access.require_system(request, "user", "list")
    rows = [user for user in demo.users.values() if user["user_id"] != 1]
    for key in ("username", "email"):
        part = request.url.params.get(key, "").lower()
        rows = [user for user in rows if part in user[key].lower()]
    return listing(request, rows, KEYS, "username", show)


@route("POST", "/users")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Makes a user in database mode: an administrator does, or oneself if that is open."""
    maker = may_create(demo, request)
    body = body_of(request)
    name, address = str(body.get("username", "")), str(body.get("email", ""))
    if not strong(str(body.get("password", ""))):
        raise Refusal(400, WEAK)
    check_name(name)
    check_profile(body)
    if demo.users.first(username=name) or demo.users.first(email=address):
        demo.users.burn()
        raise Refusal(409, f"user {name} or email {address} already exists")
    now = demo.clock.stamp()
    made: Json = {"sysadmin_flag": False, "admin_role_in_auth": False}
    made |= {key: body.get(key) or "" for key in ("username", "email", "realname", "comment")}
    user = demo.users.add(made | {"creation_time": now, "update_time": now})
    demo.passwords[name] = body["password"]
    demo.record(maker.username or name, "create", "user", name)
    return created(f"/users/{user['user_id']}")


def may_create(demo: DemoHarbor, request: httpx.Request) -> Caller:
    """The caller, if he may make users (401, 403)."""
    mode = demo.configuration.get("auth_mode", "db_auth")
    if mode != "db_auth":
        raise Refusal(403, f"creating local user is not allowed under auth mode: {mode}")
    if not demo.configuration.get("self_registration"):
        return access.require_system(request, "user", "create")
    found = caller(request)
    permitted = access.permitted_in_system(found, "user", "create")
    if not permitted and "sid=" not in request.headers.get("Cookie", ""):
        raise Refusal(403, "self-registration cannot be triggered via API")
    return found


@route("GET", "/users/{user_id}")
def user(demo: DemoHarbor, request: httpx.Request, user_id: str) -> httpx.Response:
    """One user, for administrators and for himself."""
    who = access.signed_in(request)
    own = str(who.user_id) == user_id
    if not own and not access.permitted_in_system(who, "user", "read"):
        raise Refusal(403, f"Not authorized to read user: {user_id}")
    return answer(show(find(demo, user_id)))


def modifiable(demo: DemoHarbor, request: httpx.Request, user_id: str) -> Caller:
    """The caller, if he may change this user (401, 403): an administrator, or the user himself."""
    who = access.signed_in(request)
    permitted = access.permitted_in_system(who, "user", "update")
    if demo.configuration.get("auth_mode", "db_auth") != "db_auth":
        permitted = permitted and user_id == "1"
    elif str(who.user_id) == user_id:
        permitted = True
    if not permitted:
        raise Refusal(403, f"User with ID {user_id} can't be updated")
    return who


@route("PUT", "/users/{user_id}")
def update(demo: DemoHarbor, request: httpx.Request, user_id: str) -> httpx.Response:
    """Replaces e-mail, real name and comment."""
    who = modifiable(demo, request, user_id)
    body = body_of(request)
    check_profile(body)
    changed = find(demo, user_id)
    if any(
        other["email"] == body["email"] for other in demo.users.values() if other is not changed
    ):
        raise Refusal(409, f"user {changed['username']} or email {body['email']} already exists")
    changed |= {key: body.get(key) or "" for key in ("email", "realname", "comment")}
    changed["update_time"] = demo.clock.stamp()
    demo.record(who.username, "update", "user", changed["username"])
    return empty()


@route("PUT", "/users/{user_id}/sysadmin")
def set_administrator(demo: DemoHarbor, request: httpx.Request, user_id: str) -> httpx.Response:
    """Makes a user an administrator or not; left out means not. One can do it to oneself."""
    who = access.require_system(request, "user", "update")
    changed = find(demo, user_id)
    changed["sysadmin_flag"] = bool(body_of(request).get("sysadmin_flag"))
    changed["update_time"] = demo.clock.stamp()
    name = changed["username"]
    what = f"update user with name: {name}, add/remove user as system administrator"
    demo.record(who.username, "update", "user", name, what)
    return empty()


@route("PUT", "/users/{user_id}/password")
def set_password(demo: DemoHarbor, request: httpx.Request, user_id: str) -> httpx.Response:
    """A new password: one's own needs the old one, another's only an administrator."""
    who = modifiable(demo, request, user_id)
    body = body_of(request)
    name = find(demo, user_id)["username"]
    new = str(body.get("new_password", ""))
    if str(who.user_id) == user_id and body.get("old_password") != demo.passwords.get(name):
        raise Refusal(403, "Current password is incorrect")
    if not strong(new):
        raise Refusal(400, WEAK)
    if new == demo.passwords.get(name):
        raise Refusal(400, "New password is identical to old password")
    demo.passwords[name] = new
    what = f"update user with name: {name}, update password"
    demo.record(who.username, "update", "user", name, what)
    return empty()


@route("PUT", "/users/{user_id}/cli_secret")
def set_cli_secret(demo: DemoHarbor, request: httpx.Request, user_id: str) -> httpx.Response:
    """The secret for command lines, which only users of OIDC have."""
    mode = demo.configuration.get("auth_mode", "db_auth")
    if mode != "oidc_auth":
        raise Refusal(412, f"unable to update CLI secret under authmode: {mode}")
    who = access.signed_in(request)
    own = str(who.user_id) == user_id
    if not own and not access.permitted_in_system(who, "user", "update"):
        raise Refusal(403, f"Not authorized to update the CLI secret for user: {user_id}")
    secret = str(body_of(request).get("secret", ""))
    if secret and not strong(secret):
        raise Refusal(400, WEAK)
    find(demo, user_id)["oidc_user_meta"] = {
        "user_id": int(user_id),
        "secret": secret or "Cli12345",
    }
    return empty()


@route("DELETE", "/users/{user_id}")
def delete(demo: DemoHarbor, request: httpx.Request, user_id: str) -> httpx.Response:
    """Deletes a user and his memberships; his robots and sessions stay. Never admin or oneself."""
    who = access.signed_in(request)
    if not access.permitted_in_system(who, "user", "delete"):
        raise Refusal(403, "Not authorized to delete users")
    if user_id in ("1", str(who.user_id)):
        raise Refusal(403, f"User with ID {user_id} cannot be deleted")
    gone = find(demo, user_id)
    del demo.users[gone["user_id"]]
    demo.passwords.pop(gone["username"], None)
    for member in demo.members.where(entity_type="u", entity_id=gone["user_id"]):
        del demo.members[member["id"]]
    demo.record(who.username, "delete", "user", gone["username"])
    return empty()
