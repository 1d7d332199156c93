"""The audit log: who did what to which thing, newest Harbors and older ones, all or one project."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from harbortui.api import model
from harbortui.api.errors import NotFound, Unreadable, traced
from harbortui.api.exact import parsed
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Query, segment

LARGEST = 100
"""Rows of a page; Harbor refuses more (422)."""
LONGEST = 2000
"""Characters of a row that cannot be read which are kept."""


# No pydantic model: one of those is 1.4 kB, and a window holds 20,000 of them.
@dataclass(frozen=True, slots=True)
class Event:
    """One row; `op_time` is UTC with milliseconds. Before 2.13 without description and result."""

    id: int
    op_time: datetime
    operation: str = ""
    resource_type: str = ""
    resource: str = ""
    username: str = ""
    operation_description: str = ""
    operation_result: bool | None = None

    @property
    def failed(self) -> bool:
        """Harbor says that it did not work."""
        return self.operation_result is False

    @property
    def kind(self) -> str:
        """Its type as Harbor's settings name it: `create_artifact`."""
        return f"{self.operation}_{self.resource_type}"


@dataclass(frozen=True, slots=True)
class Source:
    """Which log: `old` is that of Harbor before 2.13, history since; of all, or of one project."""

    project: str = ""
    old: bool = False

    @property
    def path(self) -> str:
        """Below /api/v2.0."""
        if self.project:
            return f"/projects/{segment(self.project)}/{'logs' if self.old else 'auditlog-exts'}"
        return "/audit-logs" if self.old else "/auditlog-exts"


class Unread(NamedTuple):
    """A row that cannot be read: its id if that can be, why, and what Harbor sent."""

    id: int | None = None
    why: str = ""
    sent: str = ""


class Found(NamedTuple):
    """One page: events in the order asked for; `total` is None when Harbor does not count."""

    events: list[Event]
    total: int | None
    unread: Sequence[Unread] = ()

    @property
    def unreadable(self) -> int:
        """How many rows cannot be read."""
        return len(self.unread)


class EventType(Model):
    """A type of event that Harbor can be told not to record."""

    event_type: str = ""


async def page(harbor: Harbor, source: Source, q: str, sort: str, size: int = LARGEST) -> Found:
    """`GET /auditlog-exts`, `/audit-logs` or a project's; NotFound for a project that is none.

    Every call counts all rows that fit `q` before it reads: keep `q` within ids or times. Who is
    no administrator gets the rows of the projects he administers, a robot without the permission
    none; a project's own log is Forbidden to others.
    """
    answer = await harbor.fetch(source.path, Query(size=size, q=q, sort=sort).params())
    with traced(answer):
        events, unread = decoded(answer.content)
    count = answer.headers.get("x-total-count", "")
    known = count.isascii() and count.isdigit()
    return Found(events, int(count[:18]) if known else None, unread)


async def raw(harbor: Harbor, source: Source, event: Event) -> Any:
    """The row as JSON, read anew; NotFound when it has been purged meanwhile."""
    found = await harbor.raw(source.path, **Query(size=1, q=f"id={event.id}").params())
    if not (isinstance(found, list) and found):
        raise NotFound("Harbor does not have this event any more: it has been purged")
    return found[0]


async def types(harbor: Harbor) -> list[str]:
    """`GET /auditlog-exts/events` (2.13), as in `create_artifact`; Forbidden without permission."""
    found = await harbor.list("/auditlog-exts/events", EventType)
    return [one.event_type for one in found if one.event_type]


@cache
def _adapter() -> TypeAdapter[list[Event]]:
    return TypeAdapter(list[Event])


@cache
def _one() -> TypeAdapter[Event]:
    return TypeAdapter(Event)


def decoded(content: bytes) -> tuple[list[Event], list[Unread]]:
    """The events of an answer, and the rows that cannot be read. Raises Unreadable."""
    try:
        return _zoned(_adapter().validate_json(content)), []
    except ValidationError:
        rows = parsed(content)
    if rows is None:
        return [], []
    if not isinstance(rows, list):
        raise Unreadable("Harbor sent something else where a list of events was expected")
    found = list(map(_lenient, rows))
    events = [one for one in found if isinstance(one, Event)]
    return _zoned(events), [one for one in found if isinstance(one, Unread)]


def _zoned(events: list[Event]) -> list[Event]:
    """Moments without a zone are in UTC."""
    return [
        one if one.op_time.tzinfo else replace(one, op_time=model.in_utc(one.op_time))
        for one in events
    ]


def _lenient(row: object) -> Event | Unread:
    """A row whose nulls count as absent."""
    if not isinstance(row, dict):
        return Unread(None, "it is no object", _sent(row))
    try:
        return _one().validate_python({key: one for key, one in row.items() if one is not None})
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False, include_input=False)
        why = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong)
        number = row.get("id")
        return Unread(number if type(number) is int else None, why, _sent(row))


def _sent(row: object) -> str:
    return json.dumps(row)[:LONGEST]
