"""Rows with a line wherever a day begins."""

from hypothesis import given
from hypothesis import strategies as st

from harbortui.shown import Heading
from harbortui.widgets.daily import Daily


def rows_of(hours: list[int]) -> Daily[int]:
    """Rows that are their own number, ten of them an hour."""
    return Daily(hours, lambda hour: hour, lambda hour: f"day {hour // 24}")


def shown(rows: Daily[int]) -> list[str]:
    found = [rows.row(place) for place in range(len(rows))]
    return [row.title.split("  ")[0] if isinstance(row, Heading) else str(row) for row in found]


def test_every_day_has_a_line_above_it() -> None:
    rows = rows_of([1, 23, 25, 26, 100])
    assert shown(rows) == ["day 0", "1", "23", "day 1", "25", "26", "day 4", "100"]
    assert [rows.index(number) for number in (1, 25, 100, 50)] == [1, 4, 7, None]
    assert rows.row(8) is None and rows.row(-1) is None
    assert len(rows_of([])) == 0 and rows_of([]).index(1) is None


@given(st.lists(st.integers(0, 2000), unique=True, min_size=1).map(sorted))
def test_rows_are_where_they_are_said_to_be(hours: list[int]) -> None:
    rows = rows_of(hours)
    days = [f"day {hour // 24}" for hour in hours]
    assert len(rows) == len(hours) + len(set(days))
    for hour in hours:
        place = rows.index(hour)
        assert place is not None and rows.row(place) == hour


def test_of_many_rows_few_are_looked_at() -> None:
    looked = []

    def day(hour: int) -> str:
        looked.append(hour)
        return f"day {hour // 2400}"

    assert len(Daily(range(20_000), lambda hour: hour, day)) == 20_009
    assert len(looked) < 600
