"""Forms are sent once, kept when they are refused, and left on purpose."""

import asyncio
from typing import Any

import pytest
from textual.widgets import Input

from harbortui.api.errors import HarborError
from harbortui.screens import forms
from harbortui.screens.confirm import Confirm
from harbortui.screens.forms import FormScreen
from harbortui.screens.menu import Menu

from .console import until, words
from .form_desk import Pair, form


class Answering:
    """Harbor's answers to a form, given beforehand; each can be held back."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.sent = list(answers), 0
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, filled: Any) -> str:
        self.sent += 1
        await self.go_on.wait()
        return self.answers.pop(0)


async def test_a_refused_write_keeps_the_form_with_what_was_typed() -> None:
    send = Answering("name is taken\x1b[2J", "")
    async with form(Pair, send=send) as desk:
        await desk.press("a", "tab", "a", "ctrl+s")
        await desk.until("✗ name is taken\\x1b[2J")
        assert desk.closed == []
        await desk.press("end", "b", "shift+tab", "end", "b", "ctrl+s")
        assert await desk.gone() == Pair(one="ab", two="ab")
        assert send.sent == 2


async def test_enter_held_down_sends_once() -> None:
    send = Answering("", "second")
    send.go_on.clear()
    async with form(Pair, send=send) as desk:
        await desk.press("enter", "enter", "ctrl+s", "enter")
        await desk.until("sending")
        assert send.sent == 1
        send.go_on.set()
        assert await desk.gone() == Pair()
        assert send.sent == 1


async def test_enter_sends_once_however_long_that_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "HELD", 0.0)
    send = Answering("", "second")
    send.go_on.clear()
    async with form(Pair, send=send) as desk:
        await desk.press("enter")
        await desk.until("sending")
        await desk.press("enter", "ctrl+s")
        assert send.sent == 1
        send.go_on.set()
        assert await desk.gone() == Pair()


async def test_enter_held_down_does_not_send_again_what_was_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forms, "HELD", 60.0)
    send = Answering("taken", "taken", "")
    async with form(Pair, send=send) as desk:
        await desk.press("enter")
        await desk.until("✗ taken")
        await desk.press("enter", "enter")
        assert send.sent == 1
        await desk.press("a", "tab", "a", "enter")  # something has changed: pressed anew
        await until(desk.pilot, lambda: send.sent == 2)


async def test_what_is_being_sent_goes_on_when_one_leaves() -> None:
    send = Answering("")
    send.go_on.clear()
    async with form(Pair, send=send) as desk:
        await desk.press("a", "tab", "a", "ctrl+s")
        await desk.until("sending")
        await desk.press("escape")
        assert await desk.gone() is None
        assert desk.top() is not Confirm


async def test_a_form_closes_itself_and_not_what_lies_on_it() -> None:
    send = Answering("")
    send.go_on.clear()
    async with form(Pair, send=send) as desk:
        await desk.press("ctrl+s")
        await desk.until("sending")
        await desk.press("f1")
        await until(desk.pilot, lambda: desk.top() is Menu)
        send.go_on.set()
        await desk.pilot.pause()
        assert desk.top() is Menu
        await desk.press("escape")
        assert await desk.gone() == Pair()
        assert desk.top() is not FormScreen


async def test_leaving_asks_before_what_was_typed_is_thrown_away() -> None:
    async with form(Pair) as desk:
        await desk.press("a", "escape")
        await until(desk.pilot, lambda: desk.top() is Confirm)
        assert "Throw away what you filled in?" in words(desk.pilot.app)
        await desk.press("escape")
        await until(desk.pilot, lambda: desk.top() is FormScreen)
        assert desk.screen.query(Input).first().value == "a"
        await desk.press("backspace", "escape")
        assert await desk.gone() is None


async def test_trying_says_what_came_of_it_and_sends_nothing() -> None:
    tried: list[Any] = []

    async def test(filled: Any) -> str:
        tried.append(filled)
        if filled.one == "bad":
            raise HarborError("no answer from there")
        return "it answers"

    send = Answering("")
    async with form(Pair, send=send, test=test) as desk:
        assert "ctrl+t" in words(desk.pilot.app)
        await desk.press("a", "ctrl+t")
        await desk.until("not the same")
        assert tried == []
        await desk.press("tab", "a", "ctrl+t")
        await desk.until("✓ it answers")
        await desk.press("ctrl+u", *"bad", "shift+tab", "ctrl+u", *"bad", "ctrl+t")
        await desk.until("✗ no answer from there")
        assert send.sent == 0
        assert len(tried) == 2


async def test_trying_does_not_cut_off_what_is_being_sent() -> None:
    async def test(_: Any) -> str:
        return "it answers"

    send = Answering("")
    send.go_on.clear()
    async with form(Pair, send=send, test=test) as desk:
        await desk.press("ctrl+s")
        await desk.until("sending")
        await desk.press("ctrl+t")
        send.go_on.set()
        assert await desk.gone() == Pair()


async def test_a_form_without_a_test_has_no_key_for_it() -> None:
    async with form(Pair) as desk:
        assert "ctrl+t" not in words(desk.pilot.app)
        await desk.press("ctrl+t")
        assert "trying" not in words(desk.pilot.app)


async def test_keys_are_told_while_typing_and_can_be_run() -> None:
    async with form(Pair) as desk:
        await desk.press("f1")
        await until(desk.pilot, lambda: desk.top() is Menu)
        await desk.until("next field")
        await desk.type("save")
        await desk.press("enter")
        assert await desk.gone() == Pair()


async def test_an_answer_that_comes_while_the_form_is_closed_is_nobodys() -> None:
    send = Answering("name is taken")
    send.go_on.clear()
    async with form(Pair, send=send) as desk:
        await desk.press("enter")
        await desk.until("sending")
        desk.screen.dismiss(None)
        for _ in range(10_000):
            if not desk.screen.query("#whole"):
                break
            await asyncio.sleep(0)
        send.go_on.set()
        assert await desk.gone() is None
