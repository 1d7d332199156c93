"""Finding the way: what is typed after a colon, menus that run what they show, back and out."""

import pytest
from textual.widgets import Input

from harbortui import commands
from harbortui.commands import UnknownPlace
from harbortui.demo import DemoHarbor
from harbortui.resources.labels import LABELS
from harbortui.resources.members import MEMBERS
from harbortui.resources.projects import PROJECTS
from harbortui.resources.repositories import REPOSITORIES
from harbortui.resources.users import USERS
from harbortui.screens.confirm import Confirm
from harbortui.screens.menu import Menu
from harbortui.screens.resource import ResourceScreen

from .console import app_over, console, go, lines, type_in, until, words


def crumbs(pilot) -> str:
    return lines(pilot.app)[1].strip()


def top(pilot) -> type:
    return type(pilot.app.screen)


@pytest.mark.parametrize(
    ("typed", "resource", "parent", "text"),
    [
        ("labels", LABELS, "", ""),
        (":labels", LABELS, "", ""),
        ("  : labels  ", LABELS, "", ""),
        ("repos library", REPOSITORIES, "library", ""),
        ("repos library /nginx", REPOSITORIES, "library", "nginx"),
        ("repos /nginx", REPOSITORIES, "", "nginx"),
        ("repos library /a b", REPOSITORIES, "library", "a b"),
        ("proj", PROJECTS, "", ""),
        ("projects pay", PROJECTS, "", "pay"),
        ("users alice", USERS, "", "alice"),
        ("members payments", MEMBERS, "payments", ""),
        ("Labels", LABELS, "", ""),
        ("lab", LABELS, "", ""),
    ],
)
def test_a_command_is_a_name_a_parent_and_a_filter(typed, resource, parent, text) -> None:
    found = commands.read(typed)
    assert (found.resource, found.parent, found.text) == (resource, parent, text)


@pytest.mark.parametrize(
    ("typed", "place", "rest"),
    [
        ("overview", "overview", ""),
        ("home", "overview", ""),
        ("q", "quit", ""),
        ("find sha256:ab", "find", "sha256:ab"),
        ("logs user:alice", "logs", "user:alice"),
        ("stat", "status", ""),
        ("conf", "configuration", ""),
    ],
)
def test_other_places_get_what_is_typed_behind_them(typed: str, place: str, rest: str) -> None:
    found = commands.read(typed)
    assert found.place is not None
    assert (found.place.name, found.rest) == (place, rest)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nowhere", "no place called “nowhere”; : alone lists all places"),
        ("re", "no place called “re”: .*repositories.*"),
        ("pro", "profiles, projects, project-artifacts"),
        ("x\x1b[2J", "no place called"),
    ],
)
def test_an_unknown_place_is_answered_with_what_is_near(typed: str, words: str) -> None:
    with pytest.raises(UnknownPlace, match=words):
        commands.read(typed)


async def test_a_place_is_opened_under_its_parent_with_its_filter(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await go(pilot, ":repos payments /api")
        await until(pilot, lambda: crumbs(pilot).startswith("overview › payments › repositories"))
        assert "filter /api" in crumbs(pilot)


async def test_a_parent_that_is_not_there_is_named(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("colon", *"members", "space", *"nobody", "enter")
        await until(pilot, lambda: top(pilot) is not Menu)
        await until(pilot, lambda: "nobody" in lines(pilot.app)[-2])
        assert crumbs(pilot) == "overview"


@pytest.mark.parametrize("typed", ["theme blue", "key no.such(("])
async def test_what_is_typed_is_a_place_whatever_menus_run(demo: DemoHarbor, typed: str) -> None:
    async with console(demo) as pilot:
        await pilot.press("colon")
        await type_in(pilot, typed)
        await pilot.press("enter")
        word = typed.partition(" ")[0]
        await until(pilot, lambda: f"there is no place called “{word}”" in words(pilot.app))


async def test_a_place_that_needs_more_than_its_name_asks_for_it(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("colon", *"find", "enter")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).value == "find ")
        await pilot.press("escape")
        await pilot.press("colon", *"members", "enter")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).value == "members ")
        assert top(pilot) is Menu
        await type_in(pilot, "payments")
        await pilot.press("enter")
        await until(pilot, lambda: crumbs(pilot).startswith("overview › payments › members"))


async def test_from_deep_inside_a_place_is_opened_from_the_base(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "repositories" in crumbs(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "artifacts" in crumbs(pilot))
        deep = crumbs(pilot)
        assert deep.startswith("overview › projects › ")
        assert "› repositories › " in deep
        assert len(pilot.app.screen_stack) == 5
        await go(pilot, ":labels")
        await until(pilot, lambda: crumbs(pilot).startswith("overview › labels"))
        assert len(pilot.app.screen_stack) == 3
        await pilot.press("colon", *"home", "enter")
        await until(pilot, lambda: crumbs(pilot) == "overview")


async def test_suspended_screens_keep_their_rows_cursor_and_filter(demo: DemoHarbor) -> None:
    async with console(demo, ":projects /pay") as pilot:
        await until(pilot, lambda: "filter /pay" in crumbs(pilot))
        before = lines(pilot.app)[3:6]
        await pilot.press("enter")
        await until(pilot, lambda: "repositories" in crumbs(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "filter /pay" in crumbs(pilot))
        assert lines(pilot.app)[3:6] == before


async def test_escape_takes_two_steps_where_there_is_something_to_clear(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("space", "escape")
        await until(pilot, lambda: "marked" not in crumbs(pilot))
        assert crumbs(pilot).startswith("overview › labels")
        await pilot.press("escape")
        await until(pilot, lambda: crumbs(pilot) == "overview")


async def test_on_the_base_q_asks_and_esc_stays(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        await pilot.press("escape", "escape")
        assert crumbs(pilot) == "overview"
        await pilot.press("q")
        await until(pilot, lambda: top(pilot) is Confirm)
        assert "Leave harbortui?" in words(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: top(pilot) is not Confirm)
        assert crumbs(pilot) == "overview"


async def test_leaving_is_confirmed_and_done(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.screens.confirm.DEAF", 0.0)
    async with console(demo) as pilot:
        await pilot.press("colon", "q", "enter")
        await until(pilot, lambda: top(pilot) is Confirm)
        await pilot.press("right", "enter")
        await until(pilot, lambda: "GET /c/log_out" in demo.requests)
        await until(pilot, lambda: pilot.app.return_code == 0)


async def test_pressing_a_verb_twice_opens_one_question(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("D", "D")
        await until(pilot, lambda: top(pilot) is Confirm)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResourceScreen))
        assert len(pilot.app.screen_stack) == 3


async def test_a_terminal_that_is_too_small_shows_nothing_until_it_has_grown(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.resize_terminal(30, 8)
        await until(pilot, lambda: "terminal too small" in words(pilot.app))
        assert "approved" not in words(pilot.app)
        await pilot.press("D", "colon", "q", "escape")
        assert "terminal too small" in words(pilot.app)
        await pilot.resize_terminal(100, 30)
        await until(pilot, lambda: "approved" in words(pilot.app))
        assert crumbs(pilot).startswith("overview › labels")


async def test_a_program_that_begins_too_small_is_there_when_it_has_grown(
    demo: DemoHarbor,
) -> None:
    app = app_over(demo, command=":labels")
    async with app.run_test(size=(30, 8)) as pilot:
        await until(pilot, lambda: any(isinstance(s, ResourceScreen) for s in app.screen_stack))
        await until(pilot, lambda: words(app).strip() == "terminal too small")
        await pilot.resize_terminal(100, 30)
        await until(pilot, lambda: "approved" in words(app))
