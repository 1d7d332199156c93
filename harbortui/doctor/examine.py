"""All looks in their order; what stands behind a fault is not looked at."""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncIterator

from harbortui import address
from harbortui.api import wire
from harbortui.api.errors import HarborError
from harbortui.clock import Clock
from harbortui.connection import connect, verification
from harbortui.credentials import Credential
from harbortui.doctor import account, answer, docker, network, tls
from harbortui.doctor.line import Line, broken, fault, warning
from harbortui.problems import SettingsError
from harbortui.profile import Profile

INSECURE = "docker takes http only from hosts in insecure-registries of its daemon.json."


async def outside(profile: Profile) -> AsyncIterator[list[Line]]:
    """What can be seen without signing in; the last lines have a fault when there is one."""
    url = profile.url
    yield network.proxy(os.environ)
    found = await network.names(address.host(url))
    yield found
    if broken(found):
        return
    found = await network.port(url)
    yield found
    if broken(found):
        return
    context: ssl.SSLContext | bool = False
    if url.startswith("https:"):
        try:
            context = await verification(profile)
        except (HarborError, SettingsError) as error:
            yield [fault("TLS", f"{error}.")]
            return
        found = await tls.chain(url, context)
        yield found
        if broken(found):
            return
    else:
        yield [warning("TLS", "None: http can be read on the way.", INSECURE)]
    http = wire.client(None, context, keep=0)
    async with http:
        yield (await answer.who(http, url))[0]


async def everything(
    profile: Profile, credential: Credential | None, docker_user: Credential | None
) -> AsyncIterator[list[Line]]:
    """Also what only shows when signed in, and what docker meets."""
    bad = False
    async for found in outside(profile):
        bad = bad or broken(found)
        yield found
    if bad:
        return
    session = await connect(profile, Clock())
    yield await account.signed_in(session, credential, profile.authentication)
    await session.sign_out()
    if docker_user:
        http = wire.client(None, await verification(profile), keep=0)
        async with http:
            yield await docker.login(http, profile.url, docker_user.username, docker_user.secret)


async def first_fault(profile: Profile) -> str:
    """The first fault with its cure, for the sign-in screen; empty: none can be seen."""
    async for found in outside(profile):
        for line in found:
            if line.state == "fault":
                return f"{line.says} {line.cure}".strip()
    return ""
