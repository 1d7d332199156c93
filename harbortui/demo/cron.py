"""Cron lines of six fields, as Harbor reads them: seconds minutes hours days months weekdays."""

from __future__ import annotations

from datetime import datetime, timedelta

RANGES = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
NAMES = {
    name: str(number)
    for names, first in (
        ("jan feb mar apr may jun jul aug sep oct nov dec", 1),
        ("sun mon tue wed thu fri sat", 0),
    )
    for number, name in enumerate(names.split(), first)
}


def mistake(line: str) -> str:
    """What Harbor's cron parser says against a line; empty when it can be read."""
    fields = line.split()
    if len(fields) != 6:
        return f"expected exactly 6 fields, found {len(fields)}: [{' '.join(fields)}]"
    for field, (low, high) in zip(fields, RANGES, strict=True):
        try:
            wanted(field, low, high)
        except ValueError:
            return f"failed to parse int from {field}"
    return ""


def seconds_refused(line: str) -> bool:
    """Whether a line that can be read is refused, because it would run more than once a minute."""
    return line.split()[0] != "0"


def wanted(field: str, low: int, high: int) -> frozenset[int]:
    """The numbers that one field names; ValueError when it cannot be read."""
    numbers: set[int] = set()
    for part in field.lower().split(","):
        span, _, step = part.partition("/")
        first, dash, last = span.partition("-")
        if first in ("*", "?"):
            start, end = low, high
        else:
            start = int(NAMES.get(first, first))
            end = int(NAMES.get(last, last)) if dash else (high if step else start)
        if not low <= start <= end <= high:
            raise ValueError(part)
        numbers.update(range(start, end + 1, int(step or 1)))
    return frozenset(numbers)


def following(line: str, after: datetime) -> datetime:
    """The first time after `after` at which the line is due, in its zone; whole minutes only."""
    _, minutes, hours, days, months, weekdays = (
        wanted(field, low, high) for field, (low, high) in zip(line.split(), RANGES, strict=True)
    )
    day_free, weekday_free = (line.split()[at][0] in "*?" for at in (3, 5))

    def day_fits(day: datetime) -> bool:
        by_day, by_weekday = day.day in days, day.isoweekday() % 7 in weekdays
        # When both fields are given either may fit, as in every cron since Vixie's.
        fits = by_day and by_weekday if day_free or weekday_free else by_day or by_weekday
        return fits and day.month in months

    day = after.replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(4 * 366):
        if day_fits(day):
            for hour in sorted(hours):
                for minute in sorted(minutes):
                    due = day.replace(hour=hour, minute=minute)
                    if due > after:
                        return due
        day += timedelta(days=1)
    return after.replace(year=1, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
