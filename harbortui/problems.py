"""What is wrong with a setting: where it stands, and in words what would be right."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from harbortui.text import safe

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SECRETS = {"password", "token", "secret"}
NO_SECRETS = "does not belong in a file; use password_command, or let harbortui ask"
WORDS = {
    "missing": "is missing",
    "bool_type": "has to be true or false, without quotes",
    "bool_parsing": "has to be true or false",
    "string_type": 'has to be text, in quotes: "…"',
    "tuple_type": 'has to be a list: ["program", "argument"]',
    "list_type": 'has to be a list: ["program", "argument"]',
    "dict_type": "has to be a table",
    "model_type": "has to be a table",
    "float_type": "has to be a number",
    "float_parsing": "has to be a number",
    "greater_than_equal": "has to be at least {ge:g}",
    "string_pattern_mismatch": "has characters that cannot be used",
}


def tell(problems: Iterable[Problem | str]) -> None:
    """On standard error, where no screen says what is wrong."""
    for problem in problems:
        sys.stderr.write(f"harbortui: {safe(problem)}\n")


def summed(problems: Sequence[str]) -> str:
    """The first of them, and where the others are."""
    more = len(problems) - 1
    return f"{problems[0]} (and {more} more: :status)" if more else problems[0]


class SettingsError(Exception):
    """What was asked for cannot be done with these settings; the text is a sentence to show."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `source` is a file, a variable or a flag, line 0 is unknown."""

    source: str
    message: str
    field: str = ""
    line: int = 0

    def __str__(self) -> str:
        """`/home/me/config.toml, line 12: profiles.prod.refresh has to be a number`."""
        where = f"{self.source}, line {self.line}" if self.line else self.source
        if self.field:
            return f"{where}: {self.field} {self.message}"
        return f"{where}: {self.message}" if self.line else f"{where} {self.message}"


def words(error: ErrorDetails, known: Iterable[str]) -> str:
    """One finding of pydantic, to be read after the field's name; never the value itself."""
    if error["type"] == "extra_forbidden":
        name = str(error["loc"][-1])
        return NO_SECRETS if name in SECRETS else unknown(name, known)
    message = error["msg"].removeprefix("Value error, ").replace("Input should be", "should be")
    if error["type"] == "value_error" and error["loc"]:
        return f"cannot be used: {message}"
    if error["type"] in WORDS:
        return WORDS[error["type"]].format(**error.get("ctx", {}))
    return message


def unknown(name: str, known: Iterable[str], prefix: str = "") -> str:
    """That there is no setting of that name, and which may have been meant."""
    near = get_close_matches(name, list(known), 1, 0.75)
    return f"is not a setting; {prefix}{near[0]} is one" if near else "is not a setting"
