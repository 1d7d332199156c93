"""Times as people type them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbortui.audit.moments import EXAMPLES, SPANS, moment

NOW = datetime(2026, 11, 20, 9, 41, 2, 500_000, UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-20T09:41:02.500"),
        ("90s", "2026-11-20T09:39:32.500"),
        ("15m", "2026-11-20T09:26:02.500"),
        ("15min", "2026-11-20T09:26:02.500"),
        ("2h", "2026-11-20T07:41:02.500"),
        ("3d", "2026-11-17T09:41:02.500"),
        ("1w", "2026-11-13T09:41:02.500"),
        ("1y", "2025-11-20T09:41:02.500"),
        ("today", "2026-11-20T00:00"),
        ("yesterday", "2026-11-19T00:00"),
        ("09:00", "2026-11-20T09:00"),
        ("9:00", "2026-11-20T09:00"),
        ("23:00", "2026-11-19T23:00"),
        ("09:41:02.499", "2026-11-20T09:41:02.499"),
        ("09:41:03", "2026-11-19T09:41:03"),
        ("2026-10-03", "2026-10-03T00:00"),
        ("2026-10-03T04:05", "2026-10-03T04:05"),
        ("2026-10-03 04:05:06", "2026-10-03T04:05:06"),
        ("2026-10-03T04:05:06.789Z", "2026-10-03T04:05:06.789"),
        ("2026-10-03T04:05+01:00", "2026-10-03T03:05"),
    ],
)
def test_a_time_is_read(text: str, expected: str) -> None:
    assert moment(text, NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrow", "2", "2x", "25:00", "2026-13-01", "2026-11-20T", "9", "-2h", "999999y"),
        *("9999-12-31T23:59", "0001-01-01"),
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert moment(text, NOW) is None


def test_a_day_that_ends_something_counts_to_its_end() -> None:
    end = moment("2026-10-03", NOW, end=True)
    assert end == datetime(2026, 10, 3, 23, 59, 59, 999_000, UTC)
    assert moment("09:00", NOW, end=True) == moment("09:00", NOW)


def test_local_times_are_those_of_the_machine() -> None:
    local = moment("2026-10-03T04:05", NOW, local=True)
    assert local == datetime(2026, 10, 3, 4, 5).astimezone()


def test_examples_and_spans_are_times() -> None:
    assert all(moment(text, NOW) for text in (*EXAMPLES, *SPANS) if text)
    lengths = [NOW - found for text in SPANS if (found := moment(text, NOW))]
    assert lengths == sorted(lengths)
    assert lengths[3] == timedelta(days=1)


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    found = moment(text, NOW)
    assert found is None or found.tzinfo is UTC
