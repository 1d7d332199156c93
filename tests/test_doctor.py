"""`harbortui doctor` over servers of every kind: what it says, and with which exit code."""

from __future__ import annotations

import asyncio
import json
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import SecretStr

from harbortui.credentials import Credential
from harbortui.demo import DemoHarbor
from harbortui.doctor import docker, examine, network
from harbortui.doctor.line import Line
from harbortui.profile import Profile

from .bridge import Bridge
from .counting import Count
from .serving import Serve, saying, serving, written
from .test_diagnosis import no_proxy, shown

__all__ = ["no_proxy"]
OURS, SECRET = "127.0.0.1", "Harbor12345"
HTML = b"<html>"
PLAIN = "Docker-Distribution-Api-Version: registry/2.0"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


async def found(profile: Profile, credential: Credential | None = None) -> dict[str, Line]:
    lines = [line async for some in examine.everything(profile, credential, None) for line in some]
    return {line.what: line for line in lines}


def admin() -> Credential:
    return Credential("admin", SecretStr(SECRET), "the test")


CASES: dict[str, tuple[bytes, str, str]] = {
    "core away": (written(HTML, "502 Bad Gateway"), "502 Bad Gateway", "docker compose logs core"),
    "broken": (written(HTML, "500 Error"), "internal error (500)", "docker compose logs core"),
    "portal": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
        "page for browsers",
        "path too many",
    ),
    "redirect": (
        written(b"", "301 Moved", "Location: https://elsewhere.example.com/"),
        "redirects to https://elsewhere.example.com/",
        "are not followed",
    ),
    "registry": (written(b"404", "404 Not Found", PLAIN), "plain Docker registry", "behind Harbor"),
    "proxy": (written(b"", "407 Proxy Authentication Required"), "proxy wants a password", "Give"),
    "https port": (
        written(b"plain HTTP request was sent to HTTPS port", "400 Bad Request"),
        "https is spoken there",
        "Use https://",
    ),
    "something": (written(b"{}", "404 Not Found"), "(404) that is no Harbor", ""),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", "does not speak HTTP", ""),
}


@pytest.mark.parametrize("name", CASES)
async def test_what_answers_is_named_with_its_cure(name: str, count: Count) -> None:
    answer, says, cure = CASES[name]
    async with serving(saying(answer)) as port:
        lines = await found(Profile(url=f"http://{OURS}:{port}"))
    assert lines["answer"].state == "fault"
    assert says in lines["answer"].says
    assert cure in lines["answer"].cure
    assert "sign-in" not in lines
    count("doctor: troubles", 1)


async def test_of_an_address_in_numbers_no_name_is_told() -> None:
    assert await network.names("127.0.0.1") == []
    [line] = await network.names("localhost")
    assert line.says.startswith("localhost is ")


async def test_a_name_that_is_not_known_ends_it() -> None:
    lines = await found(Profile(url="https://nowhere.invalid"))
    assert list(lines) == ["name"]
    assert "is not known here" in lines["name"].says


async def test_a_closed_port_is_told_with_the_one_that_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as taken, socket.socket() as open_one:
        taken.bind((OURS, 0))
        open_one.bind((OURS, 0))
        open_one.listen()
        there = open_one.getsockname()[1]
        monkeypatch.setattr("harbortui.doctor.network.USUAL", (there,))
        lines = await found(Profile(url=f"https://{OURS}:{taken.getsockname()[1]}"))
    assert "connection refused" in lines["port"].says
    assert f"listens on port {there}" in lines["port"].cure
    assert "docker compose ps" in lines["port"].cure


def when(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


CERTIFICATES: dict[str, tuple[dict[str, Any], str, str]] = {
    "good": ({}, "is trusted", "ok"),
    "ends soon": ({"not_after": when(9)}, "ends in", "warning"),
    "expired": ({"not_before": when(-9), "not_after": when(-3)}, "expired", "fault"),
    "not yet": ({"not_before": when(3), "not_after": when(9)}, "not valid yet", "fault"),
    "another name": ({"identity": "other.example.com"}, "for another", "fault"),
}


@pytest.mark.parametrize("name", CERTIFICATES)
async def test_certificates_are_told_apart(name: str, tmp_path: Path, count: Count) -> None:
    options, says, state = CERTIFICATES[name]
    options = dict(options)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    leaf = authority.issue_cert(options.pop("identity", OURS), **options)
    async with serving(Bridge(DemoHarbor()).serve, shown(leaf)) as port:
        profile = Profile(url=f"https://{OURS}:{port}", ca_file=tmp_path / "ca.pem")
        lines = await found(profile)
    told = [line for line in lines.values() if says in line.says]
    assert told
    assert told[0].state == state
    assert ("answer" in lines) == (state != "fault")
    count("doctor: troubles", 1)


async def test_an_unknown_authority_is_told_with_what_docker_wants() -> None:
    leaf = trustme.CA().issue_cert(OURS)
    async with serving(Bridge(DemoHarbor()).serve, shown(leaf)) as port:
        lines = await found(Profile(url=f"https://{OURS}:{port}"))
    assert lines["TLS"].state == "fault"
    assert "ctrl+t" in lines["TLS"].cure
    assert f"/etc/docker/certs.d/{OURS}:{port}/ca.crt" in lines["TLS"].cure
    assert "SHA-256" in lines["certificate"].says


async def test_https_to_a_port_that_speaks_http_says_what_docker_says() -> None:
    async def nginx(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        writer.write(written(HTML, "400 Bad Request"))

    async with serving(nginx) as port:
        lines = await found(Profile(url=f"https://{OURS}:{port}"))
    assert "speaks http, not https" in lines["TLS"].says
    assert "server gave HTTP response to HTTPS client" in lines["TLS"].cure
    assert "insecure-registries" in lines["TLS"].cure


async def test_a_harbor_that_is_well_is_looked_into(demo: DemoHarbor) -> None:
    async with serving(Bridge(demo).serve) as port:
        lines = await found(Profile(url=f"http://{OURS}:{port}", username="admin"), admin())
    assert lines["answer"].state == lines["sign-in"].state == lines["health"].state == "ok"
    assert "2.15.2" in lines["version"].says
    assert "from the test" in lines["credentials"].says
    assert not [line for line in lines.values() if SECRET in str(line)]


async def test_a_wrong_password_is_tried_once(demo: DemoHarbor) -> None:
    wrong = Credential("admin", SecretStr("wrong"), "the test")
    async with serving(Bridge(demo).serve) as port:
        lines = await found(Profile(url=f"http://{OURS}:{port}", username="admin"), wrong)
    assert lines["sign-in"].state == "fault"
    assert demo.requests.count("POST /c/login") == 1


async def test_a_clock_that_is_wrong_is_a_warning() -> None:
    there = format_datetime(datetime.now(UTC) + timedelta(minutes=9), usegmt=True)
    answer = written(b"Pong", "200 OK", f"Date: {there}")
    async with serving(saying(answer)) as port:
        lines = await found(Profile(url=f"http://{OURS}:{port}"))
    assert lines["clock"].state == "warning"
    assert "ahead" in lines["clock"].says


def registry(realm: str, token: str = "good") -> Serve:
    """A Harbor's /v2/ and token service, and nothing else."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        where = realm.format(host=head.partition("Host: ")[2].partition("\r\n")[0])
        wanted = f'Www-Authenticate: Bearer realm="{where}",service="harbor-registry"'
        if "/service/token" in head and "Basic YWRtaW46" in head:
            answer = written(json.dumps({"token": token}).encode())
        elif "/service/token" in head:
            answer = written(b"{}", "401 Unauthorized")
        elif "Bearer good" in head:
            answer = written(b"{}")
        elif head.startswith("GET /v2/"):
            answer = written(b"{}", "401 Unauthorized", wanted)
        else:
            answer = written(b"Pong")
        writer.write(answer)
        await writer.drain()

    return serve


@pytest.mark.parametrize(
    ("realm", "user", "token", "says", "state"),
    [
        ("http://{host}/service/token", "admin", "good", "gets a token, and", "ok"),
        ("http://{host}/service/token", "admin", "bad", "that /v2/ refuses (401)", "fault"),
        ("http://{host}/service/token", "bob", "good", "No token for bob (401)", "fault"),
        ("http://other.invalid/service/token", "admin", "good", "the password was not", "fault"),
        ("https://{host}/service/token", "admin", "good", "the password was not", "fault"),
        ("http://{host}@evil.invalid/t", "admin", "good", "the password was not", "fault"),
        ("http://{host}/service/\ttoken", "admin", "good", "something that is no token", "fault"),
    ],
)
async def test_dockers_two_steps_are_tried_and_no_other_origin_gets_the_password(
    realm: str, user: str, token: str, says: str, state: str
) -> None:
    from harbortui.api import wire

    async with serving(registry(realm, token)) as port, wire.client(None, False, 0) as http:
        lines = await docker.login(http, f"http://{OURS}:{port}", user, SecretStr("x"))
    assert says in lines[0].says
    assert lines[0].state == state


async def test_a_wrong_external_url_is_a_warning() -> None:
    async with serving(registry("http://other.invalid/service/token")) as port:
        lines = await found(Profile(url=f"http://{OURS}:{port}"))
    assert lines["external URL"].state == "warning"
    assert "harbor.yml" in lines["external URL"].cure
