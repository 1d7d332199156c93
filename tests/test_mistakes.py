"""Sentences for what is wrong with a field: none of them in pydantic's words."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from harbortui.widgets.mistakes import told


def braces(text: str) -> str:
    if text == "{":
        raise ValueError("as {1.*,latest}")
    return text


class Filled(BaseModel):
    name: str = Field("x", min_length=1, max_length=3)
    secret: str = Field("long enough", min_length=8)
    names: frozenset[str] = Field(frozenset("x"), min_length=1)
    days: int = Field(1, ge=1, le=5)
    way: Literal["in", "out"] = "in"
    pattern: Annotated[str, AfterValidator(braces)] = ""


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "must not be empty"),
        ("name", "long", "at most 3 characters"),
        ("secret", "short", "at least 8 characters"),
        ("names", [], "choose at least one"),
        ("days", "", "a whole number"),
        ("days", 1.5, "a whole number"),
        ("days", 0, "at least 1"),
        ("days", 6, "at most 5"),
        ("way", "up", "choose one of them"),
        ("pattern", "{", "as {1.*,latest}"),
        ("pattern", b"\xff", "Input should be a valid string, unable to parse raw data"),
    ],
)
def test_a_mistake_is_said_in_words_that_help(field: str, value: Any, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Filled(**{field: value})
    [problem] = caught.value.errors(include_url=False)
    assert words in told(problem)
