"""Who answers: a Harbor, only its portal, a plain registry, a proxy, nginx without a core."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import httpx

from harbortui import address
from harbortui.api import wire
from harbortui.api.errors import HarborError
from harbortui.doctor.line import Line, fault, ok, warning

SKEW = 30.0
"""Seconds between two clocks from which it is worth a word."""
SLOW = 1.0
REGISTRY = "docker-distribution-api-version"
CORE = "On Harbor's host: `docker compose ps`, then `docker compose logs core`."


async def who(http: httpx.AsyncClient, url: str) -> tuple[list[Line], bool]:
    """What answers at the address, and whether it is a Harbor that works."""
    began = time.monotonic()
    try:
        ping = await ask(http, f"{url}/api/v2.0/ping")
        took = time.monotonic() - began
        registry = await ask(http, f"{url}/v2/")
    except HarborError as error:
        said = str(error)
        return [fault("answer", f"{said[:1].upper()}{said[1:]}.")], False
    lines = _judged(url, ping, registry)
    if lines[-1].state == "fault":
        return lines, False
    slow = warning if took > SLOW else ok
    lines.append(slow("latency", f"It answers within {took * 1000:.0f} ms."))
    return [*lines, *_clock(ping), *_outside(url, registry)], True


async def ask(
    http: httpx.AsyncClient, url: str, auth: httpx.Auth | None = None, **headers: str
) -> httpx.Response:
    """What a server answers, whatever it is; HarborError when that does not come to an end."""
    request = http.build_request("GET", url, headers=headers)
    deadline = time.monotonic() + wire.READ_LIMIT
    return await wire.received(http, request, auth, deadline, wire.JSON_LIMIT)


def _judged(url: str, ping: httpx.Response, registry: httpx.Response) -> list[Line]:
    if ping.is_redirect:
        where = ping.headers.get("location", "elsewhere")
        cure = "Use that address; redirects are not followed, the password would go along."
        return [fault("answer", f"{url} redirects to {where}.", cure)]
    if ping.status_code in (502, 503, 504):
        said = f"Its proxy answers {ping.status_code} Bad Gateway: Harbor's core is not there."
        return [fault("answer", said, f"It may be starting, a minute or two. {CORE}")]
    if ping.status_code == 407:
        return [fault("answer", "A proxy wants a password.", "Give it in the proxy's variable.")]
    if ping.status_code >= 500:
        return [fault("answer", f"It answers with an internal error ({ping.status_code}).", CORE)]
    if ping.is_success and ping.text.strip() in ("Pong", '"Pong"'):
        return [ok("answer", f"A Harbor answers at {url}.")]
    if ping.status_code == 400 and b"HTTPS" in ping.content:
        return [fault("answer", "https is spoken there, not http.", f"Use https{url[4:]}.")]
    if REGISTRY in registry.headers:
        said = "A plain Docker registry answers, not a Harbor."
        return [fault("answer", said, "Is it the port of the registry behind Harbor?")]
    if "html" in ping.headers.get("content-type", ""):
        cure = "Is a path too many, or another proxy in front? Harbor's API is below /api/v2.0."
        return [fault("answer", "A page for browsers answers where the API should be.", cure)]
    return [fault("answer", f"Something answers ({ping.status_code}) that is no Harbor.")]


def _clock(response: httpx.Response) -> list[Line]:
    there = wire.server_time(response)
    if not there:
        return []
    away = there - time.time()
    if abs(away) <= SKEW:
        return [ok("clock", "Its clock and this one agree.")]
    way = "ahead" if away > 0 else "behind"
    cure = "Look at NTP on both: tokens and certificates fail when clocks differ."
    return [warning("clock", f"Its clock is {abs(away):.0f} s {way} of this one.", cure)]


def _outside(url: str, registry: httpx.Response) -> list[Line]:
    """Where docker is sent for its token: Harbor's external URL, which may be wrong."""
    realm = challenge(registry).get("realm", "")
    try:
        other = urlsplit(realm)
        there = address.host_port(f"{other.scheme}://{other.netloc}") if realm else ""
    except (ValueError, KeyError):
        there = "an address that cannot be read"
    if not realm:
        return []
    if there == address.host_port(url) and other.scheme == urlsplit(url).scheme:
        return [ok("external URL", "docker is sent for its token to this address.")]
    cure = "Set hostname, ports or external_url in harbor.yml, run ./prepare and start it again."
    return [warning("external URL", f"docker is sent to {realm} for its token.", cure)]


def challenge(response: httpx.Response) -> dict[str, str]:
    """`Www-Authenticate: Bearer realm="…",service="…"` as a dictionary."""
    scheme, _, rest = response.headers.get("www-authenticate", "").partition(" ")
    pairs = (part.partition("=") for part in rest.split(",")) if scheme.lower() == "bearer" else ()
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}
