"""A terminal that does not read holds nobody up; an end that nobody prepared comes nevertheless."""

import asyncio
import os
import select
import signal
import subprocess
import sys
from queue import Queue

import pytest

from harbortui.terminal import ending as ending_module
from harbortui.terminal.abilities import UNKNOWN, Abilities
from harbortui.terminal.diff import Painter
from harbortui.terminal.door import Door
from harbortui.terminal.ending import Ending, Loop
from harbortui.terminal.pace import QUESTION
from harbortui.terminal.wire import Wire

ABILITIES = "from harbortui.terminal.abilities import abilities; print(tuple(abilities({!r}, 2)))"


class Reader:
    """The other end of a wire."""

    def __init__(self) -> None:
        self.end, self.descriptor = os.pipe()
        self.wire = Wire(self.descriptor, Door(), Painter(Abilities()))
        self.wire.start()
        self.wire.write("\x1b[?1049h", 80, 24)

    def frame(self, text: str) -> None:
        self.wire.write("\n".join(f"\x1b[{y};1H{text * 80}" for y in range(1, 25)), 80, 24)

    def read_until(self, wanted: str, times: int = 1) -> str:
        seen = ""
        while seen.count(wanted) < times:
            assert select.select([self.end], [], [], 5)[0], seen
            seen += os.read(self.end, 65536).decode()
        return seen

    def close(self) -> bool:
        taken = self.wire.close(0.2)
        os.close(self.end)
        os.close(self.descriptor)
        return taken


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_what_is_written_arrives(reader: Reader) -> None:
    reader.frame("a")
    assert "\x1b[?1049h" in reader.read_until("a" * 80)
    assert reader.close()


@pytest.mark.fault("F44")
def test_frames_that_a_stalled_terminal_misses_are_never_sent(reader: Reader) -> None:
    for number in range(500):  # a pipe holds 64 kB, a frame has 2 kB
        reader.frame("bc"[number % 2])
        if not reader.wire.door.waiting:
            os.read(reader.end, 1)
    reader.frame("z")
    seen = reader.read_until("z" * 80)
    assert len(seen) < 300_000
    assert reader.close()


@pytest.mark.fault("F44")
def test_a_wire_to_a_terminal_that_reads_nothing_can_be_closed(reader: Reader) -> None:
    reader.read_until("\x1b[?1049h")
    os.write(reader.descriptor, b"x" * 65536)  # what a pipe holds
    reader.frame("a")
    assert not reader.wire.close(0.05)
    os.read(reader.end, 65536)
    reader.close()


def test_a_terminal_that_another_program_made_non_blocking_gets_all(reader: Reader) -> None:
    reader.read_until("\x1b[?1049h")
    os.set_blocking(reader.descriptor, False)
    os.write(reader.descriptor, b"x" * 65536)  # what a pipe holds
    reader.frame("Z")
    while reader.wire.door.waiting:
        os.sched_yield()
    reader.read_until("Z" * 80, 24)
    assert reader.close()


@pytest.mark.fault("F42")
def test_a_terminal_that_is_gone_is_written_to_no_more(reader: Reader) -> None:
    os.close(reader.end)
    reader.frame("a")
    assert not reader.wire.close(5)
    assert reader.wire.lost
    os.close(reader.descriptor)


def test_questions_follow_output_only_while_somebody_listens(reader: Reader) -> None:
    reader.frame("a")
    assert QUESTION not in reader.read_until("a" * 80)
    reader.wire.listen()
    reader.read_until(QUESTION)
    reader.wire.answered()
    reader.frame("b")
    reader.read_until(QUESTION)
    assert not reader.wire.door.waiting
    reader.wire.answered()
    reader.wire.settle(5)
    assert reader.close()


async def test_an_end_is_asked_for_in_the_loop_and_only_once() -> None:
    asked: asyncio.Queue[int] = asyncio.Queue()
    ending = Ending(Loop(), asked.put_nowait, lambda: None, lambda _: None)
    ending.begin(143)
    ending.begin(129)
    assert await asked.get() == 143
    assert asked.empty()


@pytest.mark.fault("F44")
@pytest.mark.parametrize("answers", [True, False])
async def test_an_end_that_does_not_come_is_forced(
    monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    left: list[str] = []
    stopped: Queue[int] = Queue()
    monkeypatch.setattr(ending_module, "ANSWER_S", 0.01)
    monkeypatch.setattr(ending_module, "END_S", 0.02)
    ending = Ending(Loop(), lambda _: None, lambda: left.append("left"), stopped.put)
    ending.begin(128 + signal.SIGTERM)
    code = await asyncio.to_thread(stopped.get) if answers else stopped.get()
    assert code == 143
    assert left == ["left"]


def abilities(term: str) -> str:
    """What a fresh interpreter finds out about a terminal (terminfo is read once in each)."""
    command = [sys.executable, "-c", ABILITIES.format(term)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.fault("F54")
def test_terminfo_says_what_a_terminal_can_do() -> None:
    assert abilities("vt100") == "(False, False, False, True)"
    assert abilities("linux") == "(True, True, True, True)"
    assert abilities("no-such-terminal") == str(tuple(UNKNOWN))
