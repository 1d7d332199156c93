"""What settings can be set to: how a value is said, filled in, checked and sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, SecretStr

from harbortui.api import audit
from harbortui.api.configuration import Value
from harbortui.api.form import Choice, Choices, Labels, Lines, Size, size_text
from harbortui.api.harbor import Harbor
from harbortui.resources.cells import plural

MOST = 9_999_999_999
"""Harbor refuses larger numbers of minutes and days."""
DIGITS = 18
"""More of them are too large in any case, and slow to read."""
TEBIBYTES = 1024 * 2**40
"""Bytes: Harbor refuses larger quotas."""


@dataclass(frozen=True)
class Kind:
    """A line of text, and what other kinds do otherwise."""

    check: Callable[[Any], Any] = lambda answer: answer
    """Refuses what Harbor would refuse, with a ValueError."""
    lines: bool = False
    """The text may be of several lines."""

    @property
    def field(self) -> str:
        """What its field is called in a form of its own."""
        return "Value"

    def says(self, value: Value) -> str:
        """A value in words."""
        return str(value) if value not in ("", None) else "none"

    def annotation(self, value: Value) -> Any:
        """The type of its field in a form."""
        stripped = Annotated[str, BeforeValidator(partial(_stripped, value))]
        return Annotated[stripped, Lines()] if self.lines else stripped

    def answer(self, value: Value) -> Any:
        """A value as it stands in a form."""
        return "" if value is None else value

    def judged(self, answer: Any) -> Any:
        """An answer that Harbor would take; ValueError says what is wrong with another."""
        return self.check(answer)

    def value(self, answer: Any, before: Value) -> Value:
        """What is sent for an answer."""
        return answer  # type: ignore[no-any-return]  # each kind's annotation says which

    def others(self, value: Value) -> Sequence[Value]:
        """What it could be changed to, None for anything."""
        return (None,)


def _stripped(value: Value, answer: object) -> object:
    """Without blanks around it, unless it has not been touched."""
    return answer.strip() if isinstance(answer, str) and answer != value else answer


@dataclass(frozen=True)
class Switch(Kind):
    """On or off."""

    def says(self, value: Value) -> str:
        """`on` or `off`."""
        return "on" if value else "off"

    def annotation(self, value: Value) -> Any:
        """A switch."""
        return bool

    def others(self, value: Value) -> Sequence[Value]:
        """The one other position."""
        return (not value,)


@dataclass(frozen=True)
class OneOf(Kind):
    """One of several words or numbers of Harbor."""

    words: Mapping[Any, str] | None = None

    def _words(self, value: Value) -> Mapping[Any, str]:
        known = self.words or {}
        return known if value in known else {**known, value: super().says(value)}

    def says(self, value: Value) -> str:
        """Our word for it; a newer Harbor's own."""
        return self._words(value)[value]

    def annotation(self, value: Value) -> Any:
        """A choice, with the present value among it even when it is not known here."""
        words = self._words(value)
        return Annotated[Literal.__getitem__(tuple(words)), Labels(words)]

    def others(self, value: Value) -> Sequence[Value]:
        """The other choices."""
        return [one for one in self._words(value) if one != value]


@dataclass(frozen=True)
class Number(Kind):
    """A whole number of some unit."""

    unit: str = ""
    least: int = 1

    @property
    def field(self) -> str:
        """The unit."""
        return f"{self.unit.capitalize()}s" if self.unit else super().field

    def says(self, value: Value) -> str:
        """`60 minutes`."""
        if not isinstance(value, int):
            return "none"
        return plural(value, self.unit) if self.unit else f"{value:,}"

    def annotation(self, value: Value) -> Any:
        """A line that takes digits."""
        return Annotated[int, BeforeValidator(self._number)]

    def _number(self, answer: object) -> object:
        if not isinstance(answer, str):
            return answer
        digits = answer.strip().replace(",", "")
        if not digits.removeprefix("-").isdecimal():
            raise ValueError(f"a whole number{f' of {self.unit}s' if self.unit else ''}")
        return int(digits[:DIGITS])

    def judged(self, answer: Any) -> Any:
        """Within what Harbor takes."""
        if not self.least <= answer <= MOST:
            raise ValueError(f"between {self.least} and {MOST:,}")
        return self.check(answer)


@dataclass(frozen=True)
class Bytes(Kind):
    """A size, or no limit (-1)."""

    def says(self, value: Value) -> str:
        """`50 GiB`, or `unlimited`."""
        return (size_text(value) or "unlimited") if isinstance(value, int) else "none"

    def annotation(self, value: Value) -> Any:
        """A line that takes `50 GiB`."""
        return Size


def quota(size: int) -> int:
    """Harbor takes no limit of nothing, and none above 1,024 TiB."""
    if size == -1 or 0 < size <= TEBIBYTES:
        return size
    raise ValueError("more than nothing, and at most 1024 TiB; leave it empty for no limit")


@dataclass(frozen=True)
class Secret(Kind):
    """A password: never shown, and sent only when a new one is typed."""

    told: bool = False
    """Harbor says whether there is one."""

    @property
    def field(self) -> str:
        """That it takes the place of the old one."""
        return "New secret"

    def says(self, value: Value) -> str:
        """Whether there is one, as far as that is known."""
        if not self.told:
            return "set or not: Harbor does not say"
        kept = value.get_secret_value() if isinstance(value, SecretStr) else value
        return "set" if kept else "not set"

    def annotation(self, value: Value) -> Any:
        """A masked line."""
        return SecretStr

    def answer(self, value: Value) -> Any:
        """Nothing: what is not typed anew stays as it is."""
        return SecretStr("")


@dataclass(frozen=True)
class Events(Kind):
    """Kinds of events, between commas."""

    @property
    def field(self) -> str:
        """What is chosen."""
        return "Not recorded"

    def says(self, value: Value) -> str:
        """The kinds, in order."""
        return ", ".join(sorted(self.answer(value))) or "none"

    def annotation(self, value: Value) -> Any:
        """Several of those that this Harbor has."""
        return Annotated[frozenset[str], Choices(_event_types)]

    def answer(self, value: Value) -> Any:
        """A set of words."""
        return frozenset(word.strip() for word in str(value or "").split(",") if word.strip())

    def value(self, answer: Any, before: Value) -> Value:
        """The words between commas."""
        return ",".join(sorted(answer))


async def _event_types(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    return [Choice(name, name) for name in await audit.types(harbor)]


@dataclass(frozen=True)
class Unwritten(Kind):
    """A list or an object of a newer Harbor: shown, and left alone."""

    def says(self, value: Value) -> str:
        """As JSON."""
        return json.dumps(value, default=lambda _: None, ensure_ascii=False)
