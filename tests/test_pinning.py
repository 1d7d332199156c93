"""A certificate that nobody vouches for: shown before anything is sent, accepted by hand."""

from __future__ import annotations

import hashlib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509 import load_pem_x509_certificate
from pydantic import SecretStr

from harbortui import certificates, closer, known_servers, paths
from harbortui.api.errors import HarborError, Unreachable
from harbortui.app import HarborApp
from harbortui.clock import Clock
from harbortui.connection import pinned, verification
from harbortui.credentials import Credential
from harbortui.demo import DemoHarbor
from harbortui.paths import Folder
from harbortui.profile import Profile
from harbortui.settings import Settings
from harbortui.start import Start
from harbortui.state import Memory

from .bridge import Bridge
from .console import type_in, until, words
from .counting import Count
from .serving import serving
from .test_diagnosis import no_proxy, shown

__all__ = ["no_proxy"]
OURS = "127.0.0.1"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


def sha256(leaf: trustme.LeafCert) -> str:
    read = load_pem_x509_certificate(leaf.cert_chain_pems[0].bytes())
    return hashlib.sha256(read.public_bytes(Encoding.DER)).hexdigest()


def app_to(url: str) -> HarborApp:
    profile = Profile(url=url, username="admin")
    credential = Credential("admin", SecretStr("Harbor12345"), "the test")
    memory = Memory(Folder(None, "tests remember nothing"))
    start = Start(Settings(profile=profile), memory, credential, clock=Clock())
    return HarborApp(start.opening)


async def test_a_certificate_is_read_without_a_byte_of_http() -> None:
    heard: list[bytes] = []

    async def listen(reader: Any, _: Any) -> None:
        heard.append(await reader.read(1024))

    leaf = trustme.CA().issue_cert(OURS, "harbor.example.com", common_name="harbor")
    async with serving(listen, shown(leaf)) as port:
        found = await certificates.fetch(f"https://{OURS}:{port}")
        alone = await certificates.der(f"https://{OURS}:{port}")
    assert found.sha256 == sha256(leaf) == known_servers.fingerprint(alone)
    assert set(found.names) == {OURS, "harbor.example.com"}
    assert "CN=harbor" in found.subject
    assert found.issuer
    assert found.since and found.until and found.since < datetime.now(UTC) < found.until
    assert set(heard) <= {b""}


async def test_an_expired_certificate_can_be_read_as_well() -> None:
    over = datetime.now(UTC) - timedelta(days=3)
    leaf = trustme.CA().issue_cert(OURS, not_before=over - timedelta(days=9), not_after=over)
    async with serving(listen_to_none, shown(leaf)) as port:
        found = await certificates.fetch(f"https://{OURS}:{port}")
    assert found.until and found.until < datetime.now(UTC)


async def test_a_server_that_is_not_there_is_told_as_everywhere() -> None:
    async with serving(listen_to_none) as port:
        pass
    with pytest.raises(Unreachable, match=f"connection refused by {OURS}:{port}: is Harbor"):
        await certificates.der(f"https://{OURS}:{port}")


async def listen_to_none(reader: Any, _: Any) -> None:
    await reader.read(1)


async def test_what_nobody_vouches_for_is_shown_and_accepted_by_its_first_digits(
    demo: DemoHarbor, count: Count
) -> None:
    leaf = trustme.CA().issue_cert(OURS)
    async with serving(Bridge(demo).serve, shown(leaf)) as port:
        app: Any = app_to(f"https://{OURS}:{port}")
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: "ctrl+t shows the certificate" in said(app))
            assert demo.requests == []
            await pilot.press("ctrl+t")
            await until(pilot, lambda: "first 8 digits" in said(app))
            right = sha256(leaf)[:8]
            assert right in words(app)
            assert "valid until" in words(app)
            await type_in(pilot, right[:7] + ("1" if right[7] == "0" else "0"))
            await pilot.press("enter")
            await until(pilot, lambda: "these are not the first" in said(app))
            assert not known_servers.read(paths.config()).pins
            await pilot.press("ctrl+u", *right, "enter")
            await until(pilot, lambda: "is accepted" in said(app))
            assert demo.requests == []
            await type_in(pilot, "Harbor12345")
            await pilot.press("enter")
            await until(pilot, lambda: app.navigator.session and app.screen.loaded_at)
            await app.navigator.end()
        server = f"{OURS}:{port}"
        assert known_servers.read(paths.config()).judge(server, sha256(leaf)) == "same"
    count("pinning: accepted by hand", 1)


async def test_escape_accepts_nothing_and_nothing_is_sent(demo: DemoHarbor) -> None:
    async with serving(Bridge(demo).serve, shown(trustme.CA().issue_cert(OURS))) as port:
        app: Any = app_to(f"https://{OURS}:{port}")
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: "ctrl+t shows the certificate" in said(app))
            await pilot.press("ctrl+t")
            await until(pilot, lambda: "first 8 digits" in said(app))
            await pilot.press("escape")
            await until(pilot, lambda: "was not accepted" in said(app))
    assert demo.requests == []
    assert not known_servers.read(paths.config()).pins


async def test_a_certificate_that_has_changed_stops_everything_and_both_are_shown(
    demo: DemoHarbor, count: Count
) -> None:
    before, now = trustme.CA().issue_cert(OURS), trustme.CA().issue_cert(OURS)
    async with serving(Bridge(demo).serve, shown(now)) as port:
        profile = Profile(url=f"https://{OURS}:{port}", username="admin")
        known_servers.read(paths.config()).add(
            f"{OURS}:{port}", sha256(before), datetime.now(UTC).date()
        )
        with pytest.raises(HarborError) as raised:
            await pinned(profile)
        assert sha256(before) in str(raised.value)
        assert sha256(now) in str(raised.value)
        app: Any = app_to(profile.url)
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: "has changed since it was accepted" in said(app))
            for key in ("enter", "ctrl+t"):
                await type_in(pilot, "Harbor12345")
                await pilot.press(key)
                await pilot.pause()
            assert app.navigator.session is None
    assert demo.requests == []
    count("pinning: a changed certificate stopped", 1)


async def test_the_pinned_certificate_is_the_only_one_that_is_believed() -> None:
    authority = trustme.CA()
    leaf, other = authority.issue_cert(OURS), authority.issue_cert(OURS)
    async with serving(listen_to_none, shown(leaf)) as port:
        known_servers.read(paths.config()).add(
            f"{OURS}:{port}", sha256(leaf), datetime.now(UTC).date()
        )
        context = await pinned(Profile(url=f"https://{OURS}:{port}"))
    assert isinstance(context, ssl.SSLContext)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    async with serving(listen_to_none, shown(other)) as port:
        with pytest.raises(HarborError):
            await certificates._handshake(f"https://{OURS}:{port}", context)


async def test_where_nothing_can_be_kept_a_certificate_is_accepted_until_one_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Sure:
        async def push_screen_wait(self, _: object) -> bool:
            return True

    monkeypatch.setattr(known_servers, "UNWRITTEN", [])
    monkeypatch.setattr(paths, "config", lambda: Folder(None, "no home"))
    async with serving(listen_to_none, shown(trustme.CA().issue_cert(OURS))) as port:
        url = f"https://{OURS}:{port}"
        sure: Any = Sure()
        said = await closer.accept(sure, url)
        assert said.startswith(f"{closer.ACCEPTED} until you leave, and not kept: there is no fol")
        assert isinstance(await pinned(Profile(url=url)), ssl.SSLContext)


def said(app: Any) -> str:
    """The words on the screen, where a dialog breaks its lines."""
    return " ".join(words(app).replace("│", " ").split())


async def test_a_client_key_with_a_passphrase_is_told_and_nobody_is_asked(tmp_path: Path) -> None:
    leaf = trustme.CA().issue_cert(OURS)
    key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
    locked = BestAvailableEncryption(b"hunter2")
    (tmp_path / "key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
    leaf.cert_chain_pems[0].write_to_path(tmp_path / "cert")
    url = f"https://{OURS}:1"
    profile = Profile(url=url, client_cert=tmp_path / "cert", client_key=tmp_path / "key")
    with pytest.raises(HarborError, match="key cannot be used: the key has a passphrase"):
        await verification(profile)
