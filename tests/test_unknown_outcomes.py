"""Changes of which nobody knows whether they were made: read back before they are told."""

from collections.abc import Sequence

import pytest

from harbortui.api.errors import (
    HarborError,
    NotFound,
    UnknownOutcome,
    Unreachable,
)
from harbortui.screens.changes import Change, Step, carry_out
from harbortui.session import Session

from .test_carry_out import done, no_pause, session

__all__ = ["no_pause", "session"]


def looking(*seen: bool | HarborError) -> tuple[Step, list[int]]:
    """A step whose answer was lost, and what is seen when it is looked for."""
    looks: list[int] = []
    answers = list(seen)

    async def run() -> None:
        raise UnknownOutcome("lost")

    async def happened() -> bool:
        looks.append(1)
        answer = answers.pop(0)
        if isinstance(answer, HarborError):
            raise answer
        return answer

    return Step("l1", run, happened), looks


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ([True], "Deleted l1."),
        ([False, True], "Deleted l1."),
        ([Unreachable("down"), True], "Deleted l1."),
        ([False, False, False], "l1: the answer was lost, and it was not done"),
        (
            [False, Unreachable("down"), False],
            "l1: look before you repeat it: lost; down",
        ),
        ([Unreachable("down")] * 3, "l1: look before you repeat it: lost; down"),
    ],
)
async def test_an_unknown_outcome_is_read_back_before_it_is_told(
    session: Session, seen: Sequence[bool | HarborError], words: str
) -> None:
    step, looks = looking(*seen)
    await carry_out(session, Change((step,), "Deleted {}.", "label", "labels"))
    assert session.said.text == words
    assert len(looks) == len(seen)


async def test_what_cannot_be_read_back_is_said_to_be_unknown(session: Session) -> None:
    _, result = await done(session, UnknownOutcome("lost"))
    assert result.unknown == [("l1", "look before you repeat it: lost")]
    assert session.said.tone == "bad"


async def test_what_is_gone_is_not_called_refused_without_a_word(session: Session) -> None:
    await done(session, NotFound("label 7 not found"))
    assert session.said.text == "l1: label 7 not found (gone already?)"
    await done(session, NotFound("path /api/v2.0/x was not found"))
    assert "gone" not in session.said.text
