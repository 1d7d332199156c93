"""The replications in the demo's past, and one that runs when the demo begins."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from . import copying
from .answers import Json
from .clock import stamp
from .selection import Found, found

if TYPE_CHECKING:
    from .server import DemoHarbor

HUB = ("alpine", "busybox", "caddy", "debian", "fedora", "golang", "haproxy", "httpd", "mariadb")

# Hours ago, rule, trigger, succeeded of all, or why it did not come to that.
COPIES = (
    (986.2, "slow-chunks", "manual", "2/2"),
    (720.6, "production-only", "event_based", "3/3"),
    (301.5, "ci-to-mirror-a", "event_based", "40/40"),
    (216.1, "pull-hub-alpine", "manual", "0/0"),
    (98.4, "web-on-push", "event_based", "1/1"),
    (75.7, "to-dr-site", "scheduled", "13/13"),
    (55.7, "pull-base-nightly", "scheduled", "51/51"),
    (51.7, "to-dr-site", "scheduled", "13/13"),
    (31.7, "pull-base-nightly", "scheduled", "48/51"),
    (27.7, "to-dr-site", "scheduled", "13/13"),
    (26.2, "ci-to-mirror-a", "event_based", "41/41"),
    (8.4, "smoke", "scheduled", "2/2"),
    (7.4, "smoke", "scheduled", "2/2"),
    (6.4, "smoke", "scheduled", "2/2"),
    (5.4, "smoke", "scheduled", "2/2"),
    (3.9, "production-only", "event_based", "8/8"),
    (3.7, "to-dr-site", "scheduled", "0/13"),
    (3.4, "smoke", "scheduled", "2/2"),
    (2.4, "smoke", "scheduled", "2/2"),
    (1.4, "smoke", "scheduled", "2/2"),
    (0.37, "smoke", "scheduled", copying.SKIPPED),
    (0.22, "ci-to-mirror-a", "event_based", "41/41"),
    (0.21, "web-on-push", "event_based", "37/40"),
    (0.1, "pull-base-nightly", "scheduled", "17/52 running"),
)


PAUSE = 30.0
"""Seconds between a few tasks of the execution that runs at the beginning and the next few."""


def past(demo: DemoHarbor) -> Iterator[tuple[float, Callable[[], None]]]:
    """When each began, in hours ago, and what makes it."""
    rules = {rule["name"]: rule for rule in demo.policies.values()}
    taken = {name: found(demo, rules[name]) for name in {row[1] for row in COPIES}}
    for ago, name, trigger, result in COPIES:
        yield ago, partial(_copy, demo, rules[name], ago, trigger, result, taken[name])


def _copy(
    demo: DemoHarbor,
    rule: Json,
    ago: float,
    trigger: str,
    result: str,
    taken: list[Found],
) -> None:
    """One execution of a rule, with its tasks."""
    begin = demo.clock() - timedelta(hours=ago)
    execution = copying.new(demo, rule, trigger)
    execution["start_time"] = stamp(begin)
    if result == copying.SKIPPED:
        copying.end(demo, execution, "Failed", result)
        execution["end_time"] = stamp(begin + timedelta(milliseconds=1))
        return
    good, of = (int(number) for number in result.partition(" ")[0].split("/"))
    running = "running" in result
    for place, item in enumerate(_items(taken, of)):
        task = copying.add_task(demo, execution, rule, item)
        moment = (begin + timedelta(seconds=1 + place // 4 * 2)).replace(microsecond=0)
        task["start_time"] = stamp(moment)
        if running and place >= good + copying.AT_ONCE:
            continue
        if running and place >= good:
            task |= {"status": "InProgress", "ways": copying.ways(demo, rule)}
        else:
            _ended(demo, rule, task, moment, failed=place >= good)
    copying.count(demo, execution)
    if not running:
        copying.end(demo, execution, "Failed" if good < of else "Succeed")
        execution["end_time"] = stamp(
            (begin + timedelta(seconds=3 + of // 2)).replace(microsecond=0)
        )


def go_on(demo: DemoHarbor) -> None:
    """Lets the tasks that run come to their ends, and those that wait begin, a few at a time."""
    for execution in demo.executions.where(vendor_type=copying.VENDOR, status="InProgress"):
        rule = demo.policies[execution["policy_id"]]
        tasks = demo.tasks.where(execution_id=execution["id"])
        for task in [task for task in tasks if task["status"] == "InProgress"]:
            demo.after(copying.COPY, partial(copying.end_task, demo, execution, task))
        for place, task in enumerate(task for task in tasks if task["status"] == "Pending"):
            wait = PAUSE * (1 + place // copying.AT_ONCE)
            demo.after(wait, partial(copying.begin_task, demo, rule, execution, task))


def _ended(demo: DemoHarbor, rule: Json, task: Json, moment: datetime, failed: bool) -> None:
    ways = copying.ways(demo, rule)
    timeout = f'Get "{ways[1]["url"]}/v2/": net/http: TLS handshake timeout'
    cause = (copying.cause(demo, ways[1]) or timeout) if failed else ""
    task |= {"ways": ways, "cause": cause, "end_time": stamp(moment + timedelta(seconds=2))}
    task["status"] = "Failed" if failed else "Succeed"


def _items(taken: list[Found], number: int) -> list[Found]:
    """As many repositories as the execution had tasks: those that match, and others of the kind."""
    known = taken[:number]
    chance = random.Random(number)
    prefix = known[0].repository.partition("/")[0] if known else "library"
    while len(known) < number:
        name = f"{prefix}/{chance.choice(HUB)}-{len(known)}"
        known.append(Found(name, (f"1.{chance.randrange(9)}.{chance.randrange(20)}",)))
    return known
