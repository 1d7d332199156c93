"""The blocks of the overview: doors, components, registry, replication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from harbortui.clock import ago
from harbortui.resources import doors
from harbortui.resources.cells import bar, plain_size, plural
from harbortui.shown import Cell, Column, Fact, Open, Part

if TYPE_CHECKING:
    from harbortui.api.configuration import Configuration
    from harbortui.api.overview import Snapshot
    from harbortui.api.system import SystemInfo

UNKNOWN = Part("not known", "muted")

FACTS: tuple[Column[Fact], ...] = (
    Column("", lambda fact: Part(fact.title, "muted"), grow=True),
    Column("", lambda fact: fact.cell, grow=True),
)


def door_facts(system: SystemInfo, configuration: Configuration | None) -> list[Fact]:
    """Self-registration, project creation, read-only, each with its key."""
    return [
        Fact(
            door.title,
            door.cell(doors.value_of(door, system, configuration)),
            Open(f"configuration /{door.setting}"),
            door.key,
        )
        for door in doors.DOORS
    ]


def component_facts(seen: Snapshot) -> list[Fact]:
    """Every component by name: the first question of every support thread."""
    if seen.health is None:
        return [Fact("health", UNKNOWN)]
    return [
        Fact(
            one.name,
            Part("healthy", "muted") if one.status == "healthy" else Part(f"{one.status} ✗", "bad"),
            Open("status"),
        )
        for one in seen.health.components
    ]


def registry_facts(now: datetime, seen: Snapshot) -> list[Fact]:
    """What is in it, what is free, when it was cleaned."""
    found: list[Fact] = []
    if count := seen.statistics:
        found += [
            Fact(
                "projects",
                _counted(count.projects, count.public_project_count),
                Open("projects"),
            ),
            Fact(
                "repositories",
                _counted(count.repositories, count.public_repo_count),
                Open("repositories"),
            ),
        ]
        if count.total_storage_consumption:
            found.append(Fact("stored", plain_size(count.total_storage_consumption)))
    for volume in seen.volumes.storage if seen.volumes else ():
        if volume.total:
            used = 1 - volume.free / volume.total
            free = Part(f"{plain_size(volume.free)} free", "muted")
            found += [Fact("disk", bar(used), Open("gc")), Fact("", free)]
    if seen.runs is not None:
        found.append(Fact("garbage", _collected(now, seen), Open("gc")))
    banner = "none" if not seen.info.banner_message else "shown"
    found.append(Fact("banner", Part(banner, "muted"), Open("configuration /banner")))
    return found


def _counted(count: int, public: int) -> Cell:
    return (Part(f"{count:<6,}"), Part(f"{public:,} public", "muted"))


def _collected(now: datetime, seen: Snapshot) -> Cell:
    """The newest run that was no dry run."""
    run = next((one for one in seen.runs or () if not one.dry), None)
    if run is None:
        return Part("never collected", "warn")
    if run.has_failed:
        return Part("failed ✗", "bad")
    if run.going:
        return Part("▸ running")
    when = run.update_time or run.creation_time
    distance = f"{ago((now - when).total_seconds())}, " if when else ""
    return Part(f"{distance}{plain_size(run.job_parameters.freed_space or 0)}")


def replication_facts(seen: Snapshot) -> list[Fact]:
    """Rules and how they last ended, jobs that wait, registries elsewhere."""
    if seen.rules is None:
        return [Fact("rules", UNKNOWN)]
    last = [run for rule, run in seen.last.items() if rule in seen.rules]
    running = sum(run.running for run in last)
    failed = sum(run.has_failed and not run.skipped for run in last)
    rules = f"{len(seen.rules)}" + (f", {running} running" if running else "")
    results = Part(f"{failed} failed ✗", "bad") if failed else Part("fine", "muted")
    found = [
        Fact("rules", rules, Open("rules")),
        Fact("last results", results if last else Part("none yet", "muted"), Open("rules")),
    ]
    if seen.queues is not None:
        waiting = sum(queue.count for queue in seen.queues)
        words = plural(waiting, "job") + (" waits" if waiting == 1 else " wait")
        empty = Part("nothing waits", "muted")
        found.append(Fact("queues", words if waiting else empty, Open("queues")))
    if seen.registries is not None:
        sick = sum(one.unhealthy for one in seen.registries)
        state = Part(f"{sick} unhealthy ▲", "warn") if sick else Part("healthy", "muted")
        found.append(Fact("registries", state, Open("registries")))
    return found


def summary(found: Sequence[object], bad: int) -> str:
    """`3 failures, 2 warnings`."""
    words = []
    if bad:
        words.append(plural(bad, "failure"))
    if len(found) > bad:
        words.append(plural(len(found) - bad, "warning"))
    return ", ".join(words)
