"""What the demo's registry holds at the start: the same every time."""

from __future__ import annotations

import pickle
from datetime import datetime
from typing import TYPE_CHECKING

from . import (
    immutability,
    large,
    scanners,
    schedules,
    seed_copies,
    seed_events,
    seed_jobs,
    seed_people,
    seed_projects,
    seed_repositories,
    seed_robots,
    seed_rules,
    settings,
)
from .state import State

if TYPE_CHECKING:
    from .server import DemoHarbor


_made: dict[tuple[str, datetime], bytes] = {}
"""Tables that have been filled, by scenario and time: every demo that begins there has the same."""


def fill(demo: DemoHarbor) -> None:
    """Fills all tables of a new demo, and lets go on what is under way there."""
    key = (demo.scenario, demo.clock())
    if key in _made:
        vars(demo).update(pickle.loads(_made[key]))
        for number in demo.schedules:
            schedules.wait(demo, number)
    else:
        make(demo)
    if demo.clock.start and key not in _made:
        names = [*vars(State()), "handed_out"]
        _made[key] = pickle.dumps({name: vars(demo)[name] for name in names})
    seed_copies.go_on(demo)
    seed_events.fill(demo)


def make(demo: DemoHarbor) -> None:
    """Makes everything but the audit log."""
    demo.configuration |= settings.DEFAULTS
    seed_people.fill(demo)
    seed_projects.fill(demo)
    seed_repositories.fill(demo)
    scanners.fill(demo)
    immutability.fill(demo)
    seed_robots.fill(demo)
    seed_rules.fill(demo)
    seed_jobs.fill(demo)
    if demo.scenario == "large":
        large.fill(demo)
