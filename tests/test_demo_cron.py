"""The demo's cron lines and patterns, which Harbor reads in its own way."""

from datetime import UTC, datetime

import pytest

from harbortui.demo import cron, patterns

FRIDAY = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("0 0 0 * * *", datetime(2026, 11, 21, tzinfo=UTC)),
        ("0 45 9 * * *", datetime(2026, 11, 20, 9, 45, tzinfo=UTC)),
        ("0 15 3 * * 6", datetime(2026, 11, 21, 3, 15, tzinfo=UTC)),
        ("0 0 0 * * SUN", datetime(2026, 11, 22, tzinfo=UTC)),
        ("0 */20 * * * *", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("0 30 6 1 JAN-MAR *", datetime(2027, 1, 1, 6, 30, tzinfo=UTC)),
        ("0 0 12 24 * 1", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("0 0 0 29 2 *", datetime(2028, 2, 29, tzinfo=UTC)),
    ],
)
def test_a_line_is_due_next_when_cron_would_run_it(line, due):
    assert cron.mistake(line) == ""
    assert cron.following(line, FRIDAY) == due


def test_a_line_that_is_never_due_has_the_zero_time():
    assert cron.following("0 0 0 31 2 *", FRIDAY).year == 1


@pytest.mark.parametrize(
    "line", ["0 2 * * *", "0 0 2 * * * *", "@daily", "0 61 * * * *", "0 a * * * *"]
)
def test_a_line_that_cannot_be_read_is_a_mistake(line):
    assert cron.mistake(line)


def test_a_line_may_run_once_a_minute_at_most():
    assert cron.seconds_refused("* * * * * *")
    assert not cron.seconds_refused("0 * * * * *")


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("library/*", "library/hello", True),
        ("library/*", "library/deep/hello", False),
        ("library/**", "library/deep/hello", True),
        ("**", "a/b/c", True),
        ("**/hello", "hello", True),
        ("**/hello", "library/deep/hello", True),
        ("v1.?", "v1.2", True),
        ("v1.?", "v1.22", False),
        ("{loki,tempo}", "tempo", True),
        ("{loki,tempo}", "mimir", False),
        ("v[0-9]", "v7", True),
        ("v[!0-9]", "v7", False),
        ("a.b", "axb", False),
    ],
)
def test_a_pattern_fits_as_doublestar_has_it(pattern, text, fits):
    assert patterns.matches(pattern, text) is fits
