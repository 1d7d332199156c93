"""The log of a job: wrapped, opened at its cause, followed while it runs."""

from __future__ import annotations

from typing import Any

from harbortui.api import joblog
from harbortui.resources.core import Log, Part
from harbortui.screens.text import LONGEST, TextScreen
from harbortui.session import Session
from harbortui.text import safe
from harbortui.widgets.pager import Row

HANG = 3
"""Columns that the rest of a wrapped line is moved in by."""


class LogScreen(TextScreen):
    """Only the line that is the cause is red; the end is followed while the job runs."""

    def __init__(self, session: Session, log: Log[Any], item: Any, name: str) -> None:
        super().__init__(session, name)
        self.log_, self.item = log, item
        self.interval = 2.0 if log.grows(item) else 3600.0
        self._opened = False
        self._lines: list[str] = []

    def on_mount(self) -> None:
        self.pager.wrapped, self.pager.hang = True, HANG

    async def load(self) -> None:
        """Read the log again; while the job runs, its end stays in view."""
        text = await self.log_.read(self.session.harbor, self.item)
        at = joblog.cause(text)
        self._lines = [safe(line.expandtabs(4), limit=LONGEST) for line in text.splitlines()]
        self.pager.tail = self.log_.grows(self.item)
        self.show_rows([_row(line, place == at) for place, line in enumerate(self._lines)])
        if not self._opened:
            self._opened = True
            if at >= 0:
                self.pager.go_source(at)
            elif self.pager.tail:
                self.pager.action_last()

    def text(self) -> str:
        """The log as Harbor sent it, to copy and to keep."""
        return "".join(f"{line.rstrip()}\n" for line in self._lines)

    def hint(self) -> str:
        """Whether more is to come."""
        return "the job runs: its log is read again every 2 s" if self.interval < 60 else ""


def _row(line: str, is_cause: bool) -> Row:
    start, words = joblog.parted(line)
    return (Part(start, "muted"), Part(words, "cause" if is_cause else ""))
