"""A signal that interrupts another one: the size that is told last is the last one."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from harbortui.terminal.driver import Terminal
from harbortui.terminal.ending import Ending
from harbortui.terminal.wire import Wire

OURS = (signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT)


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """What a driver takes over is given back."""
    before, hook = [signal.getsignal(one) for one in OURS], threading.excepthook
    yield
    threading.excepthook = hook
    for number, handler in zip(OURS, before, strict=True):
        signal.signal(number, handler)


async def test_sizes_are_told_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    size, told = [1], []

    def textuals(number: int, _: object) -> None:
        """Reads the size; before it tells, the terminal changes again."""
        found = size[0]
        if found == 1:
            size[0] = 2
            signal.raise_signal(number)
        told.append(found)

    monkeypatch.setattr(
        LinuxDriver, "start_application_mode", lambda _: signal.signal(signal.SIGWINCH, textuals)
    )
    monkeypatch.setattr(Wire, "start", lambda _: None)
    monkeypatch.setattr(Wire, "repaint", lambda _: None)
    monkeypatch.setattr(Ending, "install", lambda _: None)
    Terminal().driver_class()(App()).start_application_mode()
    signal.raise_signal(signal.SIGWINCH)
    for _ in range(9):
        await asyncio.sleep(0)
    assert told == [1, 2]
