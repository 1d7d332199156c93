"""From a request's `q` and `sort` to events: what is wanted of an event log, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import overload

from . import query
from .answers import Json, Refusal
from .event import OLD_KINDS, Event
from .eventlog import FOREVER, EventLog, Wanted, milliseconds
from .query import Term

LARGEST_SORT = 50_000
"""More events than these come by id, whatever other column they should be sorted by."""

OLD_COLUMNS: dict[str, Callable[[Event], str | int]] = {
    "id": lambda event: event.id,
    "op_time": lambda event: event.at,
    "operation": lambda event: event.operation,
    "project_id": lambda event: event.project_id,
    "resource": lambda event: event.resource,
    "resource_type": lambda event: event.resource_type,
    "username": lambda event: event.username,
}
COLUMNS = OLD_COLUMNS | {
    "op_desc": lambda event: event.description,
    "op_result": lambda event: event.succeeded,
}


class Found(Sequence[Json]):
    """The rows of a request, made when a page is cut from them."""

    def __init__(
        self, parts: Sequence[Sequence[Event]], falling: bool, show: Callable[[Event], Json]
    ) -> None:
        self.parts = list(reversed(parts)) if falling else list(parts)
        self.falling = falling
        self.show = show

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    @overload
    def __getitem__(self, index: int) -> Json: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Json]: ...

    def __getitem__(self, index: int | slice) -> Json | Sequence[Json]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        skip, end, _ = index.indices(len(self))
        rows: list[Json] = []
        for part in self.parts:
            last = len(part) - 1
            places = range(skip, min(end, len(part)))
            rows += [self.show(part[last - place if self.falling else place]) for place in places]
            skip, end = max(0, skip - len(part)), max(0, end - len(part))
        return rows


def find(
    log: EventLog,
    terms: Sequence[Term],
    sort: str,
    allowed: frozenset[int] | None = None,
    old: bool = False,
) -> Found:
    """The events that match the terms, of the allowed projects only (None: all)."""
    columns = OLD_COLUMNS if old else COLUMNS
    parts = log.parts(wanted(terms, columns, allowed, old))
    key, falling = order(sort, columns)
    show = Event.old_row if old else Event.row
    if key == "op_time" and not log.in_step:
        # Only what was appended can be out of step: clocks differ, and commits come late.
        parts[-1] = sorted(parts[-1], key=lambda event: (event.at, event.id))
    elif key not in ("id", "op_time") and sum(map(len, parts)) <= LARGEST_SORT:
        parts = [sorted((event for part in parts for event in part), key=columns[key])]
    return Found(parts, falling, show)


def order(sort: str, columns: dict[str, Callable[[Event], str | int]]) -> tuple[str, bool]:
    """The first key that Harbor knows, and whether it falls; the newest first by default."""
    for part in sort.split(","):
        if part.lstrip("-") in columns:
            return part.lstrip("-"), part.startswith("-")
    return "op_time", True


def wanted(
    terms: Sequence[Term],
    columns: dict[str, Callable[[Event], str | int]],
    allowed: frozenset[int] | None,
    old: bool,
) -> Wanted:
    """Ids and times as bounds; the other terms as a filter of what an event says."""
    bounds = {term.key: term for term in terms if term.form != "all"}
    low, high, ids = id_bounds(bounds.pop("id", None))
    since, until = time_bounds(bounds.pop("op_time", None))
    rest = tuple(term for term in bounds.values() if term.key in columns)
    keys: query.Keys = {term.key: _value(columns[term.key]) for term in rest}

    def fits(event: Event) -> bool:
        if allowed is not None and event.project_id not in allowed:
            return False
        if old and event.kind not in OLD_KINDS:
            return False
        return all(query.matches(term, {"event": event}, keys) for term in rest)

    all_fit = not rest and allowed is None and not old
    return Wanted(low, high, ids, since, until, (rest, allowed, old), fits, all_fit)


def _value(column: Callable[[Event], str | int]) -> query.Read:
    return lambda row: column(row["event"])


def id_bounds(term: Term | None) -> tuple[int, int, frozenset[int] | None]:
    """Lowest and highest id, or the ids of a list; words are an error of the database (500)."""
    if term is None:
        return 0, FOREVER, None
    if term.form == "range":
        low, high = term.tokens
        return _number(low, 0), _number(high, FOREVER), None
    if term.form == "any":
        return 0, FOREVER, frozenset(_number(token, 0) for token in term.tokens)
    if term.form == "exact" and term.text.lstrip("-").isdigit():
        return int(term.text), int(term.text), None
    raise Refusal(500)


def _number(token: object, missing: int) -> int:
    if token is None:
        return missing
    if isinstance(token, int):
        return token
    raise Refusal(500)


def time_bounds(term: Term | None) -> tuple[int, int]:
    """Earliest and latest `op_time` in milliseconds; what cannot be read bounds nothing."""
    if term is None or term.form not in ("range", "exact"):
        return -FOREVER, FOREVER
    tokens = term.tokens if term.form == "range" else (term.text, term.text)
    since, until = (_moment(token) for token in tokens)
    return (
        milliseconds(since) if since else -FOREVER,
        milliseconds(until) if until else FOREVER,
    )


def _moment(token: object) -> datetime | None:
    """A time in `q`: UTC; fractions of a second count only if a zone is given."""
    if isinstance(token, datetime):
        return token
    if not isinstance(token, str):
        return None
    try:
        moment = datetime.fromisoformat(token)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(microsecond=0, tzinfo=UTC)
