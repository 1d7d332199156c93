"""Errors without words of their own, and what OpenSSL says, as sentences."""

import errno
import socket
import ssl

import httpx
import pytest

from harbortui.api.diagnosis import explain

from .test_diagnosis import no_proxy

__all__ = ["no_proxy"]


def caused(kind: type[httpx.TransportError], cause: BaseException | None = None) -> httpx.HTTPError:
    """An error of httpx without a text of its own."""
    error = kind("")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            caused(httpx.ConnectError, socket.gaierror(-2, "Name or service not known")),
            "the name harbor.example.com is not known here: a typing mistake, or no DNS?",
        ),
        (
            caused(httpx.ConnectTimeout),
            "no answer from harbor.example.com:443 within 5 s: a firewall, a wrong port,"
            " or http:// there?",
        ),
        (
            caused(httpx.ConnectError, OSError(errno.ENETUNREACH, "")),
            "there is no way to harbor.example.com from here (network unreachable)",
        ),
        (
            caused(httpx.ConnectError, OSError(errno.EHOSTUNREACH, "")),
            "there is no way to harbor.example.com from here (network unreachable)",
        ),
        (caused(httpx.PoolTimeout), "too many requests to harbor.example.com are waiting"),
        (
            caused(httpx.ReadTimeout),
            "harbor.example.com:443 took the request and sent no answer",
        ),
        (caused(httpx.WriteTimeout), "harbor.example.com:443 does not take the request"),
        (
            caused(httpx.WriteError),
            "harbor.example.com:443 closed the connection: does it want a client certificate?",
        ),
        (caused(httpx.UnsupportedProtocol), "an address starts with https:// or http://"),
        (caused(httpx.ConnectError), "no connection to harbor.example.com:443"),
        (
            ExceptionGroup("", [ConnectionRefusedError(), ConnectionRefusedError()]),
            "connection refused by harbor.example.com:443: is Harbor running, and on this port?",
        ),
    ],
    ids=range(11),
)
def test_errors_without_words_get_ours(error: Exception, words: str) -> None:
    assert explain(error, "https://harbor.example.com") == words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("TLSV1_ALERT_PROTOCOL_VERSION", "offers only old TLS"),
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "does it want a client certificate?"),
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", "does it want a client certificate?"),
        ("SOMETHING", "TLS with harbor.example.com:443 failed (SOMETHING)"),
    ],
)
def test_what_openssl_says_of_a_handshake(reason: str, words: str) -> None:
    cause = ssl.SSLError(1, "")
    cause.reason = reason
    assert words in explain(caused(httpx.ConnectError, cause), "https://harbor.example.com")


def test_a_certificate_that_fails_otherwise() -> None:
    cause = ssl.SSLCertVerificationError(1, "")
    cause.verify_code = 23
    words = explain(caused(httpx.ConnectError, cause), "https://harbor.example.com")
    assert words == "the certificate of harbor.example.com cannot be verified"
