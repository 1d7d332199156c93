"""The tail, case by case; the state machine has the rest."""

import pytest

from harbortui.api.errors import Unreachable
from harbortui.audit.filter import Filter
from harbortui.audit.ledger import MOST, Ledger
from harbortui.audit.pattern import Pattern
from harbortui.audit.reader import Reader
from harbortui.audit.tail import GRACE, PATIENCE, Tail

from .audit_model import ModelLog, run


@pytest.fixture
def log() -> ModelLog:
    return ModelLog()


def tail_of(log: ModelLog, wanted: Filter | None = None, page: int = 100) -> Tail:
    reader = Reader(log, wanted or Filter(), everything=wanted is None, page=page)
    return Tail(reader, log.now, log.moment, 0)


def read(tail: Tail) -> list[int]:
    while not run(tail.poll()):
        pass
    return [event.id for event in tail.drain()]


def draw(log: ModelLog, count: int, latency: float = 0) -> None:
    for _ in range(count):
        log.draw(latency)


def test_a_row_that_overtakes_another_does_not_settle_it(log: ModelLog) -> None:
    tail = tail_of(log, Filter(users=(Pattern("alice"),)))

    def late_in_the_answer() -> None:
        log.advance(GRACE * 0.9)
        draw(log, 1, GRACE)
        draw(log, 2)

    log.before.append(late_in_the_answer)
    assert read(tail) == [2, 3]
    log.advance(GRACE / 2)
    assert read(tail) == []
    log.commit(1)
    assert read(tail) == [1]


def test_a_reading_that_takes_several_polls_settles_at_its_end(log: ModelLog) -> None:
    tail = tail_of(log, Filter(users=(Pattern("alice"),)), page=10)
    draw(log, 24)
    draw(log, 1, GRACE)
    draw(log, 5)
    assert 25 not in read(tail)
    log.advance(GRACE)  # it is committed at the last moment
    tail.pages = 1
    assert not run(tail.poll())
    assert read(tail) == [25]


def test_a_hole_is_asked_for_and_the_rest_not_read_again(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 1, GRACE)
    draw(log, 90)
    assert len(read(tail)) == 90
    log.commit(1)
    log.asked.clear()
    assert read(tail) == [1]
    assert log.asked == ["id={1}", "id=[92~]"]
    assert (tail.settled, tail.seen) == (91, {})


def test_at_a_high_rate_not_every_poll_asks_for_holes(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 1, GRACE)
    for _ in range(12):
        draw(log, 70)
        read(tail)
        log.advance(0.95)
    assert [q for q in log.asked if "{" in q] == ["id={1}"] * 3
    log.commit(1)
    log.advance(PATIENCE)
    assert read(tail) == [1]


def test_what_was_not_asked_for_does_not_settle(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 1, GRACE)
    draw(log, 70)
    read(tail)
    log.advance(GRACE - 1)
    read(tail)
    log.commit(1)
    log.advance(1.5)
    assert read(tail) == [] and tail.settled == 0
    log.advance(PATIENCE)
    assert read(tail) == [1]


def test_a_burnt_id_is_given_up_after_the_grace(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 1, GRACE)
    draw(log, 1)
    log.burn(1)
    read(tail)
    assert tail.settled == 0
    log.advance(GRACE + 1)
    read(tail)
    assert tail.settled == 2


def test_a_jump_of_the_sequence_does_not_ask_for_a_million_holes(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 1)
    log.next_id = 1_000_000
    draw(log, 70)
    read(tail)
    log.asked.clear()
    read(tail)
    assert log.asked == ["id=[2~]"]


def test_after_an_error_it_goes_on_where_it_was(log: ModelLog) -> None:
    tail = tail_of(log, page=10)
    draw(log, 35)
    log.fails_at = 3
    with pytest.raises(Unreachable):
        run(tail.poll())
    assert [event.id for event in tail.drain()] == list(range(1, 21))
    assert read(tail) == list(range(21, 36))


def test_it_gives_way_after_twenty_pages_and_knows_how_far_behind_it_is(log: ModelLog) -> None:
    tail = tail_of(log, page=10)
    draw(log, 500)
    assert not run(tail.poll())
    assert (len(tail.drain()), tail.behind) == (200, 300)
    assert len(read(tail)) == 300
    assert tail.behind == 0


@pytest.mark.parametrize("wanted", [None, Filter(users=(Pattern("alice"),))])
def test_what_comes_after_the_grace_is_found_marked_and_waited_for(
    log: ModelLog, wanted: Filter | None
) -> None:
    tail = tail_of(log, wanted)
    draw(log, 3)
    draw(log, 1, 10 * GRACE)
    draw(log, 300)
    read(tail)
    log.advance(GRACE + 1)
    read(tail)
    assert tail.settled == 304
    log.commit(4)
    assert read(tail) == []
    log.advance(61)
    assert read(tail) == [4]
    assert (tail.late, tail.grace) == ({4}, 2 * GRACE)
    log.advance(61)
    assert read(tail) == []


def test_the_grace_does_not_grow_for_ever(log: ModelLog) -> None:
    tail = tail_of(log)
    for _ in range(6):
        draw(log, 1, 1000)
        draw(log, 1)
        read(tail)
        log.advance(tail.grace + 1)
        read(tail)
        log.commit(min(log.flying))
        log.advance(61)
        read(tail)
    assert tail.grace == 120


def test_a_late_row_is_found_at_once_after_an_error(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 1, 100)
    draw(log, 1)
    read(tail)
    log.advance(GRACE + 1)
    read(tail)
    log.commit(1)
    log.fails_at = 1
    with pytest.raises(Unreachable):
        run(tail.poll())
    assert read(tail) == [1]


def test_a_word_that_is_looked_for_in_three_columns_is_counted_by_reading(log: ModelLog) -> None:
    tail = tail_of(log, Filter(words=("alice",)))
    draw(log, 1, 100)
    draw(log, 5)
    read(tail)
    log.advance(GRACE + 1)
    read(tail)
    log.commit(1)
    log.advance(61)
    assert read(tail) == [1]


@pytest.mark.fault("F36")
def test_purged_rows_are_no_late_rows(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 20)
    read(tail)
    log.purge(5)
    log.advance(61)
    assert read(tail) == []
    assert (tail.checks.purged, tail.late, tail.grace) == (5, set(), GRACE)


def test_idle_it_asks_once_a_poll_and_not_more(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 5)
    read(tail)
    log.advance(1000)
    read(tail)
    log.asked.clear()
    for _ in range(10):
        log.advance(2)
        read(tail)
    assert log.asked == ["id=[6~]"] * 10


def test_a_ledger_forgets_what_is_old_and_what_is_too_much() -> None:
    ledger = Ledger(0)
    ledger.settle(0.0, 10, range(1, 11))
    ledger.settle(100.0, 20, range(11, 21))
    assert (ledger.base, len(ledger), ledger.count(5, 14)) == (0, 20, 10)
    ledger.settle(650.0, 30, [25])
    assert (ledger.base, len(ledger), ledger.holds(25), ledger.holds(24)) == (10, 11, True, False)
    ledger.forget(2000.0)
    assert (ledger.base, len(ledger)) == (30, 0)
    ledger.settle(2000.0, 30 + MOST + 5, range(31, 36 + MOST))
    assert (ledger.base, len(ledger)) == (35, MOST)
