"""A program on a pseudo-terminal, the screen that it draws, and what it reports beside."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pyte

from .terminal_model import Screen

CHILD = Path(__file__).with_name("terminal_app.py")
QUESTIONS = {rb"\x1b\[\?2026\$p": b"\x1b[?2026;2$y", rb"\x1b\[c": b"\x1b[?62;22c"}
F2, F3, F4, F5, F6 = b"\x1bOQ", b"\x1bOR", b"\x1bOS", b"\x1b[15~", b"\x1b[17~"
F10 = b"\x1b[21~"


class Pty:
    """The child in a terminal of 60 columns and 16 lines; killed when the block ends."""

    def __init__(
        self,
        kind: str = "ours",
        *,
        controlling: bool = True,
        answers: bool = True,
        env: dict[str, str] | None = None,
    ) -> None:
        self.master, slave = pty.openpty()
        self.screen = Screen(60, 16)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.drawing, self.answers = True, answers
        self.resize(60, 16)
        self.before = termios.tcgetattr(self.master)
        self._report, report = os.pipe()
        self.reported = ""
        names = {"COLUMNS", "LINES", "NO_COLOR", "TEXTUAL_THEME", "TMUX"}
        full = {name: value for name, value in os.environ.items() if name not in names}
        full |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        if controlling:
            full["CONTROLLING"] = "yes"
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD), kind, str(report)],
            stdin=slave, stdout=slave, stderr=slave, env=full, pass_fds=[report],
            start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        os.close(report)

    def __enter__(self) -> "Pty":
        self.until("ready")
        self.until(lambda: "row 3" in self.text())
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._report)
        if self.master >= 0:
            os.close(self.master)

    def text(self) -> str:
        return "\n".join(self.screen.display)

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def send(self, content: bytes) -> None:
        while content:
            content = content[os.write(self.master, content[:1024]) :]
            self.listen(0)

    def press(self, key: bytes, then: str) -> None:
        """Press a key and wait until the child reports `then`."""
        self.reported = ""
        self.send(key)
        self.until(then)

    def listen(self, limit: float, *, screen: bool = True) -> bool:
        """Take what comes within `limit` seconds; False if nothing did."""
        sources = [self._report, self.master] if screen and self.master >= 0 else [self._report]
        ready = select.select(sources, [], [], limit)[0]
        if self._report in ready:
            self.reported += os.read(self._report, 65536).decode()
        if self.master in ready:
            self._show()
        return bool(ready) and self.process.poll() is None

    def _show(self) -> None:
        try:
            content = os.read(self.master, 65536)
        except OSError:  # the child has closed the other end
            content = b""
        self.raw += content
        if self.drawing:
            self.stream.feed(content)
        for question, answer in QUESTIONS.items() if self.answers else ():
            for _ in re.findall(question, content):
                os.write(self.master, answer)

    def until(
        self, wanted: str | Callable[[], bool], limit: float = 15, *, screen: bool = True
    ) -> None:
        """Listen until a report contains `wanted`, or until it is true."""

        def reached() -> bool:
            return wanted in self.reported if isinstance(wanted, str) else wanted()

        end = time.monotonic() + limit
        while not reached():
            assert time.monotonic() < end, f"{wanted} never came: {self.reported}\n{self.text()}"
            assert self.process.poll() is None, f"it ended\n{self.text()}"
            self.listen(0.02, screen=screen)

    def settle(self) -> None:
        """Listen until the child has drawn what it had to draw (it rings then)."""
        for _ in range(2):
            start = len(self.raw)
            self.send(F5)
            self.until(lambda start=start: b"\x07" in self.raw[start:])
        while self.listen(0.05):
            continue

    def exit_code(self, limit: float = 8, *, screen: bool = True) -> int:
        """Listen until the child has ended, then take what is left."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end: {self.reported}\n{self.text()}"
            self.listen(0.02, screen=screen)
        while select.select([self.master] * (self.master >= 0), [], [], 0)[0]:
            before = len(self.raw)
            self._show()
            if len(self.raw) == before:
                break
        while select.select([self._report], [], [], 0)[0]:
            line = os.read(self._report, 65536).decode()
            if not line:
                break
            self.reported += line
        return self.process.returncode

    def lose(self) -> None:
        """Take the terminal away."""
        os.close(self.master)
        self.master = -1

    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def remains(self) -> list[str]:
        """What a shell would suffer from: modes still set, echo off."""
        last = dict(re.findall(r"\x1b\[\?(\d+)([hl])", self.raw.decode(errors="replace")))
        quiet = {"7": "h", "25": "h"}
        if last.get("1049") == "l":  # the same mode: only the cursor is saved, too
            last.pop("1047", None)
        wrong = [mode for mode, end in last.items() if end != quiet.get(mode, "l")]
        same = termios.tcgetattr(self.master) == self.before
        return wrong if same else [*wrong, "line discipline"]
