"""From a profile to a connection: TLS, pins, the demo."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import httpx

from harbortui import address, known_servers, paths
from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.clock import Clock
from harbortui.journal import Journal
from harbortui.profile import Profile
from harbortui.session import Session


async def connect(
    profile: Profile, clock: Clock, transport: httpx.AsyncBaseTransport | None = None
) -> Session:
    """A session that is not signed in yet. HarborError or SettingsError when TLS cannot be had."""
    profile.check_files()
    harbor = Harbor(
        profile.url,
        transport=transport,
        verify=await verification(profile),
        read_only=profile.read_only,
        journal=Journal(paths.state(), profile.url),
        wall=clock.wall,
    )
    return Session(
        harbor,
        clock,
        where=address.host_port(profile.url).removesuffix(":443"),
        profile=profile.name,
        protected=profile.protected,
        insecure=profile.insecure,
        refresh=profile.refresh or 0.0,
    )


async def verification(profile: Profile) -> ssl.SSLContext:
    """Whom to believe: the pinned certificate alone, or the authorities. Raises HarborError."""
    only = await pinned(profile)
    return only if only is not None else await asyncio.to_thread(_verify, profile)


def _verify(profile: Profile) -> ssl.SSLContext:
    """TLS 1.2 and later, the system's authorities or the profile's, a client certificate.

    To read the authorities takes 25 ms, outside of Python; for http nobody is trusted.
    """
    if profile.url.startswith("http:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context = ssl.create_default_context(cafile=profile.ca_file)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if profile.client_cert:
            context.load_cert_chain(profile.client_cert, profile.client_key, _no_passphrase)
    except (OSError, ssl.SSLError) as error:
        files = (profile.ca_file, profile.client_cert, profile.client_key)
        named = ", ".join(str(file) for file in files if file)
        raise HarborError(f"{named or 'the TLS files'} cannot be used: {error.strerror}") from error
    if profile.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _no_passphrase() -> NoReturn:
    """OpenSSL itself would ask on the terminal, in the middle of the screen."""
    raise OSError(0, "the key has a passphrase; `openssl pkey` makes a copy without one")


async def pinned(profile: Profile) -> ssl.SSLContext | None:
    """The context for a server whose certificate was accepted by hand; None when none was.

    The certificate is fetched without a byte of HTTP, compared with the pin, and made the only
    authority. Raises HarborError when it is another one now.
    """
    server = address.host_port(profile.url)
    known = known_servers.read(paths.config())
    if profile.insecure or not known.of(server) or not profile.url.startswith("https:"):
        return None
    from harbortui import certificates

    der = await certificates.der(profile.url)
    found = known_servers.fingerprint(der)
    if known.judge(server, found) != "same":
        raise HarborError(
            _changed(server, [pin.sha256 for pin in known.of(server)], found, known.path)
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cadata=der)
    return context


def _changed(server: str, accepted: Sequence[str], found: str, path: Path | None) -> str:
    """Both fingerprints, whole: whoever compares needs every digit."""
    return (
        f"the certificate of {server} has changed since it was accepted, and nothing was sent. "
        f"Accepted: {' or '.join(one or 'a line that cannot be read' for one in accepted)}. "
        f"Now: {found}. If that is right, take its line out of {path}"
    )
