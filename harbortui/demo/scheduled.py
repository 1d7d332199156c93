"""What the demo does when a schedule is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import copying, gc, purges, scan_all
from .answers import Json

if TYPE_CHECKING:
    from .server import DemoHarbor


def copy(demo: DemoHarbor, schedule: Json) -> None:
    """Runs a replication rule."""
    copying.start(demo, demo.policies[schedule["vendor_id"]], "scheduled")


def collect(demo: DemoHarbor, schedule: Json) -> None:
    """Collects garbage with the options of the schedule; Harbor takes 0 workers for one."""
    options = schedule["parameters"]
    gc.start(demo, "SCHEDULE", options | {"workers": options["workers"] or 1})


def purge(demo: DemoHarbor, schedule: Json) -> None:
    """Removes old events."""
    purges.start(demo, "SCHEDULE", dict(schedule["parameters"]))


def scan(demo: DemoHarbor, schedule: Json) -> None:
    """Scans everything."""
    scan_all.start(demo, "SCHEDULE")


RUNS: dict[str, Callable[[DemoHarbor, Json], None]] = {
    copying.VENDOR: copy,
    gc.VENDOR: collect,
    purges.VENDOR: purge,
    scan_all.VENDOR: scan,
}
"""Other schedules, such as those of retentions, come and go without anything to be seen."""


def run(demo: DemoHarbor, schedule: Json) -> None:
    """Does what a schedule is for."""
    if found := RUNS.get(schedule["vendor_type"]):
        found(demo, schedule)
