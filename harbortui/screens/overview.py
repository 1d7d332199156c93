"""The base screen."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from harbortui.api import system
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
        health = await system.health(self.session.harbor)
        facts = [Fact(one.name, one.status) for one in health.components]
        self.query_one(Table).show(Listed[Any](facts, lambda fact: fact.title))
