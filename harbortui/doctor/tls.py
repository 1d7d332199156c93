"""Whether the certificate can be believed, and for how long."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta

from harbortui import address, certificates
from harbortui.api.diagnosis import UNTRUSTED, explain, untrusted
from harbortui.api.errors import HarborError
from harbortui.certificates import Certificate
from harbortui.doctor.line import Line, fault, ok, warning
from harbortui.doctor.network import LIMIT

SOON = timedelta(days=30)


async def chain(url: str, context: ssl.SSLContext) -> list[Line]:
    """A handshake as a sign-in makes it, then what stands in the certificate."""
    try:
        await _handshake(url, context)
    except (OSError, TimeoutError) as error:
        return await _broken(url, error)
    shown = await _shown(url)
    if context.verify_mode is ssl.CERT_NONE:
        cure = "Take `insecure` out of the profile and pin the certificate instead."
        return [warning("TLS", "The certificate is not verified at all.", cure)]
    said = f"{shown.version or 'TLS'}, a certificate that is trusted"
    return [ok("TLS", f"{said}, signed by {shown.issuer or 'somebody known'}."), *_dates(shown)]


async def is_untrusted(url: str, context: ssl.SSLContext) -> bool:
    """Whether a handshake fails for want of anybody who vouches for the certificate."""
    try:
        await _handshake(url, context)
    except (OSError, TimeoutError) as error:
        return untrusted(error)
    return False


async def _handshake(url: str, context: ssl.SSLContext) -> None:
    host, port = address.host(url), address.port(url)
    async with asyncio.timeout(LIMIT):
        _, writer = await asyncio.open_connection(host, port, ssl=context)
    writer.transport.abort()


async def _broken(url: str, error: BaseException) -> list[Line]:
    said = explain(error, url)
    host_port = address.host_port(url)
    lines = [fault("TLS", f"{said[:1].upper()}{said[1:]}.", _cure(error, host_port))]
    shown = await _shown(url)
    if shown.der:
        lines += _dates(shown)
        names = ", ".join(shown.names) or shown.subject or "nothing"
        lines.append(warning("certificate", f"It is for {names}, signed by {shown.issuer}."))
        lines.append(warning("certificate", f"SHA-256 {shown.sha256}"))
    return lines


def _cure(error: BaseException, host_port: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        cure = "Give the profile `ca_file`, or pin it on the sign-in screen (ctrl+t)."
        docker = f"docker wants it in /etc/docker/certs.d/{host_port}/ca.crt."
        return f"{cure} {docker}" if error.verify_code in UNTRUSTED else ""
    if isinstance(error, ssl.SSLError) and "WRONG_VERSION" in (error.reason or ""):
        return (
            f"Use http://{host_port} (with allow_http for other machines). docker says “server "
            "gave HTTP response to HTTPS client” and wants insecure-registries in daemon.json."
        )
    return ""


async def _shown(url: str) -> Certificate:
    try:
        return await certificates.fetch(url)
    except HarborError:
        return Certificate(b"")


def _dates(shown: Certificate) -> list[Line]:
    """Until when it is good, by our clock, which is named: it may be the one that is wrong."""
    now = datetime.now(UTC)
    if not shown.until or not shown.since:
        return []
    here = f"it is {now:%Y-%m-%d %H:%M} UTC here"
    if shown.until < now:
        cure = "Renew it, and restart Harbor's proxy: `docker compose restart proxy`."
        return [fault("dates", f"It ended {shown.until:%Y-%m-%d %H:%M} UTC, and {here}.", cure)]
    if shown.since > now:
        cure = "Is this machine's clock right?"
        return [fault("dates", f"It begins {shown.since:%Y-%m-%d %H:%M} UTC, and {here}.", cure)]
    if shown.until - now < SOON:
        days = (shown.until - now).days
        return [warning("dates", f"It ends in {days} days ({shown.until:%Y-%m-%d}).", "Renew it.")]
    return [ok("dates", f"It is good until {shown.until:%Y-%m-%d}.")]
