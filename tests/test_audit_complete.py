"""What the filter line offers."""

from datetime import UTC, datetime

import pytest

from harbortui.api.audit import Event
from harbortui.audit.complete import Known, complete
from harbortui.audit.language import Vocabulary

NOW = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)
KNOWN = Known(Vocabulary().with_types(["create_member"])).with_events(
    [
        Event(1, NOW, "pull", "artifact", "payments/api:v1", "alice"),
        Event(2, NOW, "login", "user", "a b", "a b"),
    ]
)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("u", ["user:", "until:"]),
        ("-u", ["user:", "until:"]),
        ("user:", ['user:"a b"', "user:alice"]),
        ("user:L", ["user:alice"]),
        ("op:pu", ["op:pull", "op:push"]),
        ("type:m", ["type:member"]),
        ("res:api", ["res:payments/api:v1"]),
        ("project:", ["project:payments"]),
        ("ok:", ["ok:yes", "ok:no"]),
        ("nosuch:", []),
    ],
)
def test_keys_and_harbors_values_are_offered(line: str, offered: list[str]) -> None:
    found = complete(line, len(line), KNOWN)
    texts = [one.text for one in found.candidates]
    assert texts[: len(offered)] == offered if offered else not texts


def test_between_terms_all_keys_are_offered() -> None:
    assert len(complete("user:alice ", 11, KNOWN).candidates) == 8
    assert len(complete("", 0, KNOWN).candidates) == 8


def test_a_candidate_takes_the_place_of_what_was_typed() -> None:
    line = "op:pull -us nginx"
    found = complete(line, 11, KNOWN)
    assert found.into(line, "user:") == ("op:pull -user: nginx", 14)
    line = "op:pu nginx"
    assert complete(line, 5, KNOWN).into(line, "op:push") == ("op:push nginx", 8)
