"""The base screen."""

from __future__ import annotations

from textual.app import ComposeResult

from harbortui.resources.core import Column, Fact
from harbortui.screens.live import LiveScreen
from harbortui.widgets.rows import Listed
from harbortui.widgets.table import Table


class OverviewScreen(LiveScreen):
    """What needs attention first."""

    @property
    def way(self) -> list[str]:
        """The first crumb."""
        return ["overview"]

    def body(self) -> ComposeResult:
        """One table."""
        columns: tuple[Column[Fact], ...] = (
            Column("", lambda f: f.title),
            Column("", lambda f: f.cell),
        )
        yield Table(columns, lambda f: f.title, self.session.clock, head=False)

    async def load(self) -> None:
        """Read it."""
        from harbortui.api import system

        health = await system.health(self.session.harbor)
        self.query_one(Table).show(
            Listed([Fact(c.name, c.status) for c in health.components], lambda f: f.title)
        )
