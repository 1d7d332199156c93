from datetime import UTC, datetime

import pytest

from harbortui.api import across, robots
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.model import Query
from harbortui.api.projects import Project, find
from harbortui.api.robots import Robot
from harbortui.demo import DemoHarbor
from harbortui.resources.robots import ROBOTS

from .recorded import exchanges
from .robot_desk import MADE, RAW, at_demo_time, named
from .talking import Canned, talk

FILES = ("robots", "writes-robots", "2.12/robots", "2.12/writes-robots")


def recorded(method, status=200):
    return [
        one
        for file in FILES
        for one in exchanges(file)
        if (one.method, one.status) == (method, status)
    ]


def lists():
    return [one for one in recorded("GET") if one.path.partition("?")[0] == "/robots"]


def singles():
    return [one for one in recorded("GET") if one.path.removeprefix("/robots/").isdigit()]


@pytest.mark.parametrize("one", lists(), ids=lambda one: one.name)
async def test_every_recorded_list_is_read_and_shown(one):
    found = await robots.of_system(Canned({"GET /robots": one.value}).harbor)
    assert [robot.name for robot in found] == [row["name"] for row in one.value]
    for robot, row in zip(found, one.value, strict=True):
        assert len(robot.permissions) == len(row["permissions"])
        assert robot.expires_at == row["expires_at"] and robot.creation_time
        assert all(column.cell(robot) is not None for column in ROBOTS.columns)
        assert ROBOTS.label(robot) == row["name"]


@pytest.mark.parametrize("one", singles(), ids=lambda one: one.name)
async def test_every_recorded_robot_is_read_and_its_details_said(one):
    canned = Canned({f"GET {one.path}": one.value, "GET /users/1": {"username": "admin"}})
    facts = await ROBOTS.facts(canned.harbor, Robot(id=one.value["id"]))
    assert facts[0].cell == one.value["name"]
    assert facts[1].cell == "admin"
    assert any(line.title == "May" for line in facts)


async def test_robots_of_all_levels_stand_in_one_list_by_expiry():
    demo = DemoHarbor()
    page = await robots.page(at_demo_time(demo), None, Query(size=1000))
    assert {robot.name for robot in page.items} == {row["name"] for row in demo.robots.values()}
    ends = [robot.expires_at for robot in page.items if robot.expires]
    assert ends == sorted(ends) and len(ends) < page.total
    assert all(robot.expires is None for robot in page.items[len(ends) :])


async def test_each_project_is_asked_once_four_at_a_time():
    demo = DemoHarbor()
    await robots.page(talk(demo), None, Query(size=1000))
    asked = [one for one in demo.requests if one.startswith("GET /api/v2.0/robots")]
    assert len(asked) == len(demo.projects) + 1
    assert any("Level%253Dproject%252CProjectID%253D4&" in one for one in asked)


async def test_robots_of_a_project_know_their_project():
    demo = DemoHarbor()
    payments = await find(talk(demo), "payments")
    page = await robots.page(talk(demo), payments, Query(size=1000))
    assert [robot.name for robot in page.items] == ["robot$payments+deploy"]
    assert [ROBOTS.project_of(robot) for robot in page.items] == [payments.project_id]
    assert ROBOTS.project_of(payments) == payments.project_id


async def test_a_robot_of_the_registry_belongs_to_no_project():
    robot = await named(talk(DemoHarbor()), "robot$ci-pusher")
    assert ROBOTS.project_of(robot) is None and robot.project == ""
    assert ROBOTS.project_of(None) is None


async def test_a_long_list_is_given_in_pages():
    demo = DemoHarbor()
    both = [await robots.page(talk(demo), None, Query(number, 6)) for number in (1, 2)]
    names = [robot.name for page in both for robot in page.items]
    assert len(names) == len(set(names)) == both[0].total == len(demo.robots)


async def test_a_member_sees_the_robots_of_his_projects_only():
    found = await robots.everywhere(talk(DemoHarbor(), "erin"))
    assert [robot.name for robot in found] == ["robot$web-frontend+preview"]


async def test_who_may_see_no_robots_at_all_is_told_so():
    demo = DemoHarbor()
    demo.refuse("/robots", 403, "forbidden")
    with pytest.raises(Forbidden, match="may not see the robots"):
        await robots.everywhere(talk(demo, "frank"))


async def test_a_project_that_goes_meanwhile_does_not_hide_the_rest():
    demo = DemoHarbor()
    known = await across.projects(talk(demo))
    demo.refuse("/robots", 404, "project 7 not found", times=1)
    assert await robots.everywhere(talk(demo), known)


@pytest.mark.parametrize(
    "text",
    ["robot$payments+deploy", "payments+deploy", "deploy", "robot$ci-pusher", "ci-pusher"],
)
async def test_a_robot_is_found_with_and_without_what_harbor_puts_before_it(text):
    assert (await robots.find(talk(DemoHarbor()), text)).name.endswith(text)


async def test_another_prefix_does_not_matter():
    demo = DemoHarbor()
    for row in demo.robots.values():
        row["name"] = row["name"].replace("robot$", "bot#")
    assert (await robots.find(talk(demo), "ci-pusher")).name == "bot#ci-pusher"


@pytest.mark.parametrize(("text", "words"), [("pusher", "no robot"), ("", "no robot")])
async def test_a_part_of_a_name_finds_no_robot(text, words):
    with pytest.raises(NotFound, match=words):
        await robots.find(talk(DemoHarbor()), text)


async def test_a_name_that_several_have_names_them():
    demo = DemoHarbor()
    demo.robots.first(name="robot$library+builder")["name"] = "robot$library+deploy"
    with pytest.raises(NotFound, match=r"several robots.*library\+deploy"):
        await robots.find(talk(demo), "deploy")


@pytest.mark.parametrize("ends", [-1, 0, 10**15, 253_402_300_800])
def test_moments_that_no_clock_reaches_are_never(ends):
    robot = robots.aged(Robot(expires_at=ends), datetime.now(UTC))
    assert robot.expires is None and robot.left is None and not robot.expired


async def test_who_made_a_robot_is_said_as_far_as_it_is_known():
    demo = DemoHarbor()
    makers = {}
    for name in ("payments+deploy", "analytics+reports", "ci-pusher"):
        robot = await named(talk(demo), f"robot${name}")
        makers[name] = (await ROBOTS.facts(talk(demo), robot))[1].cell
    assert makers["payments+deploy"] == "bob" and makers["ci-pusher"] == "admin"
    assert makers["analytics+reports"] == "user 2, who is gone or cannot be seen"
    row = demo.robots.first(name="robot$ci-pusher")
    row["creator_type"], row["creator_ref"] = "robot", 5
    robot = await named(talk(demo), "robot$ci-pusher")
    assert (await ROBOTS.facts(talk(demo), robot))[1].cell == "robot 5"
    row["creator_ref"] = 0
    assert "not recorded" in (await ROBOTS.facts(talk(demo), robot))[1].cell.text


@pytest.mark.parametrize("scope", [None, Project(project_id=4, name="payments")])
async def test_json_is_what_harbor_sent(scope):
    canned = Canned({"GET /robots/7": {**RAW, "later": 1}})
    assert await ROBOTS.raw(canned.harbor, MADE) == {**RAW, "later": 1}
