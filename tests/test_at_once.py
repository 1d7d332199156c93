"""What goes on at the same time: one thing does not end, or undo, another."""

import pytest

from harbortui.demo import DemoHarbor

from .console import console, until


async def test_who_goes_somewhere_at_once_does_not_end_the_beginning(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.app.PAUSE", 60)
    async with console(demo) as pilot:
        await pilot.press("tab", "enter")
        await until(pilot, lambda: len(pilot.app.screen_stack) > 2)
        assert "begin" in [worker.name for worker in pilot.app.workers if worker.is_running]
