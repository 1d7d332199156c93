"""Replication rules in detail, and what running, turning and deleting them comes to."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import cron, replication, rule_runs, schedules
from harbortui.api.harbor import Harbor
from harbortui.api.rates import speed_text
from harbortui.api.replication import Rule
from harbortui.api.rule_fields import LEVELS
from harbortui.resources import run_cells
from harbortui.resources.cells import plural, switch
from harbortui.resources.rule_cells import ends, filters, when
from harbortui.shown import Fact, Heading, Line, Open, Part, When


async def facts(harbor: Harbor, rule: Rule) -> Sequence[Line]:
    """What a rule does, and what came of its last run."""
    [now] = await rule_runs.completed(harbor, [await replication.still(harbor, rule)])
    settings = [
        Fact("Name", now.name),
        Fact("Description", now.description),
        Fact("From and to", ends(now)),
        Fact("Registry elsewhere", now.remote.url, Open(f"registries /{now.remote.name}")),
        Fact("Takes", filters(now) or "everything"),
        Fact("Namespace there", now.dest_namespace or Part("the same", "muted")),
        *_flattening(now),
        Fact("Override", switch(now.override, unusual=not now.override)),
        Fact("Deletions too", switch(now.deletion, unusual=now.deletion)),
        Fact("Bandwidth", speed_text(now.speed or -1) or Part("unlimited", "muted")),
        Fact("Copy by chunk", switch(now.copy_by_chunk, unusual=now.copy_by_chunk)),
        *_single(now),
        Fact("Created", When(now.creation_time)),
        Fact("Changed", When(now.update_time)),
    ]
    runs = await _runs(harbor, now)
    return [*settings, Heading("WHEN"), *await _times(harbor, now), Heading("LAST RUN"), *runs]


def _flattening(rule: Rule) -> list[Line]:
    if not rule.dest_namespace:
        return []
    count = rule.dest_namespace_replace_count
    return [Fact("Flattening", LEVELS.get(count, f"{count} levels are dropped"))]


def _single(rule: Rule) -> list[Line]:
    if rule.single_active_replication is None:
        return [Fact("One at a time", Part("not known to this Harbor (2.14)", "muted"))]
    on = rule.single_active_replication
    return [Fact("One at a time", switch(on, unusual=on))]


async def _times(harbor: Harbor, rule: Rule) -> list[Line]:
    lines: list[Line] = [
        Fact("Enabled", switch(rule.enabled, unusual=not rule.enabled)),
        Fact("Starts", when(rule)),
    ]
    if not rule.cron:
        return lines
    due = cron.next_run(rule.cron, harbor.now()) if rule.enabled else None
    lines.append(Fact("Cron line, in UTC", rule.cron))
    if await schedules.paused(harbor):
        lines.append(Fact("Next", Part("all schedules are paused", "warn"), Open("queues")))
    else:
        lines.append(Fact("Next", When(due) if due else Part("never", "muted")))
    return lines


async def _runs(harbor: Harbor, rule: Rule) -> list[Line]:
    last = rule.last
    if last is None:
        return [Fact("Result", Part("never ran", "muted"))]
    count = await rule_runs.count_runs(harbor, rule)
    lines: list[Line] = [
        Fact("Result", run_cells.result(last)),
        Fact("Started", When(last.start_time)),
        Fact("Duration", run_cells.lasted(last.seconds)),
        Fact("Harbor's reason", rule.reason or Part("none", "muted")),
        Fact("Kept runs", count, Open(f"executions {rule.name}")),
    ]
    failed = rule.past.failure if rule.past else None
    if failed:
        lines += [
            Fact("Last failure", When(failed.start_time)),
            Fact("Its reason", failed.reason or Part("none", "muted")),
        ]
    return lines


async def goes(harbor: Harbor, rules: Sequence[Rule]) -> Sequence[str]:
    """What a deletion takes with it."""
    lines = []
    for rule in rules:
        count = await rule_runs.count_runs(harbor, rule)
        lines.append(f"{rule.name}: {plural(count, 'run')} with their logs go, {_ends(rule)}.")
    return [*lines, "What has been copied stays on both sides."]


def _ends(rule: Rule) -> str:
    if rule.cron or rule.on_push:
        return f"nothing is copied {when(rule)} any more" if rule.enabled else "it was off"
    return "it runs by hand only"


async def would_run(harbor: Harbor, rules: Sequence[Rule]) -> Sequence[str]:
    """What stands in the way of a run, or is to be known before."""
    lines = []
    for rule in rules:
        newest = await rule_runs.last(harbor, rule)
        if newest and newest.running:
            skipped = " and would be skipped" if rule.single_active_replication else ""
            lines.append(f"{rule.name} runs already: another run starts besides{skipped}.")
        if rule.remote.unhealthy:
            lines.append(f"{rule.remote.name} is unhealthy: {rule.name} is likely to fail.")
    return lines


async def would_flip(_: Harbor, rules: Sequence[Rule]) -> Sequence[str]:
    """What turning them comes to."""
    return [
        f"{rule.name} is {'on' if rule.enabled else 'off'}: it will "
        + (f"no longer run {when(rule)}." if rule.enabled else f"run {when(rule)} again.")
        for rule in rules
    ]
