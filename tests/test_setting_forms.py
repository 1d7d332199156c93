"""The forms of settings: what they send, keep, refuse, and want agreed to."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from harbortui.resources import settings
from harbortui.resources.setting import Group
from harbortui.resources.setting_forms import Sheet
from harbortui.widgets.plan import flat, nested, plan

from .recorded import exchanges
from .setting_desk import configured, filled, line, sheet


def untouched(sheet: Sheet) -> dict[str, Any]:
    """What is sent when a form is saved as it opened: lines give their text, as on the screen."""
    form = sheet.form()
    specs = {spec.path: spec for spec in plan(type(form)) if spec.path != ("sure",)}
    shown = flat(form, list(specs.values()))
    answers = {
        path: specs[path].text(value) if specs[path].sort == "text" else value
        for path, value in shown.items()
    }
    return sheet.changes(type(form).model_validate(nested(answers)))


@pytest.mark.parametrize("key", settings.SETTINGS)
def test_a_form_that_is_not_touched_changes_nothing(key: str) -> None:
    assert untouched(sheet(key)) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("robot_token_duration", -1),
        ("session_timeout", 0),
        ("storage_per_project", 1536),
        ("storage_per_project", 0),
        ("ldap_scope", 7),
        ("ldap_filter", " (cn=*) "),
        ("auth_mode", "magic_auth"),
        ("audit_log_forward_endpoint", "nowhere"),
        ("disabled_audit_log_event_types", "pull_artifact, create_artifact"),
        ("banner_message", "no JSON"),
        ("banner_message", '{"message":"x","toDate":"2026-11-22T18:00:00+01:00"}'),
        ("banner_message", json.dumps({"message": "x" * 900, "type": "loud", "fromDate": "never"})),
        ("http_authproxy_server_certificate", "-----BEGIN\n\n"),
        ("new_thing", -5),
    ],
)
def test_odd_values_that_are_there_stand_in_no_ones_way(key: str, value: Any) -> None:
    assert untouched(sheet(key, **{key: value})) == {}


@pytest.mark.parametrize("group", settings.CATALOGUE, ids=lambda group: group.name)
def test_groups_that_are_not_touched_change_nothing(group: Group) -> None:
    assert untouched(Sheet(settings.CATALOGUE[group], configured(auth_mode="magic_auth"))) == {}


@pytest.mark.parametrize(
    ("key", "answer", "sent"),
    [
        ("session_timeout", "90", {"session_timeout": 90}),
        ("storage_per_project", "1 GiB", {"storage_per_project": 1073741824}),
        ("notification_enable", False, {"notification_enable": False}),
        ("scanner_skip_update_pulltime", True, {"scanner_skip_update_pulltime": True}),
        ("ldap_url", " ldap://127.0.0.1 ", {"ldap_url": "ldap://127.0.0.1"}),
        (
            "audit_log_forward_endpoint",
            "127.0.0.1:1",
            {"audit_log_forward_endpoint": "127.0.0.1:1"},
        ),
        (
            "disabled_audit_log_event_types",
            frozenset({"pull_artifact"}),
            {"disabled_audit_log_event_types": "pull_artifact"},
        ),
    ],
)
def test_a_form_sends_what_was_recorded(key: str, answer: Any, sent: dict[str, Any]) -> None:
    recorded_bodies = [one.body for one in exchanges("writes-configuration")]
    assert sent in recorded_bodies
    assert filled(key, answer) == sent


def test_a_banner_is_sent_as_the_json_that_was_recorded() -> None:
    banner = {"message": "maintenance tonight", "type": "warning", "closable": True}
    bodies = [one.body for one in exchanges("writes-configuration") if one.method == "PUT"]
    known = next(body for body in bodies if body and body.get("banner_message"))
    sent = filled("banner_message", {**banner, "start": "", "end": ""})
    assert json.loads(sent["banner_message"]) == json.loads(known["banner_message"]) == banner
    empty = {"message": "", "type": "warning", "closable": False, "start": "", "end": ""}
    assert filled("banner_message", empty, banner_message=json.dumps(banner)) == {
        "banner_message": ""
    }


def test_a_banner_keeps_what_a_newer_portal_put_there() -> None:
    stored = json.dumps({
        "message": "x", "type": "danger", "closable": False, "icon": "bell",
        "fromDate": "2026-11-21T18:00:12.345Z", "toDate": "2026-11-22T18:00:00.000Z",
    })  # fmt: skip
    one = line("banner_message", banner_message=stored)
    assert one.says == "x (danger)"
    answer = {"message": "y", "type": "danger", "closable": False, "end": ""}
    sent = filled("banner_message", {**answer, "start": "2026-11-21 18:00"}, banner_message=stored)
    assert json.loads(sent["banner_message"]) == {
        "message": "y", "type": "danger", "closable": False, "icon": "bell",
        "fromDate": "2026-11-21T18:00:12.345Z",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["maintenance", "[1]", "{", "{" * 5000, '{"message": 5}'])
def test_a_banner_that_is_no_json_is_shown_as_it_is(text: str) -> None:
    one = line("banner_message", banner_message=text)
    assert one.says.endswith(" (warning)")
    assert one.says.startswith("5" if "message" in text else text)


@pytest.mark.parametrize(
    ("key", "answer", "why"),
    [
        ("session_timeout", "0", "between 1 and"),
        ("session_timeout", "x", "a whole number of minutes"),
        ("session_timeout", "10000000000", "between 1 and"),
        ("session_timeout", "9" * 5000, "between 1 and"),
        ("token_expiration", "-1", "between 1 and"),
        ("robot_token_duration", "", "a whole number of days"),
        ("ldap_timeout", "²", "a whole number of seconds"),
        ("storage_per_project", "0", "more than nothing"),
        ("storage_per_project", "1025 TiB", "at most 1024 TiB"),
        ("storage_per_project", "much", "a size such as"),
        ("storage_per_project", "9" * 400, "a size such as"),
        ("robot_name_prefix", "  ", "cannot be empty"),
        ("ldap_base_dn", "", "cannot be empty"),
        ("ldap_url", "directory.example.com", "begins with ldap://"),
        ("audit_log_forward_endpoint", "syslog.example.com", "a host and a port"),
        ("audit_log_forward_endpoint", "syslog.example.com:99999", "a host and a port"),
        ("oidc_extra_redirect_parms", "prompt=login", "JSON with texts"),
        ("oidc_extra_redirect_parms", '{"max_age": 5}', "JSON with texts"),
        ("project_creation_restriction", "nobody", "Input should be"),
        ("ldap_scope", 3, "Input should be"),
        ("skip_audit_log_database", True, "needs an address to forward to"),
        ("ldap_group_search_filter", "(objectClass=x)", "set them together"),
        ("banner_message", {"message": "x" * 801}, "longer than 800 characters"),
        ("banner_message", {"message": "x", "start": "tomorrow"}, "a day and a time in UTC"),
        ("banner_message", {"message": "x", "end": "9999-12-31 23:00-05:00"}, "a day and a time"),
        (
            "banner_message",
            {"message": "x", "start": "2026-11-22", "end": "2026-11-21"},
            "ends before it begins",
        ),
    ],
)
def test_a_form_refuses_what_harbor_refuses(key: str, answer: Any, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        filled(key, answer, sure=True, ldap_base_dn="dc=example")
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("key", "answer", "what"),
    [
        ("robot_name_prefix", "bot-", "Every robot has another name"),
        ("self_registration", True, "Anyone who reaches this Harbor"),
        ("project_creation_restriction", "everyone", "Whoever has an account"),
        ("read_only", True, "Meanwhile Harbor refuses pushes"),
        ("skip_audit_log_database", True, "no event is kept"),
    ],
)
def test_what_has_consequences_must_be_agreed_to(key: str, answer: Any, what: str) -> None:
    values = {"audit_log_forward_endpoint": "syslog:514"}
    if key == "project_creation_restriction":
        values[key] = "adminonly"
    one = sheet(key, **values)
    sure = type(one.form()).model_fields["sure"]
    assert what in (sure.description or "")
    shown = next(mark for mark in sure.metadata if hasattr(mark, "when"))
    assert shown.when({"setting0": answer})
    assert not shown.when({"setting0": one.before(one.settings[0])})
    with pytest.raises(ValidationError, match="switch this on"):
        filled(key, answer, **values)
    assert filled(key, answer, sure=True, **values) == {key: answer}


def test_what_closes_a_door_needs_no_second_yes() -> None:
    assert filled("self_registration", False, self_registration=True) == {
        "self_registration": False
    }
