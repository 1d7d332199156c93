"""Two administrators at one thing, interleaved before each request of the first one's change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest

from harbortui.api import configuration
from harbortui.api.errors import Conflict, HarborError, Refused
from harbortui.api.harbor import Harbor
from harbortui.demo import DemoHarbor
from harbortui.resources.kinds import RESOURCES

from .counting import Count
from .talking import API, talk
from .test_resources import Scope, reached

__all__ = ["reached"]
OURS_THEIRS: dict[str, tuple[str, Any, Any]] = {
    "projects": ("severity", "low", "high"),
    "members": ("role_id", 1, 2),
    "repositories": ("description", "ours", "theirs"),
    "labels": ("description", "ours", "theirs"),
    "quotas": ("storage", 2**30, 2**31),
    "users": ("comment", "ours", "theirs"),
    "robots": ("description", "ours", "theirs"),
    "registries": ("description", "ours", "theirs"),
    "rules": ("description", "ours", "theirs"),
}
"""A field of each kind's form, and what the two want it to be."""
ALONE = {"members", "quotas", "repositories"}
"""Kinds whose form has one field."""
BY_NAME = {resource.name: resource for resource in RESOURCES}


class Between(httpx.AsyncBaseTransport):
    """Lets somebody else act before the n-th request."""

    def __init__(self, demo: DemoHarbor, place: int, act: Callable[[], Awaitable[None]]) -> None:
        self.demo, self.place, self.act = demo, place, act
        self.methods: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if len(self.methods) == self.place:
            await self.act()
        self.methods.append(request.method)
        return await self.demo.handle_async_request(request)


class Two:
    """One demo, one thing in it, and what both want of it."""

    def __init__(self, name: str, items: list[Any]) -> None:
        self.items = items
        self.resource, self.demo = BY_NAME[name], DemoHarbor()
        self.field, self.ours, self.theirs = OURS_THEIRS[name]
        self.other = talk(self.demo)

    async def begin(self) -> None:
        second = len(self.items) > 1 and self.resource.name != "registries"  # that one is away
        self.item = self.items[1 if second else 0]
        self.before = await self.edit.fill(self.other, self.item)
        if self.resource.name == "projects":  # a severity counts only then
            after = self.before.model_copy(update={"prevent_vul": True})
            await self.edit.run(self.other, self.item, self.before, after)
            self.before = await self.edit.fill(self.other, self.item)

    @property
    def edit(self) -> Any:
        return self.resource.edit

    async def changes(self, harbor: Harbor, before: Any, value: Any) -> None:
        after = before.model_copy(update={self.field: value})
        await self.edit.run(harbor, self.item, before, after)

    async def theirs_now(self) -> None:
        now = await self.edit.fill(self.other, self.item)
        await self.changes(self.other, now, self.theirs)

    async def value(self) -> Any:
        return getattr(await self.edit.fill(self.other, self.item), self.field)

    def harbor(self, place: int) -> tuple[Harbor, Between]:
        between = Between(self.demo, place, self.theirs_now)
        auth = self.other.auth
        return Harbor(API, auth=auth, transport=between), between


@pytest.mark.parametrize("name", OURS_THEIRS)
async def test_nothing_is_overwritten_unasked_however_two_changes_meet(
    name: str, reached: dict[str, Scope], count: Count
) -> None:
    place, tried = 0, 0
    while True:
        two = Two(name, reached[name][1])
        await two.begin()
        harbor, between = two.harbor(place)
        refused = ""
        try:
            await two.changes(harbor, two.before, two.ours)
        except HarborError as error:
            refused = str(error)
        if len(between.methods) <= place and not refused:
            break
        changing = [n for n, method in enumerate(between.methods) if method != "GET"]
        if refused or not changing:
            assert await two.value() == two.theirs, "what the other one wrote is kept"
            assert not changing or place > changing[0], "nothing was sent"
        else:
            # Between our last look and our write nobody can look: Harbor has no If-Match.
            assert place >= changing[0], f"overwritten unasked: {between.methods} at {place}"
        place, tried = place + 1, tried + 1
    assert await two.value() == two.ours
    assert tried >= 2, "it looks before it writes"
    count(f"interleavings × {name}", tried)


async def test_settings_are_not_overwritten_unasked(count: Count) -> None:
    key, place = "robot_name_prefix", 0
    while True:
        demo = DemoHarbor()
        other = talk(demo)
        shown = (await configuration.read(other)).value(key)

        async def act(other: Harbor = other, shown: Any = shown) -> None:
            await configuration.change(other, {key: shown}, {key: "theirs-"})

        between = Between(demo, place, act)
        harbor = Harbor(API, auth=other.auth, transport=between)
        refused = False
        try:
            await configuration.change(harbor, {key: shown}, {key: "ours-"})
        except Conflict as error:
            refused = True
            assert "theirs-" in str(error)
        if len(between.methods) <= place and not refused:
            break
        writes = [n for n, method in enumerate(between.methods) if method != "GET"]
        assert (not writes) if refused else (place >= writes[0])
        place += 1
    assert place >= 2
    count("interleavings × configuration", place)


@pytest.mark.parametrize("name", sorted(OURS_THEIRS.keys() - ALONE))
async def test_a_change_of_another_field_meanwhile_is_kept(
    name: str, reached: dict[str, Scope], count: Count
) -> None:
    two = Two(name, reached[name][1])
    await two.begin()
    raw = two.resource.raw
    await two.theirs_now()
    fields = [
        one
        for one, value in two.before
        if one != two.field and type(value) in (str, bool) and not one.endswith("secret")
    ]
    assert raw
    for other in fields[:1]:
        value = getattr(two.before, other)
        wanted = (not value) if isinstance(value, bool) else value
        after = two.before.model_copy(update={other: wanted})
        try:
            await two.edit.run(two.other, two.item, two.before, after)
        except HarborError:
            continue
    assert await two.value() == two.theirs
    count("interleavings × another field", 1)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
async def test_a_read_only_connection_sends_nothing_for_any_verb(
    resource: Any, reached: dict[str, Scope], count: Count
) -> None:
    demo = DemoHarbor()
    other = talk(demo)
    item = reached[resource.name][1][0]
    harbor = Harbor(API, auth=other.auth, transport=demo, read_only=True)
    tried = 0
    for run in filter(None, (resource.delete, *(action.run for action in resource.actions))):
        with suppress(HarborError):  # or there was nothing to do
            await run(harbor, item)
        tried += 1
    with pytest.raises(Refused):
        await harbor.write("PUT", "/configurations", {"x": 1})
    assert [write for write in demo.writes if not write.path.endswith("/ping")] == []
    count("read-only × verbs", tried + 1)
