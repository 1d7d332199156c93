"""What forms are made of: a form is a model, and its fields say how they are asked for.

bool is a switch, Literal and Enum a choice, int and str a line, SecretStr a masked line, a nested
form a group, a union of forms with a `kind` a choice that shows the fields of its case, a tuple of
forms a list of lines, a frozenset several of many. What types cannot say stands in `Annotated`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from harbortui.api.harbor import Harbor

UNLIMITED = -1
"""Harbor's word for no limit."""


class Form(BaseModel):
    """Anything a person fills in; its dump is what Harbor is sent."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, defer_build=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: the value, the word for it, and perhaps why it cannot be taken."""

    value: Any
    label: str
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The field takes one of these (several, for a frozenset), which Harbor is asked for.

    `load` gets the answers so far; it is asked again when a field in `depends` changes.
    `free`: something else may be typed as well.
    """

    load: Callable[[Harbor, Mapping[str, Any]], Awaitable[Sequence[Choice]]]
    depends: tuple[str, ...] = ()
    free: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The field is there only while `when` is true of the answers so far."""

    when: Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words for the values of a Literal or of a union's `kind`."""

    words: Mapping[Any, str]


@dataclass(frozen=True, slots=True)
class Lines:
    """Text of several lines."""


@dataclass(frozen=True, slots=True)
class Written:
    """How a value is written in its input line: a size as `50 GiB`."""

    text: Callable[[Any], str]


_UNITS = {"": 1, "B": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40, "P": 2**50}
_SIZE = re.compile(r"([0-9.]{1,20})\s*([KMGTP]?)(?:i?B)?", re.IGNORECASE)


def parse_size(value: object) -> object:
    """`50 GiB` in bytes, nothing as unlimited; units are binary whatever they are called."""
    if not isinstance(value, str):
        return value
    words = value.strip()
    if words.lower() in {"", "-1", "none", "unlimited"}:
        return UNLIMITED
    match = _SIZE.fullmatch(words)
    if not match or match[1].count(".") > 1 or match[1] == ".":
        raise ValueError("a size such as 50 GiB, or nothing for no limit")
    return int(float(match[1]) * _UNITS[match[2].upper()])


def size_text(size: int) -> str:
    """Bytes as they are typed, exactly: `50 GiB`, `1536 MiB`; unlimited is nothing."""
    if size < 0:
        return ""
    for letter, unit in reversed(_UNITS.items()):
        if letter not in {"", "B"} and size >= unit and size % unit == 0:
            return f"{size // unit} {letter}iB"
    return str(size)


Size = Annotated[int, BeforeValidator(parse_size), Written(size_text)]
"""Bytes, typed in human units; -1 is unlimited."""
