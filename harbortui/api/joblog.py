"""Logs of Harbor's jobs: `2026-11-21T06:37:43Z [ERROR] [/harbor/src/…/transfer.go:479]: words`."""

from __future__ import annotations

import re
from collections.abc import Awaitable

from harbortui.api.errors import NotFound

ERROR = "[ERROR]"
VERDICT = "mark the job failure"
"""What the job service writes last: the consequence, not the cause."""
NO_LOG, NO_ERROR = "Harbor has no log of it", "its log names no error"
_START = re.compile(r"^(?P<when>\S+ \[[A-Z]+\] )(?P<place>\[[^\]]*\]:? ?)?")


def cause(log: str) -> int:
    """The number of the first line that is an error and not the verdict; -1: there is none."""
    for number, line in enumerate(log.splitlines()):
        if ERROR in line and VERDICT not in line:
            return number
    return -1


def message(line: str) -> str:
    """What a line says, without time, level and place in Harbor's source."""
    return _START.sub("", line).strip()


def parted(line: str) -> tuple[str, str]:
    """Time, level and the file in Harbor's source, its folders left out; then what is said."""
    start = _START.match(line)
    if start is None:
        return "", line
    folders, _, file = (start["place"] or "").rpartition("/")
    return f"{start['when']}{'[…/' if folders else ''}{file}", line[start.end() :]


def reason(log: str) -> str:
    """What the line says that is the cause; empty when there is none."""
    number = cause(log)
    return message(log.splitlines()[number]) if number >= 0 else ""


async def told(log: Awaitable[str]) -> str:
    """The reason in a log that is asked for; or that there is no log, or no error in it."""
    try:
        return reason(await log) or NO_ERROR
    except NotFound:
        return NO_LOG
