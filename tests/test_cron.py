"""Schedules: what github.com/robfig/cron 3.0.1 answered to the same lines stands in the tables."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from harbortui.api import cron
from harbortui.resources.recurring import in_words

NOW = "2026-11-20T09:41:02Z"
DUE = [
    ("0 0 2 * * *", NOW, "2026-11-21T02:00:00Z"),
    ("0 0 2 * * *", "2026-11-20T01:59:59Z", "2026-11-20T02:00:00Z"),
    ("0 0 2 * * *", "2026-11-20T02:00:00Z", "2026-11-21T02:00:00Z"),
    ("0 19 * * * *", NOW, "2026-11-20T10:19:00Z"),
    ("0 0 0 * * 0", NOW, "2026-11-22T00:00:00Z"),
    ("0 15 3 * * 6", "2026-11-21T06:40:00Z", "2026-11-28T03:15:00Z"),
    ("0 0 0 1 * *", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"),
    ("0 0 0 29 2 *", NOW, "2028-02-29T00:00:00Z"),
    ("0 0 0 1 * 1", NOW, "2026-11-23T00:00:00Z"),
    ("0 0 0 */2 * 1", NOW, "2026-11-21T00:00:00Z"),
    ("0 0 0 */1 * 1", NOW, "2026-11-23T00:00:00Z"),
    ("0 0 0 ? * MON-fri", NOW, "2026-11-23T00:00:00Z"),
    ("0 0 4 * JAN,jul *", NOW, "2027-01-01T04:00:00Z"),
    ("0 */20 8-10 * * *", NOW, "2026-11-20T10:00:00Z"),
    ("0 5/20 * * * *", NOW, "2026-11-20T09:45:00Z"),
    ("30 0 0 * * *", NOW, "2026-11-21T00:00:30Z"),
    ("* * * * * *", "2026-11-20T09:41:02.5Z", "2026-11-20T09:41:03Z"),
    ("0 0 0 31 * *", "2026-11-30T09:41:02Z", "2026-12-31T00:00:00Z"),
    ("0 0 12 * * 0,3", NOW, "2026-11-22T12:00:00Z"),
    ("0 59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"),
]
UNREADABLE = (
    "bad|0 0 2 * *|0 60 * * * *|0 0 24 * * *|0 0 0 0 * *|0 0 0 * 13 *|0 0 0 * * 7|0 5-1 * * * *|"
    "0 1-2-3 * * * *|0 1/2/3 * * * *|0 */0 * * * *|0 x * * * *|@daily|0 -5 * * * *||0 ² * * * *"
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("line", "after", "due"), DUE)
def test_a_line_is_due_when_harbor_runs_it(line: str, after: str, due: str) -> None:
    assert cron.next_run(line, moment(after)) == moment(due)


def test_the_gap_that_harbor_recorded_is_reproduced() -> None:
    recorded = moment("2026-11-28T03:15:00.000Z")
    assert cron.next_run("0 15 3 * * 6", moment("2026-11-21T06:40:00.238Z")) == recorded


@pytest.mark.parametrize("line", ["0 0 0 30 2 *", ", * * * * *"])
def test_a_line_that_is_never_due_has_no_next_run(line: str) -> None:
    assert cron.read(line) is not None
    assert cron.next_run(line, moment(NOW)) is None


@pytest.mark.parametrize("line", UNREADABLE.split("|"))
def test_a_line_that_harbor_cannot_read_has_no_next_run_and_is_refused(line: str) -> None:
    assert cron.next_run(line, moment(NOW)) is None
    with pytest.raises(ValueError, match=r"six fields|is no|a schedule such as"):
        cron.check(line)


def test_other_zones_are_reckoned_in_utc() -> None:
    east = datetime(2026, 11, 20, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    assert cron.next_run("0 0 2 * * *", east) == datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "words"),
    [("5 0 2 * * *", "must be 0"), ("* * * * * *", "must be 0"), ("0 * * * * *", "every minute")],
)
def test_what_only_old_harbors_take_is_refused(line: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        cron.check(line)


def test_a_good_line_is_kept_without_spare_blanks() -> None:
    assert cron.check("  0  0 2 * *  MON ") == "0 0 2 * * MON"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("0 0 2 * * *", "daily 02:00"),
        ("0 0 0 * * 0", "weekly Sun 00:00"),
        ("0 0 4 * * 1,4", "weekly Mon, Thu 04:00"),
        ("0 30 6 * * 1-5", "workdays 06:30"),
        ("0 0 * * * *", "hourly"),
        ("0 19 * * * *", "hourly :19"),
        ("0 */15 * * * *", "every 15 min"),
        ("0 30 */6 * * *", "every 6 h :30"),
        ("0 0 4 1,22 * *", "monthly 1st, 22nd 04:00"),
        ("0 0 4 13 * ?", "monthly 13th 04:00"),
        ("0 0 */5 * * *", "0 0 */5 * * *"),
        ("0 0 4 1 * 1", "0 0 4 1 * 1"),
        ("0 0 4 1 6 *", "0 0 4 1 6 *"),
        ("5 0 4 * * *", "5 0 4 * * *"),
        ("bad", "bad"),
        ("", ""),
    ],
)
def test_a_schedule_is_said_in_words_or_left_as_it_is(line: str, words: str) -> None:
    assert in_words(line) == words
