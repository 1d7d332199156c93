"""What is typed in one burst arrives where it was meant to."""

import asyncio

import pytest
from textual.events import Event, Key, Paste
from textual.widget import Widget

from harbortui.api.form import Form
from harbortui.demo import DemoHarbor
from harbortui.widgets import line

from .console import console, lines, until, words
from .form_desk import Desk, form


async def test_a_place_typed_in_one_burst_is_gone_to(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("colon", *"users", "enter")
        await until(pilot, lambda: lines(pilot.app)[1].strip().startswith("overview › users"))


async def test_an_alias_is_as_good_as_the_name(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("colon", *"settings", "enter")
        await until(pilot, lambda: "Who creates projects" in words(pilot.app))


async def test_a_filter_typed_in_one_burst_is_a_filter(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("slash", *"edge", "enter")
        await until(pilot, lambda: "filter /edge" in words(pilot.app))


async def test_what_is_marked_after_a_filter_is_what_it_has_chosen(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await until(pilot, lambda: "42 projects" in lines(pilot.app)[1])
        for key in ("slash", *"partner", "enter", "asterisk"):
            pilot.app.simulate_key(key)
        await until(pilot, lambda: "2 marked" in lines(pilot.app)[1])
        assert "42 marked" not in lines(pilot.app)[1]


async def test_a_place_typed_without_a_pause_is_gone_to(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        for place in ("robots", "projects", "users"):
            pilot.app.post_message(Key("colon", ":"))
            for letter in place:
                pilot.app.post_message(Key(letter, letter))
            pilot.app.post_message(Key("enter", "\r"))
            way = f"overview › {place}"
            await until(pilot, lambda way=way: lines(pilot.app)[1].strip().startswith(way))


async def test_a_new_password_typed_without_a_pause_fills_each_field(demo: DemoHarbor) -> None:
    async with console(demo, ":users") as pilot:
        await pilot.press("slash", *"alice", "enter")
        await until(pilot, lambda: "filter /alice" in words(pilot.app))
        await pilot.press("p")
        await until(pilot, lambda: "Repeat it" in words(pilot.app))
        for word in ("Newer1Password", "Newer1Password"):
            for letter in word:
                pilot.app.post_message(Key(letter, letter))
            pilot.app.post_message(Key("tab", "\t"))
        await until(pilot, lambda: words(pilot.app).count("••••••••••••••") == 2)
        assert "•" * 15 not in words(pilot.app)


class Trio(Form):
    one: str = ""
    on: bool = False
    two: str = ""


def burst(desk: Desk, *typed: str) -> None:
    """Keys, and texts that are pasted, as from one read of the terminal."""
    for word in typed:
        event: Event = (
            Paste(word) if len(word) > 20 else Key(word, word if len(word) == 1 else None)
        )
        desk.pilot.app.post_message(event)


LONG = "pasted, and longer than any key"
BURSTS = {
    "a slip is corrected": ([*"abd", "backspace", "c"], "abc"),
    "back and forth": ([*"bc", "left", "left", "a", "end", "d"], "abcd"),
    "begun anew": ([*"abc", "ctrl+u", "d"], "d"),
    "pasted over": ([*"abc", "ctrl+u", LONG], LONG),
    "a word taken back": ([*"ab", "space", *"cd", "ctrl+w", "e"], "ab e"),
}


@pytest.mark.parametrize("name", BURSTS)
async def test_editing_keys_act_where_they_were_pressed(name: str) -> None:
    keys, wanted = BURSTS[name]
    async with form(Trio) as desk:
        burst(desk, *(" " if key == "space" else key for key in keys), "enter")
        assert await desk.gone() == Trio(one=wanted)


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two keys others have their turn."""
    at_once = line.in_turn

    async def later(widget: Widget, event: Key) -> None:
        await asyncio.sleep(0)
        await at_once(widget, event)

    monkeypatch.setattr(line, "in_turn", later)


@pytest.mark.usefixtures("busy")
async def test_what_was_typed_before_it_is_saved() -> None:
    async with form(Trio) as desk:
        burst(desk, *"abc", "tab", "space", "tab", *"def", "ctrl+s")
        assert await desk.gone() == Trio(one="abc", on=True, two="def")


@pytest.mark.usefixtures("busy")
async def test_what_was_typed_before_it_is_tried() -> None:
    tried: list[Trio] = []

    async def test(filled: Trio) -> str:
        tried.append(filled)
        return "it answers"

    async with form(Trio, test=test) as desk:
        burst(desk, *"abc", "ctrl+t")
        await desk.until("✓ it answers")
        assert tried == [Trio(one="abc")]


async def test_a_place_is_gone_to_whatever_is_typed_after_enter(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        for key in ("colon", *"users", "enter", "x", "y"):
            pilot.app.post_message(Key(key, ":" if key == "colon" else key))
        await until(pilot, lambda: lines(pilot.app)[1].strip().startswith("overview › users"))
