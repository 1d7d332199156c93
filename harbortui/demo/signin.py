"""Signing in: sessions with cookies and CSRF tokens, basic auth, bearer tokens."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from uuid import UUID

import httpx

from .answers import Json, Refusal, empty, text
from .routing import ROOT, route

if TYPE_CHECKING:
    from .server import DemoHarbor

READING = ("GET", "HEAD", "OPTIONS")
LOCKED = 1.5
"""Seconds for which a name is refused after a wrong password."""
PAGE = "<!DOCTYPE HTML>\n<html><head><title>404 - Page Not Found</title></head></html>\n"
READ_ONLY = "The system is in read only mode. Any modification is prohibited."


@dataclass(frozen=True)
class Caller:
    """Who sends a request: a user, a robot, or nobody."""

    username: str = ""
    user_id: int = 0
    sysadmin: bool = False
    robot: Json | None = None

    @property
    def known(self) -> bool:
        """Whether the request was signed by anybody."""
        return bool(self.username)


@dataclass
class Session:
    """A cookie `sid`: whose it is, and when it was last used (seconds since 1970)."""

    caller: Caller
    used: float


def caller(request: httpx.Request) -> Caller:
    """Who sent this request; the server has found out before the route is called."""
    found = request.extensions["caller"]
    assert isinstance(found, Caller)
    return found


def admit(demo: DemoHarbor, request: httpx.Request) -> None:
    """Finds the caller, then refuses writes without a CSRF token or in read-only mode (403)."""
    request.extensions["caller"] = _identify(demo, request)
    if request.method in READING:
        return
    path = request.url.path
    cookies = _cookies(request)
    if "sid" in cookies or path.startswith("/c/"):
        _check_token(demo, request, cookies)
    free = path.startswith("/c/") or path == f"{ROOT}/configurations"
    if demo.configuration.get("read_only") and not free:
        raise Refusal(403, READ_ONLY, "DENIED")


def _check_token(demo: DemoHarbor, request: httpx.Request, cookies: dict[str, str]) -> None:
    token = request.headers.get("X-Harbor-CSRF-Token", "")
    # Harbor 2.8 calls a token that is missing invalid, too.
    if not token and demo.at_least("2.9"):
        raise Refusal(403, "CSRF token not found in request")
    if token.partition("-")[2] != cookies.get("_gorilla_csrf", "none"):
        raise Refusal(403, "CSRF token invalid")


def _cookies(request: httpx.Request) -> dict[str, str]:
    jar = SimpleCookie(request.headers.get("Cookie", ""))
    return {name: morsel.value for name, morsel in jar.items()}


def _identify(demo: DemoHarbor, request: httpx.Request) -> Caller:
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _user(demo, demo.tokens.get(credential, ""))
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(credential, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return Caller()
        name, _, password = pair.partition(":")
        return proven(demo, name, password)
    session = _session(demo, request)
    return session.caller if session else Caller()


def _session(demo: DemoHarbor, request: httpx.Request) -> Session | None:
    """The living session of a request; using it keeps it alive, unless a poll asks not to."""
    sid = _cookies(request).get("sid", "")
    session = demo.sessions.get(sid)
    if session is None:
        return None
    now = demo.clock().timestamp()
    if now - session.used > 60 * int(demo.configuration.get("session_timeout", 60)):
        del demo.sessions[sid]
        return None
    if "X-Harbor-No-Session-Renewal" not in request.headers or not demo.at_least("2.14.4"):
        session.used = now
    return session


def proven(demo: DemoHarbor, name: str, password: str) -> Caller:
    """The user or robot with this name and password, else nobody.

    A wrong password is answered after 1.5 s, in which the name is locked: the right one is refused
    too, if it comes in the meantime.
    """
    now = demo.clock().timestamp()
    if demo.locks.get(name, 0) > now:
        return Caller()
    user = demo.users.first(username=name) or demo.users.first(email=name)
    owner = user["username"] if user else name
    if password and demo.passwords.get(owner) == password:
        return _robot(demo, name) or _user(demo, owner)
    demo.locks[name] = now + LOCKED
    demo.owed = LOCKED
    return Caller()


def _user(demo: DemoHarbor, name: str) -> Caller:
    user = demo.users.first(username=name)
    if not user:
        return Caller()
    return Caller(user["username"], user["user_id"], bool(user["sysadmin_flag"]))


def _robot(demo: DemoHarbor, name: str) -> Caller | None:
    robot = demo.robots.first(name=name)
    if not robot:
        return None
    ends = robot.get("expires_at", -1)
    expired = 0 < ends <= demo.clock().timestamp()
    return Caller() if robot.get("disable") or expired else Caller(name, robot=robot)


def hand_out(demo: DemoHarbor, request: httpx.Request, response: httpx.Response) -> None:
    """Adds what every answer brings: a cookie `sid` to who has none, a token to who has one."""
    cookies = _cookies(request)
    if cookies.get("sid") not in demo.sessions and "sid=" not in response.headers.get(
        "Set-Cookie", ""
    ):
        _set_cookie(response, "sid", begin(demo, Caller()))
    if "sid" in cookies or request.url.path.startswith("/c/"):
        secret = cookies.get("_gorilla_csrf") or _unique(demo)
        if "_gorilla_csrf" not in cookies:
            _set_cookie(response, "_gorilla_csrf", secret)
        response.headers["X-Harbor-CSRF-Token"] = f"{len(demo.requests)}-{secret}"


def begin(demo: DemoHarbor, of: Caller) -> str:
    """Starts a session; its `sid`."""
    sid = _unique(demo)
    demo.sessions[sid] = Session(of, demo.clock().timestamp())
    return sid


def _unique(demo: DemoHarbor) -> str:
    demo.handed_out += 1
    return UUID(int=demo.handed_out, version=4).hex


def _set_cookie(response: httpx.Response, name: str, value: str) -> None:
    cookie = f"{name}={value}; Path=/; HttpOnly"
    response.headers = httpx.Headers([*response.headers.multi_items(), ("Set-Cookie", cookie)])


@route("HEAD", "/c/login")
@route("GET", "/c/login")
def login_page(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """A 404, and yet it comes with both cookies and the token."""
    return text(PAGE, 404, "text/html; charset=utf-8")


@route("POST", "/c/login")
def login(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Signs a user in: 200 with a new `sid`, or 401; both are audited. Robots cannot."""
    body = request.content.decode(errors="replace")
    form = parse_qs(body, keep_blank_values=True)
    name, password = (form.get(field, [""])[0] for field in ("principal", "password"))
    found = proven(demo, name, password)
    succeeded = bool(found.user_id)
    # The audit log of Harbor 2.15.2 keeps the name as the form had encoded it.
    written = re.search(r"(?:^|&)principal=([^&]*)", body)
    said = written[1] if written else name
    demo.record(said, "login", "user", said, "login", succeeded)
    if not succeeded:
        return empty(401)
    response = empty(200)
    demo.sessions.pop(_cookies(request).get("sid", ""), None)
    _set_cookie(response, "sid", begin(demo, found))
    return response


@route("GET", "/c/log_out")
def log_out(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Ends the session."""
    leaving = caller(request)
    demo.sessions.pop(_cookies(request).get("sid", ""), None)
    if leaving.known:
        demo.record(leaving.username, "logout", "user", leaving.username, "logout")
    response = empty(200)
    _set_cookie(response, "sid", "; Max-Age=0")
    return response
