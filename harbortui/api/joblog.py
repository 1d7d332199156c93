"""Logs of Harbor's jobs: `2026-11-21T06:37:43Z [ERROR] [/harbor/src/…/transfer.go:479]: words`."""

from __future__ import annotations

import re

ERROR = "[ERROR]"
VERDICT = "mark the job failure"
"""What the job service writes last: the consequence, not the cause."""
_START = re.compile(r"^\S+ \[[A-Z]+\] (?:\[[^\]]*\]:? ?)?")


def cause(log: str) -> int:
    """The number of the first line that is an error and not the verdict; -1: there is none."""
    for number, line in enumerate(log.splitlines()):
        if ERROR in line and VERDICT not in line:
            return number
    return -1


def message(line: str) -> str:
    """What a line says, without time, level and place in Harbor's source."""
    return _START.sub("", line).strip()


def reason(log: str) -> str:
    """What the line says that is the cause; empty when there is none."""
    number = cause(log)
    return message(log.splitlines()[number]) if number >= 0 else ""
