"""How replication rules are shown: from where to where, when, and what came of it."""

from __future__ import annotations

from datetime import datetime

from harbortui.api.replication import EXCLUDES, Filter, Rule
from harbortui.resources import reasons, run_cells
from harbortui.resources.recurring import in_words
from harbortui.shown import Cell, Part, When

HERE = "here"


def ends(rule: Rule) -> Cell:
    """From where to where; of a pull the project that it fills."""
    if rule.pulls:
        here = Part(rule.dest_namespace or HERE)
        return (Part(rule.remote.name), Part(" → ", "muted"), here)
    return (Part(HERE), Part(" → ", "muted"), Part(rule.remote.name))


def when(rule: Rule) -> str:
    """What makes it run, whether it is on or not."""
    if rule.on_push:
        return "on push"
    return in_words(rule.cron) if rule.cron else "by hand"


def starts(rule: Rule) -> Part:
    """What makes it run now."""
    if not rule.enabled:
        return Part("off", "strong")
    if rule.cron and rule.paused:
        return Part("paused", "warn")
    return Part(when(rule), "muted")


def result(rule: Rule) -> Part:
    """What came of its last run; what is off needs no hands."""
    if rule.last is None:
        return Part("never ran", "muted")
    found = run_cells.result(rule.last)
    if rule.last.running:
        return Part(f"▸ {found.text}")
    return found if rule.enabled else Part(found.text, "muted")


def reason(rule: Rule) -> Part:
    """Why, in words; and what else is to be known of the last run."""
    last = rule.last
    if not rule.enabled:
        return Part(f"{when(rule)} when on", "muted")
    if last is None:
        return Part("")
    if last.running:
        return Part(rule.past.task if rule.past else "", "muted")
    if last.nothing:
        return Part(filters(rule), "muted")
    if rule.reason:
        return Part(reasons.in_words(rule.reason, rule.remote))
    failed = rule.past.failure if rule.past else None
    if failed:
        words = reasons.in_words(failed.reason, rule.remote)
        return Part(f"failed before: {words}", "muted")
    return Part("")


def filters(rule: Rule) -> str:
    """What it takes: `payments/**, tag v*, no label beta`."""
    return ", ".join(_filter(one) for one in rule.filters if one.value)


def _filter(one: Filter) -> str:
    value = one.value if isinstance(one.value, str) else " and ".join(one.value)
    kind = {"name": "", "resource": ""}.get(one.type, f"{one.type} ")
    return f"{'no ' if one.decoration == EXCLUDES else ''}{kind}{value}"


def says(rule: Rule) -> str:
    """Harbor's own words about the last run, else when the next one is due."""
    failed = rule.past.failure if rule.past and rule.enabled else None
    if rule.reason or failed:
        return reasons.gist(rule.reason or (failed.reason if failed else ""))
    if rule.enabled and rule.cron and rule.paused:
        return f"runs {when(rule)}, but all schedules are paused"
    due = f"next run {rule.next_run:%a %Y-%m-%d %H:%M} UTC" if rule.next_run else ""
    return "; ".join(filter(None, (due, rule.description)))


def sign(rule: Rule) -> Part | None:
    """That of its last run, as long as it is on."""
    return run_cells.sign(rule.last) if rule.last and (rule.enabled or rule.runs) else None


def ago(rule: Rule) -> Cell:
    """When its last run ended."""
    last = rule.last
    if last is None:
        return None
    return Part("now", "muted") if last.running else When(moment(rule), "muted")


def moment(rule: Rule) -> datetime | None:
    """When its last run ended; while it goes on, when it began."""
    last = rule.last
    if last is None:
        return None
    return last.start_time if last.seconds is None else last.end_time
