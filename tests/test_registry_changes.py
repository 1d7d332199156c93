"""Registries elsewhere: what a change sends, and what it refuses to send."""

import pytest
from pydantic import SecretStr

from harbortui.api import registries, registry_forms
from harbortui.api.errors import Conflict, Invalid, Refused
from harbortui.api.registries import Registry
from harbortui.demo import DemoHarbor

from .talking import talk


async def one(demo: DemoHarbor, name: str) -> Registry:
    return await registries.find(talk(demo), name)


async def test_another_secret_is_sent_alone(demo: DemoHarbor) -> None:
    harbor, made = talk(demo), await one(demo, "mirror-a")
    before = await registry_forms.fill(harbor, made)
    after = before.model_copy(update={"access_secret": SecretStr("other")})
    assert await registry_forms.try_edited(harbor, made, after) == (
        f"{made.url} answers, and takes the credentials."
    )
    assert demo.writes[-1].body == {"id": made.id, "access_secret": "other"}
    await registry_forms.update(harbor, made, before, after)
    assert demo.writes[-1].body == {"access_secret": "other"}


async def test_another_address_or_key_wants_the_secret_again(demo: DemoHarbor) -> None:
    harbor, made = talk(demo), await one(demo, "mirror-a")
    before = await registry_forms.fill(harbor, made)
    for change in ({"url": "https://new.example.com"}, {"access_key": "robot$new"}):
        after = before.model_copy(update=change)
        with pytest.raises(Refused, match="type the secret too"):
            await registry_forms.update(harbor, made, before, after)
        with pytest.raises(Refused, match="type the secret too"):
            await registry_forms.try_edited(harbor, made, after)
    assert not [write for write in demo.writes if write.path.startswith("/registries")]


async def test_a_new_address_is_tried_with_all_that_belongs_to_it(demo: DemoHarbor) -> None:
    harbor, made = talk(demo), await one(demo, "mirror-a")
    before = await registry_forms.fill(harbor, made)
    change = {"url": "https://new.example.com", "access_secret": SecretStr("s")}
    after = before.model_copy(update=change)
    await registry_forms.try_edited(harbor, made, after)
    assert demo.writes[-1].body == {
        "type": "harbor",
        "url": "https://new.example.com",
        "insecure": False,
        "credential_type": "basic",
        "access_key": "robot$sync",
        "access_secret": "s",
    }
    await registry_forms.update(harbor, made, before, after)
    assert demo.writes[-1].body == {"url": "https://new.example.com", "access_secret": "s"}
    assert demo.registries[made.id]["credential"]["access_secret"] == "s"


async def test_skipping_the_certificate_is_tried_only_with_the_secret(demo: DemoHarbor) -> None:
    harbor, made = talk(demo), await one(demo, "mirror-a")
    after = (await registry_forms.fill(harbor, made)).model_copy(update={"insecure": True})
    with pytest.raises(Refused, match="to try this out"):
        await registry_forms.try_edited(harbor, made, after)
    hub = await one(demo, "dockerhub")
    after = (await registry_forms.fill(harbor, hub)).model_copy(update={"insecure": True})
    assert await registry_forms.try_edited(harbor, hub, after) == f"{hub.url} answers."


async def test_a_first_secret_brings_its_type_and_no_key_takes_it_away(demo: DemoHarbor) -> None:
    harbor, hub = talk(demo), await one(demo, "dockerhub")
    before = await registry_forms.fill(harbor, hub)
    after = before.model_copy(update={"access_key": "me", "access_secret": SecretStr("s")})
    await registry_forms.update(harbor, hub, before, after)
    body = {"access_key": "me", "access_secret": "s", "credential_type": "basic"}
    assert demo.writes[-1].body == body
    before = await registry_forms.fill(harbor, hub)
    await registry_forms.update(harbor, hub, before, before.model_copy(update={"access_key": ""}))
    assert demo.writes[-1].body == {"access_key": "", "access_secret": ""}
    assert not (await one(demo, "dockerhub")).has_secret


async def test_someone_elses_change_is_not_overwritten(demo: DemoHarbor) -> None:
    harbor, made = talk(demo), await one(demo, "mirror-a")
    before = await registry_forms.fill(harbor, made)
    demo.registries[made.id]["description"] = "theirs"
    after = before.model_copy(update={"description": "mine"})
    with pytest.raises(Conflict, match="was Office A and is now theirs"):
        await registry_forms.update(harbor, made, before, after)
    demo.registries[made.id]["name"] = "renamed"
    for change in (registry_forms.update(harbor, made, before, after), _delete(demo, made)):
        with pytest.raises(Conflict, match="is now called renamed"):
            await change
    assert made.id in demo.registries


async def _delete(demo: DemoHarbor, made: Registry) -> str | None:
    return await registries.delete(talk(demo), made)


async def test_nothing_changed_sends_nothing(demo: DemoHarbor) -> None:
    harbor, made = talk(demo), await one(demo, "mirror-a")
    before = await registry_forms.fill(harbor, made)
    said = await registry_forms.update(harbor, made, before, before)
    assert said == "Nothing of mirror-a was changed"
    assert not demo.writes


async def test_a_changed_address_without_an_answer_is_explained(demo: DemoHarbor) -> None:
    harbor, hub = talk(demo), await one(demo, "dockerhub")
    before = await registry_forms.fill(harbor, hub)
    after = before.model_copy(update={"url": "http://127.0.0.1:1"})
    with pytest.raises(Invalid, match="speaks https only"):
        await registry_forms.update(harbor, hub, before, after)
    assert demo.registries[hub.id]["url"] == "https://hub.docker.com"
