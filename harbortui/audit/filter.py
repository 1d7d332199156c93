"""Which events are wanted, as a value; every row is judged here, whatever Harbor was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from harbortui.api.audit import Event
from harbortui.audit.pattern import Pattern
from harbortui.audit.wording import did

Judge = Callable[[Event], bool]


@dataclass(frozen=True)
class Filter:
    """All of these must hold; of several users, operations, types or things one is enough."""

    text: str = ""
    """As it was typed."""
    project: str = ""
    """Whose own log is read."""
    users: tuple[Pattern, ...] = ()
    operations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    things: tuple[Pattern, ...] = ()
    """With them goes the deletion of the repository or the project that they were in."""
    words: tuple[str, ...] = ()
    worked: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    excluded: tuple[Excluded, ...] = ()

    @cached_property
    def _judges(self) -> tuple[Judge, ...]:
        return tuple(self._judgements())

    def _judgements(self) -> Iterator[Judge]:
        since, until, worked = self.since, self.until, self.worked
        if since is not None:
            yield lambda event: event.op_time >= since
        if until is not None:
            yield lambda event: event.op_time <= until
        if self.users:
            yield lambda event: any(one.matches(event.username) for one in self.users)
        if self.operations:
            yield lambda event: any(did(event, one) for one in self.operations)
        if self.types:
            yield lambda event: event.resource_type in self.types
        if self.things:
            yield lambda event: any(_about(event, one) for one in self.things)
        if worked is not None:
            yield lambda event: event.operation_result is worked
        if words := [word.casefold() for word in self.words]:
            yield lambda event: _holds_all(event, words)
        if self.excluded:
            yield lambda event: not any(one.fits(event) for one in self.excluded)

    def takes(self, event: Event) -> bool:
        """Whether the event is wanted: Harbor ignores keys that it does not know."""
        return all(judge(event) for judge in self._judges)


@dataclass(frozen=True)
class Excluded:
    """One term behind a minus: what fits it is left out."""

    key: str
    value: Pattern

    def fits(self, event: Event) -> bool:
        """Whether the event is what this term says."""
        text = self.value.text
        match self.key:
            case "user":
                return self.value.matches(event.username)
            case "op":
                return did(event, text)
            case "type":
                return event.resource_type == text
            case "res":
                return self.value.names(event.resource, event.operation_description)
            case "ok":
                return event.operation_result is (text == "yes")
            case "project":
                return project_of(event) == text
        return _holds_all(event, [text.casefold()])


def _about(event: Event, thing: Pattern) -> bool:
    if thing.names(event.resource, event.operation_description):
        return True
    return not event.failed and thing.outlived_by(event.kind, event.resource)


def _holds_all(event: Event, words: list[str]) -> bool:
    said = f"{event.username}\n{event.resource}\n{event.operation_description}".casefold()
    return all(word in said for word in words)


def project_of(event: Event) -> str:
    """The project that an event is about, by its thing's name; empty when that does not say."""
    if event.resource_type == "project":
        return event.resource
    if event.resource_type == "robot":
        owner, plus, _ = event.resource.partition("+")
        return owner.rpartition("$")[2] if plus else ""
    return event.resource.partition("/")[0] if "/" in event.resource else ""
