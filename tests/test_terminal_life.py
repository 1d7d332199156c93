"""Ends, bad input, lost and stalled terminals, on a real pseudo-terminal."""

import os
import resource
import signal
import time
from pathlib import Path

import pytest

from .benchmarks.terminal import cpu_s
from .terminal_pty import F2, F3, F4, F6, F10, Pty

DOWN, TAB = b"\x1b[B", b"\t"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.fault("F41")),
        pytest.param(signal.SIGHUP, 129, marks=pytest.mark.fault("F42")),
        pytest.param(signal.SIGINT, 130, marks=pytest.mark.fault("F45")),
    ],
)
def test_a_signal_restores_the_terminal_and_ends_with_its_code(number: int, code: int) -> None:
    with Pty() as child:
        child.process.send_signal(number)
        asked = time.monotonic()
        assert child.exit_code() == code
        assert time.monotonic() - asked < 3
        assert child.remains() == []
        assert "unmounted, 0 dropped" in child.reported


@pytest.mark.fault("F41")
def test_an_app_may_end_in_its_own_way_and_time() -> None:
    with Pty("hook") as child:
        child.process.send_signal(signal.SIGTERM)
        assert child.exit_code() == 143
        assert "asked 143" in child.reported
        assert "unmounted" in child.reported


@pytest.mark.fault("F41")
def test_a_signal_ends_a_program_that_is_blocked() -> None:
    with Pty() as child:
        child.press(F2, "blocked")
        child.process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        assert child.exit_code() == 143
        assert time.monotonic() - asked < 4
        assert child.remains() == []


def test_a_bug_in_a_thread_ends_the_program_and_is_told() -> None:
    with Pty() as child:
        child.drawing = False
        child.send(F6)
        assert child.exit_code() == 1
        assert b"a bug in the painter" in child.raw
        assert child.remains() == []


@pytest.mark.fault("F41")
def test_a_second_signal_ends_it_at_once() -> None:
    with Pty() as child:
        child.press(F2, "blocked")
        child.process.send_signal(signal.SIGTERM)
        child.listen(0.1)
        child.process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        assert child.exit_code() == 143
        assert time.monotonic() - asked < 1.5
        assert child.remains() == []


@pytest.mark.fault("F44")
@pytest.mark.parametrize("answers", [True, False])
def test_a_terminal_that_stops_reading_blocks_nothing_and_then_gets_the_latest_picture(
    answers: bool,
) -> None:
    with Pty(answers=answers) as child:
        child.settle()
        os.write(child.master, F3)
        child.until("tick 15", screen=False)  # far more than a terminal's queue takes
        before = len(child.raw)
        child.until(lambda: child.reported.count("tick") > 16)
        child.press(b"\x1bOP", "key f1")
        child.until(lambda: len(child.raw) > before)
        assert b"\x1b[2J" not in child.raw[before:]
        assert len(child.raw) - before < 40 * 1000
        shown = [int(line.split()[0]) for line in child.screen.display[1:14] if line.split()]
        assert shown[0] > 100  # the list went on while nobody looked


@pytest.mark.fault("F44")
def test_a_signal_ends_a_program_whose_terminal_has_stopped_reading() -> None:
    with Pty(answers=False) as child:
        child.settle()
        os.write(child.master, F3)
        child.until("tick 15", screen=False)
        child.drawing = False  # pyte stumbles over the sequence at which output was cut off
        child.process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        assert child.exit_code(screen=False) == 143
        assert time.monotonic() - asked < 4
        assert "unmounted" in child.reported
        assert child.remains() == []


@pytest.mark.fault("F44")
def test_a_signal_ends_a_program_that_is_blocked_and_whose_terminal_has_stopped_reading() -> None:
    with Pty(answers=False) as child:
        child.settle()
        os.write(child.master, F3)
        child.until("tick 15", screen=False)
        os.write(child.master, F2)
        child.until("blocked", screen=False)
        child.drawing = False  # pyte stumbles over the sequence at which output was cut off
        child.process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        assert child.exit_code(screen=False) == 143
        assert time.monotonic() - asked < 5
        assert child.remains() == []


def of_those_that_ended() -> float:
    """CPU seconds of the children that have been waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    "controlling",
    [
        pytest.param(True, marks=pytest.mark.fault("F42")),
        pytest.param(False, marks=pytest.mark.fault("F43")),
    ],
)
def test_a_terminal_that_is_gone_ends_the_program(controlling: bool) -> None:
    with Pty(controlling=controlling) as child:
        spent = cpu_s(child.process.pid) + of_those_that_ended()
        child.lose()
        asked = time.monotonic()
        assert child.exit_code() == 129
        assert time.monotonic() - asked < 3
        assert of_those_that_ended() - spent < 1  # Textual alone goes on at 90 % CPU
        assert "unmounted" in child.reported


@pytest.mark.fault("F47")
def test_signals_that_are_sent_by_mistake_do_nothing() -> None:
    with Pty() as child:
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE):
            child.process.send_signal(number)
        child.press(DOWN, "key down")
        child.send(F10)
        assert child.exit_code() == 0
        assert child.remains() == []


def stopped(child: Pty) -> bool:
    stat = Path(f"/proc/{child.process.pid}/stat").read_text()
    return stat.rpartition(")")[2].split()[0] == "T"


@pytest.mark.fault("F46")
def test_suspending_gives_the_terminal_back_and_continuing_paints_it_again() -> None:
    with Pty() as child:
        child.press(DOWN, "key down")
        child.settle()
        before = child.screen.looks()
        child.send(b"\x1a")
        child.until(lambda: stopped(child) and not child.remains())
        child.screen.reset()
        child.process.send_signal(signal.SIGCONT)
        child.until("resumed")
        child.until(lambda: child.screen.looks() == before)
        assert not child.echoes()
        child.press(DOWN, "key down")
        child.send(F10)
        assert child.exit_code() == 0
        assert child.remains() == []


@pytest.mark.fault("F46")
def test_a_stop_that_nobody_hears_does_no_harm() -> None:
    with Pty() as child:
        child.settle()
        before = child.screen.looks()
        child.process.send_signal(signal.SIGSTOP)
        child.until(lambda: stopped(child))
        child.screen.reset()
        child.process.send_signal(signal.SIGCONT)
        child.until("resumed")
        child.until(lambda: child.screen.looks() == before)
        child.press(DOWN, "key down")
        assert child.reported.count("key down") == 1
        child.send(F10)
        assert child.exit_code() == 0
        assert child.remains() == []


@pytest.mark.parametrize("by_key", [True, False])
def test_a_key_and_a_terminal_that_came_back_paint_everything_again(by_key: bool) -> None:
    with Pty() as child:
        child.settle()
        before = child.screen.looks()
        child.screen.reset()
        start = len(child.raw)
        if by_key:
            child.press(F4, "repainted")
        else:
            child.process.send_signal(signal.SIGWINCH)
        child.until(lambda: child.screen.looks() == before)
        assert b"\x1b[?1002h" in child.raw[start:]


def alike(ours: Pty, stock: Pty) -> bool:
    """Whether both come to show the same; a busy machine may keep either waiting."""
    for _ in range(20):
        if ours.text() == stock.text():
            return True
        ours.settle()
        stock.settle()
    return False


@pytest.mark.fault("F56")
def test_after_a_storm_of_sizes_the_screen_is_what_textual_alone_shows() -> None:
    with Pty() as ours, Pty("stock") as stock:
        for child in (ours, stock):
            for size in ((70, 20), (40, 10), (60, 16), (120, 40), (61, 17)):
                child.resize(*size)
                child.listen(0)
            child.settle()
            child.press(DOWN, "key down")
            child.settle()
        assert alike(ours, stock)
        assert len(ours.raw) < len(stock.raw) / 3
        for size in ((1, 1), (500, 200), (1, 200), (500, 1), (61, 17)):
            ours.resize(*size)
            ours.listen(0.03)
        ours.settle()
        assert alike(ours, stock)
