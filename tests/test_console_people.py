"""Users and robots as an administrator meets them: by keys, on the real screens."""

from datetime import timedelta

import pytest

from harbortui.demo import DemoHarbor
from harbortui.screens.confirm import Confirm
from harbortui.screens.forms import FormScreen
from harbortui.screens.once import OnceScreen

from .console import console, lines, type_in, until, words


@pytest.fixture(autouse=True)
def ready_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions take keys as soon as they are there."""
    monkeypatch.setattr("harbortui.screens.confirm.DEAF", 0.0)


def top(pilot) -> type:
    return type(pilot.app.screen)


def row(demo: DemoHarbor, name: str) -> dict:
    return demo.robots.first(name=f"robot${name}")


async def narrowed(pilot, text: str, count: int) -> None:
    """Only the rows with this text."""
    await pilot.press("slash")
    await type_in(pilot, text)
    await pilot.press("enter")
    await until(pilot, lambda: f"filter /{text}" in lines(pilot.app)[1])
    await until(pilot, lambda: len(pilot.app.screen.table.rows) == count)


async def test_a_new_secret_stays_on_the_screen_until_it_is_kept(demo: DemoHarbor) -> None:
    async with console(demo, "robots") as pilot:
        await narrowed(pilot, "trainer", 1)
        await pilot.press("s")
        await until(pilot, lambda: top(pilot) is FormScreen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: top(pilot) is OnceScreen)
        secret = demo.passwords["robot$ml-platform+trainer"]
        await until(pilot, lambda: secret in words(pilot.app))
        await pilot.press("escape")
        await pilot.pause()
        assert top(pilot) is OnceScreen and secret in words(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: top(pilot) is not OnceScreen)
        assert secret not in words(pilot.app)
        assert not any(isinstance(one, FormScreen) for one in pilot.app.screen_stack)


async def test_a_robot_gets_more_time_in_two_steps(demo: DemoHarbor) -> None:
    async with console(demo, "robots") as pilot:
        await narrowed(pilot, "trainer", 1)
        before = row(demo, "ml-platform+trainer")["expires_at"]
        await pilot.press("x")
        await until(pilot, lambda: top(pilot) is FormScreen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: row(demo, "ml-platform+trainer")["expires_at"] > before)
        ends = demo.clock().timestamp() + timedelta(days=30).total_seconds()
        assert abs(row(demo, "ml-platform+trainer")["expires_at"] - ends) < 7200
        await until(pilot, lambda: "robot$ml-platform+trainer lasts until" in words(pilot.app))


async def test_a_robot_of_a_project_is_made_with_permissions_from_the_list(
    demo: DemoHarbor,
) -> None:
    async with console(demo, "robots payments") as pilot:
        await pilot.press("n")
        await until(pilot, lambda: top(pilot) is FormScreen)
        await type_in(pilot, "fresh")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "choose what it may do" in words(pilot.app))
        await pilot.press("space")
        await until(pilot, lambda: top(pilot).__name__ == "Menu")
        await type_in(pilot, "repository: pull")
        await until(pilot, lambda: "repository: push" not in words(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: top(pilot) is FormScreen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: top(pilot) is OnceScreen)
        made = row(demo, "payments+fresh")
        assert [one["namespace"] for one in made["permissions"]] == ["payments"]
        assert made["permissions"][0]["access"] == [{"resource": "repository", "action": "pull"}]
        assert demo.passwords["robot$payments+fresh"] in words(pilot.app)


async def test_a_leaver_is_looked_at_and_goes(demo: DemoHarbor) -> None:
    async with console(demo, "users") as pilot:
        await narrowed(pilot, "carol", 1)
        await pilot.press("m")
        await until(pilot, lambda: "roles and robots" in lines(pilot.app)[1])
        await until(pilot, lambda: "robot$web-frontend+preview" in words(pilot.app))
        await pilot.press("escape", "D")
        await until(pilot, lambda: top(pilot) is Confirm)
        assert "still sign in" in words(pilot.app)
        await pilot.press("enter")
        assert demo.users.first(username="carol")
        await type_in(pilot, "carol")
        await pilot.press("enter")
        await until(pilot, lambda: not demo.users.first(username="carol"))


async def test_what_ldap_forbids_is_grey_and_says_who_keeps_the_users(demo: DemoHarbor) -> None:
    demo.configuration["auth_mode"] = "ldap_auth"
    async with console(demo, "users") as pilot:
        await until(pilot, lambda: "(n new)" in words(pilot.app))
        await pilot.press("n")
        await until(pilot, lambda: "LDAP directory" in words(pilot.app))
        await pilot.press("x")
        await until(pilot, lambda: "another administrator has to do it" in words(pilot.app))
    assert [one.path for one in demo.writes] == ["/c/login"]


async def test_a_new_user_signs_in_with_the_password(demo: DemoHarbor) -> None:
    async with console(demo, "users") as pilot:
        await pilot.press("n")
        await until(pilot, lambda: top(pilot) is FormScreen)
        for text in ("zoe", "zoe@example.com", "Zoe", "Password1", "Password2"):
            await type_in(pilot, text)
            await pilot.press("tab")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "not the same as above" in words(pilot.app))
        await type_in(pilot, "Password1")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: demo.users.first(username="zoe"))
        assert demo.passwords["zoe"] == "Password1"
        assert "Password1" not in words(pilot.app)


async def test_what_a_change_means_stands_below_its_question(demo: DemoHarbor) -> None:
    async with console(demo, "users") as pilot:
        await narrowed(pilot, "erin", 1)
        await pilot.press("b")
        await until(pilot, lambda: top(pilot) is Confirm)
        assert pilot.app.screen.question.title == "Make user erin system administrator?"
        assert pilot.app.screen.question.lines == ["That is everything: settings, all projects."]
