"""The first frame: where one is going, before anything that takes time has been imported."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from harbortui.screens.messages import Fit
from harbortui.shown import Part
from harbortui.widgets.frame import Head, Ribbon

BASE = 2
"""Screens when one is at the overview: this one, which stays below, and that."""


class OpeningScreen(Screen[None]):
    """The frame with nothing in it yet."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def compose(self) -> ComposeResult:
        """Two lines of the frame."""
        yield Head("head")
        yield Ribbon("crumbs")

    def on_mount(self) -> None:
        self.query_one("#head", Ribbon).show(
            (Part(self.where, "strong"),), (Part("signing in", "muted"),)
        )
        self.query_one("#crumbs", Ribbon).show((Part("overview", "here"),))


class TooSmallScreen(Screen[None]):
    """Hides everything while the terminal is smaller than 40 by 10."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield Ribbon("small")

    def on_mount(self) -> None:
        self.query_one(Ribbon).show((Part("terminal too small", "warn"),))

    def on_screen_resume(self) -> None:
        """What lay on it is gone; while it did, the terminal may have grown."""
        self.post_message(Fit())
