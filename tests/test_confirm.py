"""Questions before what cannot be taken back: deaf at first, Cancel first, names in full."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from harbortui.screens import confirm
from harbortui.screens.confirm import DEAF, Confirm, Question
from harbortui.widgets.button import Button

from .console import until, words
from .standing import standing


class Time:
    """A clock that is moved by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    clock = Time()
    monkeypatch.setattr(confirm, "monotonic", clock)
    return clock


Asked = tuple[Pilot[None], list[bool | None]]


@asynccontextmanager
async def asked(question: Question) -> AsyncIterator[Asked]:
    """The question on the screen, and the answers that came."""
    answers: list[bool | None] = []
    async with standing(Static(), size=(100, 30)) as pilot:
        pilot.app.push_screen(Confirm(question), answers.append)
        await pilot.pause()
        yield pilot, answers


PLAIN = Question("Run garbage collection?", "Run")
TYPED = Question("Delete project payments?", "Delete", ["payments"], typed=True, lasting=True)
SEVERAL = Question("Delete 3 users?", "Delete", ["alice", "bob", "carol"], typed=True, hidden=1)


async def test_cancel_has_the_focus_and_enter_is_no(time: Time) -> None:
    async with asked(PLAIN) as (pilot, answers):
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "cancel"
        time.now += DEAF
        await pilot.press("enter")
        assert answers == [False]


@pytest.mark.parametrize("way", ["right", "tab", "down", "left"])
async def test_the_other_button_is_yes(time: Time, way: str) -> None:
    async with asked(PLAIN) as (pilot, answers):
        time.now += DEAF
        await pilot.press(way, "enter")
        assert answers == [True]


@pytest.mark.parametrize("key", ["enter", "space", "tab", "right"])
async def test_for_its_first_moments_it_is_deaf(time: Time, key: str) -> None:
    async with asked(PLAIN) as (pilot, answers):
        time.now += DEAF - 0.01
        await pilot.press(key, "enter", "space")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "cancel"
        assert answers == []


async def test_keys_typed_before_it_was_read_do_not_say_yes(time: Time) -> None:
    async with asked(PLAIN) as (pilot, answers):
        await pilot.press("right", "enter", "tab", "enter", "y", "D")
        time.now += DEAF
        await pilot.press("enter")
        assert answers == [False]


async def test_escape_is_heard_at_once(time: Time) -> None:
    async with asked(PLAIN) as (pilot, answers):
        await pilot.press("escape")
        assert answers == [False]


async def test_a_click_on_yes_is_not_heard_too_early_either(time: Time) -> None:
    async with asked(PLAIN) as (pilot, answers):
        await pilot.click("#go")
        assert answers == []
        await pilot.click("#cancel")
        assert answers == [False]


async def test_a_name_has_to_be_typed_in_full(time: Time) -> None:
    async with asked(TYPED) as (pilot, answers):
        assert isinstance(pilot.app.focused, Input)
        assert "( Delete )" in words(pilot.app)
        assert "Type payments to go on." in words(pilot.app)
        assert "This cannot be undone." in words(pilot.app)
        time.now += DEAF
        await pilot.press("enter", *"payment", "enter", "tab", "tab", "enter")
        assert answers in ([], [False])
        answers.clear()


async def test_the_right_name_opens_the_button(time: Time) -> None:
    async with asked(TYPED) as (pilot, answers):
        time.now += DEAF
        await pilot.press(*"payments")
        assert "[ Delete ]" in words(pilot.app)
        await pilot.press("x")
        assert "( Delete )" in words(pilot.app)
        await pilot.press("enter")
        assert answers == []
        await pilot.press("backspace", "enter")
        assert answers == [True]


async def test_a_name_typed_ahead_is_not_taken(time: Time) -> None:
    async with asked(TYPED) as (pilot, answers):
        await pilot.press(*"payments", "enter")
        assert pilot.app.screen.query_one(Input).value == ""
        time.now += DEAF
        await pilot.press("enter")
        assert answers == []


async def test_a_name_that_is_longer_than_a_line_is_shown_whole(time: Time) -> None:
    name = "payments/" + "-".join(f"part{n}" for n in range(20))
    async with asked(Question(f"Delete {name}?", "Delete", [name])) as (pilot, _):
        inside = [line.strip(" │") for line in words(pilot.app).splitlines()]
        assert name in "".join(inside)


async def test_of_several_their_number_is_typed_and_all_are_named(time: Time) -> None:
    async with asked(SEVERAL) as (pilot, answers):
        for words_there in ("alice", "bob", "carol", "1 of them hidden by the filter"):
            assert words_there in words(pilot.app)
        time.now += DEAF
        await pilot.press("3", "enter")
        assert answers == [True]


async def test_odd_names_are_marked_and_can_be_typed_as_they_are_shown(time: Time) -> None:
    evil = Question("Delete user?", "Delete", ["evil\x1b[2J"], typed=True)
    async with asked(evil) as (pilot, answers):
        assert "▲ odd characters: 5: U+001B" in words(pilot.app)
        assert "Type evil\\x1b[2J to go on." in words(pilot.app)
        time.now += DEAF
        keys = ["backslash" if one == "\\" else one for one in "evil\\x1b"]
        await pilot.press(*keys, "left_square_bracket", *"2J", "enter")
        assert answers == [True]


async def test_what_goes_with_it_is_said_in_lines(time: Time) -> None:
    question = Question("Delete?", "Delete").with_lines(["3 repositories", "x\x1b[31m[/] y"])
    async with asked(question) as (pilot, _):
        assert "3 repositories" in words(pilot.app)
        assert "pgdn" not in words(pilot.app)
        assert "x\\x1b[31m[/] y" in words(pilot.app)


async def test_of_much_the_beginning_shows_and_the_answer_stays_in_view(time: Time) -> None:
    names = [f"user-{n}" for n in range(100)]
    async with asked(Question("Delete?", "Delete", names, typed=True)) as (pilot, answers):
        await until(pilot, lambda: "pgdn more" in words(pilot.app))
        assert "user-0 " in words(pilot.app)
        time.now += DEAF
        await pilot.press("pagedown")
        await until(pilot, lambda: "user-0 " not in words(pilot.app))
        assert "Type 100 to go on." in words(pilot.app)
        assert "( Delete )" in words(pilot.app)
        await pilot.press("pageup")
        await until(pilot, lambda: "user-0 " in words(pilot.app))
        await pilot.press(*"100", "enter")
        assert answers == [True]


async def test_a_refused_button_does_nothing(time: Time) -> None:
    async with asked(TYPED) as (pilot, answers):
        time.now += DEAF
        pilot.app.screen.query_one("#go", Button).action_press()
        await pilot.click("#go")
        assert answers == []
