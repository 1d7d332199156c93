"""Where events go: standard output, or a file that is gone on with; and how far it has come."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path
from time import monotonic
from typing import Protocol

from harbortui.api.audit import Event
from harbortui.audit.export import File, Progress
from harbortui.audit.formats import Format
from harbortui.audit.wording import stamp
from harbortui.text import safe

STANDARD = 1
EVERY = 0.2
"""Seconds between two lines of progress."""


class Output(Protocol):
    """Takes events, by rising id."""

    last_id: int
    """What was written when it was begun, up to this id."""

    def write(self, events: list[Event]) -> None:
        """Write them. OSError when that cannot be; BrokenPipeError when nobody reads."""

    def check(self) -> None:
        """BrokenPipeError when nobody reads any more."""

    def close(self) -> None:
        """Done, or stopped."""


class Standard:
    """Standard output, unbuffered: what is written is seen, a closed pipe is noticed."""

    def __init__(self, form: Format) -> None:
        self.form, self.last_id = form, 0
        self._poll = select.poll()
        self._poll.register(STANDARD, 0)
        self._write(form.head())

    def write(self, events: list[Event]) -> None:
        """Write them."""
        self._write(self.form.rows(events))

    def _write(self, content: bytes) -> None:
        while content:
            content = content[os.write(STANDARD, content) :]

    def check(self) -> None:
        """A pipe whose reader has gone reports an error without being written to."""
        if any(event & select.POLLERR for _, event in self._poll.poll(0)):
            raise BrokenPipeError

    def close(self) -> None:
        """It is not ours to close."""


class OnDisk:
    """A file of its owner's alone."""

    def __init__(self, path: Path, form: Format) -> None:
        self._file = File(path, form)
        self.last_id = self._file.ended.last_id

    def write(self, events: list[Event]) -> None:
        """Add them."""
        self._file.write(events)

    def check(self) -> None:
        """Files are patient."""

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()


class Meter:
    """One line on standard error, over and over; only where a person sees it."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        self._at, self._long = 0.0, 0

    def show(self, progress: Progress) -> None:
        """How far it has come."""
        if not self._shown or monotonic() - self._at < EVERY:
            return
        self._at = monotonic()
        reached = f", at {stamp(progress.reached)[:16]}" if progress.reached else ""
        rate = f", {progress.rate:,.0f} a second" if progress.rate else ""
        self._put(f"{progress.rows:,} events, {progress.percent} %{reached}{rate}")

    def clear(self) -> None:
        """Leave an empty line."""
        if self._long:
            self._put("")

    def say(self, sentence: str) -> None:
        """A sentence of its own line, for people and logs alike."""
        self.clear()
        sys.stderr.write(f"harbortui: {safe(sentence)}\n")
        sys.stderr.flush()

    def _put(self, text: str) -> None:
        sys.stderr.write(f"\r{text.ljust(self._long)}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._long = len(text)
