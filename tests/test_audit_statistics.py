"""How events are spread: counted where all were read, estimated from places where not."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from harbortui.api.audit import Event, Source
from harbortui.audit.filter import Filter
from harbortui.audit.language import parse
from harbortui.audit.log import HarborLog
from harbortui.audit.pattern import Pattern
from harbortui.audit.reader import Reader
from harbortui.audit.sampling import PLACES, Sample
from harbortui.audit.statistics import Spell, Tally, narrowing
from harbortui.demo import DemoHarbor

from .audit_model import ModelLog, run
from .talking import talk
from .test_audit_bounds import LENGTH, judge

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def events(count: int = 10) -> list[Event]:
    return [
        Event(
            number,
            NOON + timedelta(minutes=number),
            "create" if number % 5 == 0 else "pull",
            "artifact",
            f"payments/api:v{number}",
            f"user{number % 3}",
            "",
            number % 10 != 0,
        )
        for number in range(count)
    ]


def sampled(reader: Reader, high: int, places: int = PLACES, took: float = 0.0) -> Sample:
    """Every place looked at; each request takes so many seconds."""
    times = iter(range(1_000_000))
    sample = Sample(reader, 1, high, lambda: next(times) * took, places)
    while not sample.ended:
        run(sample.step())
    return sample


def test_events_are_counted_by_what_they_have_in_common() -> None:
    tally = Tally(events())
    assert tally.total == tally.read == 10
    shares, rest = tally.shares("user", 2)
    assert shares == [("user0", 4.0), ("user1", 3.0)] and rest == ("1", 3.0)
    assert tally.shares("op", 5) == ([("pull", 8.0), ("push", 2.0)], None)
    assert tally.shares("res", 5) == ([("payments/api", 10.0)], None)
    assert tally.shares("ok", 5) == ([("yes", 9.0), ("no", 1.0)], None)


def test_what_an_older_harbor_does_not_record_is_not_counted() -> None:
    tally = Tally([Event(1, NOON, "pull", "artifact", "a/b:c")])
    assert tally.shares("ok", 5) == tally.shares("user", 5) == ([], None)


def test_events_over_time_fall_into_equal_parts() -> None:
    assert Tally(events()).series(3) == [3.0, 3.0, 4.0]
    assert Tally(events(1)).series(4) == [1.0, 0.0, 0.0, 0.0]
    assert Tally().series(2) == [0.0, 0.0] and Tally().span is None


def test_a_spell_is_spread_evenly_over_its_time() -> None:
    tally = Tally()
    tally.spells = [Spell(NOON, NOON + timedelta(hours=4), 8.0)]
    assert tally.series(4) == [2.0] * 4
    tally.spells.append(
        Spell(NOON + timedelta(hours=1), NOON + timedelta(hours=2, minutes=30), 6.0)
    )
    assert tally.series(4) == [2.0, 6.0, 4.0, 2.0]


@pytest.mark.parametrize(
    ("key", "value", "without", "term"),
    [
        ("user", "alice", False, "user:alice"),
        ("res", "a b", True, '-res:"a b"'),
        ("user", "a\x1b", False, 'user:"a\\x1b"'),
    ],
)
def test_a_share_leads_back_into_the_log(key: str, value: str, without: bool, term: str) -> None:
    assert narrowing(key, value, without=without) == term


def model(count: int) -> ModelLog:
    log = ModelLog()
    for number in range(count):
        log.draw(username="mine" if number % 4 == 0 else "theirs")
        log.advance(1)
    return log


MINE = Filter(users=(Pattern("mine"),))


def test_few_events_are_all_counted() -> None:
    sample = sampled(Reader(model(300), MINE, everything=True), 300)
    assert sample.whole and sample.tally.total == sample.tally.read == 75
    assert sample.places == 3


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("wanted", [Filter(), MINE], ids=["all", "mine"])
def test_many_events_are_estimated_from_places_of_the_log(counts: bool, wanted: Filter) -> None:
    log = model(20_000)
    log.counts = counts
    sample = sampled(Reader(log, wanted, everything=True), 20_000, places=20)
    there = 20_000 if wanted == Filter() else 5_000
    assert not sample.whole and len(log.asked) == 21
    assert sample.tally.total == pytest.approx(there, rel=0.02)
    assert sample.tally.read <= 2_000
    assert max(sample.tally.series(10)) == pytest.approx(there / 10, rel=0.15)


def test_what_harbor_sends_besides_is_not_counted() -> None:
    log = model(2_000)
    log.deaf = True
    sample = sampled(Reader(log, MINE, everything=True), 2_000, places=5)
    assert [one.value for one in sample.tally.shares("user", 5)[0]] == ["mine"]
    assert sample.tally.total == pytest.approx(500, rel=0.05)


def test_a_slow_harbor_is_asked_for_less() -> None:
    log = model(20_000)
    sample = sampled(Reader(log, MINE, everything=True), 20_000, places=5, took=1.0)
    assert not sample.whole
    assert sample.tally.total == pytest.approx(5_000, rel=0.05)


def test_a_log_that_is_empty_has_nothing_to_count() -> None:
    sample = sampled(Reader(ModelLog(), Filter(), everything=True), 500)
    assert sample.whole and sample.tally.total == 0 and sample.ended


@pytest.fixture(scope="module")
def huge() -> Iterator[DemoHarbor]:
    yield DemoHarbor("large")


@pytest.mark.parametrize("text", ["", "op:pull", "user:mallory op:delete res:attempt-7"])
async def test_ten_million_events_are_measured_by_small_requests(
    huge: DemoHarbor, text: str
) -> None:
    huge.requests.clear()
    wanted = parse(text, huge.clock()).filter
    reader = Reader(HarborLog(talk(huge), Source()), wanted, everything=True)
    sample = Sample(reader, 1, LENGTH, lambda: 0.0)
    while not sample.ended:
        await sample.step()
    assert judge(huge.requests, filtered=bool(text)) <= 2 * PLACES + 1
    if not text:
        assert sample.tally.total == pytest.approx(LENGTH, rel=0.01)
