"""What becomes of connections when several reads that belong together get no answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from harbortui.api import wire
from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.api.many import several

from .serving import saying, serving, written

ROUNDS = 10


@pytest.mark.fault("F10")
async def test_reads_that_time_out_together_leave_no_connection_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = asked = 0

    async def holding(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        nonlocal held, asked
        held, asked = held + 1, asked + 1
        while await reader.read(1024):
            continue
        held -= 1

    monkeypatch.setattr(wire, "READ_LIMIT", 0.1)
    async with serving(holding) as port:
        harbor = Harbor(f"http://127.0.0.1:{port}")
        for _ in range(ROUNDS):
            with pytest.raises(HarborError, match="in time"):
                await several(range(12), lambda number: harbor.raw(f"/{number}"))
        await asyncio.sleep(0.02)
        assert held == 0
        assert asked > ROUNDS
        await harbor.close()


async def read(harbor: Harbor, number: int) -> object:
    """A read."""
    return await harbor.raw(f"/{number}")


async def write(harbor: Harbor, number: int) -> object:
    """A write."""
    return await harbor.write("PUT", f"/{number}", {})


@pytest.mark.fault("F10")
@pytest.mark.parametrize("call", [read, write])
async def test_what_is_given_up_at_any_moment_takes_no_place_for_ever(
    call: Callable[[Harbor, int], Coroutine[Any, Any, object]],
) -> None:
    async with serving(saying(written(b"[]"))) as port:
        harbor = Harbor(f"http://127.0.0.1:{port}")
        for steps in range(2, 26):
            given_up = [asyncio.create_task(call(harbor, number)) for number in range(8)]
            for _ in range(steps):
                await asyncio.sleep(0)
            for one in given_up:
                one.cancel()
            await asyncio.gather(*given_up, return_exceptions=True)
        async with asyncio.timeout(2):
            assert len(await several(range(12), lambda number: call(harbor, number))) == 12
        await harbor.close()


async def test_a_read_that_begins_as_one_leaves_is_refused_in_words() -> None:
    harbor = Harbor("http://127.0.0.1:1")
    late = asyncio.create_task(harbor.raw("/labels"))
    await asyncio.sleep(0)  # it has been judged, and not been sent
    await harbor.close()
    with pytest.raises(HarborError, match="closed here"):
        await late
