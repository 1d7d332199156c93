"""Why there is no connection, and what to do about it: one sentence each."""

import asyncio
import socket
import ssl
import warnings
from datetime import UTC, datetime

import httpx
import pytest
import trustme

from harbortui.api.diagnosis import explain
from harbortui.api.errors import UnknownOutcome, Unreachable
from harbortui.api.harbor import Harbor

from .serving import Serve, closing, saying, serving, silent, written
from .talking import at_once

CA = trustme.CA()
FINE = saying(written(b"[]"))
OURS = "127.0.0.1"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own server is asked directly."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def shown(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """A server with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def trusting(*authorities: trustme.CA) -> ssl.SSLContext:
    """A client that trusts these."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    for authority in authorities:
        authority.configure_trust(context)
    return context


async def told(
    serve: Serve,
    scheme: str,
    tls: ssl.SSLContext | None = None,
    verify: ssl.SSLContext | None = None,
    host: str = OURS,
) -> str:
    """What is said of a read that fails."""
    async with serving(serve, tls) as port:
        url = f"{scheme}://{host}:{port}"
        harbor = Harbor(url, verify=verify or trusting(CA), pause=at_once)
        with pytest.raises(Unreachable) as raised:
            await harbor.raw("/x")
        await harbor.close()
    return str(raised.value).replace(f":{port}", ":PORT")


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind((OURS, 0))
        return int(taken.getsockname()[1])


async def test_a_good_certificate_is_accepted() -> None:
    async with serving(FINE, shown(CA.issue_cert(OURS))) as port:
        harbor = Harbor(f"https://{OURS}:{port}", verify=trusting(CA))
        assert await harbor.raw("/x") == []
        await harbor.close()


@pytest.mark.parametrize("host", [OURS, "localhost"])
async def test_refused(host: str) -> None:
    port = closed_port()
    harbor = Harbor(f"http://{host}:{port}", pause=at_once)
    words = f"connection refused by {host}:{port}: is Harbor running, and on this port?"
    with pytest.raises(Unreachable, match=words.replace("?", r"\?")) as raised:
        await harbor.write("PUT", "/x")
    assert not raised.value.sent
    await harbor.close()


async def test_the_certificate_of_an_unknown_authority() -> None:
    words = await told(FINE, "https", shown(CA.issue_cert(OURS)), trusting())
    assert words == (
        "the certificate of 127.0.0.1 is signed by an unknown authority: give its CA file,"
        " or pin it"
    )


async def test_a_self_signed_certificate() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with CA.private_key_pem.tempfile() as key, CA.cert_pem.tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    words = await told(FINE, "https", context, trusting())
    assert words == "the certificate of 127.0.0.1 is self-signed: give its CA file, or pin it"


async def test_an_expired_certificate() -> None:
    old = CA.issue_cert(OURS, not_after=datetime(2020, 1, 1, tzinfo=UTC))
    assert await told(FINE, "https", shown(old)) == "the certificate of 127.0.0.1 has expired"


async def test_a_certificate_of_the_future() -> None:
    early = CA.issue_cert(OURS, not_before=datetime(2990, 1, 1, tzinfo=UTC))
    words = await told(FINE, "https", shown(early))
    assert words == (
        "the certificate of 127.0.0.1 is not valid yet: is this machine's clock right?"
    )


async def test_a_certificate_for_another_name_or_address() -> None:
    other = shown(CA.issue_cert("harbor.example.com"))
    words = await told(FINE, "https", other)
    assert words.startswith("the certificate of 127.0.0.1 is for another address")
    words = await told(FINE, "https", other, host="localhost")
    assert words.startswith("the certificate of localhost is for another name")


async def test_a_server_that_wants_a_client_certificate() -> None:
    context = shown(CA.issue_cert(OURS))
    CA.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    words = await told(FINE, "https", context)
    assert words == "127.0.0.1:PORT closed the connection: does it want a client certificate?"
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert "is a client certificate wanted?" in await told(FINE, "https", context)


async def test_a_server_with_old_tls_only() -> None:
    context = shown(CA.issue_cert(OURS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    assert "closed during TLS: older than 1.2" in await told(FINE, "https", context)


async def bad_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As an http server answers TLS."""
    await reader.read(100)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()


async def test_https_to_a_port_of_http() -> None:
    words = await told(bad_request, "https")
    assert words == "127.0.0.1:PORT speaks http, not https: use http:// or another port"


async def test_http_to_a_port_of_https() -> None:
    words = await told(FINE, "http", shown(CA.issue_cert(OURS)))
    assert words == "127.0.0.1:PORT broke off or does not speak HTTP: is it https:// there?"


async def other_protocol(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Greets as SSH does."""
    writer.write(b"SSH-2.0-OpenSSH_9.7\r\n")
    await writer.drain()
    await reader.read(1000)


@pytest.mark.parametrize(
    "serve", [closing, other_protocol, saying(b"\x15\x03\x03\x00\x02\x02\x28")]
)
async def test_what_is_no_http(serve: Serve) -> None:
    assert "does not speak HTTP: is it https:// there?" in await told(serve, "http")


async def test_a_server_that_takes_the_request_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("harbortui.api.wire.READ_LIMIT", 0.1)
    assert await told(silent, "http") == "no complete answer from 127.0.0.1 in time"


async def test_a_write_that_was_answered_with_nothing() -> None:
    async def serve(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with serving(serve) as port:
        harbor = Harbor(f"http://{OURS}:{port}")
        with pytest.raises(UnknownOutcome, match=r"may have been made, or not: .* broke off"):
            await harbor.write("PUT", "/x")
        await harbor.close()


@pytest.mark.parametrize("password", ["", "user:hunter2@"])
async def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    proxy = f"{OURS}:{closed_port()}"
    monkeypatch.setenv("http_proxy", f"http://{password}{proxy}")
    harbor = Harbor("http://harbor.example.com", pause=at_once)
    with pytest.raises(Unreachable) as raised:
        await harbor.raw("/x")
    await harbor.close()
    assert str(raised.value) == (
        f"the proxy {proxy} refuses or is not there: does harbor.example.com belong in no_proxy?"
    )


async def test_a_proxy_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = saying(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    async with serving(refusing) as port:
        monkeypatch.setenv("https_proxy", f"{OURS}:{port}")
        harbor = Harbor("https://harbor.example.com", pause=at_once)
        with pytest.raises(Unreachable, match=rf"the proxy {OURS}:{port} refuses"):
            await harbor.raw("/x")
        await harbor.close()


def test_a_proxy_that_is_passed_by_is_not_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://proxy:1080")
    monkeypatch.setenv("no_proxy", "example.com")
    words = explain(httpx.ConnectTimeout(""), "https://harbor.example.com")
    assert "proxy" not in words
