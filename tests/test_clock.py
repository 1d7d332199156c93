"""Moments are written by the server's clock, as the reader likes."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harbortui.clock import MODES, Clock, age, ago, aware, moment_in, until

NOW = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)
ZERO = datetime(1, 1, 1, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW.timestamp)


@pytest.fixture(autouse=True)
def in_vienna(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local time is another one than UTC."""
    monkeypatch.setenv("TZ", "Europe/Vienna")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "< 1 min"),
        (59.9, "< 1 min"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (86399, "23 h"),
        (86400, "1 d"),
        (364 * 86400, "364 d"),
        (365 * 86400, "1 y"),
        (900 * 86400, "2 y"),
        (-30, "in < 1 min"),
        (-6 * 86400, "in 6 d"),
    ],
)
def test_an_age_has_one_unit(seconds: float, words: str) -> None:
    assert age(seconds) == words


def test_times_are_ages_utc_and_local_in_turn(clock: Clock) -> None:
    moment = NOW - timedelta(hours=3)
    shown = []
    for _ in MODES:
        shown.append(clock.show(moment))
        clock.turn()
    assert shown == ["3 h", "2026-11-20 06:41:02", "2026-11-20 07:41:02"]
    assert clock.mode == "relative"


def test_details_have_date_zone_and_distance(clock: Clock) -> None:
    assert clock.full(NOW - timedelta(days=2)) == "2026-11-18 09:41:02 UTC, 2 d ago"
    assert clock.full(NOW + timedelta(days=2)) == "2026-11-22 09:41:02 UTC, in 2 d"
    clock.mode = "local"
    assert clock.full(NOW) == "2026-11-20 10:41:02, < 1 min ago"


def test_what_happens_now_is_not_yet_to_come_by_a_clock_of_whole_seconds(clock: Clock) -> None:
    begun = NOW + timedelta(seconds=1)
    assert clock.show(begun) == "< 1 min"
    assert clock.full(begun).endswith("UTC, < 1 min ago")
    assert clock.show(NOW + timedelta(seconds=3)) == "in < 1 min"


@pytest.mark.fault("F35")
def test_what_has_ended_in_the_future_is_not_said_to_be_past() -> None:
    assert [ago(n * 3600) for n in (3, -3)] == ["3 h ago", "in 3 h"]


@pytest.mark.fault("F35")
@pytest.mark.parametrize("never", [None, ZERO, ZERO.replace(tzinfo=None)])
def test_harbors_zero_time_is_never(clock: Clock, never: datetime | None) -> None:
    for _ in MODES:
        assert clock.show(never) == "-"
        assert clock.full(never) == "never"
        clock.turn()


@pytest.mark.fault("F35")
def test_the_servers_clock_counts(clock: Clock) -> None:
    clock.offset = lambda: 3600.0
    assert clock.now() == NOW + timedelta(hours=1)
    assert clock.show(NOW) == "1 h"


@pytest.mark.fault("F35")
def test_a_moment_without_a_zone_is_utc_and_others_are_converted(clock: Clock) -> None:
    assert aware(NOW.replace(tzinfo=None)) == NOW
    clock.mode = "utc"
    east = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=5)))
    assert clock.show(east) == "2026-11-20 07:00:00"
    assert until(NOW.replace(tzinfo=None), NOW - timedelta(hours=1)) == timedelta(hours=1)


ZONES = [None, UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))]


@given(st.datetimes(timezones=st.sampled_from(ZONES)))
@example(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
@example(datetime(9999, 12, 31, 23, 59, 59, tzinfo=ZONES[3]))
@example(datetime(2, 1, 1, tzinfo=ZONES[2]))
def test_every_moment_can_be_written(moment: datetime) -> None:
    clock = Clock(NOW.timestamp)
    for _ in MODES:
        assert clock.show(moment)
        assert clock.full(moment)
        clock.turn()


@pytest.mark.parametrize(
    "text", ["", "2026-11-20", "2026-11-20 06:41:02", "x" * 30, "9999-99-99T00:00:00Z"]
)
def test_what_is_no_moment_stays_a_text(text: str) -> None:
    assert moment_in(text) is None


def test_a_moment_in_json_is_found() -> None:
    assert moment_in("2026-11-20T09:41:02Z") == NOW
