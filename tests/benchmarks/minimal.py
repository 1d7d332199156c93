"""The smallest apps of Textual's, with its own driver: the measure of starting, and its floor.

`python -m tests.benchmarks.minimal` shows a line; with `ask` it imports httpx and pydantic first,
and asks the server as often as the overview does.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

PATHS = ("systeminfo", "health", "statistics", "configurations", "registries", "quotas", "robots")


class Minimal(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("ready")

    def on_key(self, event: Key) -> None:
        """The line says which key it was."""
        self.query_one(Static).update(event.key)


class Asking(Minimal):
    """One line, and then another."""

    def on_mount(self) -> None:
        """Ask."""
        self.run_worker(self.ask())

    async def ask(self) -> None:
        """Three requests to sign in, twelve for what is shown."""
        httpx, pydantic = await asyncio.to_thread(_imported)
        who = os.environ["HARBORTUI_USERNAME"], os.environ["HARBORTUI_PASSWORD"]
        base = f"{os.environ['HARBORTUI_URL']}/api/v2.0/"
        async with httpx.AsyncClient(base_url=base, auth=who, verify=False) as http:
            for path in PATHS[:3]:
                await http.get(path)
            answers = await asyncio.gather(*(http.get(path) for path in (PATHS * 2)[:12]))
        for answer in answers:
            pydantic.TypeAdapter(dict | list).validate_json(answer.content)
        self.query_one(Static).update("answered")


def _imported() -> tuple[Any, Any]:
    import httpx
    import pydantic

    return httpx, pydantic


if __name__ == "__main__":
    (Asking if "ask" in sys.argv else Minimal)().run()
