import pytest

from harbortui.api import holdings, users
from harbortui.api.errors import Refused
from harbortui.api.holdings import Holding
from harbortui.api.identity import Me
from harbortui.api.model import Query
from harbortui.api.projects import Project
from harbortui.api.system import SystemInfo
from harbortui.api.users import User
from harbortui.demo import DemoHarbor
from harbortui.resources.core import Open
from harbortui.resources.user_roles import USER_ROLES

from .recorded import exchanges
from .robot_desk import at_demo_time
from .talking import Canned, talk


async def survey(demo, name="carol"):
    harbor = at_demo_time(demo)
    return (await holdings.survey(harbor, await users.find(harbor, name))).held


def of(held, kind):
    return [one for one in held if one.kind == kind]


async def test_all_that_a_user_has_stands_in_one_list():
    demo = DemoHarbor()
    held = await survey(demo)
    carol = demo.user("carol")["user_id"]
    roles = {
        (row["project_id"], row["role_id"])
        for row in demo.members.values()
        if row["entity_id"] == carol and row["entity_type"] == "u"
    }
    assert {(one.project.project_id, one.member.role_id) for one in of(held, "role")} == roles
    assert {one.place for one in of(held, "owner")} == {
        row["name"] for row in demo.projects.values() if row["owner_id"] == carol
    }
    assert {one.robot.name for one in of(held, "robot")} == {
        row["name"] for row in demo.robots.values() if row["creator_ref"] == carol
    }
    assert [one.kind for one in held] == sorted(
        (one.kind for one in held), key=["role", "owner", "robot"].index
    )


async def test_each_project_is_asked_for_the_user_by_name():
    demo = DemoHarbor()
    harbor = talk(demo)
    user = await users.find(harbor, "dev+ops")
    demo.requests.clear()
    await holdings.page(harbor, user, Query(size=1000))
    asked = [one for one in demo.requests if "/members?" in one]
    assert len(asked) == len(demo.projects)
    assert all("entityname=dev%2Bops" in one for one in asked)


async def test_rows_that_harbor_did_not_filter_are_looked_at_again():
    (answer,) = [one for one in exchanges("projects") if one.path == "/projects/payments/members"]
    canned = Canned(
        {
            "GET /projects": [{"project_id": 4, "name": "payments", "owner_id": 1}],
            "GET /projects/payments/members": answer.value,
            "GET /robots": [],
        }
    )
    fatima = User(user_id=29, username="fatima")
    held = (await holdings.survey(canned.harbor, fatima)).held
    assert [USER_ROLES.label(one) for one in held] == ["project administrator in payments"]


async def test_a_group_of_the_same_id_is_not_the_user():
    member = {"id": 9, "entity_id": 3, "entity_name": "alice", "entity_type": "g", "role_id": 1}
    canned = Canned(
        {
            "GET /projects": [{"project_id": 4, "name": "payments"}],
            "GET /projects/payments/members": [member],
            "GET /robots": [],
        }
    )
    found = await holdings.survey(canned.harbor, User(user_id=3, username="alice"))
    assert found == holdings.Survey([], 0)


async def test_a_robot_that_a_robot_made_is_nobodys():
    demo = DemoHarbor()
    row = demo.robots.first(name="robot$payments+deploy")
    row["creator_type"] = "robot"
    assert not of(await survey(demo, "bob"), "robot")


async def test_every_column_shows_everything_that_everybody_has():
    demo = DemoHarbor()
    for name in ("admin", "alice", "carol", "bob"):
        held = await survey(demo, name)
        assert held
        for one in held:
            for column in USER_ROLES.columns:
                column.cell(one)
            assert USER_ROLES.label(one)
        assert len({USER_ROLES.key(one) for one in held}) == len(held)
        for column in USER_ROLES.columns:
            values = [column.value(one) for one in held if column.value(one) is not None]
            assert len({type(one) for one in values}) <= 1


async def test_a_role_is_taken_away():
    demo = DemoHarbor()
    role = of(await survey(demo), "role")[0]
    assert await USER_ROLES.delete(talk(demo), role) is None
    assert demo.writes[-1].path == f"/projects/{role.place}/members/{role.member.id}"
    assert role.member.id not in demo.members
    assert "gone already" in await USER_ROLES.delete(talk(demo), role)


async def test_a_robot_is_deleted_from_there():
    demo = DemoHarbor()
    held = of(await survey(demo, "bob"), "robot")[0]
    assert await USER_ROLES.delete(talk(demo), held) is None
    assert held.robot.id not in demo.robots


async def test_ownership_stays_where_it_is():
    demo = DemoHarbor()
    owned = of(await survey(demo), "owner")[0]
    assert "another owner" in USER_ROLES.stays(owned)
    with pytest.raises(Refused, match="another owner"):
        await USER_ROLES.delete(talk(demo), owned)
    assert not demo.writes


async def test_a_question_names_every_role_and_robot():
    demo = DemoHarbor()
    held = await survey(demo, "bob")
    lines = await USER_ROLES.goes(talk(demo), [*of(held, "role")[:1], *of(held, "robot")[:1]])
    role = of(held, "role")[0]
    assert lines[0] == f"No longer {role.member.role} in {role.place}."
    assert lines[1] == "Nothing signs in any more as robot$payments+deploy."


async def test_enter_leads_to_the_list_where_it_can_be_changed():
    demo = DemoHarbor()
    held = await survey(demo, "bob")
    role, owned, robot = (of(held, kind)[0] for kind in ("role", "owner", "robot"))
    assert USER_ROLES.opens(role) == Open(f"members {role.place}")
    assert USER_ROLES.opens(owned) == Open(f"projects /{owned.place}")
    assert USER_ROLES.opens(robot) == Open("robots payments /robot$payments+deploy")
    (pusher,) = [
        one for one in await survey(demo, "admin") if USER_ROLES.label(one) == "robot$ci-pusher"
    ]
    assert USER_ROLES.opens(pusher) == Open("robots /robot$ci-pusher")


async def test_details_and_json_are_of_the_thing_itself():
    demo = DemoHarbor()
    for held in await survey(demo, "bob"):
        facts = {line.title: getattr(line, "cell", None) for line in await facts_of(demo, held)}
        assert facts["User"] == "bob" and facts["Kind"] == held.kind
        json = await USER_ROLES.raw(talk(demo), held)
        wanted = {"role": "entity_name", "owner": "owner_name", "robot": "creator_ref"}
        assert json[wanted[held.kind]] in ("bob", demo.user("bob")["user_id"])


async def facts_of(demo, held):
    return await USER_ROLES.facts(talk(demo), held)


async def test_presets_tell_the_kinds_apart():
    held = await survey(DemoHarbor(), "bob")
    kept = [[one for one in held if preset.keep(one)] for preset in USER_ROLES.filters]
    assert sum(len(some) for some in kept) == len(held) and all(kept)


@pytest.mark.parametrize(("admin", "refused"), [(True, False), (False, True)])
def test_only_administrators_take_their_own_roles(admin, refused):
    own = Holding(kind="role", username="alice", project=Project(name="a"))
    me = Me(username="alice", sysadmin_flag=admin)
    assert bool(USER_ROLES.against(me, SystemInfo(), "delete", own)) == refused
