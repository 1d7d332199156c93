"""A frozen demo behind a real socket, and the program that signs in to it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from harbortui.demo import DemoHarbor, credentials
from tests.benchmarks.terminal import cpu_s
from tests.bridge import Bridge
from tests.serving import serving

PROGRAM = (sys.executable, "-m", "harbortui")


class Server:
    """The demo in a process of its own; `env` signs the program in to it."""

    def __init__(self, process: subprocess.Popen[str], home: str, scenario: str) -> None:
        assert process.stdin and process.stdout
        self.pid, self._orders = process.pid, process.stdin
        username, password = credentials(scenario)
        self.env = {
            "HARBORTUI_URL": f"http://127.0.0.1:{process.stdout.readline().strip()}",
            "HARBORTUI_USERNAME": username,
            "HARBORTUI_PASSWORD": password,
            **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), home),
        }

    def record(self, number: int) -> None:
        """So many events happen."""
        self._orders.write(f"{number}\n")
        self._orders.flush()

    def cpu_s(self) -> float:
        """CPU seconds so far."""
        return cpu_s(self.pid)


@contextmanager
def served(scenario: str = "") -> Iterator[Server]:
    """A server, until the block ends."""
    command = [sys.executable, "-m", "tests.benchmarks.server", scenario]
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        yield Server(process, home, scenario)
        process.terminate()


async def serve(scenario: str) -> None:
    """Print the port, then record as many events as each line of standard input says."""
    demo, orders, number = DemoHarbor(scenario), asyncio.StreamReader(), count(1)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    async with serving(Bridge(demo).serve) as port:
        os.write(1, f"{port}\n".encode())
        while line := await orders.readline():
            for _ in range(int(line)):
                thing = f"payments/api:v{next(number)}"
                demo.record("robot$ci-pusher", "push", "artifact", thing, project_id=1)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
