"""The tail of `harbortui logs -f` against a busy demo over real sockets: `python -m tests.soak`."""

from __future__ import annotations

from time import monotonic

SPEED = 60
"""Seconds that pass in the registry, and for the tail, in one of ours."""


def now() -> float:
    """A monotonic clock of those seconds."""
    return monotonic() * SPEED
