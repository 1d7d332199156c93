from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from harbortui.api import robot_changes, robots
from harbortui.api.errors import Conflict, Invalid, Refused, UnknownOutcome
from harbortui.api.robot_changes import Days, Extension, Never, NewSecret
from harbortui.api.robots import Robot
from harbortui.demo import DemoHarbor
from harbortui.resources.robots import ROBOTS
from harbortui.resources.robots import renew as renew_and_show

from .recorded import exchanges
from .robot_desk import MADE, RAW, at_demo_time, named
from .talking import Canned, talk


def action(name):
    return next(one for one in ROBOTS.actions if one.name == name)


@pytest.mark.parametrize(
    ("name", "change"), [("disable", robot_changes.disable), ("enable", robot_changes.enable)]
)
async def test_a_robot_is_switched_with_all_that_harbor_keeps(name, change):
    off = name == "disable"
    canned = Canned({"GET /robots/7": {**RAW, "disable": not off}})
    assert await change(canned.harbor, MADE) is None
    assert canned.asked == ["GET /robots/7", "PUT /robots/7"]
    assert canned.sent == [{**RAW, "disable": off}]


async def test_switching_sends_what_the_recording_sent():
    (put,) = [one for one in exchanges("writes-robots") if one.method == "PUT"]
    before = {**put.body, "disable": False}
    canned = Canned({f"GET {put.path}": before})
    await robot_changes.disable(canned.harbor, Robot.model_validate(before))
    assert canned.sent == [put.body]


async def test_a_switch_that_is_where_it_should_be_is_left_alone():
    canned = Canned({"GET /robots/7": {**RAW, "disable": True}})
    said = await robot_changes.disable(canned.harbor, MADE)
    assert said == "robot$a+b was disabled already." and not canned.sent
    assert await action("disable").happened(canned.harbor, MADE)
    assert not await action("enable").happened(canned.harbor, MADE)


async def test_switching_on_the_demo_keeps_permissions_and_description():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$payments+deploy")
    row = demo.robots[robot.id]
    before = {**row}
    await robot_changes.disable(talk(demo), robot)
    assert demo.robots[robot.id]["disable"] is True
    await robot_changes.enable(talk(demo), robot)
    kept = ("permissions", "description", "expires_at", "duration", "disable")
    assert {key: row[key] for key in kept} == {key: before[key] for key in kept}


@pytest.mark.parametrize(
    "change", [robot_changes.disable, robot_changes.delete], ids=["disable", "delete"]
)
async def test_another_robot_under_the_same_id_is_left_alone(change):
    canned = Canned({"GET /robots/7": {**RAW, "name": "robot$other"}})
    with pytest.raises(Conflict, match=r"robot\$a\+b is now robot\$other"):
        await change(canned.harbor, MADE)
    assert canned.asked == ["GET /robots/7"]


async def test_deleting_twice_says_that_it_was_gone():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$payments+deploy")
    assert await robot_changes.delete(talk(demo), robot) is None
    assert robot.id not in demo.robots
    assert await robot_changes.delete(talk(demo), robot) == f"{robot.name} was gone already."


@pytest.mark.parametrize(("days", "passed"), [(30, 84), (90, 84), (7, 84)])
async def test_time_is_counted_from_now(days, passed):
    demo = DemoHarbor()
    harbor = at_demo_time(demo)
    robot = await named(harbor, "robot$ci-pusher")
    wanted = Extension(lasting=Days(days=days))
    said = await robot_changes.extend(harbor, robot, Extension(), wanted)
    assert demo.writes[-1].body["duration"] == days + passed
    end = datetime.fromtimestamp(demo.robots[robot.id]["expires_at"], UTC)
    assert abs(end - demo.clock() - timedelta(days=days)) < timedelta(hours=1)
    assert said == f"robot$ci-pusher lasts until {end:%Y-%m-%d %H:%M} UTC."


async def test_a_robot_that_has_expired_works_again():
    demo = DemoHarbor()
    harbor = at_demo_time(demo)
    robot = await named(harbor, "robot$legacy-monolith+stale")
    assert robot.expired
    await robot_changes.extend(harbor, robot, Extension(), Extension(lasting=Days(days=5)))
    assert not (await robots.get(harbor, robot)).expired


async def test_an_end_can_be_taken_away():
    demo = DemoHarbor()
    harbor = at_demo_time(demo)
    robot = await named(harbor, "robot$ci-pusher")
    said = await robot_changes.extend(harbor, robot, Extension(), Extension(lasting=Never()))
    assert said == "robot$ci-pusher never expires."
    assert demo.robots[robot.id]["duration"] == demo.robots[robot.id]["expires_at"] == -1


async def test_extending_never_ends_a_robot_sooner():
    demo = DemoHarbor()
    harbor = at_demo_time(demo)
    robot = await named(harbor, "robot$mirror")
    with pytest.raises(Refused, match=r"sooner: robot\$mirror lasts until"):
        await robot_changes.extend(harbor, robot, Extension(), Extension(lasting=Days(days=3)))
    assert not demo.writes
    form = await robot_changes.extension(harbor, robot)
    await robot_changes.extend(harbor, robot, form, form)
    assert (await robots.get(harbor, robot)).expires_at > robot.expires_at


async def test_an_extension_that_crosses_anothers_is_said():
    demo = DemoHarbor()
    harbor = at_demo_time(demo)
    robot = await named(harbor, "robot$ci-pusher")
    wanted = Extension(lasting=Days(days=30))
    await robot_changes.extend(harbor, robot, Extension(), wanted)
    with pytest.raises(Conflict, match=r"by someone else meanwhile: robot\$ci-pusher lasts until"):
        await robot_changes.extend(harbor, robot, Extension(), wanted)


@pytest.mark.parametrize(
    ("hours", "days"), [(-1, 10), (0, 10), (0.9, 10), (1.1, 11), (24, 11), (25.1, 12), (48.5, 12)]
)
def test_days_that_have_begun_count_whole(hours, days):
    made = datetime(2026, 1, 1, tzinfo=UTC)
    moment = made + timedelta(hours=hours)
    assert robot_changes.days_from_creation(Robot(creation_time=made), 10, moment) == days


@pytest.mark.parametrize("days", [0, -1, 36_501, 2**31])
def test_absurd_durations_are_refused(days):
    with pytest.raises(ValidationError):
        Days(days=days)


async def test_a_new_secret_is_shown_once():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$ci-pusher")
    once = await renew_and_show(talk(demo), robot, NewSecret(), NewSecret())
    assert demo.writes[-1].method == "PATCH" and demo.writes[-1].body == {"secret": ""}
    assert once.secret.get_secret_value() == demo.passwords[robot.name]
    assert demo.passwords[robot.name] not in repr(once)


async def test_a_given_secret_is_set_and_not_repeated():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$ci-pusher")
    wanted = NewSecret(secret=SecretStr("Given1234"))
    assert await renew_and_show(talk(demo), robot, NewSecret(), wanted) is None
    assert demo.passwords[robot.name] == "Given1234"


@pytest.mark.parametrize("secret", ["short1A", "alllower1", "x" * 129])
def test_a_weak_secret_is_refused_before_it_is_sent(secret):
    with pytest.raises(ValidationError) as caught:
        NewSecret(secret=SecretStr(secret))
    assert secret not in str(caught.value)


async def test_a_secret_whose_answer_was_lost_is_said_to_be_lost():
    def answer(request):
        if request.method == "PATCH":
            raise httpx.ReadError("", request=request)
        return httpx.Response(200, json=RAW)

    canned = Canned({})
    canned.answer = answer
    with pytest.raises(UnknownOutcome, match="nobody has the secret"):
        await robot_changes.renew(canned.harbor, MADE, SecretStr(""))


async def test_harbors_own_words_reach_the_form():
    demo = DemoHarbor()
    robot = await named(talk(demo), "robot$ci-pusher")
    demo.refuse(f"/robots/{robot.id}", 400, "bad request", method="PUT")
    with pytest.raises(Invalid, match="bad request"):
        await robot_changes.disable(talk(demo), robot)
