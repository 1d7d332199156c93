"""Signing in: at the start, again over the screen one was on, as a robot, elsewhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from textual.pilot import Pilot

from harbortui import config_file
from harbortui.app import HarborApp
from harbortui.clock import Clock
from harbortui.credentials import Credential
from harbortui.demo import DemoHarbor
from harbortui.paths import Folder
from harbortui.profile import Profile
from harbortui.screens.confirm import Confirm
from harbortui.screens.live import LiveScreen
from harbortui.screens.signin import SignInScreen
from harbortui.settings import Settings
from harbortui.start import Start
from harbortui.state import Memory

from .console import ADDRESS, console, go, lines, type_in, until, words

ADMIN = "Harbor12345"


def top(pilot: Pilot[Any]) -> type:
    return type(pilot.app.screen)


@asynccontextmanager
async def arriving(
    demo: DemoHarbor, *profiles: Profile, command: str = "", **more: Any
) -> AsyncIterator[Pilot[int]]:
    """The app at the first of these profiles, without a password that is known."""
    settings = Settings(
        profile=profiles[0] if profiles else None,
        profiles={one.name: one for one in profiles if one.name},
        **({"file": more.pop("file")} if "file" in more else {}),
    )
    start = Start(
        settings,
        Memory(Folder(None, "tests remember nothing")),
        more.pop("credential", None),
        command,
        more.pop("problems", ()),
        transport=lambda: more.get("transport", demo),
        clock=Clock(lambda: demo.clock().timestamp()),
        searched=True,
    )
    app = HarborApp(start.opening)
    async with app.run_test(size=(120, 40)) as pilot:
        if "credential" not in more:
            await until(pilot, lambda: top(pilot) is SignInScreen or len(app.screen_stack) > 1)
        yield pilot


async def there(pilot: Pilot[Any], crumbs: str) -> None:
    """Wait until this is where one is, and nothing lies over it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    await until(pilot, lambda: lines(pilot.app)[1].strip().startswith(crumbs))
    await until(pilot, lambda: lines(pilot.app)[0].rstrip().endswith("live"))


PROFILE = Profile(url=ADDRESS, username="admin")


async def test_nothing_is_asked_before_it_is_known_who_we_are(demo: DemoHarbor) -> None:
    async with console(demo, ":labels"):
        paths = [one.removeprefix("GET ").partition("?")[0] for one in demo.requests]
        assert paths[:3] == ["/c/login", "POST /c/login", "/api/v2.0/users/current"]
        assert paths.index("/api/v2.0/labels") > 3


async def test_the_password_is_typed_and_the_place_asked_for_opens(demo: DemoHarbor) -> None:
    async with arriving(demo, PROFILE, command=":labels") as pilot:
        assert "Sign in to harbor.example.com:443" in words(pilot.app)
        await type_in(pilot, ADMIN)
        assert ADMIN not in words(pilot.app)
        await pilot.press("enter")
        await there(pilot, "overview › labels")
        assert "admin · system administrator" in lines(pilot.app)[0]
        demo.down = True
        await pilot.press("r")
        await until(pilot, lambda: "no answer since" in words(pilot.app))


async def test_a_wrong_password_is_one_sentence_and_the_form_stays(demo: DemoHarbor) -> None:
    async with arriving(demo, PROFILE) as pilot:
        await type_in(pilot, "wrong")
        await pilot.press("enter", "enter", "enter")
        await until(pilot, lambda: "✗ wrong user name or password for admin" in words(pilot.app))
        assert [one.status for one in demo.writes] == [401]
        demo.clock.advance(5)
        await pilot.press("ctrl+u")
        await type_in(pilot, ADMIN)
        await pilot.press("enter")
        await there(pilot, "overview")


async def test_a_wrong_password_that_was_known_is_asked_for(demo: DemoHarbor) -> None:
    wrong = Credential("admin", SecretStr("wrong"), "the test")
    async with arriving(demo, PROFILE, credential=wrong) as pilot:
        await until(pilot, lambda: "wrong user name or password for admin" in words(pilot.app))
        assert top(pilot) is SignInScreen
        assert len(demo.writes) == 1


async def test_a_robot_signs_in_by_basic_authentication(demo: DemoHarbor) -> None:
    seen: list[httpx.Request] = []

    class Watched(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return await demo.handle_async_request(request)

    robot = Profile(url=ADDRESS, username="robot$sys-reader")
    secret = demo.passwords["robot$sys-reader"]
    known = Credential("robot$sys-reader", SecretStr(secret), "the test")
    async with arriving(
        demo, robot, command=":repositories", credential=known, transport=Watched()
    ) as pilot:
        await there(pilot, "overview › repositories")
        assert "robot$sys-reader · robot" in lines(pilot.app)[0]
        await until(pilot, lambda: "base-images/alpine" in words(pilot.app))
        assert all("cookie" not in request.headers for request in seen)
        assert not any("/c/" in request.url.path for request in seen)


async def test_a_robots_name_can_be_typed(demo: DemoHarbor) -> None:
    async with arriving(demo, Profile(url=ADDRESS)) as pilot:
        await pilot.press(*"robot", "dollar_sign", *"sys", "minus", *"reader", "tab")
        await type_in(pilot, demo.passwords["robot$sys-reader"])
        await pilot.press("enter")
        await there(pilot, "overview")
        assert "robot$sys-reader · robot" in lines(pilot.app)[0]


async def test_an_address_is_typed_where_none_is_known(demo: DemoHarbor) -> None:
    async with arriving(demo) as pilot:
        await type_in(pilot, "http://harbor.example.com")
        await pilot.press("tab", "tab")
        await type_in(pilot, ADMIN)
        await pilot.press("enter")
        await until(pilot, lambda: "over http" in words(pilot.app))
        assert demo.requests == []
        await pilot.press("shift+tab", "shift+tab", "ctrl+u")
        await type_in(pilot, "harbor.example.com/harbor/projects")
        await pilot.press("enter")
        await there(pilot, "overview")
        assert "harbor.example.com  2.15.2" in lines(pilot.app)[0]


async def test_an_address_can_be_kept_as_a_profile(demo: DemoHarbor, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    async with arriving(demo, file=config_file.read(path)) as pilot:
        await type_in(pilot, "harbor.example.com")
        await pilot.press("tab", "tab")
        await type_in(pilot, ADMIN)
        await pilot.press("tab", *"prod", "enter")
        await there(pilot, "overview")
        await until(pilot, path.is_file)
        assert 'url = "https://harbor.example.com"' in path.read_text()
        assert ADMIN not in path.read_text()


async def test_leaving_the_first_form_asks_and_leaves(demo: DemoHarbor) -> None:
    async with arriving(demo, PROFILE) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: top(pilot) is Confirm)
        await pilot.press("escape")
        await until(pilot, lambda: top(pilot) is SignInScreen)


async def test_another_profile_is_chosen_without_a_restart(demo: DemoHarbor) -> None:
    other = Profile(name="staging", url="https://staging.example.com", username="alice")
    one = Profile(name="prod", url=ADDRESS, username="admin")
    known = Credential("admin", SecretStr(ADMIN), "the test")
    async with arriving(demo, one, other, credential=known) as pilot:
        await there(pilot, "overview")
        await go(pilot, ":labels")
        await pilot.press("colon", *"profiles", "enter")
        await until(pilot, lambda: "staging" in words(pilot.app))
        await pilot.press(*"stag", "enter")
        await until(pilot, lambda: "Sign in to staging" in words(pilot.app))
        await pilot.press("escape")
        await there(pilot, "overview › labels")
        await pilot.press("colon", *"profiles", "enter")
        await until(pilot, lambda: "staging" in words(pilot.app))
        await pilot.press(*"stag", "enter")
        await until(pilot, lambda: "Sign in to staging" in words(pilot.app))
        await type_in(pilot, "Alice12345")
        await pilot.press("enter")
        await until(pilot, lambda: "staging.example.com" in lines(pilot.app)[0])
        await there(pilot, "overview")
        assert "alice · user" in lines(pilot.app)[0]
        assert "GET /c/log_out" in demo.requests


async def test_what_broke_is_said_on_the_form(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.screens.forms.HELD", 0.0)
    demo.down = True
    async with arriving(demo, PROFILE) as pilot:
        await type_in(pilot, ADMIN)
        await pilot.press("enter")
        await until(pilot, lambda: "✗" in words(pilot.app))
        assert "harbor.example.com:443" in words(pilot.app)
        demo.down = False
        demo.refuse("/users/current", 404, "404 page not found")
        await pilot.press("enter")
        await until(pilot, lambda: "is no Harbor: perhaps a plain registry?" in words(pilot.app))
        demo.allow()
        demo.refuse("/c/login", 200, body="<html>")
        await pilot.press("enter")
        await until(pilot, lambda: "is it a Harbor?" in words(pilot.app))


async def test_leaving_signs_out(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "GET /c/log_out" in demo.requests)


async def test_the_key_that_quits_does_so_over_a_dialog_too(demo: DemoHarbor) -> None:
    wrong = Credential("admin", SecretStr("wrong"), "the test")
    async with arriving(demo, PROFILE, credential=wrong) as pilot:
        await until(pilot, lambda: top(pilot) is SignInScreen)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app.return_code == 0)


async def test_what_is_wrong_with_the_files_is_said_once_one_is_there(demo: DemoHarbor) -> None:
    right = Credential("admin", SecretStr(ADMIN), "the test")
    told = {"credential": right, "problems": ("What was remembered is broken.", "So is more.")}
    async with arriving(demo, PROFILE, **told) as pilot:
        said = "What was remembered is broken. (and 1 more: :status)"
        await until(pilot, lambda: said in words(pilot.app))
        await pilot.press("colon", *"status", "enter")
        await until(pilot, lambda: "So is more." in words(pilot.app))
