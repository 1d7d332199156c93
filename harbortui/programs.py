"""Other programs: started without a shell, without our secrets, with a limit on time and output."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import IO

OUTPUT = 64 * 2**10
"""Bytes: more than any secret."""


class ProgramError(Exception):
    """A program did not do what it was started for; the text follows its name."""


@dataclass(frozen=True)
class Ended:
    """How a program ended, and what it wrote to standard output."""

    code: int
    output: bytes

    def __repr__(self) -> str:
        """The output may be a secret."""
        return f"Ended({self.code}, {len(self.output)} bytes)"


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for other programs: without anything of ours."""
    return {name: value for name, value in environ.items() if not name.startswith("HARBORTUI_")}


def run(
    argv: Sequence[str],
    environ: Mapping[str, str],
    seconds: float,
    *,
    told: bytes = b"",
    quiet: bool = False,
) -> Ended:
    """Start `argv` and read what it writes; raises ProgramError when it hangs or writes too much.

    It is `told` something on standard input; else, unless `quiet`, it may ask on the terminal.
    """
    with nullcontext() if quiet else _terminal_kept():  # as it is before the program is there
        child = _started(argv, environ, told=bool(told), quiet=quiet)
        try:
            return _listen(child, told, time.monotonic() + seconds)
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            raise ProgramError(f"did not end within {seconds:g} s") from error
        finally:
            child.kill()
            child.wait()


def _started(
    argv: Sequence[str], environ: Mapping[str, str], *, told: bool, quiet: bool
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            argv,
            stdin=subprocess.PIPE if told else subprocess.DEVNULL if quiet else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
            env=clean(environ),
        )
    except (OSError, ValueError) as error:
        raise ProgramError(f"cannot be started: {_words(error)}") from error


def _listen(child: subprocess.Popen[bytes], told: bytes, deadline: float) -> Ended:
    assert child.stdout
    with child.stdout:
        _tell(child.stdin, told)
        output = _read(child.stdout, deadline)
    return Ended(child.wait(max(0.01, deadline - time.monotonic())), output)


def _tell(pipe: IO[bytes] | None, told: bytes) -> None:
    """What fits into a pipe is written at once, read or not."""
    if not pipe:
        return
    try:
        pipe.write(told[:4096])
        pipe.close()
    except BrokenPipeError:
        return


def _read(pipe: IO[bytes], deadline: float) -> bytes:
    output = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            piece = os.read(pipe.fileno(), OUTPUT)
            output += piece
            if not piece:
                return output
            if len(output) > OUTPUT:
                raise ProgramError(f"wrote more than {OUTPUT // 2**10} KiB")
    raise TimeoutError


@contextmanager
def _terminal_kept() -> Iterator[None]:
    """A program that is killed while it asks for a password leaves the terminal without echo."""
    if not sys.stdin or not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _words(error: OSError | ValueError) -> str:
    return error.strerror or "unknown" if isinstance(error, OSError) else "its name has a NUL in it"
