"""Menus: they run what they show, say why a key is grey, and can be read on any screen."""

import pytest
from textual.widgets import Input

from harbortui.demo import DemoHarbor
from harbortui.screens.confirm import Confirm
from harbortui.screens.forms import FormScreen
from harbortui.screens.menu import Entry, Menu
from harbortui.screens.resource import ResourceScreen

from .console import console, lines, type_in, until, words
from .test_navigation import crumbs, top


async def test_hints_stand_below_the_keys_where_there_is_room(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "SSH: c copies where the terminal allows" in words(pilot.app))


async def test_keys_that_mark_stand_together_above_those_that_move(demo: DemoHarbor) -> None:
    async with console(demo, ":labels", size=(120, 60)) as pilot:
        found = [key.key for key in pilot.app.screen.keys_here() if key.group == "move"]  # type: ignore[attr-defined]  # ours
        assert found[:5] == ["space", "v", "w", "up k", "down j"]


async def test_on_80_columns_menus_cut_no_sentence(demo: DemoHarbor) -> None:
    async with console(demo, ":projects", size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "analytics still holds 2 repositories" in words(pilot.app))
        assert "↓ more" in words(pilot.app)
        await pilot.press("pagedown", "pagedown", "pagedown")
        await until(pilot, lambda: "ctrl+q       quit" in words(pilot.app))
        assert "↓ more" not in words(pilot.app)
        await pilot.press("escape", "colon")
        await until(pilot, lambda: "what needs attention, doors, health" in words(pilot.app))
        assert "the audit log: browse, filter, follow" in words(pilot.app)


async def test_on_40_columns_and_10_lines_dialogs_can_be_read(demo: DemoHarbor) -> None:
    async with console(demo, ":projects", size=(40, 10)) as pilot:
        await pilot.press("colon")
        await until(pilot, lambda: "configuration" in words(pilot.app))
        await pilot.press("escape", "n")
        await until(pilot, lambda: "Lower-case letters and digits," in words(pilot.app))
        assert "Public" in words(pilot.app) and "↓ more" in words(pilot.app)
        assert "esc cancel" in lines(pilot.app)[-1]
        await pilot.press("shift+tab")
        await until(pilot, lambda: "↓ more" not in words(pilot.app))


async def test_tab_completes_the_name_of_a_place(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("colon", *"repos", "tab")
        field = pilot.app.screen.query_one(Input)
        assert field.value == "repositories "
        await type_in(pilot, "library")
        await pilot.press("enter")
        await until(pilot, lambda: crumbs(pilot).startswith("overview › library › repositories"))


@pytest.mark.parametrize(
    ("typed", "came_true"),
    [
        ("mark up", lambda pilot: pilot.app.screen.table.marks),
        ("new", lambda pilot: top(pilot) is FormScreen),
        ("go to a place", lambda pilot: "Go to" in words(pilot.app)),
        ("half a page down", lambda pilot: pilot.app.screen.table.place == 6),
        ("times as age", lambda pilot: "times are shown in UTC" in words(pilot.app)),
    ],
)
async def test_the_menu_of_keys_runs_what_it_shows(demo: DemoHarbor, typed, came_true) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: top(pilot) is Menu)
        await type_in(pilot, typed)
        await pilot.press("enter")
        await until(pilot, lambda: top(pilot) is not Menu or "Go to" in words(pilot.app))
        await until(pilot, lambda: came_true(pilot))


async def test_the_menu_of_keys_says_why_a_key_is_grey(demo: DemoHarbor) -> None:
    async with console(demo, ":labels", who="alice") as pilot:
        await until(pilot, lambda: "(n new)" in words(pilot.app))
        await pilot.press("question_mark")
        await until(pilot, lambda: top(pilot) is Menu)
        await type_in(pilot, "new")
        await until(pilot, lambda: "only system admin" in words(pilot.app))
        await pilot.press("enter")
        assert top(pilot) is Menu
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResourceScreen))


async def test_everything_is_in_one_menu(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: "Everything" in words(pilot.app))
        await type_in(pilot, "theme, light")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.theme == "day")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: "Everything" in words(pilot.app))
        await type_in(pilot, "robots")
        await pilot.press("enter")
        await until(pilot, lambda: crumbs(pilot).startswith("overview › robots"))


async def test_nothing_fits_is_said_and_enter_does_nothing(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: top(pilot) is Menu)
        await type_in(pilot, "zzz")
        await until(pilot, lambda: "Nothing fits." in words(pilot.app))
        await pilot.press("enter")
        assert top(pilot) is Menu


async def test_what_begins_with_all_that_is_typed_comes_before_its_first_word(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":labels") as pilot:
        kinds = [Entry("Docker Hub", ""), Entry("Docker registry", "")]
        pilot.app.push_screen(Menu("Kind", kinds))
        await until(pilot, lambda: top(pilot) is Menu)
        await type_in(pilot, "docker r")
        await until(pilot, lambda: pilot.app.screen.table.current == kinds[1])
        assert len(pilot.app.screen.table.rows) == 2


async def test_no_menu_opens_over_a_dialog(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("D")
        await until(pilot, lambda: top(pilot) is Confirm)
        await pilot.press("colon", "question_mark", "ctrl+p", "D", "n")
        await pilot.pause()
        assert top(pilot) is Confirm
        assert len(pilot.app.screen_stack) == 4
