"""The job service's queues: what waits, and which stand still."""

from __future__ import annotations

from typing import Any

from harbortui.api.errors import NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Page, Query, part, segment

PATH = "/jobservice/queues"
SCHEDULER = "SCHEDULER"
"""The queue of the schedules themselves: while it stands still, nothing runs by the clock."""


class Queue(Model):
    """Jobs of one kind that wait for a worker."""

    job_type: str = ""
    count: int = 0
    latency: int = 0
    """Seconds that the oldest has waited."""
    paused: bool = False


async def every(harbor: Harbor) -> list[Queue]:
    """`GET /jobservice/queues` (2.7)."""
    return await harbor.list(PATH, Queue)


async def page(harbor: Harbor, _: object, query: Query) -> Page[Queue]:
    """The same as a page: Harbor sends them all at once."""
    return part(await every(harbor), query)


async def find(harbor: Harbor, name: str) -> Queue:
    """The queue of this kind of job; NotFound when there is none."""
    for queue in await every(harbor):
        if queue.job_type == name.upper():
            return queue
    raise NotFound(f"there is no queue called {name}")


async def raw(harbor: Harbor, queue: Queue) -> Any:
    """The queue as Harbor lists it."""
    rows = [row for row in await harbor.raw(PATH) or () if isinstance(row, dict)]
    return next((row for row in rows if row.get("job_type") == queue.job_type), {})


async def flip(harbor: Harbor, queue: Queue) -> str:
    """`PUT /jobservice/queues/{type}`: a queue that runs stands still, one that stands runs."""
    return await turn(harbor, queue.job_type, not queue.paused)


async def turn(harbor: Harbor, job_type: str, paused: bool) -> str:
    """Let a queue stand still, or run again; what has begun goes on."""
    if (await find(harbor, job_type)).paused == paused:
        return f"{job_type} {'stood still' if paused else 'ran'} already"
    await _act(harbor, job_type, "pause" if paused else "resume")
    return f"{job_type} {'stands still now' if paused else 'runs again'}."


async def is_flipped(harbor: Harbor, queue: Queue) -> bool:
    """Whether it is now what it was not when it was shown."""
    return (await find(harbor, queue.job_type)).paused != queue.paused


async def drop(harbor: Harbor, queue: Queue) -> str | None:
    """`PUT /jobservice/queues/{type}` with `stop`: what waits will never run."""
    if not (await find(harbor, queue.job_type)).count:
        return f"Nothing waits in {queue.job_type} any more"
    await _act(harbor, queue.job_type, "stop")
    return None


async def is_empty(harbor: Harbor, queue: Queue) -> bool:
    """Whether nothing waits."""
    return not (await find(harbor, queue.job_type)).count


async def _act(harbor: Harbor, job_type: str, action: str) -> None:
    await harbor.write("PUT", f"{PATH}/{segment(job_type)}", {"action": action})
