"""Why a log is silent, and what it cannot hold."""

from datetime import UTC, datetime

import pytest

from harbortui.audit.explain import limits, switched_off, unrecorded
from harbortui.audit.filter import Filter
from harbortui.audit.language import parse

NOW = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)


def wanted(line: str) -> Filter:
    return parse(line, NOW).filter


@pytest.mark.fault("F39")
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", ""),
        ("op:push", ""),
        ("type:robot op:delete", ""),
        ("op:login", "nothing of this"),
        ("type:user", "nothing of this"),
        ("type:project op:pull", "nothing of this"),
        ("type:robot op:push", "nothing of this"),
        ("ok:no", "does not record whether something worked"),
    ],
)
def test_older_harbors_do_not_record_everything(line: str, says: str) -> None:
    found = unrecorded(wanted(line), old=True)
    assert says in found and bool(says) == bool(found)
    assert unrecorded(wanted(line), old=False) == ""


@pytest.mark.fault("F38")
def test_a_log_that_is_sent_elsewhere_alone_is_silent() -> None:
    settings = {"skip_audit_log_database": True, "audit_log_forward_endpoint": "siem:514"}
    assert "to siem:514 alone" in switched_off(settings, Filter())
    assert switched_off({"skip_audit_log_database": False}, Filter()) == ""


@pytest.mark.fault("F38")
@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", "pull_artifact, create_artifact"),
        ("op:push", "create_artifact"),
        ("op:pull", "pull_artifact"),
        ("type:artifact", "pull_artifact, create_artifact"),
        ("type:user", ""),
    ],
)
def test_types_that_are_switched_off_are_named_where_they_are_asked_for(
    line: str, names: str
) -> None:
    settings = {"disabled_audit_log_event_types": "pull_artifact, create_artifact"}
    found = switched_off(settings, wanted(line))
    assert found.endswith(f": {names}.") if names else found == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("op:login", "docker login"),
        ("type:project", "made public"),
        ("type:configuration", "Which setting"),
        ("type:robot", "refreshed"),
        ("type:tag", "its digest"),
    ],
)
def test_what_harbor_leaves_out_is_said(line: str, says: str) -> None:
    assert says in " ".join(limits(wanted(line)))
    assert not list(limits(wanted("res:x")))
