"""One log of one Harbor, as the engine asks it; older Harbors have another one."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from harbortui.api import audit
from harbortui.api.audit import Found, Source, Unread
from harbortui.api.errors import NotFound
from harbortui.api.harbor import Harbor


class Log(Protocol):
    """What the engine reads from: Harbor, or a model of it in tests."""

    @property
    def old(self) -> bool:
        """Rows have no description and no result, and `q` ignores them."""

    async def ask(self, q: str, sort: str, size: int) -> Found:
        """A page; `q` must be bounded by ids or times, since Harbor counts all that fits."""


MOST = 1_000
"""Rows that cannot be read which are remembered."""


class HarborLog:
    """The audit log of a Harbor, of all or of one project."""

    def __init__(self, harbor: Harbor, source: Source) -> None:
        self.harbor, self.source = harbor, source
        self.unread: dict[int | str, Unread] = {}
        """Rows that were met and cannot be read, by id, or by what was sent."""

    @property
    def old(self) -> bool:
        """Whether it is that of a Harbor before 2.13."""
        return self.source.old

    async def ask(self, q: str, sort: str, size: int) -> Found:
        """A page; falls back to the older log once, when Harbor does not know the new one."""
        try:
            found = await audit.page(self.harbor, self.source, q, sort, size)
        except NotFound as error:
            if self.source.old or not error.missing_route:
                raise
            self.source = replace(self.source, old=True)
            found = await audit.page(self.harbor, self.source, q, sort, size)
        for row in found.unread:
            if len(self.unread) < MOST:
                self.unread[row.sent if row.id is None else row.id] = row
        return found
