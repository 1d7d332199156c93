"""The job service: queues, and whether schedules stand still."""

from __future__ import annotations

from harbortui.api.harbor import Harbor
from harbortui.api.model import Model


class Queue(Model):
    """Jobs of one sort that wait; falsy values are left out of Harbor's answer."""

    job_type: str = ""
    count: int = 0
    latency: int = 0
    """Seconds that the oldest has waited."""
    paused: bool = False


class Paused(Model):
    """Whether a sort of schedule stands still."""

    paused: bool = False


async def queues(harbor: Harbor) -> list[Queue]:
    """`GET /jobservice/queues` (2.7); Forbidden without permission."""
    return await harbor.list("/jobservice/queues", Queue)


async def paused(harbor: Harbor) -> bool:
    """`GET /schedules/all/paused` (2.7): no schedule runs."""
    return (await harbor.get("/schedules/all/paused", Paused)).paused
