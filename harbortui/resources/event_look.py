"""How somebody looks at the audit log: times, shapes, bursts folded, a text picked out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from harbortui.api.audit import Event
from harbortui.audit.bursts import folded
from harbortui.audit.statistics import traits
from harbortui.clock import Clock
from harbortui.resources import event_cells as cells
from harbortui.shown import Cell, Column, Part, When

LATE = Part("  came late", "warn")
DAY = "%A %-d %B %Y"
Shape = Literal["narrow", "wide", "wrapped"]
SHAPES: tuple[Shape, ...] = ("narrow", "wide", "wrapped")


class Look:
    """How somebody wants to see events: in which zone and shape, with which text picked out."""

    def __init__(self, clock: Clock) -> None:
        mode = "utc" if clock.mode == "relative" else clock.mode
        self.clock = Clock(lambda: clock.now().timestamp(), mode)
        """Ages say little in a log: it begins with times."""
        self.find = ""
        self.late: Container[int] = ()
        """Ids of events that came after others that are newer."""
        self.shape: Shape = "narrow"
        self.folds = False
        """Runs of alike events are one row."""
        self.bursts: Mapping[int, Sequence[Event]] = {}
        """Those runs, by the id of their first event."""

    def turn(self, roomy: bool) -> Shape:
        """The next shape; wide ones are of no use where there is no room."""
        shapes = SHAPES if roomy else (SHAPES[0], SHAPES[-1])
        place = shapes.index(self.shape) if self.shape in shapes else 0
        self.shape = shapes[(place + 1) % len(shapes)]
        return self.shape

    def fold(self, events: Sequence[Event]) -> Sequence[Event]:
        """What is shown of these events."""
        if not self.folds:
            self.bursts = {}
            return events
        shown, self.bursts = folded(events)
        return shown

    def within(self, event: Event) -> Sequence[Event]:
        """The events that a row stands for."""
        return self.bursts.get(event.id, (event,))

    def last(self, event: Event) -> int:
        """The highest id that a row stands for."""
        return self.within(event)[-1].id

    def day(self, event: Event) -> str:
        """The date above the first event of a day."""
        return f"{self.clock.zoned(event.op_time):{DAY}}"

    @property
    def zone(self) -> str:
        """The zone in which times are shown."""
        if self.clock.mode == "relative":
            return "ages"
        return f"{self.clock.zoned(self.clock.now()):%Z}"

    def columns(self) -> tuple[Column[Event], ...]:
        """Those of the audit log; wide ones with what Harbor says besides."""
        found: tuple[Column[Event], ...] = (
            Column("TIME", self._time),
            Column("USER", lambda event: tuple(self._lit([cells.who(event)])), grow=True),
            Column("DID", lambda event: tuple(self._lit([cells.done(event)]))),
            Column("WHAT", self._what, grow=True),
        )
        if self.shape != "wide":
            return found
        return (
            Column("ID", lambda event: Part(f"{event.id}", "muted"), right=True),
            *found,
            Column("DESCRIPTION", self._description, grow=True),
        )

    def _time(self, event: Event) -> Cell:
        """Hour to millisecond, the day stands above; or an age."""
        if self.clock.mode == "relative":
            return When(event.op_time, "muted")
        return cells.time(self.clock, event)

    def _what(self, event: Event) -> Cell:
        run = self.within(event)
        late = [LATE] if any(one.id in self.late for one in run) else []
        times = [Part(f"  ×{len(run):,}", "accent")] if len(run) > 1 else []
        shown = replace(event, resource=traits(event).thing) if _several(run) else event
        return (*self._lit(cells.what(shown)), *times, *late)

    def told(self, event: Event) -> str:
        """Of a row that stands for several: how many, and until when."""
        run = self.within(event)
        if len(run) == 1:
            return ""
        return f"{len(run):,} alike, until {self.clock.show(run[-1].op_time)}; z unfolds them"

    def _description(self, event: Event) -> Cell:
        return tuple(self._lit([Part(event.operation_description, "muted")]))

    def _lit(self, parts: Iterable[Part]) -> Iterable[Part]:
        return cells.lit(parts, self.find) if self.find else parts


def _several(run: Sequence[Event]) -> bool:
    """Whether they are about several things in one place."""
    return len({event.resource for event in run}) > 1
