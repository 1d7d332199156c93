"""Changes to many things: one after another, ended in time, told truthfully."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from pydantic import SecretStr

from harbortui.api.errors import (
    Conflict,
    Forbidden,
    HarborError,
    Refused,
    ServerFault,
    Unauthorized,
    UnknownOutcome,
    Unreachable,
)
from harbortui.api.harbor import Harbor
from harbortui.clock import Clock
from harbortui.screens import changes
from harbortui.screens.changes import Change, Result, Step, carry_out, single
from harbortui.session import Session
from harbortui.shown import Once

Run = Callable[[], Awaitable[Once | str | None]]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outcomes are read back at once."""
    monkeypatch.setattr(changes, "PAUSE", 0.0)


@pytest.fixture
def session() -> Session:
    """Nobody's: the steps do not ask Harbor anything."""
    return Session(Harbor("http://x", transport=httpx.MockTransport(_unasked)), Clock(), where="x")


def _unasked(request: httpx.Request) -> httpx.Response:
    raise AssertionError(request.url)


class Steps:
    """As many steps as there are answers: None is done, an error is raised."""

    def __init__(self, *answers: HarborError | Once | str | None) -> None:
        self.ran: list[int] = []
        self.steps = [Step(f"l{n}", self._run(n, one)) for n, one in enumerate(answers, 1)]

    def _run(self, number: int, answer: HarborError | Once | str | None) -> Run:
        async def run() -> Once | str | None:
            self.ran.append(number)
            if isinstance(answer, HarborError):
                raise answer
            return answer

        return run

    @property
    def change(self) -> Change:
        return Change(self.steps, "Deleted {}.", "label", "labels")


async def done(session: Session, *answers: HarborError | Once | str | None) -> tuple[Steps, Result]:
    steps = Steps(*answers)
    return steps, await carry_out(session, steps.change)


async def test_one_change_is_told_by_its_name(session: Session) -> None:
    _, result = await done(session, None)
    assert result.fine
    assert session.said.text == "Deleted l1."
    assert session.said.tone == "ok"
    assert session.changed_at > 0


async def test_one_change_may_have_a_sentence_of_its_own(session: Session) -> None:
    await done(session, "l1 was gone already.")
    assert session.said.text == "l1 was gone already."


async def test_one_refusal_is_told_in_harbors_words(session: Session) -> None:
    _, result = await done(session, Conflict("project not empty"))
    assert not result.fine
    assert (session.said.text, session.said.tone) == ("l1: project not empty", "bad")


async def test_several_changes_are_counted(session: Session) -> None:
    steps, result = await done(session, None, None, None)
    assert steps.ran == [1, 2, 3]
    assert result.done == ["l1", "l2", "l3"]
    assert session.said.text == "Deleted 3 labels."


async def test_what_was_not_as_expected_is_told_beside_the_count(session: Session) -> None:
    await done(session, None, "l2 was gone already.", None)
    assert session.said.text == "Deleted 3 labels (l2 was gone already)."
    await done(session, "l1 was gone already", "l2 was gone already")
    assert session.said.text == "Deleted 2 labels (l1 was gone already, and 1 more like that)."


@pytest.mark.parametrize("fault", range(1, 6))
async def test_a_refusal_at_any_place_stops_none_of_the_others(
    session: Session, fault: int
) -> None:
    answers: list[HarborError | None] = [None] * 5
    answers[fault - 1] = Conflict("still in use.")
    steps, result = await done(session, *answers)
    assert steps.ran == [1, 2, 3, 4, 5]
    assert result.failed == [(f"l{fault}", "still in use.")]
    assert session.said.text == f"Deleted 4 labels, 1 refused: l{fault}: still in use."


@pytest.mark.parametrize("fault", [Unauthorized, Forbidden])
@pytest.mark.parametrize("place", [1, 3])
async def test_without_rights_the_rest_is_not_tried(
    session: Session, fault: type[HarborError], place: int
) -> None:
    answers: list[HarborError | None] = [None] * 5
    answers[place - 1] = fault("no")
    steps, result = await done(session, *answers)
    assert steps.ran == list(range(1, place + 1))
    assert result.untried == [f"l{n}" for n in range(place + 1, 6)]
    assert session.said.text.endswith(f"1 refused: l{place}: no, {5 - place} not tried.")


async def test_three_errors_in_a_row_end_it(session: Session) -> None:
    errors = [Conflict("a"), ServerFault("b"), Unreachable("c")]
    steps, result = await done(session, None, *errors, None, None)
    assert steps.ran == [1, 2, 3, 4]
    assert result.untried == ["l5", "l6"]
    words = "Deleted 1 label, 3 refused: l2: a, 2 not tried."
    assert session.said.text == words


async def test_errors_that_are_not_in_a_row_do_not_end_it(session: Session) -> None:
    two = [Conflict("a"), Refused("b")]
    steps, result = await done(session, *two, None, *two, None, *two)
    assert len(steps.ran) == 8
    assert len(result.failed) == 6


async def test_unknown_outcomes_count_as_errors_in_a_row(session: Session) -> None:
    steps, result = await done(session, *[UnknownOutcome("lost")] * 3, None)
    assert steps.ran == [1, 2, 3]
    assert len(result.unknown) == 3
    assert result.untried == ["l4"]
    assert "3 unknown: l1: look before you repeat it: lost" in session.said.text


async def test_ctrl_c_ends_it_after_the_step_that_is_under_way(session: Session) -> None:
    began, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        began.set()
        await go_on.wait()

    steps = Steps(None, None, None)
    steps.steps[1] = Step("l2", slow)
    task = asyncio.create_task(carry_out(session, steps.change))
    await began.wait()
    assert session.said.text == "2 of 3: l2 (ctrl+c stops)"
    session.stops.press()
    assert (await carry_out(session, Steps(None).change)).fine, "an old ctrl+c stops nothing new"
    go_on.set()
    result = await task
    assert result.done == ["l1", "l2"]
    assert result.untried == ["l3"]
    assert session.said.text == "Deleted 2 labels, 1 not tried."


async def test_a_secret_is_told_once_and_not_on_the_status_line(session: Session) -> None:
    told: list[Once] = []
    secret = Once("robot$a", SecretStr("hunter2"))

    async def run() -> Once:
        return secret

    await carry_out(session, single("robot$a", run, "Made {}.", told=told.append))
    assert told == [secret]
    assert session.said.text == "Made robot$a."


async def test_an_ended_session_is_told_and_lost_rights_are_doubted(session: Session) -> None:
    ended: list[bool] = []
    session.told.ended = lambda: ended.append(True)
    await done(session, Forbidden("no"))
    assert ended == []
    await done(session, Unauthorized("no"))
    assert ended == [True]
    with pytest.raises(AssertionError, match="users/current"):
        await session.probe()


async def test_names_with_braces_are_told_as_they_are(session: Session) -> None:
    async def run() -> None:
        return None

    await carry_out(session, single("{0}{x}", run, "Deleted {}."))
    assert session.said.text == "Deleted {0}{x}."
