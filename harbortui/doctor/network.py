"""From a name to an open port, and what may be in the way."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Mapping

from harbortui import address
from harbortui.doctor.line import Line, fault, ok, warning

LIMIT = 5.0
"""Seconds for one connection."""
USUAL = (443, 80, 8443, 8080)
PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


def proxy(environ: Mapping[str, str]) -> list[Line]:
    """The proxy that the environment names, if any; its value may hold a password."""
    name = next((name for name in PROXIES if environ.get(name)), "")
    if not name:
        return []
    cure = "Is Harbor in your own network, add its host to NO_PROXY."
    return [warning("proxy", f"{name} is set: requests go through a proxy.", cure)]


async def names(host: str) -> list[Line]:
    """What the name stands for."""
    try:
        async with asyncio.timeout(LIMIT):
            loop = asyncio.get_running_loop()
            found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError):
        cure = "Look for a typing mistake; ask `getent hosts` for it, and whoever keeps the DNS."
        return [fault("name", f"The name {host} is not known here.", cure)]
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    return [ok("name", f"{host} is {', '.join(numbers[:4])}.")] if numbers != [host] else []


async def port(url: str) -> list[Line]:
    """Whether somebody listens; if not, on which of the usual ports somebody does."""
    host, number = address.host(url), address.port(url)
    began = time.monotonic()
    problem = await _refusal(host, number)
    if not problem:
        took = (time.monotonic() - began) * 1000
        return [ok("port", f"{host}:{number} takes connections ({took:.0f} ms).")]
    others = [other for other in USUAL if other != number and not await _refusal(host, other)]
    cure = "On its host `docker compose ps` says whether Harbor runs, and on which ports."
    if others:
        told = ", ".join(map(str, others))
        cure = f"Something listens on port {told} there: is it Harbor? Give the port. {cure}"
    return [fault("port", f"{host}:{number} {problem}.", cure)]


async def _refusal(host: str, number: int) -> str:
    """Why a port does not take connections; empty: it does."""
    try:
        async with asyncio.timeout(LIMIT):
            _, writer = await asyncio.open_connection(host, number)
    except TimeoutError:
        return "does not answer within 5 s: a firewall, or a wrong port"
    except ConnectionRefusedError:
        return "is closed: connection refused"
    except OSError as error:
        return f"cannot be reached: {error.strerror or 'no way there'}"
    writer.transport.abort()
    return ""
