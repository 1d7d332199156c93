"""What becomes of connections when several reads that belong together get no answer."""

from __future__ import annotations

import asyncio

import pytest

from harbortui.api import wire
from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.api.many import several

from .serving import serving

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
