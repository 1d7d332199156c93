"""What goes on when the screen that began it is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from textual.app import App

V = TypeVar("V")


async def outliving(app: App[Any], work: Coroutine[Any, Any, V], group: str) -> V:
    """Let the app do it, and wait.

    A screen's workers are cancelled with it, and in Textual 8.2 a cancelled `wait` cancels what it
    waits for: hence the shield.
    """
    worker = app.run_worker(work, group=group)
    waiting = asyncio.ensure_future(worker.wait())
    waiting.add_done_callback(_heard)
    return await asyncio.shield(waiting)


def _heard(done: asyncio.Future[V]) -> None:
    """When the program ends before it does, nobody waits any more: no word of that."""
    if not done.cancelled():
        done.exception()
