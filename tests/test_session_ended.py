"""A session that has ended, or is another's: asked for again, over the screen one was on."""

import pytest

from harbortui.demo import DemoHarbor
from harbortui.screens.forms import FormScreen
from harbortui.screens.signin import SignInScreen

from .console import console, lines, type_in, until, words
from .test_signin import ADMIN, there, top


@pytest.mark.fault("F23")
async def test_an_ended_session_asks_over_the_screen_one_was_on_which_goes_on(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":users /al") as pilot:
        await until(pilot, lambda: "alice" in words(pilot.app))
        demo.expire_sessions()
        await pilot.press("r")
        await until(pilot, lambda: "The session has ended." in words(pilot.app))
        assert top(pilot) is SignInScreen
        asked = len(demo.requests)
        await type_in(pilot, "wrong")
        await pilot.press("enter")
        await until(pilot, lambda: "wrong user name or password" in words(pilot.app))
        since = [one.split("?")[0] for one in demo.requests[asked:]]
        assert since == ["GET /c/login", "POST /c/login"]
        demo.clock.advance(5)
        await pilot.press("ctrl+u")
        await type_in(pilot, ADMIN)
        await pilot.press("enter")
        await there(pilot, "overview › users")
        assert "filter /al" in lines(pilot.app)[1]
        await until(pilot, lambda: "alice" in words(pilot.app))
        assert not any(isinstance(one, SignInScreen) for one in pilot.app.screen_stack)


@pytest.mark.fault("F24")
async def test_a_list_that_shows_less_to_nobody_is_not_taken_for_the_whole(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":projects") as pilot:
        demo.expire_sessions()
        await pilot.press("r")
        await until(pilot, lambda: "The session has ended." in words(pilot.app))


@pytest.mark.fault("F23")
async def test_a_form_keeps_what_was_typed_when_the_session_has_ended(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("n", *"urgent")
        demo.expire_sessions()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: top(pilot) is SignInScreen)
        await type_in(pilot, ADMIN)
        await pilot.press("enter")
        await until(pilot, lambda: top(pilot) is FormScreen)
        assert "urgent" in words(pilot.app)
        await until(pilot, lambda: "Signed in again" in words(pilot.app))
        assert "has ended" not in words(pilot.app)
        await pilot.press("ctrl+s")
        await there(pilot, "overview › labels")
        assert "urgent" in words(pilot.app)


@pytest.mark.fault("F25")
async def test_a_refusal_for_want_of_a_session_asks_to_sign_in(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        demo.refuse("/labels*", 403, "not you", method="GET")
        demo.expire_sessions()
        await pilot.press("r")
        await until(pilot, lambda: top(pilot) is SignInScreen)


@pytest.mark.fault("F24")
async def test_another_accounts_session_is_not_gone_on_with(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.watch.EVERY", 0.0)
    async with console(demo, ":labels") as pilot:
        me = demo.user("admin")
        me["user_id"] = 77
        await pilot.press("r")
        await until(pilot, lambda: top(pilot) is SignInScreen)
