"""Why there is no connection, in the words that a Harbor administrator searches for."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.request import getproxies, proxy_bypass

import httpx

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
BEHIND_PROXY = (httpx.ProxyError, httpx.ConnectError, httpx.ConnectTimeout)
"""What httpx says when a proxy, if there is one, cannot be reached or will not connect."""

UNTRUSTED = (18, 19, 20, 21)
"""OpenSSL's verify codes of a chain that ends at nobody who is known."""

_CERTIFICATE = {
    9: "the certificate of {host} is not valid yet: is this machine's clock right?",
    10: "the certificate of {host} has expired",
    18: "the certificate of {host} is self-signed: give its CA file, or pin it",
    19: "the certificate of {host} is signed by an unknown authority: give its CA file, or pin it",
    20: "the certificate of {host} is signed by an unknown authority: give its CA file, or pin it",
    21: "the certificate of {host} is signed by an unknown authority: give its CA file, or pin it",
    62: "the certificate of {host} is for another name: use the name that it is for",
    64: "the certificate of {host} is for another address: use the name that it is for",
}
"""OpenSSL's verify codes, X509_V_ERR_*."""

_BY_TYPE: tuple[tuple[type[BaseException], str], ...] = (
    (httpx.ConnectTimeout, "no answer from {host}:{port} within 5 s: a firewall{silent_hint}?"),
    (httpx.PoolTimeout, "too many requests to {host} are waiting"),
    (httpx.ReadTimeout, "{host}:{port} took the request and sent no answer"),
    (httpx.WriteTimeout, "{host}:{port} does not take the request"),
    (httpx.RemoteProtocolError, "{host}:{port} broke off or does not speak HTTP: {closed_hint}"),
    (httpx.ReadError, "{host}:{port} closed the connection: {closed_hint}"),
    (httpx.WriteError, "{host}:{port} closed the connection: {closed_hint}"),
    (httpx.UnsupportedProtocol, "an address starts with https:// or http://"),
)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, groups opened."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from causes(one)
        error = error.__cause__ or error.__context__


def provably_unsent(error: BaseException) -> bool:
    """Nothing of the request left this machine: it can be sent again."""
    return isinstance(error, UNSENT)


def hopeless(error: BaseException) -> bool:
    """Trying again in a moment cannot help: a name, a certificate, an address is wrong."""
    return any(
        isinstance(cause, (socket.gaierror, ssl.SSLError, httpx.UnsupportedProtocol))
        for cause in causes(error)
    )


def untrusted(error: BaseException) -> bool:
    """Nobody who is trusted vouches for the certificate: it can be pinned."""
    return any(
        isinstance(cause, ssl.SSLCertVerificationError) and cause.verify_code in UNTRUSTED
        for cause in causes(error)
    )


def explain(error: BaseException, address: str) -> str:
    """One sentence: what happened and what it usually means. httpx's own text is often empty."""
    url = httpx.URL(address)
    port = url.port or (443 if url.scheme == "https" else 80)
    secure = url.scheme == "https"
    words = {
        "host": url.host,
        "port": str(port),
        "proxy": _proxy(url),
        "silent_hint": ", a wrong port, or http:// there" if secure else ", or a wrong port",
        "closed_hint": (
            "does it want a client certificate?" if secure else "is it https:// there?"
        ),
    }
    return _sentence(error, secure, bool(words["proxy"])).format(**words)


def _proxy(url: httpx.URL) -> str:
    """The proxy that the environment puts between here and there, without its password."""
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all", "")
    if not proxy or proxy_bypass(url.host):
        return ""
    return httpx.URL(proxy if "://" in proxy else f"http://{proxy}").netloc.decode()


def _sentence(error: BaseException, secure: bool, proxied: bool) -> str:
    chain = list(causes(error))
    before_tls = not any(isinstance(cause, ssl.SSLError) for cause in chain)
    if proxied and before_tls and isinstance(error, BEHIND_PROXY):
        return "the proxy {proxy} refuses or is not there: does {host} belong in no_proxy?"
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            unknown = "the certificate of {host} cannot be verified"
            return _CERTIFICATE.get(cause.verify_code, unknown)
        if isinstance(cause, ssl.SSLError):
            return _tls(cause)
        if isinstance(cause, socket.gaierror):
            return "the name {host} is not known here: a typing mistake, or no DNS?"
    for cause in chain:
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused by {host}:{port}: is Harbor running, and on this port?"
        if isinstance(cause, OSError) and cause.errno in (101, 113):
            return "there is no way to {host} from here (network unreachable)"
        if isinstance(cause, ConnectionResetError):
            return "{host}:{port} closed the connection: {closed_hint}"
    for kind, sentence in _BY_TYPE:
        if isinstance(error, kind):
            return sentence
    if any("All connection attempts failed" in str(cause) for cause in chain):
        return "connection refused by {host}:{port}: is Harbor running, and on this port?"
    return "no connection to {host}:{port}"


def _tls(cause: ssl.SSLError) -> str:
    reason = (cause.reason or str(cause)).upper()
    if "WRONG_VERSION_NUMBER" in reason or "HTTP_REQUEST" in reason:
        return "{host}:{port} speaks http, not https: use http:// or another port"
    if "PROTOCOL_VERSION" in reason or "UNSUPPORTED_PROTOCOL" in reason:
        return "{host}:{port} offers only old TLS, or none: TLS 1.2 is the least"
    if "EOF" in reason:
        return "{host}:{port} closed during TLS: older than 1.2, or is a client certificate wanted?"
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason:
        return "{host}:{port} closed during TLS: does it want a client certificate?"
    return "TLS with {host}:{port} failed (" + (cause.reason or "no reason given") + ")"
