"""What was, then what comes: in order, once, whatever Harbor does meanwhile."""

import pytest

from harbortui.api.audit import Event
from harbortui.api.errors import Forbidden, ServerFault, Unauthorized, Unreachable
from harbortui.audit.filter import Filter
from harbortui.audit.ordered import Ordered
from harbortui.audit.pattern import Pattern
from harbortui.audit.reading import Clocks
from harbortui.logs.output import Meter
from harbortui.logs.writing import Writing

from .audit_model import BASE, ModelLog


class Enough(Exception):
    """Ends what never ends by itself."""


class Paper:
    """An output that keeps the ids."""

    def __init__(self, last_id: int = 0) -> None:
        self.last_id, self.ids, self.checked = last_id, [], 0  # type: ignore[var-annotated]

    def write(self, events: list[Event]) -> None:
        self.ids += [event.id for event in events]

    def check(self) -> None:
        self.checked += 1

    def close(self) -> None:
        raise AssertionError("nobody closes it here")


class Told(Meter):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(False)
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


def writing_of(
    log: ModelLog,
    paper: Paper,
    wanted: Filter | None = None,
    pauses: int = 5,
    everything: bool | None = None,
    **more: object,
) -> Writing:
    """One that ends after so many pauses; time goes on in each."""
    left = iter(range(pauses))

    async def pause(seconds: float) -> None:
        log.advance(seconds)
        if next(left, None) is None:
            raise Enough

    return Writing(
        log,
        wanted or Filter(),
        Clocks(log.now, log.moment),
        paper,
        Told(),
        everything=wanted is None if everything is None else everything,
        pause=pause,
        **more,  # type: ignore[arg-type]  # of Writing
    )


def filled(count: int) -> ModelLog:
    log = ModelLog()
    for _ in range(count):
        log.time += 1
        log.draw()
    return log


async def test_all_that_is_there_is_written_in_order() -> None:
    log, paper = filled(1000), Paper()
    await writing_of(log, paper).everything()
    assert paper.ids == list(range(1, 1001))


async def test_it_goes_on_behind_what_the_output_has() -> None:
    log, paper = filled(1000), Paper(last_id=900)
    await writing_of(log, paper).everything()
    assert paper.ids == list(range(901, 1001))


@pytest.mark.parametrize("wanted", [None, Filter(users=(Pattern("alice"),))])
async def test_the_last_few_then_what_comes_in_order_though_it_comes_late(
    wanted: Filter | None,
) -> None:
    log, paper = filled(100), Paper()
    log.draw(10)
    log.draw()
    with pytest.raises(Enough):
        await writing_of(log, paper, wanted, pauses=8).follow()
    assert paper.ids == sorted(paper.ids)
    assert paper.ids[-2:] == [101, 102]
    assert len(paper.ids) == len(set(paper.ids)) < 60


async def test_with_a_span_all_of_it_comes_first() -> None:
    log, paper = filled(500), Paper()
    wanted = Filter(since=BASE)
    with pytest.raises(Enough):
        await writing_of(log, paper, wanted, pauses=20).follow()
    assert paper.ids == list(range(1, 501))


async def test_an_output_that_has_all_up_to_an_event_gets_what_is_behind_it() -> None:
    log, paper = filled(500), Paper(last_id=495)
    with pytest.raises(Enough):
        await writing_of(log, paper).follow()
    assert paper.ids == [496, 497, 498, 499, 500]


async def test_harbor_may_go_away_and_come_back() -> None:
    log, paper = filled(50), Paper()
    writing = writing_of(log, paper, pauses=8)

    async def away(*_: object) -> bool:
        tail = writing.part.reading.tail
        assert tail
        tail.poll = poll  # type: ignore[method-assign]  # back again
        log.draw()
        raise Unreachable("no answer")

    await writing._begin()
    tail = writing.part.reading.tail
    assert tail
    poll, tail.poll = tail.poll, away  # type: ignore[method-assign]
    paper.ids.clear()
    writing._begin = _nothing  # type: ignore[method-assign]
    with pytest.raises(Enough):
        await writing.follow()
    assert paper.ids[-1] == 51
    assert writing.meter.said == ["no answer; it is tried again until it works"]  # type: ignore[attr-defined]


async def _nothing() -> None:
    return


@pytest.mark.parametrize("error", [Forbidden("no"), Unauthorized("who?")])
async def test_what_stays_wrong_ends_it(error: Exception) -> None:
    log = filled(5)
    writing = writing_of(log, Paper())
    with pytest.raises(type(error)):
        await writing._failed(error, 1)  # type: ignore[arg-type]


async def test_a_session_that_has_ended_is_begun_again_once() -> None:
    signed_in = []

    async def sign_in() -> None:
        signed_in.append(True)

    writing = writing_of(filled(5), Paper(), sign_in=sign_in)
    await writing._failed(Unauthorized("ended"), 1)
    assert signed_in == [True]
    with pytest.raises(Unauthorized):
        await writing._failed(Unauthorized("ended"), 2)


async def test_a_session_is_begun_again_after_harbor_was_away() -> None:
    answers: list[Exception | None] = [ServerFault("core is not there"), None]

    async def sign_in() -> None:
        if (answer := answers.pop(0)) is not None:
            raise answer

    writing = writing_of(filled(5), Paper(), sign_in=sign_in)
    await writing._failed(Unreachable("no answer"), 1)
    await writing._failed(Unauthorized("ended"), 2)
    await writing._failed(Unauthorized("ended"), 3)
    assert answers == []


async def test_a_log_that_was_rewound_begins_anew_and_says_so() -> None:
    log, paper = filled(50), Paper()
    writing = writing_of(log, paper, pauses=40)

    def restore() -> None:
        log.rewind(40)
        log.time += 5
        log.draw()

    log.after += [lambda: None] * 12 + [restore]
    with pytest.raises(Enough):
        await writing.follow()
    assert "rewound" in " ".join(writing.meter.said)  # type: ignore[attr-defined]
    assert paper.ids[-1] == 41


@pytest.mark.parametrize("fails_at", [1, 12])
async def test_harbor_may_go_away_while_a_rewound_log_begins_anew(fails_at: int) -> None:
    log, paper = filled(1500), Paper()
    writing = writing_of(log, paper, Filter(since=BASE), pauses=60, everything=True)

    def restore() -> None:
        log.rewind(1400)
        log.time += 5
        log.draw()

    def say(sentence: str) -> None:
        if "rewound" in sentence:
            log.fails_at = fails_at
            paper.ids.clear()

    writing.meter.say = say  # type: ignore[method-assign]
    log.after += [lambda: None] * 40 + [restore]
    with pytest.raises(Enough):
        await writing.follow()
    assert log.fails_at == 0
    assert paper.ids == list(range(1, 1402))


def test_events_are_held_until_nothing_can_come_below() -> None:
    ordered = Ordered()
    one, two, three = (Event(number, BASE) for number in (1, 2, 3))
    assert ordered.release([three], 0) == []
    assert ordered.release([one], 1) == [one]
    assert len(ordered) == 1
    assert ordered.release([two], 3) == [two, three]


def test_what_harbor_says_cannot_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Meter(False).say("\x1b]0;x\x07 is down")
    assert capsys.readouterr().err == "harbortui: \\x1b]0;x\\x07 is down\n"
