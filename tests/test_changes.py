from typing import Annotated, Literal

import pytest
from pydantic import Field

from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import Conflict
from harbortui.api.form import UNLIMITED, Form, Labels, Shown, Size


class Room(Form):
    open: bool = Field(False, title="Open")
    size: Size = Field(UNLIMITED, title="Size")
    level: Annotated[Literal[1, 2], Labels({1: "low", 2: "high"})] = Field(1, title="Level")
    note: Annotated[str, Shown(lambda answers: answers["open"])] = Field("", title="Note")


def test_only_what_is_different_counts_as_changed():
    assert changed(Room(), Room(level=2, size="1 KiB")) == {"level": 2, "size": 1024}
    assert changed(Room(level=2), Room(level=2)) == {}


def test_a_field_that_is_not_shown_has_not_been_changed():
    kept = Room(open=True, note="mine")
    assert changed(kept, Room(open=False)) == {"open": False}
    assert changed(kept, Room(open=True)) == {"note": ""}


def test_someone_elses_change_of_another_field_does_not_matter():
    unless_changed("hall", Room(), Room(open=True), Room(level=2))


def test_someone_elses_same_change_does_not_matter():
    unless_changed("hall", Room(), Room(level=2), Room(level=2))


@pytest.mark.parametrize(
    ("before", "after", "now", "words"),
    [
        (Room(level=1), Room(level=1, size=5), Room(size=2048), "was unlimited and is now 2 KiB"),
        (Room(open=True, note=""), Room(open=True, note="a"), Room(open=True, note="b"), "now b"),
        (Room(open=True, note="c"), Room(open=True, note="a"), Room(open=True), "c and is now e"),
    ],
)
def test_someone_elses_change_is_said_with_both_values(before, after, now, words):
    with pytest.raises(Conflict, match=words) as raised:
        unless_changed("hall", before, after, now)
    assert "of hall was changed by someone else meanwhile" in str(raised.value)


def test_values_are_said_in_the_words_of_the_form():
    high = Room.model_construct(level=2)
    low, other = Room.model_construct(level=1), Room.model_construct(level=3)
    with pytest.raises(Conflict, match=r"“Level” .* was high and is now 3"):
        unless_changed("hall", high, low, other)
