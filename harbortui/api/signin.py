"""Signing in: a session for people, basic authentication for robots, a bearer token.

Since 2.15.2 each basic-auth call costs the server 600,000 PBKDF2 rounds (88 ms against 1.25 ms).
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie

import httpx
from pydantic import SecretStr

from harbortui.api.errors import Forbidden, NotFound, Unauthorized, Unreadable
from harbortui.api.harbor import Harbor

TOKEN = "X-Harbor-CSRF-Token"
SESSION = "sid"
READING = ("GET", "HEAD", "OPTIONS")

# httpcore 1.0 logs the headers of every answer, cookies and token too, one level below.
logging.getLogger("httpcore").setLevel(logging.INFO)


class SessionAuth(httpx.Auth):
    """Cookies `sid` and `_gorilla_csrf`, and the token that every write has to carry."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}
        self._token = ""

    @property
    def ready(self) -> bool:
        """A token has been handed out."""
        return bool(self._token)

    @property
    def secrets(self) -> list[SecretStr]:
        """The cookies' values and the token."""
        return [SecretStr(value) for value in (*self._cookies.values(), self._token)]

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Adds both; Unauthorized when the session has ended, though the answer may be a 200.

        Nobody is shown the public part; but an unknown session gets another `sid` with it, which
        a living one never does (2.8 to 2.15).
        """
        if self._cookies:
            pairs = (f"{name}={value}" for name, value in self._cookies.items())
            request.headers["Cookie"] = "; ".join(pairs)
        if request.method not in READING and self._token:
            request.headers[TOKEN] = self._token
        response = yield request
        new = _handed_out(response)
        ended = "/api/" in request.url.path and new.pop(SESSION, "")
        self._cookies |= new
        # Any token of a session stays good; an answer without one changes nothing.
        self._token = response.headers.get(TOKEN, self._token)
        if ended and response.status_code < 500:
            raise Unauthorized("the session has ended")


def _handed_out(response: httpx.Response) -> dict[str, str]:
    new: dict[str, str] = {}
    for line in response.headers.get_list("set-cookie"):
        try:
            jar = SimpleCookie(line)
        except CookieError:
            continue
        new |= {name: morsel.value for name, morsel in jar.items()}
    return new


class BasicAuth(httpx.Auth):
    """A robot, or a person without a session: never any cookie, or writes would want a token."""

    def __init__(self, username: str, password: SecretStr) -> None:
        self._username, self._password = username, password

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        plain = httpx.BasicAuth(self._username, self._password.get_secret_value())
        yield from plain.auth_flow(request)


class BearerAuth(httpx.Auth):
    """An OIDC identity token."""

    def __init__(self, token: SecretStr) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
        yield request


async def open_session(harbor: Harbor, username: str, password: SecretStr) -> None:
    """`GET /c/login`, then `POST /c/login`; Unauthorized when the password is wrong.

    So it is for whom Harbor sends to an OIDC provider, which it says with 403 and an address.
    """
    harbor.auth = auth = SessionAuth()
    with suppress(NotFound):  # 404, and yet it hands out the cookies and the token (2.8 to 2.15)
        await harbor.fetch("/c/login", {}, json=False)
    if not auth.ready:
        raise Unreadable("this server hands out no sign-in token: is it a Harbor?")
    form = {"principal": username, "password": password.get_secret_value()}
    try:
        await harbor.ask("/c/login", form=form)
    except Unauthorized as error:
        raise Unauthorized(f"wrong user name or password for {username}") from error
    except Forbidden as error:
        if error.code:
            raise
        words = "signs in with a browser, by OIDC: take a local administrator, a robot or a token"
        raise Unauthorized(f"{username} {words}") from error


async def close_session(harbor: Harbor) -> None:
    """`GET /c/log_out`: ends a session, if there is one."""
    if isinstance(harbor.auth, SessionAuth):
        await harbor.fetch("/c/log_out", {}, json=False)
