"""A database that was restored, told apart from purges, silence and clocks."""

from datetime import timedelta

import pytest

from harbortui.audit.filter import Filter
from harbortui.audit.pattern import Pattern
from harbortui.audit.reader import Reader
from harbortui.audit.tail import GRACE, Tail

from .audit_model import ModelLog
from .test_audit_tail import draw, log, read, tail_of

__all__ = ["log"]


@pytest.mark.fault("F37")
@pytest.mark.parametrize(("kept", "drawn"), [(10, 2), (10, 30), (19, 1), (0, 2), (15, 0)])
def test_a_database_that_was_restored_is_noticed(log: ModelLog, kept: int, drawn: int) -> None:
    tail = tail_of(log)
    for _ in range(5):
        draw(log, 4)
        log.advance(6)
        read(tail)
    log.rewind(kept)
    log.advance(31)
    draw(log, drawn)
    read(tail)
    log.advance(61)
    read(tail)
    assert tail.rewound


@pytest.mark.fault("F36")
def test_a_purge_and_a_long_silence_are_no_rewind(log: ModelLog) -> None:
    tail = tail_of(log)
    for _ in range(5):
        draw(log, 4)
        log.advance(6)
        read(tail)
    log.advance(4000)
    log.purge(10)
    log.advance(61)
    read(tail)
    log.purge(100)
    log.advance(4000)
    draw(log, 1)
    read(tail)
    assert not tail.rewound


@pytest.mark.fault("F36")
def test_a_purge_of_what_was_old_when_it_was_delivered_is_no_rewind(log: ModelLog) -> None:
    tail = tail_of(log)
    log.draw(op_time=log.moment() + timedelta(minutes=2))
    draw(log, 3)
    log.advance(4000)
    read(tail)
    log.keeps = timedelta(hours=1)
    log.purge(3)
    assert [event.id for event in log.stored()] == [1]
    log.advance(61)
    read(tail)
    assert not tail.rewound


def test_losing_a_project_is_no_rewind(log: ModelLog) -> None:
    reader = Reader(log, Filter(), everything=False)
    tail = Tail(reader, log.now, log.moment, 0)
    for name in ("hers", "mine", "hers"):
        log.draw(username=name)
        read(tail)
    log.hidden = lambda event: event.username == "hers"
    log.advance(61)
    read(tail)
    assert not tail.rewound


@pytest.mark.fault("F37")
def test_after_a_long_silence_ids_that_are_drawn_again_tell(log: ModelLog) -> None:
    tail = tail_of(log)
    draw(log, 40)
    read(tail)
    log.advance(8000)
    read(tail)
    log.rewind(0)
    draw(log, 2)
    log.advance(61)
    read(tail)
    assert tail.rewound


@pytest.mark.fault("F37")
def test_an_id_that_is_another_event_now_is_noticed_at_once(log: ModelLog) -> None:
    tail = tail_of(log, Filter(users=(Pattern("alice"),)))
    draw(log, 3)
    read(tail)
    log.rewind(1)
    log.advance(1)
    draw(log, 2)
    read(tail)
    assert tail.rewound


@pytest.mark.fault("F35")
def test_a_server_whose_clock_is_ahead_is_no_rewind(log: ModelLog) -> None:
    tail = tail_of(log, Filter(users=(Pattern("alice"),)))
    draw(log, 1)
    log.draw(username="bob", op_time=log.moment() + timedelta(minutes=5))
    draw(log, 1)
    read(tail)
    log.advance(GRACE + 1)
    read(tail)
    log.asked.clear()
    log.advance(61)
    assert read(tail) == []
    assert log.asked == ["id=[4~],username=alice", "id=[1~3],username=alice", "id={3}"]
    assert not tail.rewound
