"""`--as USER`: `/v2/` and a token, as docker login asks for them; nothing is written down."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from harbortui import address
from harbortui.api.errors import HarborError
from harbortui.doctor.answer import ask, challenge
from harbortui.doctor.line import Line, fault, ok

WHAT = "docker login"


async def login(http: httpx.AsyncClient, url: str, user: str, secret: SecretStr) -> list[Line]:
    """The two steps of `docker login`; the password goes to no other origin than the address."""
    try:
        asked = await ask(http, f"{url}/v2/")
        wanted = challenge(asked)
        realm = wanted.get("realm", "")
        if asked.status_code != 401 or not realm:
            said = f"/v2/ answers {asked.status_code} without asking for a token."
            return [fault(WHAT, said, "Is it Harbor's registry? `docker compose logs proxy`.")]
        if not _same(realm, url):
            said = f"docker would be sent to {realm}; the password was not."
            return [fault(WHAT, said, "Set external_url in harbor.yml to the address in use.")]
        service = {"service": wanted.get("service", ""), "account": user}
        auth = httpx.BasicAuth(user, secret.get_secret_value())
        given = await ask(http, str(httpx.URL(realm).copy_merge_params(service)), auth)
        if given.status_code != 200:
            cure = "Wrong name or password; with OIDC docker wants the CLI secret of the profile."
            return [fault(WHAT, f"No token for {user} ({given.status_code}).", cure)]
        token = str(given.json().get("token") or given.json().get("access_token") or "")
        again = await ask(http, f"{url}/v2/", Authorization=f"Bearer {token}")
    except HarborError as error:
        return [fault(WHAT, f"{error}.")]
    except (ValueError, AttributeError, RecursionError, httpx.InvalidURL):
        return [fault(WHAT, "The token service answers something that is no token.")]
    if again.status_code == 200:
        return [ok(WHAT, f"{user} gets a token, and /v2/ takes it.")]
    cure = (
        "Do core and registry have the same key pair, and clocks? `docker compose logs registry`."
    )
    return [fault(WHAT, f"{user} gets a token that /v2/ refuses ({again.status_code}).", cure)]


def _same(realm: str, url: str) -> bool:
    try:
        there = urlsplit(realm)
        found = address.host_port(f"{there.scheme}://{there.netloc}")
    except (ValueError, KeyError):
        return False
    return there.scheme == urlsplit(url).scheme and found == address.host_port(url)
