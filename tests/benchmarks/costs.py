"""What it takes while it runs: memory, CPU and bytes, idle and in a flood of events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.benchmarks.server import PROGRAM, Server, served
from tests.benchmarks.speed import MINIMAL
from tests.benchmarks.table import Row
from tests.benchmarks.terminal import Terminal

IDLE_S = 30
PLACES = {":overview": "self-registration", ":projects": "library", ":logs": "login"}
FLOOD_S, A_TENTH = 10, 1_000


def memory() -> Iterator[Row]:
    """Resident, after the first answer."""
    with Terminal(MINIMAL) as terminal:
        terminal.until("ready")
        minimal = terminal.memory()
    with served() as server:
        with Terminal([*MINIMAL, "ask"], env=server.env) as terminal:
            terminal.until("answered")
            floor = terminal.memory()
        with Terminal(PROGRAM, env=server.env) as terminal:
            terminal.until("self-registration")
            used = terminal.memory()
    yield Row("memory with the first answer", used, 1.5 * minimal, "MiB", textual=floor)


def idle() -> Iterator[Row]:
    """A registry where nothing happens."""
    with Terminal(MINIMAL) as terminal:
        terminal.until("ready")
        terminal.settle(3)
        smallest = terminal.idle(IDLE_S)[1] / IDLE_S * 100
    with served() as server:
        for place, words in PLACES.items():
            with Terminal([*PROGRAM, place], env=server.env) as terminal:
                terminal.until(words)
                terminal.settle(3)
                sent, cpu = terminal.idle(IDLE_S)
            yield Row(f"idle on {place}", sent, 0, "bytes")
            used = cpu / IDLE_S * 100
            yield Row(f"idle on {place}, CPU", used, 0.3, "%", textual=smallest)


def flood() -> Iterator[Row]:
    """The log is followed while ten thousand events happen in a second."""
    with served() as server, Terminal([*PROGRAM, ":logs"], env=server.env) as terminal:
        terminal.until("login")
        terminal.settle(2)
        _flow(terminal, server, 2)
        memory, size, cpu = terminal.memory(), terminal.size, terminal.cpu_s()
        _flow(terminal, server, FLOOD_S)
        cpu, size = terminal.cpu_s() - cpu, terminal.size - size
        used = terminal.memory() - memory
        before = terminal.text()
        _flow(terminal, server, 1, "up")
        moved = re.findall("not following|new", terminal.text())
    events = 10 * A_TENTH * FLOOD_S
    yield Row("following 10,000 events a second, CPU", cpu / FLOOD_S * 100, 30, "%")
    yield Row("following 10,000 events a second", size / FLOOD_S / 1000, 30, "kB/s")
    yield Row("… keys answered", bool(moved) and before != terminal.text(), 1, "", least=True)
    yield Row("… memory for an event", used * 1024 / events, 0.6, "KiB")


def _flow(terminal: Terminal, server: Server, seconds: float, key: str = "") -> None:
    for _ in range(int(seconds * 10)):
        server.record(A_TENTH)
        terminal.idle(0.1)
        if key:
            terminal.send(key)


def rows() -> Iterator[Row]:
    """All of them."""
    for measure in (memory, idle, flood):
        yield from measure()
