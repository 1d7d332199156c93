"""What is wrong with a setting: where it stands, and in words what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SECRETS = {"password", "token", "secret"}
NO_SECRETS = "does not belong in a file; use password_command, or let harbortui ask"
WORDS = {
    "missing": "is missing",
    "bool_type": "is true or false, without quotes",
    "bool_parsing": "is true or false",
    "string_type": 'is text, in quotes: "…"',
    "tuple_type": 'is a list: ["program", "argument"]',
    "list_type": 'is a list: ["program", "argument"]',
    "dict_type": "is a table",
    "model_type": "is a table",
    "float_type": "is a number",
    "float_parsing": "is a number",
    "string_pattern_mismatch": "has characters that cannot be used",
}


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
        """`/home/me/config.toml, line 12: profiles.prod.refresh is a number`."""
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
    return WORDS.get(error["type"], message)


def unknown(name: str, known: Iterable[str], prefix: str = "") -> str:
    """That there is no setting of that name, and which may have been meant."""
    near = get_close_matches(name, list(known), 1, 0.75)
    return f"is not a setting; {prefix}{near[0]} is one" if near else "is not a setting"
