import pytest

from harbortui.api import robot_edit, robot_grants, robots
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.robot_edit import ProjectRobot
from harbortui.api.robot_forms import Grant
from harbortui.api.robots import Permission, Robot
from harbortui.demo import DemoHarbor
from harbortui.resources.robots import ROBOTS

from .robot_desk import MADE, RAW, named
from .talking import Canned, talk

PULL, PUSH = "repository:pull", "repository:push"


def grants_of(body):
    """Permissions without the order, which Harbor does not keep."""
    return {
        (one["kind"], one["namespace"]): {(a["resource"], a["action"]) for a in one["access"]}
        for one in body["permissions"]
    }


async def test_editing_groups_projects_with_the_same_permissions():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$ci-pusher")
    filled = await ROBOTS.edit.fill(talk(demo), robot)
    (grant,) = filled.grants
    assert grant.projects == {"payments", "catalog", "web-frontend", "ci-images"}
    assert PUSH in grant.allowed and not filled.system
    assert str(grant) == "4 projects: 8 permissions"
    assert str(Grant(projects={"*"}, allowed={PULL})) == "all projects: repository: pull"
    assert str(Grant(projects={"a"}, allowed={PULL})) == "a: repository: pull"


async def test_a_changed_description_sends_the_permissions_as_they_came():
    canned = Canned({"GET /robots/7": RAW})
    before = await ROBOTS.edit.fill(canned.harbor, MADE)
    after = before.model_copy(update={"description": "new"})
    await ROBOTS.edit.run(canned.harbor, MADE, before, after)
    assert canned.asked[-1] == "PUT /robots/7"
    assert canned.sent == [{**RAW, "description": "new"}]


async def test_changed_permissions_keep_what_is_not_known():
    canned = Canned({"GET /robots/7": RAW})
    before = await ROBOTS.edit.fill(canned.harbor, MADE)
    after = before.model_copy(update={"allowed": frozenset({PULL, PUSH})})
    await ROBOTS.edit.run(canned.harbor, MADE, before, after)
    (sent,) = canned.sent
    (permission,) = sent["permissions"]
    assert permission == {
        "kind": "project",
        "namespace": "a",
        "later": "kept",
        "access": [
            {"resource": "repository", "action": "pull", "effect": "allow"},
            {"resource": "repository", "action": "push"},
        ],
    }
    assert {key: sent[key] for key in sent if key != "permissions"} == {
        key: RAW[key] for key in RAW if key != "permissions"
    }


def test_what_is_denied_stays_denied():
    denied = {"resource": "tag", "action": "delete", "effect": "deny"}
    kept = [{"kind": "project", "namespace": "a", "access": [denied]}]
    system, together = robot_grants.granted([Permission.model_validate(kept[0])])
    assert not system and list(together) == [frozenset()]
    wanted = robot_grants.in_projects(["a"], frozenset({PULL}))
    (sent,) = robot_grants.permissions(wanted, kept)
    assert denied in sent["access"] and len(sent["access"]) == 2


async def test_nothing_changed_is_nothing_sent():
    canned = Canned({"GET /robots/7": RAW})
    before = await ROBOTS.edit.fill(canned.harbor, MADE)
    assert await ROBOTS.edit.run(canned.harbor, MADE, before, before) == "nothing was changed"
    assert not canned.sent


async def test_permissions_that_someone_else_changed_are_not_overwritten():
    demo = DemoHarbor()
    harbor = talk(demo)
    robot = await named(harbor, "robot$payments+deploy")
    before = await ROBOTS.edit.fill(harbor, robot)
    access = demo.robots[robot.id]["permissions"][0]["access"]
    access.append({"resource": "tag", "action": "list"})
    after = before.model_copy(update={"allowed": before.allowed | {PUSH}})
    with pytest.raises(Conflict, match=r"May.*tag: list"):
        await ROBOTS.edit.run(harbor, robot, before, after)
    assert not demo.writes
    await ROBOTS.edit.run(harbor, robot, before, before.model_copy(update={"description": "x"}))
    assert demo.robots[robot.id]["description"] == "x"
    assert {"resource": "tag", "action": "list"} in demo.robots[robot.id]["permissions"][0][
        "access"
    ]


async def test_every_robot_of_the_demo_comes_through_its_form_unchanged():
    demo = DemoHarbor()
    harbor = talk(demo)
    for robot in await robots.everywhere(harbor):
        shown = await ROBOTS.edit.fill(harbor, robot)
        parsed = type(shown).model_validate(shown.model_dump())
        assert parsed == shown
        rebuilt = robot_grants.permissions(robot_edit.asked(robot, shown))
        assert grants_of({"permissions": rebuilt}) == grants_of(demo.robots[robot.id])


async def test_an_edited_robot_that_is_gone_is_said_to_be_gone():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$payments+deploy")
    del demo.robots[robot.id]
    with pytest.raises(NotFound):
        await ROBOTS.edit.run(talk(demo), robot, ProjectRobot(), ProjectRobot(description="x"))


async def test_a_project_robot_is_edited_on_the_demo():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$payments+deploy")
    before = await ROBOTS.edit.fill(talk(demo), robot)
    after = before.model_copy(update={"allowed": frozenset({PULL, PUSH})})
    await ROBOTS.edit.run(talk(demo), robot, before, after)
    kept = await robots.get(talk(demo), robot)
    assert {pair for one in kept.permissions for pair in robot_grants.pairs(one)} == {PULL, PUSH}
    assert kept.expires_at == robot.expires_at


def test_a_robot_without_permissions_has_an_empty_form():
    filled = robot_edit.filled(Robot(level="system"))
    assert not filled.grants and not filled.system
