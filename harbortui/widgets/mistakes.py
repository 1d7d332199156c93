"""What pydantic finds wrong with a field, in words that say what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NUMBER, CHOICE = "a whole number", "choose one of them"
WORDS = {
    "missing": "must not be empty",
    "string_too_short": "at least {min_length} characters",
    "string_too_long": "at most {max_length} characters",
    "too_short": "choose at least {min_length}",
    "too_long": "choose at most {max_length}",
    "int_parsing": NUMBER,
    "int_type": NUMBER,
    "int_from_float": NUMBER,
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "literal_error": CHOICE,
    "enum": CHOICE,
}
"""By pydantic's types of errors (2.12)."""
NOTHING = {"string_too_short": "must not be empty", "too_short": "choose at least one"}
"""Of fields that want one, and have none."""


def told(problem: ErrorDetails) -> str:
    """One mistake as a sentence; our own checks have said theirs already."""
    kind, facts = problem["type"], problem.get("ctx", {})
    if kind in NOTHING and facts.get("min_length") == 1:
        return NOTHING[kind]
    if kind in WORDS:
        return WORDS[kind].format(**facts)
    return problem["msg"].removeprefix("Value error, ")
