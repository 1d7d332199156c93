"""A server's certificate, fetched without sending a byte of HTTP, and what stands in it."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from harbortui import known_servers
from harbortui.api.diagnosis import explain
from harbortui.api.errors import Unreachable

LIMIT = 10.0
"""Seconds for one handshake."""
NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME: an expired certificate is to be read as well."""


@dataclass(frozen=True)
class Certificate:
    """One certificate; what OpenSSL could not make out is empty."""

    der: bytes
    names: tuple[str, ...] = ()
    subject: str = ""
    issuer: str = ""
    since: datetime | None = None
    until: datetime | None = None
    version: str = ""
    """The version of TLS that was spoken."""

    @property
    def sha256(self) -> str:
        """Its fingerprint, 64 hexadecimal digits."""
        return known_servers.fingerprint(self.der)


async def der(url: str) -> bytes:
    """The certificate of a server in DER form, whatever it is worth. Raises Unreachable."""
    return (await _handshake(url, _anyone()))[0]


async def fetch(url: str) -> Certificate:
    """The certificate of a server, and what stands in it. Raises Unreachable."""
    found_der, _, version = await _handshake(url, _anyone())
    only = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    only.check_hostname = False
    only.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | NO_CHECK_TIME
    found: dict[str, Any] = {}
    with suppress(ssl.SSLError, Unreachable):  # Python tells what stands in a trusted one only
        only.load_verify_locations(cadata=found_der)
        found = (await _handshake(url, only))[1]
    return Certificate(
        found_der,
        tuple(str(name) for _, name in found.get("subjectAltName", ())),
        _name(found.get("subject", ())),
        _name(found.get("issuer", ())),
        _moment(found.get("notBefore", "")),
        _moment(found.get("notAfter", "")),
        version,
    )


def _anyone() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def _handshake(url: str, context: ssl.SSLContext) -> tuple[bytes, dict[str, Any], str]:
    parts = httpx.URL(url)
    try:
        async with asyncio.timeout(LIMIT):
            _, writer = await asyncio.open_connection(parts.host, parts.port or 443, ssl=context)
    except (OSError, TimeoutError) as error:
        raise Unreachable(explain(error, url)) from error
    tls: ssl.SSLObject = writer.get_extra_info("ssl_object")
    found = tls.getpeercert(binary_form=True) or b"", tls.getpeercert() or {}, tls.version() or ""
    writer.transport.abort()
    return found


def _name(parts: Any) -> str:
    """`CN=harbor, O=us` of OpenSSL's nested pairs."""
    short = {"commonName": "CN", "organizationName": "O", "organizationalUnitName": "OU"}
    return ", ".join(f"{short.get(key, key)}={value}" for part in parts for key, value in part)


def _moment(text: str) -> datetime | None:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC) if text else None
