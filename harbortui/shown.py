"""What is shown: words with tones, moments, columns, facts, secrets that are told once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from pydantic import SecretStr

R = TypeVar("R")

Tone = Literal[
    "", "ok", "warn", "bad", "muted", "accent", "strong",
    "faint", "heading", "section", "here", "key", "off", "button", "cause",
]  # fmt: skip
"""What a text means; kinds use the first line, `styles/table.tcss` knows how it looks."""


class Part(NamedTuple):
    """Words of one tone."""

    text: str
    tone: Tone = ""


class When(NamedTuple):
    """A moment, shown as an age, in UTC or in local time as the reader likes."""

    moment: datetime | None
    tone: Tone = ""


Cell: TypeAlias = str | int | Part | When | tuple[Part, ...] | None
"""What a column shows; a plain number gets thousands marks."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column; `sort` is Harbor's field, `value` sorts short lists here, `least` its width.

    One that stands `apart` is left out where the list is that of a parent.
    """

    title: str
    cell: Callable[[R], Cell]
    right: bool = False
    grow: bool = False
    wide: bool = False
    sort: str = ""
    value: Callable[[R], Any] | None = None
    least: int = 0
    apart: bool = False


class Fact(NamedTuple):
    """A line of details, of the overview, of the configuration."""

    title: str
    cell: Cell
    opens: Open | None = None
    sign: str = ""


class Heading(NamedTuple):
    """A line between groups, which the cursor skips."""

    title: str


Line: TypeAlias = Fact | Heading


class Open(NamedTuple):
    """Where a line leads: what one would type after `:`."""

    command: str


@dataclass(frozen=True, slots=True)
class Once:
    """A secret that Harbor tells only now."""

    title: str
    secret: SecretStr
    note: str = ""
