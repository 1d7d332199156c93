"""The troubles that everybody has: told on a terminal, and alike where one cannot sign in."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import trustme

from harbortui.api import wire
from harbortui.demo import DemoHarbor
from harbortui.doctor import answer

from .bridge import Bridge
from .console import until, words
from .counting import Count
from .installed import PROGRAM, Installed, environment
from .serving import Serve, beside, saying, written
from .test_diagnosis import CA, OURS, closed_port, no_proxy, shown
from .test_doctor import registry
from .test_doctor_command import run
from .watched import app_on

__all__ = ["no_proxy"]
Place = Callable[[], tuple[Serve, ssl.SSLContext | None]]


async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """nginx on a port of http, spoken to by TLS."""
    await reader.read(65536)
    writer.write(written(b"<html>", "400 Bad Request"))


def wanting(newest: ssl.TLSVersion) -> ssl.SSLContext:
    """A server that lets in only those with a certificate."""
    context = shown(CA.issue_cert(OURS))
    CA.configure_trust(context)
    context.verify_mode, context.maximum_version = ssl.CERT_REQUIRED, newest
    return context


def certified() -> tuple[Serve, ssl.SSLContext | None]:
    return Bridge(DemoHarbor()).serve, wanting(ssl.TLSVersion.TLSv1_3)


def certified_before() -> tuple[Serve, ssl.SSLContext | None]:
    return Bridge(DemoHarbor()).serve, wanting(ssl.TLSVersion.TLSv1_2)


def unknown() -> tuple[Serve, ssl.SSLContext | None]:
    return Bridge(DemoHarbor()).serve, shown(trustme.CA().issue_cert(OURS))


TROUBLES: dict[str, tuple[Place, tuple[str, ...]]] = {
    "http to an https client": (
        lambda: (plain, None),
        ("speaks http, not https", "server gave HTTP response to HTTPS client",
         "insecure-registries"),
    ),
    "unknown authority": (unknown, ("unknown authority", "/etc/docker/certs.d/")),
    "client certificate": (certified, ("client certificate",)),
    "client certificate, TLS 1.2": (certified_before, ("client certificate",)),
    "core away": (
        lambda: (saying(written(b"<html>", "502 Bad Gateway")), shown(CA.issue_cert(OURS))),
        ("502 Bad Gateway", "docker compose logs core"),
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    CA.cert_pem.write_to_path(tmp_path / "ca.pem")
    return tmp_path


@contextmanager
def trouble(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    place, says = TROUBLES[name]
    serve, tls = place()
    with beside(serve, tls) as port:
        yield f"https://{OURS}:{port}", says


def profile(home: Path, url: str) -> None:
    folder = home / "harbortui"
    folder.mkdir(exist_ok=True)
    text = f'[profiles.here]\nurl = "{url}"\nusername = "admin"\nca_file = "{home / "ca.pem"}"\n'
    (folder / "config.toml").write_text(text)


def flat(text: str) -> str:
    """Words of a terminal, wherever its lines end."""
    return "".join(text.replace("│", "").split())


@pytest.mark.parametrize("name", TROUBLES)
def test_the_doctor_tells_it_on_a_terminal(name: str, home: Path, count: Count) -> None:
    with trouble(name) as (url, says):
        profile(home, url)
        env = environment(home, XDG_CONFIG_HOME=str(home), no_proxy="*")
        program = (*PROGRAM, "doctor")
        with Installed("here", env=env, program=program) as doctor:
            assert doctor.exit_code() == 1
            doctor.listen(0.2)
            for one in says:
                assert flat(one) in flat(doctor.raw.decode())
            assert "✗" in doctor.raw.decode()
    count("doctor: troubles on a terminal", 1)


@pytest.mark.parametrize("name", TROUBLES)
async def test_where_one_cannot_sign_in_it_is_told_alike(
    name: str, home: Path, count: Count
) -> None:
    with trouble(name) as (url, says):
        app = app_on(None, url=url, ca_file=home / "ca.pem")
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: flat(says[0]) in flat(words(app)))
            if name != "unknown authority":  # which can be accepted by hand there
                assert all(flat(one) in flat(words(app)) for one in says), words(app)
    count("doctor: troubles where one signs in", 1)


def test_nobody_listens_and_a_wrong_external_url(home: Path, count: Count) -> None:
    refused = run(f"http://{OURS}:{closed_port()}", home=home)
    assert refused.returncode == 1
    assert "is closed: connection refused." in refused.stdout
    assert "docker compose ps" in refused.stdout
    with beside(registry("http://other.invalid/service/token")) as port:
        outside = run(f"http://{OURS}:{port}", "--json", home=home)
    lines = json.loads(outside.stdout)["lines"]
    assert [one["cure"] for one in lines if one["what"] == "external URL"] == [
        "Set hostname, ports or external_url in harbor.yml, run ./prepare and start it again."
    ]
    count("doctor: troubles on a terminal", 2)


@pytest.mark.parametrize(
    ("typed", "says", "code"), [("x", "gets a token, and /v2/ takes it", 1), ("", "", 2)]
)
def test_docker_login_is_tried_with_a_password_that_is_typed(
    typed: str, says: str, code: int, home: Path
) -> None:
    with beside(registry("http://{host}/service/token")) as port:
        url, env = f"http://{OURS}:{port}", environment(home)
        if not typed:
            ended = run(url, "--as", "admin", home=home)
            assert ended.returncode == code
            assert "--password-stdin, or a terminal" in ended.stderr
            return
        program = (*PROGRAM, "doctor")
        with Installed(url, "--as", "admin", env=env, program=program) as doctor:
            doctor.shows("Password of admin:")
            doctor.send(b"x\r")
            assert doctor.exit_code() == code  # this one is no Harbor to sign in to
            assert flat(says) in flat(doctor.raw.decode())


async def test_an_answer_that_goes_on_and_on_is_no_harbors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "JSON_LIMIT", 2**20)
    endless = httpx.MockTransport(lambda _: httpx.Response(200, content=bytes(2**22)))
    async with wire.client(endless, False, 0) as http:
        [line], works = await answer.who(http, f"http://{OURS}")
    assert (line.says, works) == ("Harbor's answer is larger than 1 MiB.", False)
