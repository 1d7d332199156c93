"""A program that nobody uses sleeps: Textual alone looks for keys ten times a second."""

import os
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from harbortui.terminal import calm
from harbortui.terminal.calm import Calm

from .benchmarks.terminal import cpu_s
from .terminal_pty import F4, F10, Pty

DOWN = b"\x1b[B"


def wakings(child: Pty) -> int:
    """How often its threads have gone to sleep."""
    states = [one.read_text() for one in Path(f"/proc/{child.process.pid}/task").glob("*/status")]
    return sum(int(one.partition("\nvoluntary_ctxt_switches:")[2].split()[0]) for one in states)


def rest(child: Pty, seconds: float) -> None:
    """Take what it writes for so long."""
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        child.listen(left)


def test_where_nothing_is_typed_nothing_wakes() -> None:
    with Pty() as child:
        child.press(DOWN, "key down")
        rest(child, calm.CALM_S + 0.5)
        before = wakings(child)
        rest(child, 1)
        assert wakings(child) - before <= 2
        child.press(b"\x1b[", "key")  # a sequence without its rest is told all the same
        child.press(DOWN, "key down")
        child.send(F10)
        assert child.exit_code() == 0


@pytest.mark.fault("F44")
def test_a_terminal_that_reads_nothing_costs_nothing() -> None:
    with Pty() as child:
        child.settle()
        for number in range(1, 9):  # each a whole screen: more than a terminal's queue takes
            os.write(child.master, F4)
            child.until(partial(repainted, child, number), screen=False)
        sleep(0.3)
        before = cpu_s(child.process.pid)
        sleep(1)
        assert cpu_s(child.process.pid) - before < 0.1
        child.drawing = False
        os.write(child.master, F10)
        assert child.exit_code() == 0


def repainted(child: Pty, times: int) -> bool:
    """Whether it has painted everything so often."""
    return child.reported.count("repainted") >= times


def test_who_reads_hears_what_comes_and_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calm, "CALM_S", 0.0)
    source, typed = os.pipe()
    end, told = Calm(), list[bytes]()

    def read() -> None:
        with end.reading(source):
            while not end.is_set():
                told.append(os.read(source, 1))

    reader, limit = Thread(target=read), monotonic() + 5
    reader.start()
    os.write(typed, b"x")
    while not told and monotonic() < limit:
        sleep(0.01)
    assert told == [b"x"]
    assert not end.is_set()
    end.set()
    reader.join(5)
    assert not reader.is_alive()
    assert end.is_set()
    for _ in range(2):
        end.clear()
        assert not end.is_set()
    os.close(source)
    os.close(typed)
