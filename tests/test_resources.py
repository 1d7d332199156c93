"""What every kind of thing promises; a new kind is tested by existing."""

import asyncio
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from textual.binding import Binding

from harbortui.api import digests, repositories
from harbortui.api.harbor import Harbor
from harbortui.api.model import Page, Query
from harbortui.app import HarborApp
from harbortui.clock import Clock
from harbortui.commands import PLACES
from harbortui.demo import DemoHarbor
from harbortui.resources.artifacts import ARTIFACTS
from harbortui.resources.core import Resource
from harbortui.resources.found import FOUND
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.listing import Listing
from harbortui.screens.live import LiveScreen
from harbortui.screens.resource import ResourceScreen, screen_for
from harbortui.session import Session
from harbortui.text import safe
from harbortui.widgets.columns import EDGE, LEFT
from harbortui.widgets.ink import parts
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.plan import plan
from harbortui.widgets.table import Table

from .console import app_over
from .talking import talk

Scope = tuple[Any, list[Any]]
ALONE = {"id", "name", "username", "creation_time"}
"""Fields that only one of a list has; Harbor cannot sort quotas by more than their time."""
each = pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)


async def scopes(harbor: Harbor) -> dict[str, Scope]:
    """For each kind a parent, and what the demo lists under it: by walking the children."""
    found: dict[str, Scope] = {}
    waiting: list[tuple[Resource[Any, Any], Any]] = [(one, None) for one in RESOURCES if one.root]
    image = (await harbor.raw("/projects/payments/artifacts"))[0]
    waiting.append((FOUND, digests.wanted(image["digest"])))
    waiting.append((ARTIFACTS, await repositories.find(harbor, "payments/api")))  # it has a chart
    while waiting:
        resource, scope = waiting.pop(0)
        lacking = {child.resource().name for child in resource.children} - _with_rows(found)
        if resource.name in _with_rows(found) and not lacking:
            continue
        query = Query(size=resource.size, sort=resource.order)
        items = (await resource.page(harbor, scope, query)).items
        if resource.name not in found or (items and not found[resource.name][1]):
            found[resource.name] = (scope, items)
        for child in resource.children:
            if child.resource().name in lacking:
                waiting += [(child.resource(), item) for item in items if child.when(item)]
    return found


def _with_rows(found: Mapping[str, Scope]) -> set[str]:
    return {name for name, (_, items) in found.items() if items}


class Reached(dict[str, Scope]):
    """Says of a kind that is not in it why, once and in words."""

    def __missing__(self, name: str) -> Scope:
        pytest.fail(f"{name}: no kind has it as a child, and it is no root")


@pytest.fixture(scope="module")
def reached() -> Reached:
    return Reached(asyncio.run(scopes(talk(DemoHarbor()))))


def keys_of(kind: type) -> list[Binding]:
    own = [b for owner in kind.__mro__ for b in owner.__dict__.get("BINDINGS", ())]
    return [one for b in own if isinstance(b, Binding) for one in b.make_bindings([b])]


def test_names_and_aliases_mean_one_thing() -> None:
    names = [n for one in (*RESOURCES, *PLACES) for n in (one.name, *one.aliases)]
    assert not [name for name, count in Counter(names).items() if count > 1]


@each
def test_no_key_means_two_things(resource: Resource[Any, Any]) -> None:
    found = Counter(
        binding.key
        for kind in (screen_for(resource), MarkTable, HarborApp)
        for owner in kind.__mro__
        if owner in (screen_for(resource), ResourceScreen, LiveScreen, MarkTable, Table, HarborApp)
        for raw in owner.__dict__.get("BINDINGS", ())
        for binding in Binding.make_bindings([raw])
    )
    assert not [key for key, count in found.items() if count > 1]


@each
def test_a_lower_case_verb_never_changes_anything_unasked(resource: Resource[Any, Any]) -> None:
    for action in resource.actions:
        reads = action.verb == "read"
        assert reads or action.key.isupper() or action.form or action.confirm, action.name


@each
async def test_every_kind_can_be_reached_and_has_rows(
    resource: Resource[Any, Any], reached: Reached
) -> None:
    assert reached[resource.name][1], "the demo has none of these"


@each
def test_its_sentences_fit_into_80_columns(resource: Resource[Any, Any], reached: Reached) -> None:
    reasons = [action.unless for action in resource.actions]
    said = [resource.about, resource.silent, resource.empty]
    for item in reached[resource.name][1]:
        said += [reason(item) for reason in (resource.stays, resource.fixed, *reasons)]
    assert [words for words in said if cell_len(safe(words)) > 80 - LEFT - EDGE] == []


@each
async def test_every_column_shows_every_item(
    resource: Resource[Any, Any], reached: Reached
) -> None:
    clock = Clock(lambda: 0.0)
    for item in reached[resource.name][1]:
        for column in resource.columns:
            for part in parts(column.cell(item), clock):
                assert part.text == safe(part.text)
        assert isinstance(resource.says(item), str)
        assert resource.label(item)
        resource.sign(item)


@pytest.mark.fault("F33")
@each
async def test_every_order_ends_with_what_no_two_have(resource: Resource[Any, Any]) -> None:
    asked: list[str] = []

    async def page(harbor: Harbor, scope: Any, query: Query) -> Page[Any]:
        asked.append(query.sort)
        return Page([], 0)

    session = Session(talk(DemoHarbor()), Clock(), where="here")
    listing = Listing(session, replace(resource, page=page), None)
    await listing.load(0, 0)
    for column in (column for column in resource.columns if column.sort and resource.order):
        for reverse in (False, True):
            listing.order(column, reverse)
            await listing.load(0, 0, again=True)
    assert [order for order in asked if order and not ALONE & set(re.split("[,-]+", order))] == []


@each
async def test_keys_are_unique_on_a_page(resource: Resource[Any, Any], reached: Reached) -> None:
    items = reached[resource.name][1]
    assert len({resource.key(item) for item in items}) == len(items)


@each
async def test_a_found_item_is_the_item(resource: Resource[Any, Any], reached: Reached) -> None:
    if resource.find is None or resource.root is False:
        pytest.skip("it is found under its parent only")
    harbor = talk(DemoHarbor())
    item = reached[resource.name][1][-1]
    found = await resource.find(harbor, resource.label(item))
    assert resource.key(found) == resource.key(item)


@each
async def test_every_form_has_a_plan(resource: Resource[Any, Any], reached: Reached) -> None:
    harbor = talk(DemoHarbor())
    if resource.create:
        assert plan(resource.create.form)
    edits = [resource.edit, *(action.form for action in resource.actions)]
    item = reached[resource.name][1][0]
    for edit in edits:
        if edit:
            assert plan(type(await edit.fill(harbor, item)))


@each
async def test_details_and_json_can_be_read(resource: Resource[Any, Any], reached: Reached) -> None:
    harbor = talk(DemoHarbor())
    item = reached[resource.name][1][0]
    if resource.raw:
        assert await resource.raw(harbor, item)
    if resource.facts:
        assert await resource.facts(harbor, item)
    if resource.enrich:
        assert len(await resource.enrich.run(harbor, [item])) == 1


@each
async def test_every_permission_word_is_one_that_harbor_knows(
    resource: Resource[Any, Any],
) -> None:
    known = await talk(DemoHarbor()).raw("/permissions")
    nouns = {one["resource"] for level in known.values() for one in level}
    words = {resource.needs, *(action.needs for action in resource.actions)} - {""}
    assert words <= nouns | {"configuration", "member", "user", "artifact-label"}


@each
async def test_its_screen_opens_and_every_key_is_in_the_menu(
    resource: Resource[Any, Any], reached: Reached
) -> None:
    demo = DemoHarbor()
    app = app_over(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        from .console import until, words

        await until(pilot, lambda: app.navigator and app.navigator.session)
        await until(pilot, lambda: len(app.screen_stack) == 2)
        assert app.navigator
        assert app.navigator.session
        screen = screen_for(resource)(app.navigator.session, reached[resource.name][0])
        await app.push_screen(screen)
        await until(pilot, lambda: screen.loaded_at or screen.problem)
        assert not screen.problem
        await pilot.press("question_mark")
        await until(pilot, lambda: "Keys" in words(app))
