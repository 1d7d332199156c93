"""`S`, `P` and `R` with real keys over the demo: what is asked, what is sent, what is said."""

from typing import Any, ClassVar

import pytest
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.pilot import Pilot

from harbortui.api import configuration as api
from harbortui.api.configuration import Configuration
from harbortui.api.identity import Me
from harbortui.api.system import SystemInfo
from harbortui.demo import DemoHarbor
from harbortui.resources import doors
from harbortui.resources.core import Fact, Part
from harbortui.resources.doors import PROJECT_CREATION, READ_ONLY, SELF_REGISTRATION
from harbortui.screens import doors as keys
from harbortui.screens.live import LiveScreen
from harbortui.session import Session
from harbortui.widgets.table import Table

from .console import console, until, words

ADMIN = Me(user_id=1, username="admin", sysadmin_flag=True)


class Hall(LiveScreen):
    """The least screen with doors."""

    BINDINGS: ClassVar[list[BindingType]] = keys.KEYS

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.configuration: Configuration | None = None

    def body(self) -> ComposeResult:
        yield Table[Fact]((), lambda fact: fact.title, self.session.clock)

    async def load(self) -> None:
        if self.session.me.is_admin:
            self.configuration = await api.read(self.session.harbor)

    def refusal_of(self, action: str) -> str:
        return keys.refused(self.session, self.configuration, action)

    @work(exclusive=True, group="dialog")
    async def action_door(self, setting: str) -> None:
        await keys.turn(self, self.configuration, setting)


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions take keys from the first moment on."""
    monkeypatch.setattr("harbortui.screens.confirm.DEAF", 0.0)


async def enter_hall(pilot: Pilot[int]) -> Hall:
    session = pilot.app.screen.session
    hall = Hall(session)
    await pilot.app.push_screen(hall)
    await until(pilot, lambda: hall.loaded_at)
    return hall


def asked(demo: DemoHarbor) -> list[str]:
    """The requests to the configuration, and what was sent."""
    found = []
    sent = [write.body for write in demo.writes]
    for request in demo.requests:
        if "/configurations" in request:
            method = request.split()[0]
            found.append(f"{method} {sent.pop(0)}" if method == "PUT" else method)
    return found


async def test_self_registration_is_closed_at_once(demo: DemoHarbor) -> None:
    demo.configuration["self_registration"] = True
    async with console(demo) as pilot:
        await enter_hall(pilot)
        demo.requests.clear()
        demo.writes.clear()
        await pilot.press("S")
        await until(pilot, lambda: "✓ Self-registration is closed." in words(pilot.app))
        await until(pilot, lambda: len(asked(demo)) == 3)
        assert asked(demo) == ["GET", "PUT {'self_registration': False}", "GET"]
        assert demo.configuration["self_registration"] is False


async def test_opening_self_registration_asks_first(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await enter_hall(pilot)
        demo.writes.clear()
        await pilot.press("S")
        await until(pilot, lambda: "Open self-registration?" in words(pilot.app))
        assert "Anyone who reaches this Harbor can make an account." in words(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: "Open self-registration?" not in words(pilot.app))
        assert demo.writes == []
        await pilot.press("S")
        await until(pilot, lambda: "Open self-registration?" in words(pilot.app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: "✓ Self-registration is open." in words(pilot.app))
        assert [write.body for write in demo.writes] == [{"self_registration": True}]


async def test_project_creation_is_left_to_administrators_at_once(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await enter_hall(pilot)
        demo.writes.clear()
        await pilot.press("P")
        await until(pilot, lambda: "Only administrators can make projects." in words(pilot.app))
        assert [w.body for w in demo.writes] == [{"project_creation_restriction": "adminonly"}]
        await until(pilot, lambda: _shown(pilot, "project_creation_restriction") == "adminonly")
        await pilot.press("P")
        await until(pilot, lambda: "Let everyone make projects?" in words(pilot.app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: "✓ Everyone can make projects." in words(pilot.app))
        assert demo.configuration["project_creation_restriction"] == "everyone"


def _shown(pilot: Pilot[int], key: str) -> Any:
    return pilot.app.screen.configuration.value(key)


async def test_read_only_asks_both_ways_and_says_what_is_refused(demo: DemoHarbor) -> None:
    refused = "pushes, scans, labels, garbage collection and"
    async with console(demo) as pilot:
        await enter_hall(pilot)
        await pilot.press("R")
        await until(pilot, lambda: "Make the whole registry read-only?" in words(pilot.app))
        assert f"Meanwhile Harbor refuses {refused}" in words(pilot.app)
        assert demo.configuration["read_only"] is False
        await pilot.press("right", "enter")
        await until(pilot, lambda: _shown(pilot, "read_only") is True)
        await pilot.press("R")
        await until(pilot, lambda: "Make the registry writable again?" in words(pilot.app))
        assert refused in words(pilot.app)
        await pilot.press("right", "enter")
        await until(pilot, lambda: "The registry is writable again." in words(pilot.app))
        assert demo.configuration["read_only"] is False


async def test_what_someone_else_closed_meanwhile_is_not_sent_again(demo: DemoHarbor) -> None:
    demo.configuration["self_registration"] = True
    async with console(demo) as pilot:
        await enter_hall(pilot)
        demo.writes.clear()
        demo.configuration["self_registration"] = False
        await pilot.press("S")
        await until(pilot, lambda: "Self-registration was closed already." in words(pilot.app))
        assert demo.writes == []


async def test_what_is_neither_as_shown_nor_as_wanted_is_left_alone(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await enter_hall(pilot)
        demo.writes.clear()
        demo.configuration["project_creation_restriction"] = "nobody"
        await pilot.press("P")
        conflict = "✗ Project creation: it was everyone and is now “nobody”: changed meanwhile"
        await until(pilot, lambda: conflict in words(pilot.app))
        assert demo.writes == []


async def test_harbors_refusal_is_said_and_the_truth_is_read_again(demo: DemoHarbor) -> None:
    demo.configuration["self_registration"] = True
    async with console(demo) as pilot:
        await enter_hall(pilot)
        demo.requests.clear()
        demo.refuse("/configurations", 403, "no entry", method="PUT")
        await pilot.press("S")
        await until(pilot, lambda: "✗ Self-registration: no entry" in words(pilot.app))
        await until(pilot, lambda: demo.requests.count(demo.requests[0]) == 2)
        assert _shown(pilot, "self_registration") is True


async def test_a_user_is_told_why_and_nothing_is_asked(demo: DemoHarbor) -> None:
    async with console(demo, who="alice") as pilot:
        await enter_hall(pilot)
        demo.requests.clear()
        await pilot.press("S")
        await until(pilot, lambda: "for system administrators only" in words(pilot.app))
        assert "(S self-registration)" in words(pilot.app)
        assert not any("configurations" in request for request in demo.requests)


async def test_a_read_only_profile_moves_no_door(demo: DemoHarbor) -> None:
    demo.configuration["self_registration"] = True
    async with console(demo, read_only=True) as pilot:
        await enter_hall(pilot)
        demo.writes.clear()
        await pilot.press("S")
        await until(pilot, lambda: "read-only: nothing is changed from here" in words(pilot.app))
        assert demo.writes == []


def configured(**values: Any) -> Configuration:
    locked = values.pop("locked", ())
    return Configuration.model_validate(
        {key: {"value": value, "editable": key not in locked} for key, value in values.items()}
    )


def test_outside_database_mode_there_is_no_self_registration() -> None:
    found = configured(auth_mode="ldap_auth", self_registration=False, read_only=False)
    assert doors.locked(SELF_REGISTRATION, ADMIN, found) == (
        "people sign in by LDAP: nobody can register here"
    )
    assert doors.locked(READ_ONLY, ADMIN, found) == ""
    assert doors.locked(PROJECT_CREATION, ADMIN, found) == "this Harbor does not have that setting"


def test_what_harbor_has_locked_is_said() -> None:
    found = configured(auth_mode="db_auth", read_only=False, locked=("read_only",))
    assert "CONFIG_OVERWRITE_JSON" in doors.locked(READ_ONLY, ADMIN, found)
    assert "robots can neither" in doors.locked(READ_ONLY, Me(username="robot$x"), found)
    assert doors.locked(READ_ONLY, ADMIN, None) == "the configuration has not been read yet"


def test_those_who_may_not_read_the_configuration_see_how_doors_stand() -> None:
    system = SystemInfo(self_registration=True, project_creation_restriction="adminonly")
    values = [doors.value_of(door, system, None) for door in doors.DOORS]
    assert [door.cell(value) for door, value in zip(doors.DOORS, values, strict=True)] == [
        Part("open ▲", "warn"),
        Part("administrators"),
        Part("writable"),
    ]
    anonymous = doors.value_of(PROJECT_CREATION, SystemInfo(), None)
    assert PROJECT_CREATION.cell(anonymous) == Part("not known", "muted")


def test_what_the_settings_say_is_newer_than_what_harbor_said_of_itself() -> None:
    system = SystemInfo(harbor_version="v2.15.2-x", banner_message="old")
    found = configured(read_only=True, auth_mode="db_auth", banner_message="")
    after = doors.told(system, found)
    assert (after.read_only, after.banner_message, after.version) == (True, "", (2, 15, 2))


@pytest.mark.parametrize("strange", [17, None, True, "x"])
def test_a_setting_of_a_strange_type_is_not_taken_for_what_it_is_not(strange: object) -> None:
    names = ("read_only", "project_creation_restriction", "banner_message", "auth_mode")
    after = doors.told(SystemInfo(), configured(**dict.fromkeys(names, strange)))
    kinds = {name: type(getattr(after, name)) for name in names}
    assert kinds == dict.fromkeys(names, str) | {"read_only": bool}
