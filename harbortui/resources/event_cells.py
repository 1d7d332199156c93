"""Audit events as columns: when, who, what was done, to which thing."""

from __future__ import annotations

from collections.abc import Container, Iterable

from harbortui.api.audit import Event
from harbortui.audit import wording
from harbortui.clock import Clock
from harbortui.resources.cells import digest
from harbortui.resources.core import Cell, Column, Part, When
from harbortui.text import odd, safe

SHA = "@sha256:"
ODD = "▲ odd characters in the name"
LATE = Part("  came late", "warn")
DAY = "%A %-d %B %Y"


class Look:
    """How somebody wants to see events: in which zone, with which text picked out."""

    def __init__(self, clock: Clock) -> None:
        mode = "utc" if clock.mode == "relative" else clock.mode
        self.clock = Clock(lambda: clock.now().timestamp(), mode)
        """Ages say little in a log: it begins with times."""
        self.find = ""
        self.late: Container[int] = ()
        """Ids of events that came after others that are newer."""

    def day(self, event: Event) -> str:
        """The date above the first event of a day."""
        return f"{self.clock.zoned(event.op_time):{DAY}}"

    @property
    def zone(self) -> str:
        """The zone in which times are shown."""
        if self.clock.mode == "relative":
            return "ages"
        return f"{self.clock.zoned(self.clock.now()):%Z}"

    def columns(self, wide: bool = False) -> tuple[Column[Event], ...]:
        """Those of the audit log; `wide`: with what Harbor says besides."""
        found: tuple[Column[Event], ...] = (
            Column("TIME", self._time),
            Column("USER", lambda event: tuple(self._lit([who(event)]))),
            Column("DID", lambda event: tuple(self._lit([done(event)]))),
            Column("WHAT", self._what, grow=True),
        )
        if not wide:
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
        return time(self.clock, event)

    def _what(self, event: Event) -> Cell:
        late = [LATE] if event.id in self.late else []
        return (*self._lit(what(event)), *late)

    def _description(self, event: Event) -> Cell:
        return tuple(self._lit([Part(event.operation_description, "muted")]))

    def _lit(self, parts: Iterable[Part]) -> Iterable[Part]:
        return lit(parts, self.find) if self.find else parts


def lit(parts: Iterable[Part], find: str) -> Iterable[Part]:
    """The same words, with every place that holds a text picked out."""
    wanted = find.casefold()
    for part in parts:
        rest = safe(part.text)
        low = rest.casefold()
        while len(low) == len(rest) and wanted in low:
            at, end = low.index(wanted), low.index(wanted) + len(wanted)
            yield from (Part(rest[:at], part.tone), Part(rest[at:end], "button"))
            rest, low = rest[end:], low[end:]
        yield Part(rest, part.tone)


def sign(event: Event) -> Part | None:
    """What did not work."""
    return Part("✗", "bad") if event.failed else None


def who(event: Event) -> Part:
    """The name as it was typed; one that is not what it looks like needs eyes."""
    name = wording.who(event)
    return Part(name, "warn" if odd(name) else "")


def done(event: Event) -> Part:
    """What was done, and its failure, in one word group."""
    return Part(wording.done(event), "bad" if event.failed else "")


def what(event: Event) -> tuple[Part, ...]:
    """The thing, its kind muted before it where the name does not tell; digests cut."""
    kind, name = wording.thing(event)
    path, at, sha = name.partition(SHA)
    parts = [Part(f"{kind} ", "muted")] if kind else []
    if path:
        parts.append(Part(f"{path}{at}{digest(sha)}"))
    if odd(wording.who(event)) or odd(path):
        parts.append(Part(f"  {ODD}" if parts else ODD, "warn"))
    return tuple(parts)


def time(clock: Clock, event: Event) -> Part:
    """Hour to millisecond, in the zone that is shown."""
    moment = clock.zoned(event.op_time)
    return Part(f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03d}", "muted")


BRIEF: tuple[Column[Event], ...] = (
    Column("", lambda event: Part(f"{event.op_time:%H:%M:%S}", "muted")),
    Column("", who),
    Column("", done),
    Column("", what, grow=True),
)
"""Those of the overview, where the newest few are enough."""
