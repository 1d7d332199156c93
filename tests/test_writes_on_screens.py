"""Changes on the screens: what was asked is done, once, and what was not is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot

from harbortui.api.errors import HarborError
from harbortui.api.harbor import Harbor
from harbortui.demo import DemoHarbor
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.confirm import Confirm
from harbortui.screens.resource import ResourceScreen, screen_for
from harbortui.text import safe

from .console import console, lines, type_in, until, words
from .counting import Count
from .talking import API, talk
from .test_resources import Scope, reached

__all__ = ["reached"]
MARKED = 5
Answer = Callable[[httpx.Request], Awaitable[httpx.Response]]


@pytest.fixture(autouse=True)
def hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harbortui.screens.confirm.DEAF", 0.0)
    monkeypatch.setattr("harbortui.screens.changes.PAUSE", 0.0)


def deleted(demo: DemoHarbor) -> list[str]:
    return [one.path for one in demo.writes if one.method == "DELETE"]


def top(pilot: Pilot[int]) -> Any:
    return pilot.app.screen


@asynccontextmanager
async def asked_of_five(demo: DemoHarbor) -> AsyncIterator[tuple[Pilot[int], list[Any]]]:
    """Five labels are marked, and whether to delete them is asked."""
    async with console(demo, ":labels") as pilot:
        await pilot.press(*["space"] * MARKED)
        labels = [*top(pilot).table.chosen]
        assert len(labels) == MARKED
        await pilot.press("D")
        await until(pilot, lambda: isinstance(top(pilot), Confirm))
        yield pilot, labels


@pytest.mark.parametrize(("k", "fault"), [*enumerate([409, 502, 500, 422, 503], 1)])
async def test_a_fault_at_any_of_several_costs_that_one_alone(
    demo: DemoHarbor, k: int, fault: int, count: Count
) -> None:
    async with asked_of_five(demo) as (pilot, labels):
        bad = labels[k - 1]
        demo.refuse(f"/labels/{bad.id}", fault, "in the way", method="DELETE")
        await pilot.press("right", "enter")
        await until(pilot, lambda: "Deleted 4 labels, 1 refused: " in words(pilot.app))
        assert f"1 refused: {safe(bad.name)}" in words(pilot.app)
        assert [demo.labels.first(id=one.id) is None for one in labels] == [
            one is not bad for one in labels
        ]
        tried = demo.requests.count(f"DELETE /api/v2.0/labels/{bad.id}")
        assert tried == 1, "sent once, whatever became of it"
    count("faults × places in a bulk change", 1)


async def test_ctrl_c_stops_after_the_one_under_way_and_says_what_was_not_tried(
    demo: DemoHarbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, answer, held = asyncio.Event(), demo.handle_async_request, 0

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal held
        if request.method == "DELETE":
            held += 1
            if held == 2:
                await go_on.wait()
        return await answer(request)

    async with asked_of_five(demo) as (pilot, labels):
        monkeypatch.setattr(demo, "handle_async_request", slow)
        await pilot.press("right", "enter")
        await until(
            pilot, lambda: f"2 of 5: {safe(labels[1].name)} (ctrl+c stops)" in words(pilot.app)
        )
        await pilot.press("ctrl+c")
        go_on.set()
        await until(pilot, lambda: "Deleted 2 labels, 3 not tried." in words(pilot.app))
        assert len(deleted(demo)) == 2


async def test_only_what_was_there_when_it_was_asked_is_deleted(demo: DemoHarbor) -> None:
    async with asked_of_five(demo) as (pilot, labels):
        await talk(demo).write("POST", "/labels", {"name": "zz-new", "scope": "g"})
        await talk(demo).write("DELETE", f"/labels/{labels[2].id}")
        before = len(deleted(demo))
        await pilot.press("right", "enter")
        await until(pilot, lambda: "Deleted " in words(pilot.app))
        assert demo.labels.first(name="zz-new")
        sent = deleted(demo)[before:]
        there = [one for one in labels if one is not labels[2]]
        assert sorted(sent) == sorted(f"/labels/{one.id}" for one in there)


async def test_enter_held_down_says_yes_once(demo: DemoHarbor) -> None:
    async with asked_of_five(demo) as (pilot, _):
        await pilot.press("right")
        for _ in range(30):
            pilot.app.simulate_key("enter")
        await until(pilot, lambda: "Deleted 5 labels." in words(pilot.app))
        assert len(deleted(demo)) == MARKED
        assert not [one for one in demo.writes if one.method in ("PUT", "POST")][1:], "but sign-in"


async def test_in_a_protected_profile_everything_wants_its_name_typed(demo: DemoHarbor) -> None:
    async with console(demo, ":labels", protected=True) as pilot:
        await pilot.press("j")
        name = top(pilot).table.current.name
        await pilot.press("D")
        await until(pilot, lambda: isinstance(top(pilot), Confirm))
        await pilot.press("enter")
        await pilot.pause()
        assert deleted(demo) == []
        await type_in(pilot, name[:-1])
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(top(pilot), Confirm)
        await type_in(pilot, name[-1])
        await pilot.press("enter", "tab", "enter")
        await until(pilot, lambda: f"Deleted {name}." in words(pilot.app))


async def test_no_key_of_any_kind_changes_anything_in_a_read_only_profile(
    demo: DemoHarbor, reached: dict[str, Scope], count: Count
) -> None:
    async with console(demo, read_only=True) as pilot:
        app: Any = pilot.app
        assert "read-only" in lines(app)[0]
        before = len(demo.writes)
        for resource in RESOURCES:
            screen: Any = screen_for(resource)(app.navigator.session, reached[resource.name][0])
            await app.push_screen(screen)
            await until(pilot, lambda s=screen: s.loaded_at or s.problem)
            for verb in verbs(resource):
                assert screen.refusal_of(verb), f"{resource.name}: {verb}"
                await screen.run_action(f"do('{verb}')")
                await until(pilot, lambda s=screen: s.session.said.text)
                assert isinstance(app.screen, ResourceScreen)
                count("read-only × keys of screens", 1)
            app.pop_screen()
            await until(pilot, lambda s=screen: app.screen is not s)
        assert demo.writes[before:] == []


def verbs(resource: Any) -> list[str]:
    """What changes something."""
    plain = {"create": resource.create, "edit": resource.edit, "delete": resource.delete}
    others = [one.name for one in resource.actions if one.form or one.verb != "read"]
    return [*(name for name, there in plain.items() if there), *others]


UNKNOWN = {"future": {"deep": [1, 2**60, -0.5, "ü\u202e", None, {"": []}]}, "another": ""}
"""What a later Harbor may keep in an object."""
WHOLE = ("labels", "robots", "rules")
"""Kinds whose PUT replaces the whole object."""


class Later(httpx.AsyncBaseTransport):
    """The demo as a later version, which has more in each object; keeps what is put."""

    def __init__(self, demo: DemoHarbor) -> None:
        self.demo, self.put = demo, [b""]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            self.put.append(request.content)
        answer = await self.demo.handle_async_request(request)
        if request.method != "GET" or not answer.content.startswith(b"{"):
            return answer
        kept = {k: v for k, v in answer.headers.items() if k != "content-length"}
        return httpx.Response(answer.status_code, headers=kept, json={**answer.json(), **UNKNOWN})


@pytest.mark.parametrize("name", WHOLE)
async def test_fields_that_nobody_knows_are_put_back_as_they_were(
    name: str, demo: DemoHarbor, reached: dict[str, Scope]
) -> None:
    resource: Any = next(one for one in RESOURCES if one.name == name)
    later = Later(demo)
    harbor = Harbor(API, auth=talk(demo).auth, transport=later)
    item = next(one for one in reached[name][1] if not resource.fixed(one))
    before = await resource.edit.fill(harbor, item)
    field = next(one for one in ("description", "color") if hasattr(before, one))
    with suppress(HarborError):  # the demo may not take what it does not know
        await resource.edit.run(harbor, item, before, before.model_copy(update={field: "other"}))
    sent = httpx.Response(200, content=later.put[-1]).json()
    assert sent[field] == "other"
    assert {one: sent[one] for one in UNKNOWN} == UNKNOWN
    kept = await resource.raw(harbor, item)
    assert sent.keys() - {"secret"} <= kept.keys()


def test_to_delete_what_holds_much_its_name_is_always_typed() -> None:
    assert {one.name for one in RESOURCES if one.typed} == {"projects", "registries", "users"}
