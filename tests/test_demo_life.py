"""What happens in the demo by itself, without anything that sleeps."""

import asyncio
import random

import pytest

from harbortui.demo import DemoHarbor, life

from .replay import connect


async def lived(demo: DemoHarbor, times: int, seed: int = 1) -> None:
    """Lets so many things happen."""
    left = times

    async def sleep(seconds: float) -> None:
        nonlocal left
        demo.clock.advance(seconds)
        left -= 1
        if left < 0:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await life.live(demo, seed, sleep)


async def test_events_of_many_kinds_come_and_stay_in_order(demo):
    before = demo.audit.stored[-1]
    await lived(demo, 400)
    new = [event for event in demo.audit.stored if event.id > before.id]
    assert len(new) > 400
    assert {"pull_artifact", "create_artifact", "login_user", "delete_robot"} <= {
        event.kind for event in new
    }
    assert any(not event.succeeded for event in new)
    assert [event.at for event in new] == sorted(event.at for event in new)


async def test_the_same_seed_lives_the_same_life():
    lives = []
    for _ in range(2):
        demo = DemoHarbor()
        await lived(demo, 50, seed=7)
        lives.append(demo.audit.stored)
    assert lives[0] == lives[1]


@pytest.mark.parametrize("happening", list(life.WEIGHTS), ids=lambda happening: happening.__name__)
async def test_whatever_happens_leaves_a_registry_that_answers(demo, happening):
    for number in range(5):
        happening(demo, random.Random(number))
    demo.clock.advance(100)
    admin = await connect(demo, "admin", "session")
    for path in ("/replication/executions", "/system/gc", "/auditlog-exts", "/quotas"):
        assert (await admin.get(f"/api/v2.0{path}")).status_code == 200


async def test_a_push_brings_a_new_version_that_takes_space(demo):
    used = demo.quotas.first(id=4)["used"]["storage"]
    before = demo.repository("payments/api")["artifact_count"]
    chance = random.Random(0)
    while demo.repository("payments/api")["artifact_count"] == before:
        life.push(demo, chance)
    assert demo.artifact("payments/api:v42")["project_id"] == 4
    assert demo.quotas.first(id=4)["used"]["storage"] > used


async def test_a_full_project_takes_no_push(demo):
    for quota in demo.quotas.values():
        quota["hard"] = {"storage": 1}
    before = len(demo.artifacts)
    for number in range(5):
        life.push(demo, random.Random(number))
    assert len(demo.artifacts) == before


async def test_nothing_happens_while_harbor_is_down_or_read_only(demo):
    before = len(demo.audit.stored)
    demo.down = True
    await lived(demo, 20)
    demo.down = False
    demo.configuration["read_only"] = True
    await lived(demo, 20)
    assert len(demo.audit.stored) == before
