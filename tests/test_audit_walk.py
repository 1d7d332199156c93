"""Walking through a log, case by case; the state machine has the rest."""

from dataclasses import replace
from datetime import timedelta

import pytest

from harbortui.api.audit import Event, Found, Unread
from harbortui.api.errors import Unreadable
from harbortui.audit.filter import Filter
from harbortui.audit.log import HarborLog, Source
from harbortui.audit.pattern import Pattern
from harbortui.audit.reader import Reader
from harbortui.audit.walk import FIRST, WIDEST, Walk
from harbortui.audit.window import Window
from harbortui.demo import DemoHarbor

from .audit_model import BASE, ModelLog, run
from .talking import talk

RARE = Filter(users=(Pattern("rare"),))


def walk_of(log: ModelLog, wanted: Filter | None = None) -> Walk:
    reader = Reader(log, wanted or Filter(), everything=True)
    return Walk(reader, log.now, lambda: max(log.rows, default=0))


def fill(log: ModelLog, count: int, start: int = 1) -> None:
    log.next_id = start
    for _ in range(count):
        log.draw()
        log.time += 1


def widths(log: ModelLog) -> list[int]:
    """How many ids each request was about."""
    ranges = [q.partition("[")[2].partition("]")[0].split("~") for q in log.asked if "id=[" in q]
    return [int(high) - int(low) + 1 for low, high in ranges]


def test_every_id_seen_windows_are_of_a_page() -> None:
    log = ModelLog()
    fill(log, 1000)
    walk = walk_of(log)
    walk.start(1001)
    while not walk.at_start:
        run(walk.older())
    assert widths(log) == [100] * 10
    assert [event.id for event in walk.window.events] == list(range(1, 1001))


def test_a_filter_widens_until_it_finds_something_and_narrows_again() -> None:
    log = ModelLog()
    log.draw(username="rare")
    for _ in range(200):
        log.draw(username="rare")
    log.next_id = 3_000_000
    log.draw(username="other")
    walk = walk_of(log, RARE)
    walk.start(3_000_001)
    while not walk.at_start:
        run(walk.older())
    assert widths(log)[:4] == [FIRST, 4 * FIRST, 16 * FIRST, 64 * FIRST]
    assert max(widths(log)) <= WIDEST
    assert len(log.asked) < 14
    assert len(walk.window.events) == 201


def test_a_slow_database_is_asked_for_less() -> None:
    log = ModelLog()
    log.next_id = 5_000_000
    log.draw(username="other")
    walk = walk_of(log, RARE)
    walk.start(5_000_000)
    walk.width = WIDEST
    log.after.append(lambda: log.advance(2.0))
    run(walk.older())
    assert walk.ceiling == WIDEST // 2
    run(walk.older())
    assert widths(log) == [WIDEST, WIDEST // 2]


@pytest.mark.fault("F36")
def test_a_log_whose_beginning_was_purged_is_walked_to_its_end_quickly() -> None:
    log = ModelLog()
    fill(log, 50, start=9_000_000)
    walk = walk_of(log)
    walk.start(9_000_050)
    while not walk.at_start:
        run(walk.older())
    assert len(log.asked) < 20
    log.asked.clear()
    assert run(walk.oldest()) <= 9_000_000
    assert len(log.asked) < 24
    assert all(width == 100 for width in widths(log))


def test_the_oldest_is_found_at_once_where_nothing_was_purged() -> None:
    log = ModelLog()
    fill(log, 500)
    assert run(walk_of(log).oldest()) == 1
    assert log.asked == ["id=[1~100]"]


def test_a_time_is_found_by_widening_a_minute() -> None:
    log = ModelLog()
    fill(log, 10)
    log.time += 7200
    fill(log, 10, start=11)
    walk = walk_of(log)
    assert run(walk.first_since(BASE, log.moment())) == 1
    assert run(walk.first_since(BASE + timedelta(minutes=1), log.moment())) == 11
    assert run(walk.first_since(log.moment() + timedelta(hours=1), log.moment())) is None
    assert run(walk.last_until(BASE + timedelta(seconds=4.5))) == 6
    assert run(walk.last_until(BASE - timedelta(hours=1))) is None


def test_the_newest_is_looked_for_in_the_last_hour_then_further_back() -> None:
    log = ModelLog()
    walk = walk_of(log)
    assert run(walk.newest(log.moment())) is None
    fill(log, 3)
    log.asked.clear()
    log.time += 86_400 * 40
    newest = run(walk.newest(log.moment()))
    assert newest and newest.id == 3
    assert len(log.asked) == 4


@pytest.mark.fault("F36")
def test_an_answer_for_a_window_that_is_gone_is_dropped() -> None:
    log = ModelLog()
    fill(log, 300)
    walk = walk_of(log)
    walk.start(301)
    log.after.append(lambda: walk.start(100))
    assert run(walk.older()) == 0
    assert not walk.window.events
    run(walk.older())
    assert walk.window.high == 99


def test_an_answer_for_an_end_that_has_moved_meanwhile_is_dropped() -> None:
    log = ModelLog()
    fill(log, 300)
    walk = walk_of(log)
    walk.window = Window(201, most=50)
    walk.window.live = True
    walk.window.take([replace(EVENT, id=number) for number in range(201, 251)])
    newer = [replace(EVENT, id=number) for number in range(251, 255)]
    log.after.append(lambda: walk.window.take(newer) and None)
    assert run(walk.older()) == 0
    assert (walk.window.low, len(walk.window)) == (205, 50)


def test_what_harbor_ignores_does_not_widen_a_result() -> None:
    log = ModelLog()
    log.deaf = True
    log.draw(username="rare")
    fill(log, 300, start=2)
    walk = walk_of(log, RARE)
    walk.start(302)
    while not walk.at_start:
        run(walk.older())
    assert [event.id for event in walk.window.events] == [1]


def test_a_page_of_which_nothing_can_be_read_is_no_empty_one() -> None:
    class Broken(ModelLog):
        async def ask(self, q: str, sort: str, size: int, skip: int = 0) -> Found:
            return Found([], size, [Unread()] * size)

    with pytest.raises(Unreadable):
        run(walk_of(Broken()).reader.falling(1, 100))


def test_a_window_keeps_what_it_may_and_knows_where_it_ends() -> None:
    events = [replace(EVENT, id=number) for number in range(1, 31)]
    window = Window(11, most=10)
    window.add_newer(events[10:20], 20)
    window.live = True
    window.take(events[20:24])
    assert (window.low, window.high, len(window), window.live) == (15, 24, 10, True)
    window.take(events[24:26], keep_oldest=True)
    assert (window.low, window.high, window.live) == (15, 24, False)
    assert window.take(events[26:]) == 0
    window.add_older(events[9:14], 10)
    assert (window.low, window.high, len(window)) == (10, 19, 10)
    assert (window.index(15), window.index(20), window.near(14)) == (5, None, 4)


def test_a_late_row_takes_its_place_inside_the_window() -> None:
    window = Window(1)
    window.add_newer([replace(EVENT, id=1), replace(EVENT, id=3)], 3)
    assert window.take([replace(EVENT, id=2), replace(EVENT, id=3)]) == 1
    assert [event.id for event in window.events] == [1, 2, 3]


EVENT = Event(1, BASE)


@pytest.mark.fault("F39")
@pytest.mark.parametrize(("version", "old"), [("2.15.2", False), ("2.12.4", True)])
async def test_the_log_of_an_older_harbor_is_found_by_asking_once(
    demo: DemoHarbor, version: str, old: bool
) -> None:
    demo.version = version
    log = HarborLog(talk(demo), Source())
    for _ in range(2):
        assert (await log.ask("id=[1~20]", "id", 5)).events
    assert log.old is old
    asked = [one for one in demo.requests if "audit" in one]
    assert len(asked) == 2 + old


@pytest.mark.fault("F39")
async def test_a_project_that_is_none_is_no_older_harbor(demo: DemoHarbor) -> None:
    log = HarborLog(talk(demo), Source("nosuch"))
    with pytest.raises(Exception, match="nosuch"):
        await log.ask("id=[1~20]", "id", 5)
    assert not log.old
