"""The store behind the demo's audit log, with stored and with generated events."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import perf_counter

import pytest

from harbortui.demo import Clock, query
from harbortui.demo.event import Event
from harbortui.demo.eventlog import EventLog, milliseconds
from harbortui.demo.found import Found, find
from harbortui.demo.generated import PERIOD, Generated

COUNT = 10_000_000
KINDS = [
    Event(
        0,
        0,
        username=f"user{number % 30}",
        operation=("pull", "create", "delete")[number % 3],
        resource_type="artifact",
        resource=f"project-{number % 40}/api:v{number}",
        description=f"artifact {number}",
        succeeded=number % 50 != 0,
        project_id=number % 40,
    )
    for number in range(1_000)
]


def log_of(count: int) -> EventLog:
    clock = Clock()
    return EventLog(clock, Generated(count, milliseconds(clock()) - 500, KINDS, [1.0] * len(KINDS)))


def ask(log: EventLog, q: str = "", sort: str = "", allowed: frozenset[int] | None = None) -> Found:
    return find(log, query.terms(q), sort, allowed)


def ids(found: Found, size: int = 100) -> list[int]:
    return [row["id"] for row in found[:size]]


@pytest.fixture
def log() -> EventLog:
    return EventLog(Clock())


@pytest.fixture(scope="module")
def huge() -> EventLog:
    return log_of(COUNT)


def test_an_event_is_answered_with_harbors_keys_and_milliseconds(log):
    log.append("alice", "delete", "project", "payments", succeeded=False, project_id=4)
    assert list(ask(log)[:1]) == [
        {
            "id": 1,
            "op_time": "2026-11-20T09:41:02.000Z",
            "operation": "delete",
            "operation_description": "delete project: payments",
            "operation_result": False,
            "resource": "payments",
            "resource_type": "project",
            "username": "alice",
        }
    ]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("", [6, 5, 4, 3, 2, 1]),
        ("id=[2~3]", [3, 2]),
        ("id=[5~]", [6, 5]),
        ("id=[~2]", [2, 1]),
        ("id={1 3 99}", [3, 1]),
        ("id=4", [4]),
        ("username=~USER-1", [2]),
        ("username=user-1,id=[3~]", []),
        ("op_result=false", [6, 4, 2]),
        ("operation_result=false", [6, 5, 4, 3, 2, 1]),
        ("nosuch=1", [6, 5, 4, 3, 2, 1]),
        ("operation={create delete}", [6, 5, 4, 3, 2, 1]),
        ("operation=(create delete)", [6, 5, 4, 3, 2, 1]),
        ("op_time=[2026-11-20T09:41:04~2026-11-20T09:41:06]", [5, 4, 3]),
        ("op_time=[2026-11-20T09:41:05.900~]", [6, 5, 4]),
        ("op_time=[2026-11-20T09:41:05.900Z~]", [6, 5]),
        ("op_time=[2026-11-20 09:41:06~]", [6, 5]),
        ("op_time=[2026-11-20~]", [6, 5, 4, 3, 2, 1]),
        ("op_time=[yesterday~]", [6, 5, 4, 3, 2, 1]),
    ],
)
def test_a_query_finds_what_harbor_would_find(log, q, expected):
    for number in range(6):
        log.append(f"user-{number}", "create", "user", f"user-{number}", succeeded=number % 2 == 0)
        log.clock.advance(1)
    assert ids(ask(log, q)) == expected


def test_a_range_of_ids_that_is_not_of_numbers_breaks_the_server(log):
    with pytest.raises(query.Refusal) as refused:
        ask(log, "id=[5~x]")
    assert refused.value.status == 500


def test_sorting_goes_by_the_first_column_that_harbor_knows(log):
    for name in ("carol", "alice", "bob"):
        log.append(name, "create", "user", name)
        log.clock.advance(1)
    assert ids(ask(log, sort="nosuch,username")) == [2, 3, 1]
    assert ids(ask(log, sort="-username")) == [1, 3, 2]
    assert ids(ask(log, sort="op_time")) == [1, 2, 3]


def test_an_event_whose_commit_is_late_appears_below_others(log):
    late = log.append("alice", "create", "user", "x", late=5)
    log.append("bob", "create", "user", "y")
    assert ids(ask(log)) == [2]
    log.clock.advance(5)
    assert ids(ask(log, sort="id")) == [late, 2]


def test_events_whose_times_are_out_of_step_are_found_and_sorted_by_time(log):
    for seconds in (5, 1, 3):
        at = log.clock() + timedelta(seconds=seconds)
        log.append("alice", "create", "user", "x", at=at)
    assert ids(ask(log)) == [1, 3, 2]
    assert ids(ask(log, sort="-id")) == [3, 2, 1]
    assert ids(ask(log, "op_time=[2026-11-20T09:41:05~2026-11-20T09:41:07]")) == [1, 3]


def test_burnt_ids_never_have_an_event(log):
    log.append("alice", "create", "user", "x")
    log.burn(3)
    assert log.append("alice", "create", "user", "y") == 5
    assert ids(ask(log, "id=[2~]")) == [5]


def test_rewinding_draws_ids_again(log):
    for number in range(5):
        log.append("alice", "create", "user", f"{number}")
    log.rewind(2)
    assert log.append("bob", "delete", "user", "other") == 3
    assert [row["username"] for row in ask(log, sort="id")[:9]] == ["alice", "alice", "bob"]


def test_purging_removes_old_events_of_a_kind_and_counts_them(log):
    for operation in ("pull", "create", "pull"):
        log.append("alice", operation, "artifact", "a/b:1")
        log.clock.advance(3600)
    before = log.clock() - timedelta(hours=1)
    assert log.purge(before, "pulls", lambda event: event.operation == "pull") == 1
    assert ids(ask(log, sort="id")) == [2, 3]


def test_generated_times_never_fall_and_end_now(huge):
    base = huge.base
    times = [base.at(number) for number in range(1, COUNT + 1, 997)]
    near = [base.at(number) for number in range(5_000_000, 5_010_000)]
    assert times == sorted(times)
    assert near == sorted(near)
    assert 0 <= huge.now() - base.at(COUNT) < 60_000
    gaps = [later - earlier for earlier, later in pairwise(near)]
    assert max(gaps) > 100 * min(gaps)


def test_a_generated_log_finds_the_same_as_looking_at_every_event():
    log = log_of(20_000)
    everything = ask(log, sort="id")[:30_000]
    for q, wanted in {
        "username=~user7,id=[300~900]": lambda row: (
            row["username"] == "user7" and 300 <= row["id"] <= 900
        ),
        "operation={pull delete}": lambda row: row["operation"] != "create",
        "op_result=false": lambda row: not row["operation_result"],
        "resource=project-3/api:v43": lambda row: row["resource"] == "project-3/api:v43",
    }.items():
        found = ask(log, q, "id")
        assert found[:30_000] == [row for row in everything if wanted(row)]
        assert len(found) == len(found[:30_000])


def test_pages_of_a_generated_log_fit_together_and_with_what_was_appended(huge):
    for _ in range(150):
        huge.append("admin", "login", "user", "admin", "login")
    found = ask(huge)
    assert len(found) == COUNT + 150
    assert [row["id"] for row in found[100:300]] == list(range(COUNT + 50, COUNT - 150, -1))
    assert [row["id"] for row in found[COUNT + 148 : COUNT + 200]] == [2, 1]


def test_a_moment_leads_to_the_first_event_after_it(huge):
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    first = ask(huge, "op_time=[2026-03-01T12:00:00~2026-03-01T13:00:00]", "id")[0]
    assert huge.base.at(first["id"] - 1) < milliseconds(moment) <= huge.base.at(first["id"])


def test_only_events_of_allowed_projects_are_found(huge):
    rows = ask(huge, "id=[1000~2000]", allowed=frozenset([3, 4]))[:2000]
    assert {row["resource"].partition("/")[0] for row in rows} == {"project-3", "project-4"}


def test_purging_a_generated_log_leaves_the_other_kinds_and_later_events():
    log = log_of(3 * PERIOD)
    middle = datetime.fromtimestamp(log.base.at(PERIOD) / 1000, UTC)
    pulls = ask(log, "operation=pull")
    before = len(pulls)
    gone = log.purge(middle, "pulls", lambda event: event.operation == "pull")
    assert before - len(ask(log, "operation=pull")) == gone > 30_000
    assert ids(ask(log, "operation=pull", "id"), 1)[0] >= PERIOD
    assert ids(ask(log, "operation=create", "id"), 1)[0] < 20
    assert len(ask(log)) == 3 * PERIOD - gone
    assert len(ask(log, "id={1 2 3 4 5}")) < 5


@pytest.mark.parametrize(
    "q",
    [
        "id=[9999000~9999099]",
        "username=~user7,id=[3000000~5000000]",
        "resource=~project-3/api:v43,id=[1~2000000]",
        "op_time=[2026-03-01T00:00:00~2026-03-01T00:01:00]",
        "op_desc=~nothing",
    ],
)
def test_a_request_to_ten_million_events_is_answered_at_once(huge, q):
    begin = perf_counter()
    ask(huge, q, "-id")[:100]
    assert perf_counter() - begin < 0.5
