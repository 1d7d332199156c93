"""How runs are shown: what came of them, how long they took, what started them."""

from __future__ import annotations

from harbortui.api.executions import Execution
from harbortui.resources.cells import span
from harbortui.shown import Part

TRIGGERS = {"manual": "by hand", "scheduled": "by schedule", "event_based": "on push"}


def result(run: Execution) -> Part:
    """What came of it; the numbers are of repositories."""
    if run.running:
        done = run.total - run.in_progress
        return Part(f"{done:,} of {run.total:,}" if run.total else "starting")
    if run.skipped:
        return Part("skipped", "warn")
    if run.has_failed:
        some = run.failed < run.total
        return Part(f"{run.failed:,} of {run.total:,} failed" if some else "failed", "bad")
    if run.status == "Stopped":
        some_of = f"{run.succeed:,} of {run.total:,}, " if run.total else ""
        return Part(f"{some_of}stopped", "warn")
    if run.nothing:
        return Part("nothing matched", "muted")
    return Part(f"{run.succeed:,} of {run.total:,}")


def sign(run: Execution) -> Part | None:
    """Runs, failed, or needs eyes."""
    if run.running:
        return Part("▸")
    if run.skipped or run.status == "Stopped":
        return Part("▲", "warn")
    return Part("✗", "bad") if run.has_failed else None


def counted(run: Execution) -> Part | None:
    """What is counted beside the number of all."""
    if run.running:
        return Part("running", "muted")
    return Part("failed", "bad") if run.has_failed and not run.skipped else None


def lasted(seconds: float | None) -> Part:
    """How long it took; nothing while it goes on."""
    return Part("" if seconds is None else span(seconds), "muted")


def trigger(run: Execution) -> Part:
    """What made it run."""
    return Part(TRIGGERS.get(run.trigger, run.trigger), "muted")
