"""The audit log of the demo: what happened, newest last."""

from __future__ import annotations

from .answers import Json


class AuditLog:
    """Keeps events in the order in which they happened, with ids from 1."""

    def __init__(self) -> None:
        self.rows: list[Json] = []

    def append(self, event: Json) -> None:
        """Keeps an event under the next id."""
        self.rows.append({"id": len(self.rows) + 1, **event})
