"""What goes on at the same time: one thing does not end, or undo, another."""

import asyncio
from dataclasses import replace

import pytest

from harbortui.audit.filter import Filter
from harbortui.audit.pattern import Pattern
from harbortui.demo import DemoHarbor
from harbortui.screens.messages import SignIn

from .console import console, until, words


async def test_who_goes_somewhere_at_once_does_not_end_the_beginning(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.app.PAUSE", 60)
    async with console(demo) as pilot:
        await pilot.press("tab", "enter")
        await until(pilot, lambda: len(pilot.app.screen_stack) > 2)
        assert "begin" in [worker.name for worker in pilot.app.workers if worker.is_running]


async def test_what_is_found_for_a_filter_is_not_joined_to_the_next_one(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def joined(wanted: Filter, _: object) -> Filter:
        asked.set()
        await answered.wait()
        return replace(wanted, things=(*wanted.things, Pattern("payments/api@sha256:1")))

    monkeypatch.setattr("harbortui.audit.trail.joined", joined)
    async with console(demo, ":logs res:payments/api:1.0") as pilot:
        await until(pilot, asked.is_set)
        log = pilot.app.screen
        log.narrow("user:admin")
        answered.set()
        await until(pilot, lambda: log.reading.opened)
        assert not log.reading.wanted.things


async def test_a_terminal_that_grows_below_a_sign_in_is_large_when_that_is_closed(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.resize_terminal(30, 8)
        await until(pilot, lambda: "terminal too small" in words(pilot.app))
        pilot.app.post_message(SignIn())
        await until(pilot, lambda: "terminal too small" not in words(pilot.app))
        await pilot.resize_terminal(100, 30)
        pilot.app.screen.dismiss(None)
        await until(pilot, lambda: "overview › labels" in words(pilot.app))
