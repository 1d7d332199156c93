"""What the demo's registry holds at the start: the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    immutability,
    large,
    scanners,
    seed_events,
    seed_jobs,
    seed_people,
    seed_projects,
    seed_repositories,
    seed_robots,
    seed_rules,
    settings,
)

if TYPE_CHECKING:
    from .server import DemoHarbor


def fill(demo: DemoHarbor) -> None:
    """Fills all tables of a new demo."""
    demo.configuration |= settings.DEFAULTS
    seed_people.fill(demo)
    seed_projects.fill(demo)
    seed_repositories.fill(demo)
    scanners.fill(demo)
    immutability.fill(demo)
    seed_robots.fill(demo)
    seed_rules.fill(demo)
    seed_jobs.fill(demo)
    seed_events.fill(demo)
    if demo.scenario == "large":
        large.fill(demo)
