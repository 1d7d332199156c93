"""Texts that come with an artifact: read from where Harbor has them, and the SBOM that is made."""

import httpx
import pytest

from harbortui.api import artifact_changes, artifacts, texts
from harbortui.api.artifact import Artifact
from harbortui.api.harbor import Harbor
from harbortui.api.model import Query
from harbortui.demo import DemoHarbor
from harbortui.resources.artifact_cells import undescribed
from harbortui.resources.texts import WORDS

from .console import console, until, words
from .talking import talk


async def one(harbor: Harbor, name: str) -> Artifact:
    return await artifacts.find(harbor, name)


async def test_a_chart_has_a_readme_values_and_dependencies(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    chart = await one(harbor, "payments/api:1.0.0")
    found = (await texts.texts(harbor, chart, Query())).items
    assert [text.name for text in found] == ["readme.md", "values.yaml", "dependencies"]
    assert (await texts.read(harbor, found[0])).startswith("# ")
    assert "replicas: 2" in await texts.read(harbor, found[1])
    assert await texts.read(harbor, found[2]) == "none"


async def test_what_no_parser_can_follow_is_shown_as_it_is() -> None:
    nested = "[" * 100_000
    answer = httpx.MockTransport(lambda _: httpx.Response(200, text=nested))
    harbor = Harbor("https://harbor.example.com", transport=answer)
    assert await texts.read(harbor, texts.Text(path="/x")) == nested


async def test_an_sbom_is_made_and_then_read(demo: DemoHarbor) -> None:
    harbor = talk(demo)
    image = await one(harbor, "payments/api:v40")
    assert undescribed(image) == ""
    assert not (await texts.texts(harbor, image, Query())).items
    await artifact_changes.make_sbom(harbor, image)
    assert demo.writes[-1].body == {"scan_type": "sbom"}
    assert await artifact_changes.has_sbom_anew(harbor, image)
    demo.clock.advance(60)
    image = await artifacts.again(harbor, image)
    (sbom,) = (await texts.texts(harbor, image, Query())).items
    assert '\n  "spdxVersion": "SPDX-2.3"' in await texts.read(harbor, sbom)


def test_every_known_text_is_explained() -> None:
    assert set(WORDS) == {*texts.KNOWN, texts.SBOM}


async def test_enter_reads_a_text(demo: DemoHarbor) -> None:
    async with console(demo, ":texts payments/api:1.0.0") as pilot:
        await until(pilot, lambda: "values.yaml" in words(pilot.app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: "replicas: 2" in words(pilot.app))


@pytest.mark.parametrize("place", [":labels", ":members payments", ":quotas"])
async def test_enter_shows_details_of_what_holds_nothing(demo: DemoHarbor, place: str) -> None:
    async with console(demo, place) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "AS HARBOR SENT IT" in words(pilot.app))
