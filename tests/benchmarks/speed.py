"""How soon: the start beside the smallest app of Textual's, and every key."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median, quantiles

from tests.benchmarks.server import PROGRAM, served
from tests.benchmarks.table import Row
from tests.benchmarks.terminal import Terminal

TIMES = 9
MINIMAL = (sys.executable, "-m", "tests.benchmarks.minimal")
LENGTHS = (1_000, 10_000_000)
HELD, A_SECOND = 150, 30


def cpu_of(command: Sequence[str]) -> float:
    """CPU seconds of a command that ends."""
    pid = os.posix_spawn(
        command[0],
        list(command),
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    usage = os.wait4(pid, 0)[2]
    return usage.ru_utime + usage.ru_stime


def words() -> Iterator[Row]:
    """Answers without a screen, beside Python that does nothing."""
    for option in ("--version", "--help"):
        pairs = [
            (cpu_of([*PROGRAM, option]), cpu_of([sys.executable, "-c", "pass"]))
            for _ in range(TIMES)
        ]
        ours, python = (min(times) for times in zip(*pairs, strict=True))
        yield Row(f"{option}, CPU beside `python -c pass`", ours / python, 3, "×")


def start() -> Iterator[Row]:
    """Seconds until the first frame, and until the overview shows what it has read."""
    found: list[tuple[float, ...]] = []
    with served() as server:
        for _ in range(TIMES):
            with Terminal(MINIMAL) as terminal:
                minimal = terminal.until("ready")
            with Terminal([*MINIMAL, "ask"], env=server.env) as terminal:
                asking = terminal.until("answered")
            before = server.cpu_s()
            with Terminal(PROGRAM, env=server.env) as terminal:
                first, read = terminal.until("127.0.0.1"), terminal.until("self-registration")
            found.append((minimal, asking, first, read, server.cpu_s() - before))
    minimal, asking, first, read, theirs = (min(times) for times in zip(*found, strict=True))
    yield Row("first frame, beside the smallest app", first / minimal, 1.4, "×", textual=1)
    most, floor = 2 + theirs / minimal, asking / minimal
    yield Row("first answer shown, beside the same", read / minimal, most, "×", textual=floor)


def keys() -> Iterator[Row]:
    """From a key to the last byte that follows."""
    with served() as server, Terminal([*PROGRAM, ":repos"], env=server.env) as terminal:
        terminal.until(r"\d repositories")
        terminal.settle(2)
        near = [terminal.press(key, quiet=0.05).last_s for key in ("down", "up") * 100]
        far = [terminal.press(key).last_s for key in _far() * 8]
    with Terminal(MINIMAL) as terminal:
        terminal.until("ready")
        terminal.settle(2)
        smallest = [terminal.press(key, quiet=0.05).last_s for key in "xy" * 100]
    for name, times, limits in (("in view", near, (5, 20)), ("a scroll or page", far, (12, 35))):
        for share, limit in zip((50, 99), limits, strict=True):
            ours, textual = (quantiles(one, n=100)[share - 1] * 1000 for one in (times, smallest))
            yield Row(f"key to last byte, {name}, p{share}", ours, limit, "ms", textual=textual)


def holding() -> Iterator[Row]:
    """A key that is held, in a list that comes in pages."""
    with served("large") as server, Terminal([*PROGRAM, ":repos"], env=server.env) as terminal:
        terminal.until(r"\d repositories")
        terminal.settle(2)
        answered, after = held(terminal)
    yield Row(f"key held {HELD} times, answered", answered, 145, "", least=True)
    yield Row("key held, last byte after the last", after * 1000, 50, "ms")


def _far() -> tuple[str, ...]:
    return ("home", *["pagedown"] * 3, "end", *["pageup"] * 3, *["up"] * 16, *["pagedown"] * 2)


def held(terminal: Terminal) -> tuple[int, float]:
    """How many repeats of a held key were answered before the next; seconds until all was quiet."""
    terminal.press("home", quiet=1)
    answered, began = 0, time.perf_counter()
    for number in range(1, HELD + 1):
        terminal.send("down")
        came = 0
        while (left := began + number / A_SECOND - time.perf_counter()) > 0:
            came += terminal.read(left)
        answered += came > 0
    return answered, terminal.last_read(began + HELD / A_SECOND - 1 / A_SECOND)


def length() -> Iterator[Row]:
    """What a key costs in ten million rows, beside a thousand."""
    times: dict[int, list[float]] = {number: [] for number in LENGTHS}
    for _ in range(3):
        for number in LENGTHS:
            with Terminal([sys.executable, "-m", "tests.benchmarks.rows", str(number)]) as terminal:
                terminal.until("row 1")
                terminal.settle()
                times[number] += [
                    terminal.press(key, quiet=0.04).last_s
                    for key in ("down", "pagedown", "end", "pageup", "home") * 10
                ]
    short, long = (median(times[number]) for number in LENGTHS)
    yield Row("key to last byte, 10⁷ rows beside 10³", long / short, 1.2, "×")


def rows() -> Iterator[Row]:
    """All of them."""
    for measure in (words, start, keys, holding, length):
        yield from measure()
