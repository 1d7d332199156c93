"""What an account may not do in a list: greyed, and said why at every key."""

from pydantic import SecretStr

from harbortui.app import HarborApp
from harbortui.clock import Clock
from harbortui.credentials import Credential
from harbortui.demo import DemoHarbor
from harbortui.paths import Folder
from harbortui.profile import Profile
from harbortui.screens.resource import ResourceScreen
from harbortui.settings import Settings
from harbortui.start import Start
from harbortui.state import Memory

from .console import console, go, lines, until, words
from .test_resource_screen import asked, screen


async def test_an_ordinary_user_sees_what_he_may_and_why_the_rest_is_grey(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":labels", who="alice") as pilot:
        await until(pilot, lambda: "(n new)" in words(pilot.app))
        await pilot.press("n")
        await until(pilot, lambda: "only system administrators make" in words(pilot.app))
        await pilot.press("colon", *"users", "enter")
        await until(pilot, lambda: "for system administrators only" in words(pilot.app))
        assert isinstance(pilot.app.screen, ResourceScreen)
        assert not asked(demo, "/users")
        assert [one.path for one in demo.writes] == ["/c/login"]


async def test_a_guest_of_a_project_may_not_delete_there(demo: DemoHarbor) -> None:
    async with console(demo, ":projects", who="alice") as pilot:
        names = [one.name for one in screen(pilot).listing.between(0, 50)]
        assert names
        await go(pilot, ":repositories library")
        await until(pilot, lambda: "(D delete)" in words(pilot.app))
        await pilot.press("D")
        await until(pilot, lambda: "alice may not delete repositories here" in words(pilot.app))


async def test_what_needs_another_permission_names_that(demo: DemoHarbor) -> None:
    async with console(demo, ":artifacts library/hello", who="alice") as pilot:
        await until(pilot, lambda: "(s scan)" in words(pilot.app))
        await pilot.press("s")
        await until(pilot, lambda: "alice may not create scans here" in words(pilot.app))


async def test_a_list_that_may_not_be_seen_says_so_at_every_key(demo: DemoHarbor) -> None:
    async with console(demo, ":labels", who="alice") as pilot:
        await pilot.press("colon", *"registries", "enter")
        await until(pilot, lambda: "for system administrators only" in words(pilot.app))
        await pilot.press("e")
        await pilot.pause()
        assert screen(pilot).session.said.text == "for system administrators only"


async def test_a_robot_is_told_what_it_may_not(demo: DemoHarbor) -> None:
    name = "robot$library+builder"
    secret = SecretStr(demo.passwords[name])
    start = Start(
        Settings(profile=Profile(url="https://harbor.example.com", username=name)),
        Memory(Folder(None, "tests remember nothing")),
        Credential(name, secret, "the test"),
        ":repositories library",
        transport=lambda: demo,
        clock=Clock(lambda: demo.clock().timestamp()),
    )
    app = HarborApp(start.opening)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "(D delete)" in words(app))
        await pilot.press("D")
        await until(pilot, lambda: f"{name} may not delete repositories here" in words(app))


async def test_a_read_only_profile_greys_every_change(demo: DemoHarbor) -> None:
    async with console(demo, ":labels", read_only=True) as pilot:
        assert "read-only" in lines(pilot.app)[0]
        for key in ("n", "e", "D"):
            await pilot.press(key)
            await until(
                pilot, lambda: "read-only: nothing is changed from here" in words(pilot.app)
            )
            assert isinstance(pilot.app.screen, ResourceScreen)
