"""What time it is on the server, and how moments are written."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

Mode = Literal["relative", "utc", "local"]
MODES: tuple[Mode, ...] = ("relative", "utc", "local")
WAYS = {"relative": "as ages", "utc": "in UTC", "local": "in local time"}
"""How times are shown, in sentences."""
FULL = 19
"""Characters of a date and a time."""
SLACK = 2.0
"""Seconds: the server's `Date` has no parts of them, so what happens now may seem yet to come."""
_UNITS = ((365 * 86400, "y"), (86400, "d"), (3600, "h"), (60, "min"))


class Clock:
    """Now, by the server's clock; and the reader's choice of how to write times."""

    def __init__(self, now: Callable[[], float] = time.time, mode: Mode = "relative") -> None:
        self.wall = now
        """This machine's clock, seconds since 1970."""
        self.mode: Mode = mode
        self.offset: Callable[[], float] = lambda: 0.0
        """Seconds that the server is ahead."""

    def now(self) -> datetime:
        """The server's time, UTC."""
        return datetime.fromtimestamp(self.wall() + self.offset(), UTC)

    def turn(self) -> Mode:
        """The next way of writing times."""
        self.mode = MODES[(MODES.index(self.mode) + 1) % len(MODES)]
        return self.mode

    def show(self, moment: datetime | None, room: int = FULL) -> str:
        """A moment as the reader likes it, with little room its date, or today the time alone.

        Never is `-`.
        """
        if moment is None or moment.year <= 1:
            return "-"
        if self.mode == "relative":
            return age((self.now() - aware(moment)).total_seconds())
        there = self.zoned(moment)
        if room >= FULL:
            return f"{there:%Y-%m-%d %H:%M:%S}"
        today = there.date() == self.zoned(self.now()).date()
        return f"{there:%H:%M:%S}" if today else f"{there:%Y-%m-%d}"

    def full(self, moment: datetime | None) -> str:
        """Date, time and zone, and how long ago, for details."""
        if moment is None or moment.year <= 1:
            return "never"
        zone = "" if self.mode == "local" else " UTC"
        seconds = (self.now() - aware(moment)).total_seconds()
        return f"{self.zoned(moment):%Y-%m-%d %H:%M:%S}{zone}, {ago(seconds)}"

    def zoned(self, moment: datetime) -> datetime:
        """The moment in the zone that is shown."""
        moment = aware(moment)
        try:
            return moment.astimezone(None if self.mode == "local" else UTC)
        except OverflowError:  # the end of the year 9999 is some programs' word for never
            return moment


def aware(moment: datetime) -> datetime:
    """A moment without a zone is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def moment_in(text: str) -> datetime | None:
    """The moment that a text is, as in JSON: `2026-11-20T06:41:02Z`."""
    if len(text) < 20 or text[10] != "T":
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def age(seconds: float) -> str:
    """One unit: `< 1 min`, `12 min`, `3 h`, `41 d`, `2 y`; in the future `in 6 d`."""
    distance = abs(seconds)
    start = "in " if seconds < -SLACK else ""
    for unit, name in _UNITS:
        if distance >= unit:
            return f"{start}{int(distance // unit)} {name}"
    return f"{start}< 1 min"


def ago(seconds: float) -> str:
    """`3 h ago`; of what is yet to come, by a clock that is wrong, `in 6 d`."""
    return f"{age(seconds)} ago" if seconds >= -SLACK else age(seconds)


def until(moment: datetime, now: datetime) -> timedelta:
    """How long it is to a moment; negative when it has passed."""
    return aware(moment) - now
