"""Cron lines in words: `daily 02:00`, `weekly Sun 04:00`; all times are UTC."""

from __future__ import annotations

from harbortui.api.cron import MONTHS, RANGES, WEEKDAYS, Schedule, read

MINUTES, HOURS, DAYS, WEEK = (RANGES[place][1] for place in (1, 2, 3, 5))
WORKDAYS = frozenset(range(1, 6))
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def in_words(line: str) -> str:
    """A cron line as people say it; as it is when it is too odd for that."""
    schedule = read(line)
    if schedule is None or schedule.seconds != (0,) or len(schedule.months) < len(MONTHS):
        return line
    days = _days(schedule)
    if days is None:
        return line
    if len(schedule.minutes) == len(schedule.hours) == 1:
        at = f"{schedule.hours[0]:02d}:{schedule.minutes[0]:02d}"
        return f"{days or 'daily'} {at}"
    often = _often(schedule)
    if not often:
        return line
    return f"{often}, {days}" if days else often


def _days(schedule: Schedule) -> str | None:
    """On which days: empty for all of them, None when it takes too many words."""
    every_day = len(schedule.days) == DAYS
    every_weekday = len(schedule.weekdays) > WEEK
    if every_day and every_weekday:
        return ""
    if every_day and not schedule.either:
        if schedule.weekdays == WORKDAYS:
            return "workdays"
        names = [WEEKDAYS[day].capitalize() for day in sorted(schedule.weekdays)]
        return f"weekly {', '.join(names)}" if names else None
    if every_weekday and not schedule.either and 0 < len(schedule.days) <= 3:
        return f"monthly {', '.join(f'{day}{_ending(day)}' for day in sorted(schedule.days))}"
    return None


def _ending(day: int) -> str:
    return ENDINGS.get(day, "th")


def _often(schedule: Schedule) -> str:
    """Several times a day: `hourly :19`, `every 6 h`, `every 15 min`."""
    if len(schedule.minutes) == 1:
        minute = schedule.minutes[0]
        at = f" :{minute:02d}" if minute else ""
        step = _step(schedule.hours, HOURS)
        return {0: "", 1: f"hourly{at}"}.get(step, f"every {step} h{at}")
    step = _step(schedule.minutes, MINUTES) if len(schedule.hours) > HOURS else 0
    return {0: "", 1: "every minute"}.get(step, f"every {step} min")


def _step(numbers: tuple[int, ...], last: int) -> int:
    """The distance between numbers that run from 0 round the clock evenly; else 0."""
    if len(numbers) < 2:
        return 0
    step = numbers[1] - numbers[0]
    even = numbers == tuple(range(0, last + 1, step)) and (last + 1) % step == 0
    return step if even else 0
