"""Lists that are put together from many: what cannot be asked for is left out, not the rest."""

from __future__ import annotations

import pytest

from harbortui.api.across import unless_refused
from harbortui.api.errors import Forbidden, HarborError, NotFound, Refused, Unreachable


async def failing(error: HarborError) -> list[Forbidden]:
    raise error


@pytest.mark.parametrize(
    "error", [Forbidden("no"), NotFound("gone"), Refused("“..” is not a name")]
)
async def test_what_cannot_be_asked_for_is_left_out(error: HarborError) -> None:
    assert await unless_refused(failing(error)) is None


@pytest.mark.parametrize("error", [Unreachable("down"), NotFound("path /x was not found")])
async def test_what_has_no_answer_is_not_taken_for_nothing(error: HarborError) -> None:
    with pytest.raises(type(error)):
        await unless_refused(failing(error))
