"""Mistakes in the filter of the audit log: said, marked, and nothing is read."""

import pytest
from textual.pilot import Pilot

from harbortui.demo import DemoHarbor

from .console import console, lines, type_in, until, words
from .test_audit_log import crumbs, enter, followed
from .test_audit_log_filter import openings


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("operation:delete", "there is no key “operation”: op:"),
        ("op:dleete", "there is no operation “dleete”: op:delete"),
        ("type:member", "Harbor does not record who becomes a member"),
        ("since:tomorrow", "“tomorrow” is no time"),
        ('user:"alice', "this quote does not end"),
    ],
)
async def test_a_mistake_is_said_and_the_line_stays_open(
    demo: DemoHarbor, typed: str, says: str
) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        before = openings(demo)
        await enter(pilot, "slash", typed)
        await until(pilot, lambda: says in words(pilot.app))
        assert pilot.app.screen.line.display and openings(demo) == before
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.screen.line.display)
        assert "following" in crumbs(pilot)


async def test_a_mistake_is_said_while_one_types_on(demo: DemoHarbor) -> None:
    async with console(demo, ":logs") as pilot:
        await followed(pilot)
        await pilot.press("slash")
        await type_in(pilot, "op:dleete us")
        await until(pilot, lambda: "there is no operation “dleete”" in words(pilot.app))


def marked(pilot: Pilot[int]) -> tuple[str, str]:
    """The line that is typed, and the one below it."""
    shown = lines(pilot.app)
    place = next(n for n, line in enumerate(shown) if line.strip().startswith("^"))
    return shown[place - 1], shown[place]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_word_that_is_wrong_is_marked(demo: DemoHarbor, size: tuple[int, int]) -> None:
    async with console(demo, ":logs", size=size) as pilot:
        await followed(pilot)
        await pilot.press("slash")
        await type_in(pilot, "user:alice op:dleete us")
        await until(pilot, lambda: "^^^" in words(pilot.app))
        typed, marks = marked(pilot)
        assert typed.index("op:dleete") == marks.index("^") and marks.count("^") == len("op:dleete")
        await pilot.press(*["backspace"] * 9)
        await until(pilot, lambda: "^" not in words(pilot.app))
        await pilot.press("l", "i", "d", "enter")
        await until(pilot, lambda: "^^^^^" in words(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "^" not in words(pilot.app))
        assert "there is no operation" not in words(pilot.app)


async def test_a_long_line_is_marked_where_it_has_been_moved_to(demo: DemoHarbor) -> None:
    async with console(demo, ":logs", size=(80, 24)) as pilot:
        await followed(pilot)
        await pilot.press("slash")
        await type_in(pilot, f"user:{'x' * 60} op:dleete x")
        await until(pilot, lambda: "^^^" in words(pilot.app))
        typed, marks = marked(pilot)
        assert typed.index("op:dleete") == marks.index("^")
        await pilot.press("home")
        await until(pilot, lambda: "user:xxx" in words(pilot.app))
        typed, marks = marked(pilot)
        assert typed.index("op:dl") == marks.index("^")


async def test_a_log_that_is_opened_with_a_mistake_reads_nothing(demo: DemoHarbor) -> None:
    async with console(demo, ":logs op:dleete") as pilot:
        await until(pilot, lambda: "there is no operation" in words(pilot.app))
        await pilot.press("r", "F", "g")
        assert not openings(demo)
