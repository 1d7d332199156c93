"""One finding: what was looked at, how it is, and the cure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

State = Literal["ok", "warning", "fault"]


class Line(NamedTuple):
    """`says` is a sentence; `cure` says what to do, and is empty where all is well."""

    what: str
    state: State
    says: str
    cure: str = ""


def ok(what: str, says: str) -> Line:
    """All is well."""
    return Line(what, "ok", says)


def warning(what: str, says: str, cure: str = "") -> Line:
    """It works, and should be looked after."""
    return Line(what, "warning", says, cure)


def fault(what: str, says: str, cure: str = "") -> Line:
    """It does not work."""
    return Line(what, "fault", says, cure)


def broken(lines: Sequence[Line]) -> bool:
    """Whether one of them is a fault."""
    return any(line.state == "fault" for line in lines)
