"""The screen about this connection: where the password came from, what is in between."""

from __future__ import annotations

from typing import Any

import pytest

from harbortui.demo import DemoHarbor

from .console import console, go, until, words


async def test_what_a_connection_rests_on_is_told_and_no_secret(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://user:Pr0xy-Aa1@127.0.0.1:3128")
    async with console(demo) as pilot:
        await go(pilot, ":status")
        await until(pilot, lambda: "THIS CONNECTION" in words(pilot.app))
        shown = [" ".join(line.split()) for line in words(pilot.app).splitlines()]
        facts: Any = {
            "Credentials": "from the test",
            "By": "session",
            "TLS": "verified",
            "Proxy": "by https_proxy",
            "Clock": "the same as here",
        }
        assert [f"{name} {fact}" for name, fact in facts.items()] == [
            line for name in facts for line in shown if line.startswith(f"{name} ")
        ]
        assert "Pr0xy-Aa1" not in words(pilot.app)
        assert "Harbor12345" not in words(pilot.app)
