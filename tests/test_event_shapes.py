"""Events folded, wrapped and wide: on the screen, and as views over rows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbortui.api.audit import Event
from harbortui.audit.bursts import folded
from harbortui.demo import DemoHarbor
from harbortui.resources.event_cells import whole
from harbortui.shown import Heading
from harbortui.widgets.continued import Below, Continued, wrapped
from harbortui.widgets.daily import Daily
from harbortui.widgets.rows import Rows

from .console import console, lines, until, words
from .test_audit_log import crumbs, current, enter, followed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def event(number: int, who: str = "ci", thing: str = "a/b:v1", ok: bool = True) -> Event:
    return Event(number, NOON, "pull", "artifact", thing, who, f"pull artifact: {thing}", ok)


def test_runs_of_alike_events_are_one_row() -> None:
    alike = [event(1), event(2, thing="a/b@sha256:12"), event(4)]
    shown, runs = folded([*alike, event(5, "eve"), event(6), event(7, ok=False)])
    assert [one.id for one in shown] == [1, 5, 6, 7]
    assert runs == {1: alike}
    assert folded([]) == ([], {})


@given(st.lists(st.sampled_from("xyz"), max_size=40))
def test_folding_loses_and_reorders_nothing(names: list[str]) -> None:
    events = [event(number, name) for number, name in enumerate(names)]
    shown, runs = folded(events)
    assert [one for first in shown for one in runs.get(first.id, [first])] == events


def by_twos(numbers: list[int]) -> Daily[int]:
    """Rows that stand for a number and the next."""
    return Daily(numbers, int, lambda number: f"day {number // 10}", lambda number: number + 1)


def test_a_row_that_stands_for_several_is_found_by_each() -> None:
    rows = by_twos([1, 5, 21])
    assert [rows.index(number) for number in (0, 1, 2, 3, 6, 22, 23)] == [
        None, 1, 1, None, 2, 4, None,
    ]  # fmt: skip


@given(st.lists(st.integers(0, 60), unique=True, min_size=1).map(sorted), st.integers(5, 30))
def test_rows_that_go_on_are_where_they_are_said_to_be(numbers: list[int], room: int) -> None:
    inner: Rows[int | Heading] = Daily(numbers, int, lambda number: f"day {number // 10}")
    rows = Continued(inner, lambda number: "word " * (number % 4), room)
    shown = [rows.row(place) for place in range(len(rows))]
    assert [row for row in shown if not isinstance(row, Below)] == [
        inner.row(place) for place in range(len(inner))
    ]
    for number in numbers:
        place = rows.index(number)
        assert place is not None and shown[place] == number
    assert rows.row(len(rows)) is None and rows.row(-1) is None and rows.index(99) is None


def test_lines_are_as_wide_as_there_is_room() -> None:
    text = "push artifact: payments/api@sha256:" + "9" * 64
    found = wrapped(text, 40)
    assert all(len(line) <= 40 for line in found) and len(found) > 2
    assert "".join(line[4:] for line in found) == text
    assert wrapped("", 40) == ()
    assert wrapped("who did what", 12, "") == ("who did what",)
    assert wrapped("who did what", 11, "") == ("who did ", "what")
    assert wrapped("wér did what", 11, "") == ("wér did ", "what")
    assert wrapped("\x1b[2J", 40) == (r"    \x1b[2J",)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (event(1), "pull artifact: a/b:v1"),
        (Event(1, NOON, "login", "user", "admin", "admin", "login"), ""),
        (Event(1, NOON, "login", "user", "a%1B", "a", "login"), "user a%1B, login"),
        (Event(1, NOON, "pull", "artifact", "a/b:v1", "ci"), "artifact a/b:v1"),
        (Event(1, NOON, "update", "configuration", "configuration", "ci"), "configuration"),
    ],
)
def test_all_that_harbor_says_is_said_once(shown: Event, expected: str) -> None:
    assert whole(shown) == expected


def burst(demo: DemoHarbor, count: int = 37) -> None:
    for number in range(count):
        demo.record("prober", "pull", "artifact", f"busybox/probe:v{number}", "pull artifact")


async def test_z_folds_bursts_and_unfolds_them(demo: DemoHarbor) -> None:
    demo.record("prober", "login", "user", "prober", "login")
    burst(demo)
    async with console(demo, ":logs user:prober") as pilot:
        await followed(pilot)
        assert "probe:v36" in current(pilot)
        await pilot.press("z")
        await until(pilot, lambda: "busybox/probe  ×37" in current(pilot))
        assert "37 alike, until" in words(pilot.app) and "following" in crumbs(pilot)
        demo.record("prober", "pull", "artifact", "busybox/probe:late", "pull artifact")
        await pilot.press("r")
        await until(pilot, lambda: "×38" in current(pilot))
        await pilot.press("z")
        await until(pilot, lambda: "probe:late" in current(pilot))


async def test_a_mark_on_a_folded_row_is_on_all_that_it_stands_for(demo: DemoHarbor) -> None:
    burst(demo)
    async with console(demo, ":logs user:prober") as pilot:
        await followed(pilot)
        await pilot.press("z", "space")
        await until(pilot, lambda: "37 marked" in crumbs(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "marked" not in crumbs(pilot))
        assert len(pilot.app.screen.table.chosen) == 37


async def test_a_search_looks_into_folded_rows(demo: DemoHarbor) -> None:
    burst(demo)
    demo.record("eve", "login", "user", "eve", "login")
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("z")
        await enter(pilot, "s", "probe:v12")
        await until(pilot, lambda: "×37" in current(pilot))


async def test_where_nothing_is_alike_folding_says_so(demo: DemoHarbor) -> None:
    async with console(demo, ":logs user:mallory op:delete since:1h") as pilot:
        await until(pilot, lambda: "following" in crumbs(pilot))
        await pilot.press("z")
        await until(pilot, lambda: "several times in a row" in words(pilot.app))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_w_takes_turns_wide_wrapped_narrow(demo: DemoHarbor, size: tuple[int, int]) -> None:
    digest = f"sha256:{'7' * 64}"
    demo.record("ci", "create", "artifact", "payments/api:v99", f"push artifact: {digest}")
    async with console(demo, ":logs user:ci", size=size) as pilot:
        await followed(pilot)
        await pilot.press(*["w"] * (2 if size[0] > 80 else 1))
        await until(pilot, lambda: "rows are wrapped" in words(pilot.app))
        shown = lines(pilot.app)
        place = next(n for n, line in enumerate(shown) if line.startswith("▌"))
        below = "".join(line.strip() for line in shown[place + 1 : place + 4])
        assert digest in below.replace("rows are wrapped", "")
        await pilot.press("k", "j")
        await until(pilot, lambda: "following" in crumbs(pilot))
        await pilot.press("w")
        await until(pilot, lambda: "rows are narrow" in words(pilot.app))
        assert "7" * 60 not in words(pilot.app)


async def test_a_long_name_of_who_leaves_room_for_the_thing(demo: DemoHarbor) -> None:
    scanner = "robot$payments+hbscan-Trivy-07e2f0bd-e846-11f1-ba63-b6f25fb29381"
    demo.record(scanner, "pull", "artifact", f"payments/api@sha256:{'7' * 64}", "pull artifact")
    async with console(demo, ":logs user:*+hbscan-*", size=(80, 24)) as pilot:
        await followed(pilot)
        shown = current(pilot)
        assert "robot$pay" in shown and "5fb29381" in shown
        assert " pull " in shown and "payments/" in shown and "777777" in shown


async def test_what_was_searched_for_is_shown_with_what_is_around_it(demo: DemoHarbor) -> None:
    async with console(demo, ":logs", size=(80, 24)) as pilot:
        await followed(pilot)
        for _ in range(4):
            await enter(pilot, "s", "payments/")
            await pilot.press("N")
        table = pilot.app.screen.table
        assert table.top + 3 <= table.place <= table.top + table.room - 3
