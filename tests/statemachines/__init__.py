"""The audit log engine against a model: `python -m tests.statemachines --examples 20000`."""

from __future__ import annotations

from unittest import TestCase

from hypothesis import HealthCheck, Phase, settings

from .following import Following
from .looking import Looking
from .walking import Walking
from .world import World

MACHINES: dict[str, type[World]] = {
    "following": Following,
    "walking": Walking,
    "looking": Looking,
}


def case(
    machine: type[World], examples: int, steps: int = 40, *, shrink: bool = True
) -> type[TestCase]:
    """A machine as a test case; `shrink` makes an example small that fails, which takes long."""
    found: type[TestCase] = machine.TestCase
    found.settings = settings(  # type: ignore[attr-defined]  # hypothesis's own way
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        print_blob=False,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
    )
    return found
