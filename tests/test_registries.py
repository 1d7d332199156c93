"""Registries elsewhere: read, tried, added, changed, deleted."""

import json

import pytest

from harbortui.api import adapters, registries, registry_fields, registry_forms
from harbortui.api.errors import Conflict, Invalid
from harbortui.api.model import Query, read
from harbortui.api.registries import Registry
from harbortui.api.registry_forms import NewRegistry
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources import registries as kind
from harbortui.resources.core import Part
from harbortui.resources.registries import REGISTRIES
from harbortui.widgets.ink import parts

from .recorded import exchanges
from .talking import Canned, talk

FILES = ("replication", "2.12/replication", "writes-replication", "2.12/writes-replication")


def recorded() -> list[Registry]:
    rows = []
    for file in FILES:
        for one in exchanges(file):
            if one.method == "GET" and one.status == 200 and one.path.startswith("/registries"):
                found = one.value if isinstance(one.value, list) else [one.value]
                rows += [Registry.model_validate(row) for row in found if "id" in row]
    return rows


async def one(demo: DemoHarbor, name: str) -> Registry:
    return await registries.find(talk(demo), name)


def test_every_recorded_registry_is_shown_in_every_column() -> None:
    rows = recorded()
    assert {row.name for row in rows} >= {"self", "dockerhub", "dr-site", "rec-self"}
    for row in rows:
        cells = {column.title: column.cell(row) for column in REGISTRIES.columns}
        shown = {title: parts(cell, Clock()) for title, cell in cells.items()}
        assert shown["NAME"] and shown["KIND"] and shown["URL"] and shown["CREATED"]


def test_the_normal_is_muted_and_the_unhealthy_is_bad() -> None:
    healthy, ill = Registry(status="healthy"), Registry(status="unhealthy")
    assert kind.status(healthy) == Part("healthy", "muted")
    assert kind.status(ill) == Part("unhealthy", "bad")
    assert kind.status(Registry()) == Part("not looked at yet", "muted")
    assert kind.sign(ill) == Part("✗", "bad")
    assert kind.sign(healthy) is None
    assert kind.credential(Registry()) == Part("no", "muted")
    assert "every 5 minutes" in kind.says(ill)


def test_a_name_that_is_not_what_it_looks_like_has_a_sign() -> None:
    assert kind.sign(Registry(name="dockerhub\u200b")) == Part("▲", "warn")


@pytest.mark.parametrize("folder", ["", "2.12/"])
def test_abilities_adapters_and_endpoints_are_read_as_recorded(folder: str) -> None:
    answers = {one.path: one.value for one in exchanges(f"{folder}replication")}
    able = read(adapters.Abilities, json.dumps(answers["/registries/1/info"]).encode())
    assert able.filters("label")
    assert able.values("resource")[0] == "image"
    assert not able.filters("colour")
    every = answers["/replication/adapterinfos"]
    known = {name: read(adapters.Adapter, json.dumps(every[name]).encode()) for name in every}
    assert known["docker-hub"].endpoint_pattern.endpoint_type == registry_fields.ONLY
    listed = {name for name, one in known.items() if one.endpoint_pattern.endpoints}
    assert listed == set(registry_forms.LISTED)
    assert set(answers["/replication/adapters"]) <= set(adapters.KINDS)


async def test_the_list_asks_for_names_in_order(demo: DemoHarbor) -> None:
    page = await REGISTRIES.page(talk(demo), None, Query(sort=REGISTRIES.order))
    names = [row.name for row in page.items]
    assert names == sorted(names)
    assert demo.requests[-1].endswith("/registries?page=1&page_size=100&sort=name%2Cid")


async def test_what_uses_a_registry_is_named_before_and_after_harbor_refuses(
    demo: DemoHarbor,
) -> None:
    harbor, hub = talk(demo), await one(demo, "dockerhub")
    needed = await registries.uses(harbor, hub)
    assert needed.rules == ("pull-base-nightly", "pull-hub-alpine")
    assert needed.projects == ("hub-cache",)
    wanted = "is needed by rule pull-base-nightly, pull-hub-alpine and by proxy cache hub-cache"
    [line] = await kind.goes(harbor, [hub])
    assert wanted in line
    with pytest.raises(Conflict, match=wanted):
        await registries.delete(harbor, hub)
    assert hub.id in demo.registries


async def test_what_nothing_uses_is_said_to_be_free(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    await registry_forms.create(
        harbor, None, NewRegistry(name="spare", url="https://r.example.com")
    )
    spare = await registries.find(harbor, "spare")
    assert await kind.goes(harbor, [spare]) == ["No rule and no proxy cache uses it."]


async def test_a_ping_asks_now(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    mirror, ill = await one(demo, "mirror-a"), await one(demo, "dr-site")
    assert await registries.ping(harbor, mirror) == "mirror-a answers, and takes the credentials."
    assert demo.writes[-1].body == {"id": mirror.id}
    with pytest.raises(Invalid, match="the registry is unhealthy, says Harbor"):
        await registries.ping(harbor, ill)


async def test_details_say_how_harbor_signs_in_and_what_uses_it(demo: DemoHarbor) -> None:
    harbor, hub = talk(demo), await one(demo, "dr-site")
    found = {fact.title: fact.cell for fact in await kind.facts(harbor, hub)}  # type: ignore[union-attr]  # no headings
    assert found["Signs in as"] == "dr"
    assert found["Secret"] == "kept by Harbor"
    assert "*****" not in str(found)
    assert found["Used by rule"] in ("web-on-push", "production-only", "to-dr-site")
    raw = await registries.raw(harbor, hub)
    assert raw["credential"]["access_secret"] == "*****"


async def test_registries_are_offered_by_name_kind_and_address(demo: DemoHarbor) -> None:
    found = await registries.choices(talk(demo), {})
    labels = [choice.label for choice in found]
    assert "dr-site · Docker registry · https://dr-site.example.com · unhealthy" in labels
    none = await registries.choices(Canned({"GET /registries": []}).harbor, {})
    assert none[0].unless
