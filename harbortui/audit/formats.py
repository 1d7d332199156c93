"""Files of events: CSV (RFC 4180) and JSON lines; both can be gone on with where they end."""

from __future__ import annotations

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import BinaryIO, NamedTuple

from harbortui.api.audit import Event
from harbortui.api.errors import Refused
from harbortui.audit.wording import line, stamp

COLUMNS = tuple(field.name for field in fields(Event))
"""Harbor's own names, in the order of the rows."""
_values = attrgetter(*COLUMNS)
FORMULAS = ("=", "+", "-", "@", "'", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula; the quote itself, so that one is ours."""


class Ended(NamedTuple):
    """Where the last whole record of a file ends (bytes), and its id; 0 and 0 for an empty file."""

    end: int = 0
    last_id: int = 0


class Format(ABC):
    """How events are written."""

    name = ""
    resumable = True

    def head(self) -> bytes:
        """What stands before the first event."""
        return b""

    @abstractmethod
    def rows(self, events: Sequence[Event]) -> bytes:
        """These events."""

    def ended(self, file: BinaryIO) -> Ended:
        """Where a file that was interrupted at any byte ends. Refused when it is none of ours."""
        raise Refused(f"{self.name} cannot be gone on with")


class Csv(Format):
    """One row an event; a cell that a spreadsheet would run has a quote before it."""

    name = "csv"

    def head(self) -> bytes:
        """The names of the columns."""
        return _csv([COLUMNS])

    def rows(self, events: Sequence[Event]) -> bytes:
        """Rows that end with CR LF; whether it worked is `true`, `false` or nothing."""
        return _csv([_cell(value) for value in _values(event)] for event in events)

    def ended(self, file: BinaryIO) -> Ended:
        """Quotes are counted, since a cell may hold line ends."""
        head = self.head()
        if not head.startswith(file.read(len(head))):
            raise _foreign(self)
        file.seek(0)
        start, end, place, quoted = 0, 0, 0, False
        for one in file:
            place += len(one)
            quoted ^= one.count(b'"') % 2 == 1
            if not quoted and one.endswith(b"\r\n"):
                start, end = end, place
        if end <= len(head):
            return Ended(end)
        file.seek(start)
        number = file.read(30).partition(b",")[0]
        if not number.isdigit():
            raise _foreign(self)
        return Ended(end, int(number))


class JsonLines(Format):
    """One JSON object a line, with Harbor's names, in ASCII."""

    name = "jsonl"

    def rows(self, events: Sequence[Event]) -> bytes:
        """Lines that end with LF."""
        return "".join(f"{json.dumps(_json(event))}\n" for event in events).encode()

    def ended(self, file: BinaryIO) -> Ended:
        """The last line that ends; one that does not was cut short."""
        end, last = 0, b""
        for one in file:
            if one.endswith(b"\n"):
                end, last = end + len(one), one
        if not end:
            if file.seek(0) == 0 and not b'{"id": '.startswith(file.read(7)):
                raise _foreign(self)
            return Ended()
        try:
            return Ended(end, int(json.loads(last)["id"]))
        except (ValueError, TypeError, KeyError) as error:
            raise _foreign(self) from error


class Text(Format):
    """Lines for people, safe for a terminal."""

    name = "text"
    resumable = False

    def rows(self, events: Sequence[Event]) -> bytes:
        """Time in UTC, who, what, to which thing."""
        return "".join(f"{line(event)}\n" for event in events).encode(errors="replace")


FORMATS: dict[str, Format] = {one.name: one for one in (Text(), Csv(), JsonLines())}


def _foreign(form: Format) -> Refused:
    return Refused(f"this file is no {form.name} export of an audit log: nothing was written to it")


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(errors="replace")


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def _json(event: Event) -> dict[str, object]:
    """What Harbor sent: an older one says nothing of the result and has no description."""
    old = event.operation_result is None
    values = dict(zip(COLUMNS, _values(event), strict=True)) | {"op_time": stamp(event.op_time)}
    return {name: value for name, value in values.items() if not (old and name in COLUMNS[-2:])}
