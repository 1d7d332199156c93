"""The lines of the configuration: folded, locked, of a newer Harbor."""

import json
from typing import Any, get_args

import pytest

from harbortui.api import configuration as api
from harbortui.api.configuration import Configuration
from harbortui.api.identity import Me
from harbortui.api.system import SystemInfo
from harbortui.resources.configuration import CONFIGURATION
from harbortui.resources.core import Part
from harbortui.resources.setting_forms import Sheet
from harbortui.resources.setting_kinds import Unwritten
from harbortui.resources.setting_line import UNUSED, SettingLine, lines

from .setting_desk import configured, filled, line, recorded


def test_groups_that_nothing_uses_are_folded_into_one_line_each() -> None:
    found = lines(configured(ldap_url="ldap://x", ldap_timeout=9))
    folds = {one.key: one.says for one in found if one.folds}
    assert folds == {
        "LDAP": "16 settings, 2 set",
        "OIDC": "13 settings",
        "Authentication proxy": "7 settings",
        "UAA": "4 settings",
    }
    ldap = [one for one in found if one.group.name == "LDAP"]
    assert ldap[0].folds and {one.heading for one in ldap} == {UNUSED}


def test_in_ldap_mode_its_settings_stand_by_themselves() -> None:
    found = lines(configured(auth_mode="ldap_auth"))
    assert "LDAP" not in [one.key for one in found]
    assert {one.heading for one in found if one.key.startswith("ldap_")} == {"LDAP"}
    by_key = {one.key: one for one in found}
    assert by_key["self_registration"].locked == "of use only with accounts in the database"
    assert by_key["self_registration"].door is None
    assert by_key["primary_auth_mode"].locked == ""


def test_locked_settings_say_why() -> None:
    found = {one.key: one for one in lines(Configuration.model_validate(recorded()))}
    assert found["auth_mode"].locked == "users exist besides admin: it cannot change"
    assert found["auth_mode"].cell == Part("database · locked", "muted")
    fixed = {key: {**one, "editable": False} for key, one in recorded().items()}
    for one in lines(Configuration.model_validate(fixed)):
        assert one.locked or one.key in api.SECRETS or one.folds
    assert (
        "CONFIG_OVERWRITE_JSON"
        in SettingLine(key="read_only", configuration=Configuration.model_validate(fixed)).locked
    )


@pytest.mark.parametrize(
    ("value", "says", "sent"),
    [
        (True, "on", (False, {"new_thing": False})),
        (5, "5", ("7", {"new_thing": 7})),
        ("red", "red", ("blue", {"new_thing": "blue"})),
    ],
)
def test_settings_of_a_newer_harbor_have_their_own_name_and_type(
    value: Any, says: str, sent: tuple[Any, Any]
) -> None:
    one = lines(configured(new_thing=value))[-1]
    assert (one.title, one.heading, one.says, one.locked) == ("new_thing", "OTHER", says, "")
    assert filled("new_thing", sent[0], new_thing=value) == sent[1]


@pytest.mark.parametrize("value", [[1, 2], {"a": None}, 1.5])
def test_what_cannot_be_written_is_shown_and_locked(value: Any) -> None:
    for key in ("new_thing", "session_timeout", "auth_mode", "banner_message"):
        one = SettingLine(key=key, configuration=configured(**{key: value}))
        assert json.loads(one.says) == value
        assert isinstance(one.known.kind, Unwritten) and one.locked


def test_a_newer_harbors_secret_is_hidden_by_its_name() -> None:
    one = line("new_client_secret", new_client_secret="geheim")
    assert one.says == "set"
    assert "geheim" not in repr(one)


def test_a_newer_harbors_way_to_sign_in_can_be_kept() -> None:
    one = line("auth_mode", auth_mode="magic_auth")
    assert one.says == "magic_auth"
    words = get_args(
        type(Sheet(one.members, one.configuration).form()).model_fields["setting0"].annotation
    )
    assert "magic_auth" in words and "oidc_auth" in words


def test_robots_are_told_that_there_is_nothing_here_for_them() -> None:
    robot, user = Me(username="robot$x"), Me(user_id=3, username="alice")
    assert "robots can neither" in CONFIGURATION.against(robot, SystemInfo(), "list", None)
    assert CONFIGURATION.against(user, SystemInfo(), "list", None) == ""
    assert CONFIGURATION.admin
