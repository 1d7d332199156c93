"""From a profile to a connection: TLS, pins, the demo."""

from __future__ import annotations

import asyncio
import ssl

import httpx

from harbortui import address, known_servers, paths
from harbortui.api.errors import HarborError, Unreachable
from harbortui.api.harbor import Harbor
from harbortui.clock import Clock
from harbortui.journal import Journal
from harbortui.profile import Profile
from harbortui.session import Session

LIMIT = 10.0
"""Seconds for fetching a certificate."""


async def connect(
    profile: Profile, clock: Clock, transport: httpx.AsyncBaseTransport | None = None
) -> Session:
    """A session that is not signed in yet. HarborError or SettingsError when TLS cannot be had."""
    profile.check_files()
    harbor = Harbor(
        profile.url,
        transport=transport,
        verify=await pinned(profile) or await asyncio.to_thread(_verify, profile),
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
            context.load_cert_chain(profile.client_cert, profile.client_key)
    except (OSError, ssl.SSLError) as error:
        files = (profile.ca_file, profile.client_cert, profile.client_key)
        named = ", ".join(str(file) for file in files if file)
        raise HarborError(f"{named or 'the TLS files'} cannot be used: {error.strerror}") from error
    if profile.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


async def pinned(profile: Profile) -> ssl.SSLContext | None:
    """The context for a server whose certificate was accepted by hand; None when none was.

    The certificate is fetched without a byte of HTTP, compared with the pin, and made the only
    authority. Raises HarborError when it is another one now.
    """
    server = address.host_port(profile.url)
    known = known_servers.read(paths.config())
    if profile.insecure or not known.of(server) or not profile.url.startswith("https:"):
        return None
    der = await certificate(profile.url)
    if known.judge(server, known_servers.fingerprint(der)) != "same":
        raise HarborError(
            f"the certificate of {server} has changed since it was accepted: nothing was sent. "
            f"If that is right, take its line out of {known.path}"
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cadata=der)
    return context


async def certificate(url: str) -> bytes:
    """A server's certificate (DER), whatever it is worth. Raises Unreachable."""
    parts = httpx.URL(url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(LIMIT):
            _, writer = await asyncio.open_connection(parts.host, parts.port or 443, ssl=context)
    except (OSError, TimeoutError) as error:
        raise Unreachable(f"no certificate from {parts.host}: {error}") from error
    tls: ssl.SSLObject = writer.get_extra_info("ssl_object")
    der = tls.getpeercert(binary_form=True) or b""
    writer.close()
    return der
