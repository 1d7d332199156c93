"""Twelve secrets, and every way out of the program: none of them leaves by any."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import SecretStr, ValidationError

from harbortui import config_file, crash, paths
from harbortui.api.user_forms import NewUser
from harbortui.app import HarborApp
from harbortui.clock import Clock
from harbortui.credentials import Credential
from harbortui.demo import DemoHarbor
from harbortui.journal import Journal
from harbortui.paths import Folder
from harbortui.profile import Profile
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.resource import screen_for
from harbortui.session import Session
from harbortui.settings import Settings
from harbortui.start import Start
from harbortui.state import Memory

from .console import ADDRESS, go, type_in, until, words
from .counting import Count
from .talking import talk
from .test_resources import scopes
from .watched import Watched

SECRETS = (
    "Harbor12345x", "with space Aa1", "it's \"quoted\" Aa1", "back\\slash\\Aa1", "per%20cent%Aa1",
    "[@click=app.quit]Aa1", "[/]{0}%sAa1", "Grüße-Aa1-ß", "密码-Aa1-测试", "=cmd|Aa1'!A0",
    "Aa1" + "x" * 90, "$HOME;`id`Aa1",
)  # fmt: skip
each = pytest.mark.parametrize("number", range(len(SECRETS)))


def forms(secret: str) -> Iterator[bytes]:
    """How a secret could stand in a file or on the wire."""
    yield secret.encode()
    yield json.dumps(secret)[1:-1].encode()
    yield repr(secret)[1:-1].encode()
    yield quote(secret, safe="").encode()
    yield base64.b64encode(secret.encode())
    yield base64.b64encode(f"admin:{secret}".encode())


def reports_in(folder: Path) -> list[Path]:
    return list(folder.rglob("crash-*.txt"))


def leaked(secret: str, *contents: bytes) -> list[bytes]:
    return [form for form in forms(secret) for content in contents if form in content]


def files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def signed_in(demo: DemoHarbor, secret: str, terminal: Watched) -> HarborApp:
    """The app of an administrator with this password; it remembers, and writes a journal."""
    demo.passwords["admin"] = secret
    profile = Profile(url=ADDRESS, username="admin")
    credential = Credential("admin", SecretStr(secret), "the test")
    memory = Memory(paths.state())
    start = Start(
        Settings(profile=profile), memory, credential, transport=lambda: demo, clock=Clock()
    )
    return HarborApp(start.opening, terminal)


async def fill_in(pilot: Any, two: Sequence[str]) -> list[bytes]:
    """Both in the masked fields of a form, copied as far as that goes, and sent; pictures of it."""
    app, pictures = pilot.app, []
    await go(pilot, ":users")
    await pilot.press("n")
    await until(pilot, lambda: "New user" in words(app))
    form = app.screen
    masked = [field.control for field in form.fields if field.spec.sort == "secret"]
    for control, secret in zip(masked, two, strict=True):
        control.value = secret
        control.focus()
    await pilot.pause()
    pictures.append(app.export_screenshot().encode())
    await pilot.press("ctrl+a", "ctrl+c", "ctrl+x", "ctrl+s")
    await until(pilot, lambda: "required" in words(app).lower() or "✗" in words(app))
    pictures.append(app.export_screenshot().encode())
    form.dismiss(None)
    await until(pilot, lambda: app.screen is not form)
    return pictures


async def send(session: Session, two: Sequence[str]) -> None:
    """Both to Harbor, and what was sent on the status line."""
    for name, secret in zip(("zoe", "yve"), two, strict=True):
        new = NewUser.model_construct(
            username=name, email=f"{name}@x.org", realname="C", password=SecretStr(secret)
        )
        await session.harbor.write("POST", "/users", new)
        session.say(repr(new) + str(new) + repr(session.harbor.auth))


async def write_down(pilot: Any, home: Path) -> list[bytes]:
    """A screen into a file and the clipboard; what it looks like, and what was copied."""
    app = pilot.app
    await go(pilot, ":status")
    await until(pilot, lambda: "THIS CONNECTION" in words(app))
    await pilot.press("E", "c")
    await until(pilot, lambda: list(home.glob("harbortui-*.txt")))
    return [app.export_screenshot().encode(), app.clipboard.encode()]


@pytest.mark.parametrize("pair", range(len(SECRETS) // 2))
async def test_a_whole_visit_leaves_no_secret_anywhere(
    pair: int, demo: DemoHarbor, home: Path, count: Count
) -> None:
    """One signs in; it and another are filled in and sent."""
    two, terminal = SECRETS[2 * pair : 2 * pair + 2], Watched()
    app: Any = signed_in(demo, two[0], terminal)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 2 and app.screen.loaded_at)
        seen = await fill_in(pilot, two)
        await send(app.navigator.session, two)
        seen += await write_down(pilot, home)
        await app.navigator.end()
    assert [write.path for write in demo.writes].count("/users") == 2
    assert len(files(home)) >= 2
    sent = [request.encode() for request in demo.requests]
    everything = (terminal.sent.encode(), *seen, *files(home), *sent)
    assert [leaked(secret, *everything) for secret in two] == [[], []]
    count("secrets × (terminal, picture, clipboard, journal, state, export, address)", 14)


@each
def test_what_cannot_be_validated_is_not_repeated(number: int, count: Count) -> None:
    secret = SECRETS[number]
    said = []
    for model, values in (
        (NewUser, {"password": {"x": secret}}),
        (NewUser, {"username": [secret], "password": secret}),
        (Profile, {"url": ADDRESS, "password": secret}),
        (Profile, {"url": f"https://u:{secret}@h"}),
    ):
        with pytest.raises(ValidationError) as raised:
            model.model_validate(values)
        said += [str(raised.value), repr(raised.value), crash.report(raised.value, now())]
    assert leaked(secret, "\n".join(said).encode()) == []
    count("secrets × validation errors", 4)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("half", range(2))
async def test_a_crash_on_any_screen_keeps_every_secret(
    half: int, demo: DemoHarbor, home: Path, monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    found = await scopes(talk(demo))
    terminal = Watched()
    app: Any = signed_in(demo, SECRETS[0], terminal)
    lines: list[str] = []
    monkeypatch.setattr(app, "panic", lambda *said: lines.extend(map(str, said)))
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 2 and app.screen.loaded_at)
        app.navigator.arrival._used += [SecretStr(one) for one in SECRETS]
        for place, resource in enumerate(RESOURCES[half::2]):
            secret = SECRETS[place % len(SECRETS)]
            screen = screen_for(resource)(app.navigator.session, found[resource.name][0])

            def bug(*_: Any, held: str = secret) -> None:
                local = f"a local variable: {held}"
                raise RuntimeError(f"a bug that says {held} and {local}")

            monkeypatch.setattr(screen, "load", bug)
            before = len(lines)
            await app.push_screen(screen)
            await until(pilot, lambda n=before: len(lines) > n)
            app.pop_screen()
            await until(pilot, lambda s=screen: app.screen is not s)
            count("secrets × crashes, one on each screen", len(SECRETS))
        await app.navigator.end()
    reports = reports_in(home)
    assert reports
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in reports)
    assert all("in bug" in path.read_text() for path in reports)
    assert all(len(line.splitlines()) == 1 for line in lines)
    everything = [*files(home), terminal.sent.encode(), "".join(lines).encode()]
    assert [leaked(secret, *everything) for secret in SECRETS if leaked(secret, *everything)] == []


@each
def test_files_that_are_written_hold_none(number: int, tmp_path: Path, count: Count) -> None:
    secret, folder = SECRETS[number], Folder(tmp_path)
    Journal(folder, ADDRESS)("POST", "/users", "id", "201")
    path = tmp_path / "config.toml"
    config_file.add_table(path, ("profiles", "x"), {"url": ADDRESS})
    report = crash.report(ValueError(f"{secret!r} {quote(secret)}"), now(), [SecretStr(secret)])
    assert leaked(secret, report.encode(), *files(tmp_path)) == []
    assert {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()} == {0o600}
    count("secrets × (journal, configuration, report)", 3)


async def test_a_masked_field_cannot_be_copied(demo: DemoHarbor, home: Path) -> None:
    app: Any = signed_in(demo, SECRETS[0], Watched())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 2 and app.screen.loaded_at)
        demo.expire_sessions()
        await pilot.press("r")
        await until(pilot, lambda: "The session has ended" in words(app))
        await type_in(pilot, "typed-Aa1")
        await pilot.press("home", "shift+end", "ctrl+c", "ctrl+x")
        await pilot.pause()
        assert "typed-Aa1" not in app.clipboard
        assert "typed-Aa1" not in words(app)
        await app.navigator.end()
