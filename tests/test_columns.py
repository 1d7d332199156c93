"""Which columns there is room for, and how wide each of them is."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from harbortui.clock import Clock
from harbortui.resources.core import Column, When
from harbortui.widgets.columns import EDGE, LEFT, NARROW, Layout
from harbortui.widgets.ink import parts, plain

NAME: Column[tuple[str, ...]] = Column("NAME", lambda row: row[0], grow=True)
SIZE: Column[tuple[str, ...]] = Column("SIZE", lambda row: row[1], right=True, sort="size")
NOTE: Column[tuple[str, ...]] = Column("NOTE", lambda row: row[2], wide=True)
ALL = (NAME, SIZE, NOTE)


def arranged(
    *rows: tuple[str, ...], room: int = 120, wide: bool = False, layout: Layout | None = None
) -> Layout:
    layout = layout or Layout(ALL)
    clock = Clock()
    written = [[parts(column.cell(row), clock) for column in ALL] for row in rows]
    layout.measure(written, room, wide)
    return layout


def test_columns_are_as_wide_as_what_they_hold_or_their_title() -> None:
    layout = arranged(("a", "1,000,000", "x"), ("abcdefgh", "2", ""))
    assert layout.shown == [0, 1, 2]
    assert layout.widths == [8, 9, 4]


def test_a_column_that_can_be_sorted_has_room_for_the_arrow() -> None:
    assert arranged(("a", "1", "")).widths == [4, 6, 4]


def test_columns_are_packed_to_the_left_three_apart_and_two_on_narrow_screens() -> None:
    assert arranged(("a", "1", ""), room=NARROW).gap == 3
    assert arranged(("a", "1", ""), room=NARROW - 1).gap == 2


def test_wide_columns_are_hidden_on_narrow_screens_unless_asked_for() -> None:
    assert arranged(("a", "1", "x"), room=80).shown == [0, 1]
    assert arranged(("a", "1", "x"), room=80, wide=True).shown == [0, 1, 2]


def test_widths_grow_and_do_not_shrink_while_one_scrolls() -> None:
    layout = arranged(("abcdefghij", "1", ""))
    assert arranged(("a", "1", ""), layout=layout).widths[0] == 10
    assert arranged(("a" * 20, "1", ""), layout=layout).widths[0] == 20


def test_a_growing_column_gives_way_first() -> None:
    layout = arranged(("n" * 200, "1" * 10, ""), room=80)
    assert layout.widths == [80 - LEFT - EDGE - 2 - 10, 10]


def test_columns_at_the_right_go_when_there_is_no_room_for_names() -> None:
    layout = arranged(("n" * 50, "1" * 25, "x" * 20), room=40)
    assert layout.shown == [0]
    assert layout.widths == [35]


def test_where_all_are_asked_for_those_go_first_that_are_seen_anyway() -> None:
    assert arranged(("n" * 50, "1" * 25, "x" * 20), room=40, wide=True).shown == [0, 2]
    assert arranged(("n" * 50, "1" * 60, "x" * 60), room=40, wide=True).shown == [0]


def test_times_are_written_in_brief_before_columns_go() -> None:
    moment = When(datetime(2026, 5, 4, 3, 56, 36, tzinfo=UTC))
    layout, clock = Layout(ALL), Clock(datetime(2026, 5, 5, tzinfo=UTC).timestamp, "utc")
    written = [[parts(cell, clock) for cell in ("name", "1" * 20, moment)]]
    for room, widths in ((60, [4, 20, 19]), (45, [4, 20, 10]), (40, [4, 10])):
        layout.measure(written, room, True, times={2})
        assert layout.widths == widths
    assert plain(parts(moment, clock, 10)) == "2026-05-04"
    assert plain(parts(When(clock.now()), clock, 10)) == "00:00:00"


def test_the_first_column_stays_however_long_it_is() -> None:
    layout = Layout((SIZE, NAME))
    layout.measure([[parts("1" * 60, Clock()), parts("", Clock())]], 40, False)
    assert layout.shown == [0]
    assert layout.widths == [40 - LEFT - EDGE]


def test_characters_of_two_cells_count_as_two() -> None:
    assert arranged(("漢字漢字", "", "")).widths[0] == 8


@given(
    st.lists(st.tuples(*[st.text(max_size=60)] * 3), max_size=5),
    st.integers(10, 250),
    st.booleans(),
)
def test_what_is_shown_fits_into_the_room(
    rows: list[tuple[str, ...]], room: int, wide: bool
) -> None:
    layout = arranged(*rows, room=room, wide=wide)
    used = sum(layout.widths) + layout.gap * (len(layout.widths) - 1)
    assert layout.shown
    assert used <= max(room - LEFT - EDGE, len(layout.widths) + layout.gap * len(layout.widths))
    assert layout.shown == sorted(layout.shown)
