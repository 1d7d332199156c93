"""How the rows of the audit log look: zones, shapes, bursts folded, a text picked out."""

from __future__ import annotations

from textual import on

from harbortui.clock import WAYS
from harbortui.screens.audit_reading import FilteredLog
from harbortui.widgets.columns import NARROW
from harbortui.widgets.endless import EndlessTable


class ShapedLog(FilteredLog):
    """Other looks of the same rows: none of it asks Harbor anything."""

    def search(self, text: str) -> None:
        """Pick out a text, and go to the next event that holds it."""
        self.look.find = text
        self.table.redraw()
        if text:
            self.action_hit(True)

    def action_hit(self, forward: bool) -> None:
        """The next event that holds what is searched, or the one before."""
        find = self.look.find
        if find and not self.table.find(find.casefold(), forward):
            self.session.say(f"“{find}” is not in what is here; / looks in all of the log", "warn")

    def action_times(self) -> None:
        """The next zone; a filter's times are read in it from now on."""
        mode = self.look.clock.turn()
        self.session.say(f"times are shown {WAYS[mode]}")
        self.show()
        self.table.retime()

    @on(EndlessTable.Wide)
    def wide(self) -> None:
        """Narrow, with what Harbor says besides in columns, or with all of it in lines below."""
        shape = self.look.turn(self.size.width >= NARROW)
        self.table.wide, self.table.columns = shape == "wide", self.look.columns()
        self.table.forget_widths()
        self.session.say(f"rows are {shape}")
        self.show()

    def action_fold(self) -> None:
        """Runs of alike events as one row each, or all of them."""
        self.look.folds = not self.look.folds
        self.show()
        if self.look.folds and not self.look.bursts:
            self.session.say("nothing here has happened several times in a row", "warn")
