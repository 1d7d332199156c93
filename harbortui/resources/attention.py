"""What an administrator should look at first, worst first, each with where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from harbortui.api.model import Model
from harbortui.clock import age, ago
from harbortui.resources import doors
from harbortui.resources.cells import NEARLY, plain_size, plural
from harbortui.shown import Column, Part, Tone

if TYPE_CHECKING:
    from harbortui.api.overview import Slow, Snapshot

SOON = 14 * 86400
"""Seconds before its end in which a robot needs eyes."""
DISK = 90
"""Per cent of the disk from which it needs hands."""


class Attention(Model):
    """One thing, how bad it is, and what is typed after `:` to get there."""

    bad: bool = False
    kind: str = ""
    name: str = ""
    state: str = ""
    why: str = ""
    opens: str = ""

    @property
    def tone(self) -> Tone:
        """Failures need hands, warnings eyes."""
        return "bad" if self.bad else "warn"

    @property
    def sign(self) -> Part:
        """For the gutter."""
        return Part("✗", "bad") if self.bad else Part("▲", "warn")


COLUMNS: tuple[Column[Attention], ...] = (
    Column("", lambda one: Part(one.kind, "muted")),
    Column("", lambda one: one.name, grow=True, least=26),
    Column("", lambda one: Part(one.state, one.tone)),
    Column("", lambda one: Part(one.why, "muted"), grow=True, wide=True),
)


def attention(
    now: datetime, seen: Snapshot, slow: Slow | None, causes: Mapping[int, str]
) -> list[Attention]:
    """Everything, failures before warnings; `causes` of failed runs, by their ids."""
    found = [
        *_components(seen),
        *_replication(now, seen, causes),
        *_registries(seen),
        *_jobs(seen),
        *_disk(seen),
        *_doors(seen),
        *_quotas(slow),
        *_robots(slow),
    ]
    return sorted(found, key=lambda one: not one.bad)


def _components(seen: Snapshot) -> Iterator[Attention]:
    for one in seen.health.components if seen.health else ():
        if one.status != "healthy":
            yield Attention(
                bad=True,
                kind="component",
                name=one.name,
                state=one.status or "unknown",
                why=one.error or "no answer to the health check",
                opens="status",
            )


def _replication(now: datetime, seen: Snapshot, causes: Mapping[int, str]) -> Iterator[Attention]:
    for rule, run in seen.last.items():
        name = (seen.rules or {}).get(rule)
        if name is None or not run.has_failed:
            continue
        ended = run.end_time or run.start_time
        when = f" {ago((now - ended).total_seconds())}" if ended else ""
        part = f"{run.failed} of {run.total} failed" if run.total else "failed"
        yield Attention(
            bad=not run.skipped,
            kind="replication",
            name=name,
            state=("skipped" if run.skipped else part) + when,
            why=run.reason or causes.get(run.id, ""),
            opens=f"executions {name}",
        )


def _registries(seen: Snapshot) -> Iterator[Attention]:
    for one in seen.registries or ():
        if one.unhealthy:
            yield Attention(
                kind="registry",
                name=one.name,
                state=one.status,
                why=one.url,
                opens=f"registries /{one.name}",
            )


def _jobs(seen: Snapshot) -> Iterator[Attention]:
    if seen.paused:
        yield Attention(
            kind="schedules", name="all", state="paused", why="no schedule runs", opens="schedules"
        )
    for queue in seen.queues or ():
        if queue.paused:
            waiting = plural(queue.count, "job") + " waiting"
            yield Attention(
                kind="queue",
                name=queue.job_type,
                state="paused",
                why=waiting,
                opens=f"queues /{queue.job_type}",
            )
    for run in seen.runs or ():
        if run.dry:
            continue
        if run.has_failed:
            yield Attention(bad=True, kind="garbage", name="collection", state="failed", opens="gc")
        break


def _disk(seen: Snapshot) -> Iterator[Attention]:
    for volume in seen.volumes.storage if seen.volumes else ():
        if volume.total and (used := 100 - volume.free * 100 // volume.total) >= NEARLY:
            yield Attention(
                bad=used >= DISK,
                kind="disk",
                name="storage",
                state=f"{used} % full",
                why=f"{plain_size(volume.free)} free",
                opens="gc",
            )


def _doors(seen: Snapshot) -> Iterator[Attention]:
    if seen.configuration is None:  # who cannot close it need not be told
        return
    for door in doors.DOORS:
        value = doors.value_of(door, seen.info, seen.configuration)
        if door.modes and seen.info.auth_mode not in door.modes:
            continue
        if value is not None and door.stands(value) is door.open:
            yield Attention(
                kind="door",
                name=door.title,
                state=door.open.word,
                why=f"{door.key} {'ends' if door.key == 'R' else 'closes'} it",
                opens=f"configuration /{door.setting}",
            )


def _quotas(slow: Slow | None) -> Iterator[Attention]:
    for quota in (slow.quotas if slow else None) or ():
        share = quota.share
        if share is None or share * 100 < NEARLY:
            continue
        used, limit = plain_size(quota.used.storage or 0), plain_size(quota.limit)
        yield Attention(
            kind="quota",
            name=quota.ref.name,
            state=f"{used} of {limit} used",
            why="pushes are refused" if share >= 1 else f"pushes stop at {limit}",
            opens=f"projects /{quota.ref.name}",
        )


def _robots(slow: Slow | None) -> Iterator[Attention]:
    for robot in (slow.robots if slow else None) or ():
        left = robot.left
        if robot.disable or left is None or left > SOON or left < -SOON:
            continue
        state = f"expires in {age(left)}" if left > 0 else f"expired {age(-left)} ago"
        yield Attention(
            bad=left <= 0,
            kind="robot",
            name=robot.name,
            state=state,
            why=robot.description,
            opens=f"robots /{robot.name}",
        )
