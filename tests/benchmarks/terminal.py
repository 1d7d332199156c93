"""A program on a pseudo-terminal: what it writes, how soon, and what it costs the machine."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from pyte import ByteStream

from tests.terminal_model import Look, Screen

COLUMNS, LINES = 120, 40
KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "escape": "\x1b",
}
ANSWERS = {
    re.compile(rb"\x1b\[\?2026\$p"): b"\x1b[?2026;2$y",
    re.compile(rb"\x1b\[\?2048\$p"): b"\x1b[?2048;0$y",
    re.compile(rb"\x1b\[c"): b"\x1b[?62;22c",
}
# Kitty's keyboard and others that pyte would take for something else.
FOREIGN = re.compile(rb"\x1b\[[<>][\d;]*u|\x1b\[\?2026\$p|\x1b\[\?2048\$p|\x1b\[c")


def cpu_s(pid: int) -> float:
    """CPU seconds of a process so far."""
    # The clock of another process: Linux' clock_getcpuclockid(3).
    return time.clock_gettime((~pid << 3) | 2)


class Cost(NamedTuple):
    """What followed a key: seconds until the last byte (0 if none came), and bytes."""

    last_s: float
    size: int


class Terminal:
    """A program in a terminal of 120 columns and 40 lines; it is ended when the block ends."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self.size = 0
        self._raw: list[bytes] = []
        self.screen = Screen(COLUMNS, LINES)
        self._stream = ByteStream(self.screen)
        full = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        for name in ("COLUMNS", "LINES", "NO_COLOR", "TEXTUAL_FPS", "ESCDELAY"):
            if name not in (env or {}):
                full.pop(name, None)
        self.started = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execvpe(command[0], list(command), full)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._master)

    def read(self, limit: float) -> int:
        """Take what comes within `limit` seconds; how many bytes that were."""
        if not select.select([self._master], [], [], max(0.0, limit))[0]:
            return 0
        try:
            content = os.read(self._master, 65536)
        except OSError as error:
            raise EOFError(f"it has ended:\n{self.text()}") from error
        self.size += len(content)
        self._raw.append(content)
        found = [answer for question, answer in ANSWERS.items() for _ in question.findall(content)]
        self.reply(found, len(content))
        return len(content)

    def reply(self, answers: Sequence[bytes], _size: int) -> None:
        """Answer what was asked among so many bytes."""
        for answer in answers:
            os.write(self._master, answer)

    def text(self) -> str:
        """The screen as a person reads it."""
        content, self._raw = b"".join(self._raw), []
        self._stream.feed(FOREIGN.sub(b"", content))
        return "\n".join(line.rstrip() for line in self.screen.display)

    def looks(self) -> list[list[Look]]:
        """The screen with its colours."""
        self.text()
        return self.screen.looks()

    def until(self, pattern: str, limit: float = 20.0) -> float:
        """Seconds from the start until the screen shows this."""
        wanted, end = re.compile(pattern), time.perf_counter() + limit
        while True:
            self.read(end - time.perf_counter())
            came = time.perf_counter()
            if wanted.search(self.text()):
                return came - self.started
            if came > end:
                raise TimeoutError(f"{pattern} never came:\n{self.text()}")

    def settle(self, quiet: float = 0.3) -> int:
        """Read until nothing has come for some seconds; how many bytes that were."""
        before = self.size
        while self.read(quiet):
            continue
        return self.size - before

    def send(self, text: str) -> None:
        """Type something; nothing is read."""
        os.write(self._master, KEYS.get(text, text).encode())

    def last_read(self, since: float, quiet: float = 0.15) -> float:
        """Seconds from then to the last byte before it falls quiet."""
        last = since
        while self.read(quiet):
            last = time.perf_counter()
        return last - since

    def press(self, *keys: str, quiet: float = 0.15) -> Cost:
        """Press keys at once, and read until nothing more comes."""
        before, began = self.size, time.perf_counter()
        self.send("".join(KEYS.get(key, key) for key in keys))
        return Cost(self.last_read(began, quiet), self.size - before)

    def idle(self, seconds: float) -> tuple[int, float]:
        """Leave it alone: bytes that it wrote, and CPU seconds that it took."""
        size, cpu, end = self.size, self.cpu_s(), time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
        return self.size - size, self.cpu_s() - cpu

    def cpu_s(self) -> float:
        """CPU seconds so far."""
        return cpu_s(self.pid)

    def memory(self) -> float:
        """Resident memory, MiB."""
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20
