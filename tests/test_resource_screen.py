"""Lists on the screen: what they ask of Harbor and when, filters, orders, marks, rights."""

import asyncio
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot

from harbortui.demo import DemoHarbor
from harbortui.screens import listing
from harbortui.screens.confirm import Confirm
from harbortui.screens.resource import ResourceScreen

from .console import console, lines, type_in, until, words


def asked(demo: DemoHarbor, path: str) -> list[str]:
    """The queries of the reads of this path."""
    start = f"GET /api/v2.0{path}?"
    return [one.removeprefix(start) for one in demo.requests if one.startswith(start)]


def screen(pilot: Pilot[Any]) -> ResourceScreen:
    found = pilot.app.screen
    assert isinstance(found, ResourceScreen)
    return found


def first(pilot: Pilot[Any]) -> str:
    """The first row."""
    rows = lines(pilot.app)
    head = next(n for n, row in enumerate(rows) if row.strip().startswith("NAME"))
    return rows[head + 1].lstrip("▌ *").strip()


async def test_a_filter_is_asked_for_once_in_a_pause_of_typing(demo: DemoHarbor) -> None:
    async with console(demo, ":repositories") as pilot:
        demo.requests.clear()
        await pilot.press("slash")
        await type_in(pilot, "alpine")
        await until(pilot, lambda: "filter /alpine" in lines(pilot.app)[1])
        await until(pilot, lambda: "3 repositories" in lines(pilot.app)[1])
        queries = asked(demo, "/repositories")
        assert len(queries) == 1
        assert "alpine" in queries[0]
        await pilot.press("enter")
        assert screen(pilot).table.has_focus


async def test_escape_clears_the_filter_with_one_request_and_then_goes_back(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":repositories /alpine") as pilot:
        await until(pilot, lambda: "3 repositories" in lines(pilot.app)[1])
        assert len(asked(demo, "/repositories")) == 1
        await pilot.press("escape")
        await until(pilot, lambda: "141 repositories" in lines(pilot.app)[1])
        assert len(asked(demo, "/repositories")) == 2
        assert "filter" not in lines(pilot.app)[1]
        await pilot.press("escape")
        await until(pilot, lambda: lines(pilot.app)[1].strip() == "overview")


async def test_an_empty_filter_says_what_helps(demo: DemoHarbor) -> None:
    async with console(demo, ":repositories /nowhere") as pilot:
        await until(pilot, lambda: "No repositories match /nowhere. esc clears" in words(pilot.app))


async def test_a_list_that_is_here_is_filtered_here(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        before = len(demo.requests)
        await pilot.press("slash")
        await type_in(pilot, "lts")
        await until(pilot, lambda: "1 of 7" in lines(pilot.app)[1])
        await pilot.press("escape")
        await until(pilot, lambda: "7 labels" in lines(pilot.app)[1])
        assert len(demo.requests) == before


async def test_what_is_chosen_here_is_chosen_among_all_rows_also_those_not_seen_yet(
    demo: DemoHarbor,
) -> None:
    async with console(demo, ":quotas", size=(120, 20)) as pilot:
        await until(pilot, lambda: "42 quotas" in lines(pilot.app)[1])
        assert not screen(pilot).listing.here
        smallest = min(demo.quotas.values(), key=lambda quota: quota["used"]["storage"])
        name = smallest["ref"]["name"]
        await pilot.press("slash")
        await type_in(pilot, name)
        await until(pilot, lambda: f"filter /{name}" in lines(pilot.app)[1])
        await until(pilot, lambda: "of 42" in lines(pilot.app)[1])
        assert screen(pilot).table.current.ref.name == name


async def test_a_choice_holds_when_harbor_has_other_rows_by_now(demo: DemoHarbor) -> None:
    async with console(demo, ":quotas /sandbox") as pilot:
        await until(pilot, lambda: "of 42" in lines(pilot.app)[1])
        shown = len(screen(pilot).table.rows)
        gone = next(one for one in demo.quotas.values() if "sandbox" not in one["ref"]["name"])
        del demo.quotas[gone["id"]]
        await pilot.press("r")
        await until(pilot, lambda: "of 41" in lines(pilot.app)[1])
        assert len(screen(pilot).table.rows) == shown


async def test_more_rows_than_can_be_chosen_from_here_are_not_said_to_be_chosen(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "AT_MOST", 30)
    async with console(demo, ":quotas", size=(120, 20)) as pilot:
        await pilot.press("slash", "a", "enter")
        await until(pilot, lambda: "42 rows are too many" in words(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "too many" not in words(pilot.app))


async def test_harbor_sorts_what_it_can_sort(demo: DemoHarbor) -> None:
    async with console(demo, ":repositories") as pilot:
        demo.requests.clear()
        await pilot.press("O")
        await until(pilot, lambda: "NAME ↓" in words(pilot.app))
        await until(pilot, lambda: asked(demo, "/repositories"))
        assert "sort=-name" in asked(demo, "/repositories")[0]
        await until(pilot, lambda: not first(pilot).startswith("analytics"))
        top = first(pilot)
        await pilot.press("O")
        await until(pilot, lambda: first(pilot).startswith("analytics/dash"))
        assert top > "s"


async def test_what_harbor_cannot_sort_is_sorted_here(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        for title in ("STORAGE ↑", "USED ↑"):
            await pilot.press("o")
            await until(pilot, lambda title=title: title in words(pilot.app))
        await pilot.press("O")
        await until(pilot, lambda: "USED ↓" in words(pilot.app))
        used = [one.used for one in screen(pilot).listing.between(0, 20)]
        known = [one for one in used if one is not None]
        assert known == sorted(known, reverse=True)
        assert len(known) > 3


async def test_presets_take_turns_and_escape_ends_them(demo: DemoHarbor) -> None:
    async with console(demo, ":projects") as pilot:
        whole = lines(pilot.app)[1].split()[-2:]
        await pilot.press("f")
        await until(pilot, lambda: "public   " in lines(pilot.app)[1])
        await until(pilot, lambda: lines(pilot.app)[1].split()[-2:] != whole)
        assert "public" in words(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: lines(pilot.app)[1].split()[-2:] == whole)
        await pilot.press("f", "f", "f", "f")
        await until(pilot, lambda: "nearly full" in lines(pilot.app)[1])
        await pilot.press("f")
        await until(pilot, lambda: lines(pilot.app)[1].split()[-2:] == whole)


async def test_old_rows_stay_with_their_age_and_the_reason(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        before = lines(pilot.app)[3:10]
        demo.down = True
        await pilot.press("r")
        await until(pilot, lambda: "no answer since" in lines(pilot.app)[0])
        assert lines(pilot.app)[3:10] == before
        assert screen(pilot).table.stale
        assert "connection refused" in words(pilot.app) or "no connection" in words(pilot.app)
        demo.down = False
        await pilot.press("r")
        await until(pilot, lambda: lines(pilot.app)[0].rstrip().endswith("live"))
        assert not screen(pilot).table.stale
        assert not screen(pilot).problem


async def test_a_list_that_was_never_read_says_why(demo: DemoHarbor) -> None:
    async with console(demo) as pilot:
        demo.refuse("/labels*", 500)
        await pilot.press("colon", *"labels", "enter")
        await until(pilot, lambda: "internal error (HTTP 500)" in words(pilot.app))
        demo.allow()
        await pilot.press("r")
        await until(pilot, lambda: "7 labels" in lines(pilot.app)[1])


async def test_what_is_in_view_is_read_again_and_the_cursor_stays(demo: DemoHarbor) -> None:
    async with console(demo, ":labels") as pilot:
        await pilot.press("j", "j", "j")
        current = screen(pilot).table.current
        first_label = next(iter(demo.labels.values()))
        demo.labels.add({**first_label, "id": 999, "name": "aaa-new"})
        await pilot.press("r")
        await until(pilot, lambda: "aaa-new" in words(pilot.app))
        assert screen(pilot).table.current.id == current.id


async def test_leaving_a_form_does_not_cut_its_write_short(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, answer = asyncio.Event(), demo.handle_async_request

    async def held(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            await go_on.wait()
        return await answer(request)

    async with console(demo, ":labels") as pilot:
        await pilot.press("n", *"urgent")
        monkeypatch.setattr(demo, "handle_async_request", held)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "sending" in words(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResourceScreen))
        assert not demo.labels.first(name="urgent")
        go_on.set()
        await until(pilot, lambda: "The label has been made." in words(pilot.app))
        assert demo.labels.first(name="urgent")


async def test_deleting_asks_does_it_and_tells(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harbortui.screens.confirm.DEAF", 0.0)
    async with console(demo, ":labels") as pilot:
        await pilot.press("j", "space", "space", "D")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("right", "enter")
        await until(pilot, lambda: "Deleted 2 labels." in words(pilot.app))
        await until(pilot, lambda: "5 labels" in lines(pilot.app)[1])
        assert "marked" not in lines(pilot.app)[1]


async def test_a_verb_keeps_its_capitals_where_a_sentence_begins_with_it(demo: DemoHarbor) -> None:
    async with console(demo, ":artifacts payments/api") as pilot:
        await pilot.press("m")
        await until(pilot, lambda: "[ Make an SBOM ]" in words(pilot.app))
