"""Reading a log: opening, going elsewhere, coming back, what waits; with bounded requests."""

from datetime import timedelta

import pytest

from harbortui.audit.filter import Filter
from harbortui.audit.pace import LONGEST, SHORTEST, WATCHED, Pace
from harbortui.audit.pattern import Pattern
from harbortui.audit.reading import BEHIND, WAITING, Clocks, Reading

from .audit_model import BASE, ModelLog, run


def reading_of(log: ModelLog, wanted: Filter | None = None) -> Reading:
    clocks = Clocks(log.now, log.moment)
    reading = Reading(log, wanted or Filter(), clocks, everything=wanted is None)
    run(reading.open())
    return reading


def filled(count: int, every: float = 1.0) -> ModelLog:
    """So many events, one `every` so many seconds, the last one just now."""
    log = ModelLog()
    for _ in range(count):
        log.time += every
        log.draw()
    return log


def ids(reading: Reading) -> list[int]:
    return [event.id for event in reading.window]


def test_opening_costs_two_small_requests_and_a_page() -> None:
    log = filled(5000)
    log.time += 60
    log.asked.clear()
    reading = reading_of(log)
    run(reading.older())
    assert [q.partition("=")[0] for q in log.asked] == ["op_time", "id"]
    assert ids(reading) == list(range(4901, 5001))
    assert reading.state == "following"


def test_an_empty_log_is_followed_from_its_first_event_on() -> None:
    log = ModelLog()
    reading = reading_of(log)
    assert run(reading.older()) == 0
    log.draw()
    run(reading.poll())
    assert ids(reading) == [1]


def test_what_comes_while_one_looks_elsewhere_is_counted_and_there_at_the_end() -> None:
    log = filled(300)
    reading = reading_of(log)
    run(reading.older())
    reading.leave_end()
    for _ in range(12):
        log.draw()
    run(reading.poll())
    assert (reading.state, reading.waiting) == ("waiting", 12)
    assert reading.newest() and reading.waiting == 0
    assert ids(reading)[-1] == 312


def test_far_from_the_end_the_window_has_an_end_of_its_own_and_finds_back() -> None:
    log = filled(1000)
    reading = reading_of(log)
    run(reading.oldest())
    run(reading.newer())
    assert ids(reading) == list(range(1, 101))
    log.draw()
    run(reading.poll())
    assert ids(reading)[-1] == 100
    while not reading.walk.at_end:
        run(reading.newer())
    assert reading.walk.window.live and ids(reading) == list(range(1, 1002))


def test_harbor_is_not_asked_while_ten_thousand_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    assert WAITING == 10_000
    monkeypatch.setattr("harbortui.audit.reading.WAITING", 500)
    log = filled(10)
    reading = reading_of(log)
    reading.leave_end()
    for _ in range(800):
        log.draw()
    while not run(reading.poll()):
        pass
    assert reading.state == "paused"
    asked = len(log.asked)
    run(reading.poll())
    assert len(log.asked) == asked
    reading.newest()
    assert reading.state == "following"


def test_being_far_behind_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert BEHIND == 10_000
    monkeypatch.setattr("harbortui.audit.reading.BEHIND", 500)
    log = filled(10)
    reading = reading_of(log)
    for _ in range(3_000):
        log.draw()
    assert not run(reading.poll())
    assert reading.state == "behind"
    assert reading.tail and reading.tail.behind == 1_010


def test_a_span_is_not_left_at_its_older_end() -> None:
    log = filled(2000)
    since = log.moment() - timedelta(seconds=500)
    reading = reading_of(log, Filter(since=since))
    while not reading.walk.at_start:
        run(reading.older())
    assert ids(reading) == list(range(1500, 2001))
    assert reading.share(reading.top) == 100 and reading.share(1) == 0


def test_a_filter_that_ends_in_the_past_is_not_followed() -> None:
    log = filled(2000)
    reading = reading_of(log, Filter(until=BASE + timedelta(seconds=1000)))
    while not ids(reading):
        run(reading.older())
    assert ids(reading)[-1] == 1000
    assert reading.state == "ended" and reading.tail is None
    asked = len(log.asked)
    run(reading.poll())
    assert len(log.asked) == asked
    run(reading.oldest())
    assert not reading.newest()


@pytest.mark.parametrize("line", [Filter(since=BASE + timedelta(days=1)), Filter(until=BASE)])
def test_a_span_without_events_is_empty_at_once(line: Filter) -> None:
    log = filled(500)
    reading = reading_of(log, line)
    for _ in range(4):
        run(reading.older())
    assert ids(reading) == []
    assert len(log.asked) < 25


def test_a_jump_to_a_time_lands_on_its_first_event() -> None:
    log = filled(1000, every=60)
    reading = reading_of(log)
    assert run(reading.at(BASE + timedelta(minutes=500)))
    run(reading.newer())
    assert ids(reading)[0] == 500
    run(reading.older())
    assert ids(reading)[:100] == list(range(400, 500))
    assert not run(reading.at(log.moment() + timedelta(hours=1)))


def test_a_rare_filter_is_followed_with_small_requests() -> None:
    log = filled(3000)
    log.draw(username="rare")
    reading = reading_of(log, Filter(users=(Pattern("rare"),)))
    run(reading.older())
    log.asked.clear()
    run(reading.poll())
    assert ids(reading) == [3001]
    [asked] = log.asked
    assert asked == "id=[2970~],username=rare"


def test_polls_are_as_far_apart_as_half_a_page_takes() -> None:
    pace = Pace(chance=lambda low, high: 0)
    assert pace.after(0, 1) == LONGEST
    for _ in range(30):
        wait = pace.after(10, 1)
    assert wait == pytest.approx(5, rel=0.01)
    for _ in range(30):
        wait = pace.after(10_000, 1)
    assert wait == SHORTEST
    assert Pace(WATCHED, chance=lambda low, high: high).after(0, 1) == WATCHED * 1.1


@pytest.mark.fault("F37")
def test_an_event_on_the_screen_that_is_another_one_now_means_a_restored_database() -> None:
    log = filled(50)
    reading = reading_of(log)
    run(reading.older())
    log.rewind(48)
    log.advance(1)
    log.draw()
    run(reading.poll())
    assert reading.rewound


@pytest.mark.parametrize("back", [True, False])
def test_an_answer_that_the_tail_has_overtaken_is_asked_for_again(back: bool) -> None:
    log = filled(50)
    late = log.draw(10)
    log.draw()
    reading = reading_of(log)
    if not back:
        run(reading.at(log.moment() - timedelta(seconds=5)))

    def overtake() -> None:
        log.commit(late)
        run(reading.poll())

    log.after.append(overtake)
    step = reading.older if back else reading.newer
    assert run(step()) == 0
    while late + 1 not in ids(reading):
        run(step())
    assert late in ids(reading)
