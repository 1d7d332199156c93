"""Times as people type them: `2h`, `yesterday`, `09:41`, `2026-11-20T09:00+01:00`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

EXAMPLES = ("2h", "7d", "yesterday", "09:00", "2026-11-20", "2026-11-20T09:00")
SPANS = ("15m", "1h", "6h", "1d", "7d", "30d", "90d", "1y", "")
"""What the keys 1 to 9 set; the last one is all there is."""
YEARS = range(1000, 9999)
"""Of four digits, as Harbor reads them, and with room for what is added to them."""

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}
_AGO = re.compile(r"(\d{1,6})(min|[smhdwy])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d(\.\d{1,3})?)?")
_BOTH = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?")


def moment(text: str, now: datetime, *, local: bool = False, end: bool = False) -> datetime | None:
    """The moment meant, UTC; None when it is none.

    A length is that long before `now`; a time of day is its last one before `now`; a day is where
    it begins, or with `end` its last millisecond. Times without an offset are `local` or UTC.
    """
    try:
        found = _read(text.strip(), now, local, end)
        found = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        return None
    return found if found and found.year in YEARS else None


def _read(text: str, now: datetime, local: bool, end: bool) -> datetime | None:
    here = now.astimezone() if local else now.astimezone(UTC)
    if text == "now":
        return now
    if ago := _AGO.fullmatch(text):
        return now - int(ago[1]) * _UNITS[ago[2]]
    if text in ("today", "yesterday"):
        return _day(here.date() - timedelta(days=text == "yesterday"), local, end)
    if _DAY.fullmatch(text):
        return _day(date.fromisoformat(text), local, end)
    if _CLOCK.fullmatch(text):
        return _last(time.fromisoformat(text.zfill(len(text.partition(":")[2]) + 3)), here, local)
    if _BOTH.fullmatch(text):
        return _placed(datetime.fromisoformat(text), local)
    return None


def _day(day: date, local: bool, end: bool) -> datetime:
    if end:
        return _placed(datetime.combine(day + timedelta(days=1), time()), local) - _MILLISECOND
    return _placed(datetime.combine(day, time()), local)


_MILLISECOND = timedelta(milliseconds=1)


def _last(clock: time, here: datetime, local: bool) -> datetime:
    """The last time before `here` that clocks showed this."""
    today = _placed(datetime.combine(here.date(), clock), local)
    if today <= here:
        return today
    return _placed(datetime.combine(here.date() - timedelta(days=1), clock), local)


def _placed(found: datetime, local: bool) -> datetime:
    """A moment without a zone is in the zone that is shown."""
    if found.tzinfo:
        return found
    return found.astimezone() if local else found.replace(tzinfo=UTC)
