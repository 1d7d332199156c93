"""Harbor's schedules: cron lines of six fields, seconds first, in UTC.

Read as github.com/robfig/cron/v3 (3.0.1) does, which Harbor uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

FIELDS = ("second", "minute", "hour", "day of the month", "month", "weekday")
RANGES = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
NAMES = {
    4: {name: n for n, name in enumerate(MONTHS, 1)},
    5: {name: n for n, name in enumerate(WEEKDAYS)},
}
YEARS = 5
"""A line that is not due within so many years never is."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something is due: the numbers that each field allows."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    """0 is Sunday."""
    either: bool
    """Both days and weekdays are restricted: one of them is enough."""

    def on(self, day: datetime) -> bool:
        """Whether it is due on that day."""
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        fits = by_day or by_weekday if self.either else by_day and by_weekday
        return fits and day.month in self.months

    def first(self, floor: time) -> time | None:
        """The first time of a day that is not before `floor`."""
        for hour in (one for one in self.hours if one >= floor.hour):
            for minute in self.minutes:
                for second in self.seconds:
                    if (found := time(hour, minute, second)) >= floor:
                        return found
        return None


def parse(line: str) -> Schedule:
    """A line's schedule; ValueError, in words, when Harbor could not read it."""
    fields = line.split()
    if len(fields) != len(FIELDS):
        raise ValueError("six fields: second minute hour day month weekday, as in 0 0 2 * * *")
    read = [_field(place, field) for place, field in enumerate(fields)]
    seconds, minutes, hours, days, months, weekdays = (numbers for numbers, _ in read)
    either = not (read[3][1] or read[5][1])
    every, minutes_, hours_ = (tuple(sorted(one)) for one in (seconds, minutes, hours))
    return Schedule(every, minutes_, hours_, days, months, weekdays, either)


def _field(place: int, field: str) -> tuple[frozenset[int], bool]:
    """The numbers that a field allows, and whether it holds a star."""
    numbers: set[int] = set()
    star = False
    for part in filter(None, field.split(",")):
        found, free = _part(place, part)
        numbers.update(found)
        star = star or free
    return frozenset(numbers), star


def _part(place: int, part: str) -> tuple[range, bool]:
    """`*`, `5`, `1-5`, each perhaps with `/2`; a star with a step counts as no star."""
    (low, high), names = RANGES[place], NAMES.get(place, {})
    span, *steps = part.split("/")
    begin, *ends = span.split("-")
    free = begin in ("*", "?")
    if len(steps) > 1 or (len(ends) > 1 and not free):
        raise ValueError(_wrong(place, part))
    step = _number(steps[0], {}, place, part) if steps else 1
    start = low if free else _number(begin, names, place, part)
    end = start if not (ends or steps) else high
    if free:
        end = high
    elif ends:
        end = _number(ends[0], names, place, part)
    if not low <= start <= end <= high or step == 0:
        raise ValueError(_wrong(place, part))
    return range(start, end + 1, step), free and step == 1


def _number(word: str, names: dict[str, int], place: int, part: str) -> int:
    if word.lower() in names:
        return names[word.lower()]
    if not (word.isascii() and word.isdigit()):
        raise ValueError(_wrong(place, part))
    return int(word[:9])


def _wrong(place: int, part: str) -> str:
    low, high = RANGES[place]
    return f"“{part}” is no {FIELDS[place]}: {low} to {high}, *, 1-5, 1,3, */2"


@lru_cache(maxsize=256)
def read(line: str) -> Schedule | None:
    """A line's schedule, or None when it cannot be read."""
    try:
        return parse(line)
    except ValueError:
        return None


def next_run(line: str, after: datetime) -> datetime | None:
    """The first moment after `after` at which a line is due, in UTC; None when it never is."""
    schedule = read(line)
    if schedule is None:
        return None
    start = (after.astimezone(UTC) + timedelta(seconds=1)).replace(microsecond=0)
    day, floor = start.replace(hour=0, minute=0, second=0), start.time()
    while day.year <= start.year + YEARS:
        due = schedule.first(floor) if schedule.on(day) else None
        if due is not None:
            return datetime.combine(day, due, UTC)
        day, floor = day + timedelta(days=1), time()
    return None


def check(line: str) -> str:
    """A line that every Harbor takes: readable, second 0, not every minute; else ValueError.

    2.8 takes `* * * * * *` and runs it every second; later ones refuse it.
    """
    if not line.strip():
        raise ValueError("a schedule such as 0 0 2 * * *: every day at 02:00 UTC")
    parse(line)
    fields = line.split()
    if fields[0] != "0":
        raise ValueError("the first field is the second and must be 0")
    if fields[1] == "*":
        raise ValueError("the second field is the minute and must not be *: that is every minute")
    return " ".join(fields)
