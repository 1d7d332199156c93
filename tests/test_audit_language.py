"""The filter language: what is understood, what is a mistake, and what would be right."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbortui.api.audit import Event
from harbortui.audit.filter import Filter, project_of
from harbortui.audit.language import Vocabulary, parse
from harbortui.audit.presets import presets
from harbortui.audit.words import KEYS, normal, replaced, terms, written
from harbortui.text import safe

NOW = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)
DIGEST = f"sha256:{'5d' * 32}"


def event(**more: object) -> Event:
    """Somebody pulls something, or what `more` says."""
    known = {
        "id": 1,
        "op_time": NOW,
        "operation": "pull",
        "resource_type": "artifact",
        "resource": "payments/api:v40",
        "username": "alice",
        "operation_description": f"pull artifact: payments/api@{DIGEST}",
        "operation_result": True,
    }
    return Event(**(known | more))  # type: ignore[arg-type]  # any of these


def wanted(line: str) -> Filter:
    parsed = parse(line, NOW)
    assert not parsed.mistakes
    return parsed.filter


@pytest.mark.parametrize(
    ("line", "takes"),
    [
        ("", True),
        ("user:alice", True),
        ("user:Alice", False),
        ("user:AL*", True),
        ("user:bob user:alice", True),
        ("user:bob,alice", True),
        ("user:ali", False),
        ("op:pull", True),
        ("op:Pull,delete", True),
        ("op:push", False),
        ("type:artifact", True),
        ("type:user", False),
        ("res:payments/api:v40", True),
        ("res:payments/api:v4", False),
        ("res:payments/api", True),
        ("res:payments", True),
        ("res:pay", False),
        ("res:payments/ap", False),
        ("res:payments/*", True),
        ("res:*:v40", True),
        ('res:"payments/*"', False),
        (f"res:payments/api@{DIGEST}", True),
        ("res:payments/api@sha256:5d5d", True),
        ("res:api@sha256:5d5d", False),
        (DIGEST, True),
        ("ok:yes", True),
        ("ok:no", False),
        ("API", True),
        ("alice v40", True),
        ("alice v41", False),
        ("-user:alice", False),
        ("-user:bob -op:push", True),
        ("-res:payments", False),
        ("-project:payments", False),
        ("-v40", False),
        ("-ok:no", True),
        ("since:1h until:now", True),
        ("until:1h", False),
        ("user:bob alice", False),
    ],
)
def test_an_event_is_taken_when_every_term_holds(line: str, takes: bool) -> None:
    assert wanted(line).takes(event()) is takes


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("op:dleete", "there is no operation “dleete”: op:delete"),
        ("type:artifacts", "there is no type of thing “artifacts”: type:artifact"),
        ("type:member", "Harbor does not record who becomes a member"),
        ("type:quotas", "Harbor does not record changes of quotas"),
        ("usr:alice", 'there is no key “usr”: user:, "usr:alice"?'),
        ("action:delete", "there is no key “action”: op:"),
        ("ok:maybe", "“maybe” is neither: ok:yes, ok:no?"),
        ("since:tomorrow", "“tomorrow” is no time: since:2h"),
        ("-since:2h", "since: cannot be excluded"),
        ("since:1h until:2h", "since is later than until"),
        ("project:a project:b", "one project at a time"),
        ('user:"alice', "this quote does not end"),
        ("user:", "user: wants a value"),
        ("alice -", "a minus excludes the word behind it"),
    ],
)
def test_a_mistake_is_said_with_the_words_that_would_be_right(line: str, says: str) -> None:
    [mistake] = parse(line, NOW).mistakes
    assert str(mistake).startswith(says)


def test_a_mistake_knows_its_place() -> None:
    line = "user:alice op:dleete nginx"
    [mistake] = parse(line, NOW).mistakes
    assert line[mistake.start : mistake.end] == "op:dleete"
    assert parse(line, NOW).filter.words == ("nginx",)


def test_a_name_with_a_colon_is_a_text_and_no_key() -> None:
    assert wanted("nginx:latest").words == ("nginx:latest",)
    assert wanted('"user:alice"').words == ("user:alice",)


def test_a_push_is_what_harbor_records_as_the_creation_of_an_artifact() -> None:
    assert wanted("op:push").takes(event(operation="create"))
    assert not wanted("op:push").takes(event(operation="create", resource_type="project"))
    assert not wanted("-op:push").takes(event(operation="create"))


@pytest.mark.parametrize(
    ("kind", "resource", "takes"),
    [
        ("repository", "payments/api", True),
        ("project", "payments", True),
        ("project", "pay", False),
        ("repository", "payments/ap", False),
        ("artifact", f"payments/api@{DIGEST}", False),
    ],
)
def test_the_trail_of_a_thing_has_the_deletion_of_what_it_was_in(
    kind: str, resource: str, takes: bool
) -> None:
    gone = event(operation="delete", resource_type=kind, resource=resource)
    assert wanted("res:payments/api:v40").takes(gone) is takes
    assert wanted("-res:payments/api:v40").takes(gone)
    assert not wanted("res:payments/api:v40").takes(replace(gone, operation_result=False))


def test_an_older_row_neither_worked_nor_failed() -> None:
    old = event(operation_result=None, operation_description="")
    assert not wanted("ok:yes").takes(old) and not wanted("ok:no").takes(old)


@pytest.mark.parametrize(
    ("kind", "resource", "project"),
    [
        ("artifact", "payments/team/api:v1", "payments"),
        ("project", "payments", "payments"),
        ("robot", "robot$payments+deploy", "payments"),
        ("robot", "robot$ci-pusher", ""),
        ("user", "alice", ""),
    ],
)
def test_the_project_of_an_event_is_found_from_its_thing(
    kind: str, resource: str, project: str
) -> None:
    assert project_of(event(resource_type=kind, resource=resource)) == project


def test_harbors_own_words_are_added_to_the_vocabulary() -> None:
    newer = Vocabulary().with_types(["create_member", "archive_project"])
    line = "type:member op:archive"
    assert len(parse(line, NOW).mistakes) == 2
    assert not parse(line, NOW, vocabulary=newer).mistakes
    seen = Vocabulary().with_events([event(operation="sign", resource_type="sbom")])
    assert "sign" in seen.operations and "sbom" in seen.types


@given(st.text(min_size=1, max_size=20), st.sampled_from(["", *KEYS]), st.booleans())
def test_what_is_written_is_read_again(value: str, key: str, minus: bool) -> None:
    line = f"alice {written(value, key, minus)} op:pull"
    first, found, last = terms(line)
    assert (found.value, found.key, found.minus) == (value, key, minus)
    assert (first.value, last.value) == ("alice", "pull")


@given(st.text(alphabet='ab:"\\- *,opuser', max_size=30))
def test_no_line_breaks_the_language(line: str) -> None:
    parsed = parse(line, NOW)
    assert all(0 <= one.start <= one.end <= len(line) for one in parsed.mistakes)


@given(st.text(max_size=20), st.sampled_from(["", *KEYS]))
def test_what_is_written_can_be_shown(value: str, key: str) -> None:
    line = normal(written(value, key))
    assert safe(line) == line and normal(line) == line


def test_hostile_names_are_written_out_and_meant_the_same() -> None:
    line = 'user:"a\x1b]0;x\x07" \u202ex'
    assert normal(line) == 'user:"a\\x1b]0;x\\x07" "\\u202ex"'
    assert [one.value for one in terms(normal(line))] == [one.value for one in terms(line)]
    [literal] = terms('"a\\\\x1b"')
    assert literal.value == "a\\x1b"


def test_a_term_is_replaced_and_taken_away() -> None:
    line = 'user:alice since:2h "a b"'
    assert replaced(line, "since", "1d") == 'user:alice "a b" since:1d'
    assert replaced(line, "since", "") == 'user:alice "a b"'
    assert replaced("-user:bob", "user", "a b") == '-user:bob user:"a b"'


def test_every_preset_is_understood_and_hides_the_scanners_robots() -> None:
    for preset in presets('a "b"'):
        assert not parse(preset.text, NOW).mistakes, preset
    deletions = wanted(next(one.text for one in presets("x") if one.name == "deletions"))
    robot = event(operation="delete", resource_type="robot", resource="robot$p+hbscan-Trivy-1")
    assert not deletions.takes(robot)
    assert deletions.takes(event(operation="delete", resource_type="robot", resource="robot$p+ci"))
