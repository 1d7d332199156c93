"""What the demo's registry holds at the start: the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import large, seed_people, seed_projects, seed_repositories

if TYPE_CHECKING:
    from .server import DemoHarbor


def fill(demo: DemoHarbor) -> None:
    """Fills all tables of a new demo."""
    seed_people.fill(demo)
    seed_projects.fill(demo)
    seed_repositories.fill(demo)
    if demo.scenario == "large":
        large.fill(demo)
