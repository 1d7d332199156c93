"""What Harbor is asked for finds everything that a filter wants."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harbortui.api.audit import Event
from harbortui.audit.filter import Excluded, Filter
from harbortui.audit.language import parse
from harbortui.audit.pattern import Pattern
from harbortui.audit.queries import MOST, is_open, queries
from harbortui.demo import Clock, query
from harbortui.demo.eventlog import EventLog
from harbortui.demo.found import find

NOW = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)
DIGEST = f"sha256:{'ab' * 32}"
NAMES = st.sampled_from(
    ["alice", "Alice", "robot$a+b", "a b", "~x", "[x", "a,b", "\\x", " x", "12", "100%", "{a}"]
)
THINGS = st.sampled_from(
    [
        "payments",
        "payments/api",
        "payments/api:v1",
        "payments/api:v2",
        f"payments/api@{DIGEST}",
        "payments/api-gateway:v1",
        "shop/api:v1",
        "robot$payments+ci",
        "12",
        "a,b",
        DIGEST,
    ]
)
OPERATIONS = st.sampled_from(["create", "delete", "pull", "push", "login"])
TYPES = st.sampled_from(["artifact", "repository", "project", "user", "robot"])
WORDS = st.sampled_from(["api", "ALICE", "v1", "a,b", "payments/", "ab" * 8, " x", "12"])
PATTERNS = st.builds(
    Pattern, st.one_of(THINGS, st.sampled_from(["payments/*", "*v1", "*", "p*api*"])), st.booleans()
)
SETTINGS = settings(max_examples=300, deadline=None)


@st.composite
def events(draw: st.DrawFn) -> Event:
    operation = draw(OPERATIONS.filter(lambda one: one != "push"))
    kind, thing = draw(TYPES), draw(THINGS)
    said = f"{operation} {kind}: {thing}"
    if kind == "artifact":
        said = f"{operation} artifact: {thing.partition(':')[0]}@{DIGEST}"
        said = f"{operation} artifact: {thing}" if "@" in thing else said
    worked = draw(st.booleans())
    return Event(1, NOW, operation, kind, thing, draw(NAMES), said, worked)


FILTERS = st.builds(
    Filter,
    users=st.lists(st.builds(Pattern, NAMES, st.booleans()), max_size=2).map(tuple),
    operations=st.lists(OPERATIONS, max_size=2, unique=True).map(tuple),
    types=st.lists(TYPES, max_size=2, unique=True).map(tuple),
    things=st.lists(PATTERNS, max_size=4).map(tuple),
    words=st.lists(WORDS, max_size=2).map(tuple),
    worked=st.sampled_from([None, True, False]),
    excluded=st.lists(
        st.builds(Excluded, st.sampled_from(["user", "res", ""]), PATTERNS), max_size=1
    ).map(tuple),
)


def found(event: Event, q: str, old: bool = False) -> bool:
    """Whether Harbor would find the event."""
    log = EventLog(Clock())
    what = (event.username, event.operation, event.resource_type, event.resource)
    log.append(
        *what, event.operation_description or "", succeeded=event.operation_result is not False
    )
    return bool(len(find(log, query.terms(q.replace("%", "%25").replace("+", "%2B")), "", old=old)))


@SETTINGS
@given(FILTERS, events())
def test_nothing_that_is_wanted_is_missed(wanted: Filter, event: Event) -> None:
    asked = queries(wanted)
    assert len(asked) <= MOST
    if wanted.takes(event):
        assert any(found(event, q) for q in asked)


@SETTINGS
@given(FILTERS.filter(lambda one: one.worked is None), events())
def test_nothing_that_is_wanted_is_missed_in_an_older_log(wanted: Filter, event: Event) -> None:
    old = Event(1, NOW, event.operation, event.resource_type, event.resource, event.username)
    recorded = event.resource_type != "user" and event.operation in ("create", "delete", "pull")
    if recorded and wanted.takes(old):
        assert any(
            found(event, q, old=True) or event.kind in UNRECORDED for q in queries(wanted, old=True)
        )


UNRECORDED = ("pull_repository", "pull_project", "pull_robot")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("", ("",)),
        ("user:alice", ("username=alice",)),
        ("user:al*", ("username=~al",)),
        ("user:alice user:bob", ("username={alice bob}",)),
        ("user:alice user:12", ("username=alice", "username=12")),
        (
            "user:alice user:b* ok:no",
            ("op_result=false,username=alice", "op_result=false,username=~b"),
        ),
        ("user:alice user:b* res:*x", ("resource=~x",)),
        ("op:push", ("operation=create,resource_type=artifact",)),
        ("op:push,delete", ("operation={create delete}",)),
        ("ok:no type:user", ("resource_type=user,op_result=false",)),
        ('user:"[x"', ("username=\\[x",)),
        ('user:"a,b"', ("",)),
        ("nginx", ("username=~nginx", "resource=~nginx", "op_desc=~nginx")),
        ("ab nginx", ("username=~nginx", "resource=~nginx", "op_desc=~nginx")),
        ("user:alice nginx", ("username=alice",)),
        ("res:library/*", ("resource=~library/",)),
        (
            "res:payments/api:v1",
            (
                "resource=~payments/api:v1",
                "operation=delete,resource_type=repository,resource=payments/api",
                "operation=delete,resource_type=project,resource=payments",
            ),
        ),
        ("op:pull res:payments/api:v1", ("operation=pull,resource=~payments/api:v1",)),
        ("-user:alice since:1h", ("",)),
        ("type:robot op:push", ("operation=create,resource_type=robot",)),
    ],
)
def test_harbor_is_asked_for_what_it_can_find(line: str, asked: tuple[str, ...]) -> None:
    assert queries(parse(line, NOW).filter) == asked


def test_an_older_harbor_is_not_asked_for_what_it_would_ignore() -> None:
    wanted = parse(f"ok:no res:payments/api@{DIGEST}", NOW).filter
    assert all("op_" not in q for q in queries(wanted, old=True))
    assert queries(parse("nginx", NOW).filter, old=True) == ("username=~nginx", "resource=~nginx")


@pytest.mark.parametrize(
    ("line", "is_so"),
    [("", True), ("since:1h", True), ("-user:x", True), ("project:a", False), ("user:x", False)],
)
def test_an_open_filter_sees_every_id(line: str, is_so: bool) -> None:
    assert is_open(parse(line, NOW).filter) is is_so
