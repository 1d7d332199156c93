"""The configuration with real keys over the demo."""

import pytest
from textual.pilot import Pilot

from harbortui.demo import DemoHarbor
from harbortui.screens.configuration import ConfigurationScreen
from harbortui.screens.forms import FormScreen

from .console import console, lines, type_in, until, words

HERE = ":configuration"


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions take keys from the first moment on."""
    monkeypatch.setattr("harbortui.screens.confirm.DEAF", 0.0)


def row(pilot: Pilot[int], start: str) -> str:
    """The line of a setting on the screen."""
    found = (line[3:] for line in lines(pilot.app))
    return next((line.rstrip() for line in found if line.startswith(start)), "")


async def find(pilot: Pilot[int], text: str) -> None:
    """Leave one setting on the screen, with the cursor on it."""
    await pilot.press("slash")
    await type_in(pilot, text)
    await pilot.press("enter")
    await until(pilot, lambda: f"filter /{text}" in words(pilot.app))


async def edit(pilot: Pilot[int], text: str) -> None:
    """Open the form of one setting."""
    await find(pilot, text)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))


def asked(demo: DemoHarbor, path: str = "configurations") -> list[str]:
    """Methods of the requests to the configuration."""
    return [one.split()[0] for one in demo.requests if path in one]


async def test_settings_stand_in_groups_with_values_and_meanings(demo: DemoHarbor) -> None:
    demo.configuration["robot_token_duration"] = 90
    async with console(demo, HERE) as pilot:
        screen = words(pilot.app)
        for heading in ("SIGN-IN", "PROJECTS", "REGISTRY", "AUDIT LOG", "OTHER WAYS TO SIGN IN"):
            assert f"   {heading}" in screen
        assert "57 settings, 1 not at default, 2 locked" in lines(pilot.app)[1]
        assert "everyone ▲" in row(pilot, "Who creates projects")
        assert "90 days" in row(pilot, "Robots live for")
        assert row(pilot, "Authentication").endswith("users exist besides admin: it cannot change")
        gutter = [line[1] for line in lines(pilot.app) if line[1:3] in ("S ", "P ", "R ")]
        assert gutter == ["S", "P", "R"]


async def test_a_narrow_screen_says_the_meaning_on_the_status_line(demo: DemoHarbor) -> None:
    async with console(demo, HERE, size=(80, 24)) as pilot:
        assert "one signs in again" not in words(pilot.app)
        await pilot.press("down", "down", "down")
        await until(pilot, lambda: "After this long without use, one sign" in words(pilot.app))
        assert "S P R doors" in lines(pilot.app)[-1]
        assert "57 settings, 2 locked" in lines(pilot.app)[1]


async def test_a_setting_is_changed_with_one_put_of_one_key(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await edit(pilot, "session_timeout")
        assert "Edit setting Session timeout" in words(pilot.app)
        demo.requests.clear()
        demo.writes.clear()
        await pilot.press("backspace", "backspace", "9", "0", "ctrl+s")
        await until(pilot, lambda: "✓ Session timeout is now 90 minutes." in words(pilot.app))
        await until(pilot, lambda: "90 minutes" in row(pilot, "Session timeout"))
        assert asked(demo) == ["GET", "PUT", "GET"]
        assert [write.body for write in demo.writes] == [{"session_timeout": 90}]


async def test_a_mistake_is_said_in_the_form_and_nothing_is_sent(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await edit(pilot, "session_timeout")
        demo.writes.clear()
        await pilot.press("backspace", "backspace", "ctrl+s")
        await until(pilot, lambda: "✗ a whole number of minutes" in words(pilot.app))
        assert demo.writes == []


async def test_two_administrators_do_not_overwrite_each_other(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await edit(pilot, "session_timeout")
        demo.writes.clear()
        demo.configuration["session_timeout"] = 15
        await pilot.press("9", "ctrl+s")
        conflict = "it was 60 minutes and is now 15 minutes: changed"
        await until(pilot, lambda: conflict in words(pilot.app))
        assert isinstance(pilot.app.screen, FormScreen)
        assert demo.writes == []
        assert demo.configuration["session_timeout"] == 15


async def test_after_a_refusal_the_truth_is_shown(demo: DemoHarbor) -> None:
    demo.unreachable.add("syslog.example.com")
    async with console(demo, HERE) as pilot:
        await edit(pilot, "forward_endpoint")
        await type_in(pilot, "syslog.example.com:514")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "but Harbor has stored it all the same" in words(pilot.app))
        await pilot.press("escape", "right", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfigurationScreen))
        assert "syslog.example.com:514" in row(pilot, "Forward to")


async def test_another_prefix_of_robots_must_be_agreed_to(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await edit(pilot, "robot_name_prefix")
        assert "Go ahead" not in words(pilot.app)
        demo.writes.clear()
        await type_in(pilot, "x")
        await until(pilot, lambda: "Go ahead" in words(pilot.app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "✗ switch this on to go ahead" in words(pilot.app))
        assert "Every robot has another name from then on" in words(pilot.app)
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: "Robot names begin with is now" in words(pilot.app))
        assert [list(write.body) for write in demo.writes] == [["robot_name_prefix"]]


async def test_enter_unfolds_a_group_and_folds_it_again(demo: DemoHarbor) -> None:
    async with console(demo, HERE, size=(120, 60)) as pilot:
        assert "16 settings" in row(pilot, "LDAP")
        demo.requests.clear()
        await pilot.press("G", "up", "up", "up", "enter")
        await until(pilot, lambda: "memberof" in row(pilot, "LDAP: Membership in"))
        await pilot.press("enter")
        await until(pilot, lambda: not row(pilot, "LDAP: Membership in"))
        assert demo.requests == []


async def test_a_filter_looks_into_folded_groups_and_knows_harbors_keys(demo: DemoHarbor) -> None:
    async with console(demo, f"{HERE} /oidc_endpoint") as pilot:
        assert row(pilot, "OIDC: Endpoint")
        assert "filter /oidc_endpoint   1 of 57" in lines(pilot.app)[1]
        await pilot.press("escape")
        await until(pilot, lambda: row(pilot, "Session timeout"))
        await find(pilot, "nothing_of_it")
        await until(pilot, lambda: "No settings match /nothing_of_it." in words(pilot.app))


async def test_doors_are_moved_from_here_and_the_first_line_knows(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await pilot.press("R")
        await until(pilot, lambda: "Make the whole registry read-only?" in words(pilot.app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: "registry read-only   live" in lines(pilot.app)[0])
        assert "on ▲" in row(pilot, "Read-only")
        await pilot.press("R")
        await until(pilot, lambda: "Make the registry writable again?" in words(pilot.app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: "registry read-only" not in lines(pilot.app)[0])


async def test_a_door_in_its_form_asks_as_well(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        await edit(pilot, "self_registration")
        demo.writes.clear()
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: "✗ switch this on to go ahead" in words(pilot.app))
        assert demo.writes == []


async def test_a_locked_setting_says_why(demo: DemoHarbor) -> None:
    async with console(demo, HERE) as pilot:
        assert "(enter edit)" in lines(pilot.app)[-1]
        await pilot.press("enter")
        await until(pilot, lambda: "▲ users exist besides admin" in words(pilot.app))


async def test_details_name_harbors_key_and_the_default(demo: DemoHarbor) -> None:
    demo.configuration["session_timeout"] = 90
    async with console(demo, f"{HERE} session_timeout") as pilot:
        assert "session_timeout, usually 60 minutes" in words(pilot.app)
        await pilot.press("d")
        await until(pilot, lambda: "AS HARBOR SENT IT" in words(pilot.app))
        assert "session_timeout" in row(pilot, "Harbor's key")
        assert "60 minutes" in row(pilot, "In a new Harbor")
        assert "90 minutes" in row(pilot, "Value")


async def test_who_may_not_read_the_configuration_is_told_and_asks_nothing(
    demo: DemoHarbor,
) -> None:
    async with console(demo, who="alice") as pilot:
        await pilot.app.push_screen(ConfigurationScreen(pilot.app.screen.session))
        demo.requests.clear()
        await until(pilot, lambda: "for system administrators only" in words(pilot.app))
        assert asked(demo) == []
        assert "(S self-registration)" in lines(pilot.app)[-1]


async def test_a_read_only_profile_edits_nothing(demo: DemoHarbor) -> None:
    async with console(demo, f"{HERE} session_timeout", read_only=True) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: "▲ read-only: nothing is changed from here" in words(pilot.app))


async def test_harbor_2_12_has_fewer_settings(demo: DemoHarbor) -> None:
    demo.version = "2.12.4"
    async with console(demo, HERE) as pilot:
        assert "55 settings, 2 locked" in lines(pilot.app)[1]
        assert not row(pilot, "Events not recorded")


@pytest.mark.parametrize("name", ["config", "conf", "settings"])
async def test_the_place_has_other_names(demo: DemoHarbor, name: str) -> None:
    async with console(demo, f":{name}") as pilot:
        assert isinstance(pilot.app.screen, ConfigurationScreen)
        assert row(pilot, "Session timeout")


def test_every_key_has_a_name_of_its_own() -> None:
    names = [getattr(binding, "id", None) for binding in ConfigurationScreen.BINDINGS]
    assert None not in names and len(names) == len(set(names))
