"""The job service's queues: what waits, and which stand still."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import queues as api
from harbortui.api.harbor import Harbor
from harbortui.api.queues import SCHEDULER, Queue
from harbortui.resources.cells import plural, span
from harbortui.resources.core import Action, Column, Part, Preset, Resource

JOBS = {
    "AUDIT_LOGS_GDPR_COMPLIANT": "audit log of deleted users",
    "EXECUTION_SWEEP": "old runs swept",
    "GARBAGE_COLLECTION": "garbage collection",
    "IMAGE_SCAN": "scans",
    "P2P_PREHEAT": "preheating",
    "PURGE_AUDIT_LOG": "audit log purge",
    "REPLICATION": "replication",
    "RETENTION": "retention",
    "SBOM": "SBOMs",
    "SCAN_ALL": "scan of everything",
    "SCAN_DATA_EXPORT": "exports of vulnerabilities",
    "SCHEDULER": "all schedules",
    "SLACK": "webhooks to Slack",
    "SYSTEM_ARTIFACT_CLEANUP": "Harbor's own clean-up",
    "WEBHOOK": "webhooks",
}
"""Kinds of jobs in words."""
STILL = "nothing runs by schedule: no replication, garbage collection, scan, retention"


def job(kind: str) -> str:
    """A kind of job in words; an unknown one as Harbor calls it."""
    return JOBS.get(kind, kind)


def state(queue: Queue) -> Part:
    """Runs, or stands still."""
    return Part("paused", "warn") if queue.paused else Part("runs", "muted")


def oldest(queue: Queue) -> Part:
    """How long the oldest job has waited."""
    return Part(span(queue.latency) if queue.latency else "", "muted")


def says(queue: Queue) -> str:
    """What it means that a queue stands still."""
    if not queue.paused:
        return ""
    return STILL if queue.job_type == SCHEDULER else "jobs of this kind wait until b lets them run"


async def would_flip(_: Harbor, queues: Sequence[Queue]) -> Sequence[str]:
    """What turning them comes to."""
    return [_turned(queue) for queue in queues]


def _turned(queue: Queue) -> str:
    if queue.paused:
        return f"{job(queue.job_type)}: stands still, and will run again."
    if queue.job_type == SCHEDULER:
        return f"{job(queue.job_type)}: from then on {STILL}."
    return f"{job(queue.job_type)}: runs, and will stand still; what has begun goes on."


async def would_drop(harbor: Harbor, queues: Sequence[Queue]) -> Sequence[str]:
    """How much is dropped, counted now."""
    counts = {one.job_type: one.count for one in await api.every(harbor)}
    return [
        f"{plural(counts.get(one.job_type, 0), 'job')} of {job(one.job_type)} will never run."
        for one in queues
    ]


QUEUES: Resource[None, Queue] = Resource(
    name="queues",
    one="queue",
    title="job queues",
    about="jobs that wait; pause and resume",
    aliases=("queue", "jobs"),
    page=api.page,
    key=lambda queue: queue.job_type,
    label=lambda queue: queue.job_type,
    sign=lambda queue: Part("▲", "warn") if queue.paused else None,
    says=says,
    columns=(
        Column("QUEUE", lambda queue: queue.job_type, value=lambda queue: queue.job_type),
        Column("STATE", state),
        Column(
            "WAITING",
            lambda queue: queue.count or None,
            right=True,
            value=lambda queue: queue.count,
        ),
        Column("OLDEST", oldest, right=True, value=lambda queue: queue.latency),
        Column("JOBS", lambda queue: Part(job(queue.job_type), "muted"), grow=True),
    ),
    find=api.find,
    raw=api.raw,
    filters=(
        Preset("waiting", keep=lambda queue: queue.count > 0),
        Preset("paused", keep=lambda queue: queue.paused),
    ),
    silent="Harbor does not record what happens to job queues",
    actions=(
        Action(
            "b",
            "flip",
            "pause or resume",
            api.flip,
            confirm="Pause or resume {}?",
            goes=would_flip,
            done="{} paused or resumed.",
            verb="stop",
            happened=api.is_flipped,
        ),
        Action(
            "s",
            "drop",
            "drop what waits",
            api.drop,
            confirm="Drop what waits in {}?",
            goes=would_drop,
            done="Nothing waits in {} any more.",
            verb="stop",
            unless=lambda queue: "" if queue.count else "nothing waits",
            happened=api.is_empty,
        ),
    ),
    needs="jobservice-monitor",
    since="2.7",
    admin=True,
    busy=lambda queue: queue.count > 0,
    empty="The job service has no queues yet: it makes them with its first jobs.",
)
