import pytest

from harbortui.api import holdings, user_forms, users
from harbortui.api.identity import Me
from harbortui.api.system import SystemInfo
from harbortui.api.user_forms import NewUser
from harbortui.api.users import User
from harbortui.demo import DemoHarbor
from harbortui.resources.users import USERS

from .talking import talk

ADMIN = {"user_id": 1, "username": "admin", "realname": "system admin", "sysadmin_flag": True}


ALICE = {
    "user_id": 3,
    "username": "alice",
    "email": "alice@example.test",
    "realname": "Alice Example",
    "comment": "c",
}


def new(**changes):
    filled = {
        "username": "zoe",
        "email": "zoe@example.com",
        "realname": "Zoë",
        "password": "Password1",
        "repeat": "Password1",
    }
    return NewUser.model_validate(filled | changes)


def action(name):
    return next(one for one in USERS.actions if one.name == name)


@pytest.mark.parametrize(
    ("mode", "verb", "reason"),
    [
        ("ldap_auth", "create", "LDAP directory"),
        ("ldap_auth", "update", "LDAP directory"),
        ("oidc_auth", "password", "OIDC provider"),
        ("oidc_auth", "delete", ""),
        ("ldap_auth", "administrator", ""),
        ("db_auth", "create", ""),
        ("db_auth", "password", ""),
    ],
)
def test_what_the_authentication_mode_forbids_is_refused_with_the_keeper(mode, verb, reason):
    item = None if verb == "create" else User(**ALICE)
    found = USERS.against(Me(user_id=1), SystemInfo(auth_mode=mode), verb, item)
    assert reason in found and bool(reason) == bool(found)


def test_the_built_in_administrator_is_harbors_own_in_every_mode():
    info = SystemInfo(auth_mode="ldap_auth")
    for verb in ("update", "password"):
        assert USERS.against(Me(user_id=4), info, verb, User(**ADMIN)) == ""
    assert "built-in" in USERS.stays(User(**ADMIN))


def test_nobody_deletes_or_demotes_himself():
    me, info = Me(user_id=3), SystemInfo(auth_mode="db_auth")
    assert "this is you" in USERS.against(me, info, "delete", User(**ALICE))
    assert "this is you" in USERS.against(me, info, "withdraw", User(**ALICE))
    assert USERS.against(me, info, "password", User(**ALICE)) == ""
    assert action("withdraw").typed and USERS.typed


def test_the_flag_can_only_be_moved():
    assert (
        action("administrator").unless(User(**ADMIN))
        == "this user is a system administrator already"
    )
    assert action("withdraw").unless(User(**ALICE)) == "this user is no system administrator"
    assert action("withdraw").unless(User(**ADMIN)) == ""


async def test_a_deletion_says_what_goes_and_what_stays():
    demo = DemoHarbor()
    harbor = talk(demo)
    carol = await users.find(harbor, "carol")
    lines = await USERS.goes(harbor, [carol])
    roles = [row for row in demo.members.values() if row["entity_name"] == "carol"]
    assert f"carol loses {len(roles)} roles" in lines[0]
    owned = [row["name"] for row in demo.projects.values() if row["owner_name"] == "carol"]
    assert lines[1].startswith(f"{len(owned)} projects of carol stay: ")
    assert "still sign in" in lines[2] and "robot$web-frontend+preview" in lines[2]
    lines = await USERS.goes(harbor, [await users.find(harbor, "bob")])
    assert lines[-1] == "1 robot of bob stays and can still sign in: robot$payments+deploy."
    assert not demo.writes


async def test_somebody_who_has_nothing_is_said_to_have_nothing():
    demo = DemoHarbor()
    await user_forms.create(talk(demo), None, new())
    zoe = await users.find(talk(demo), "zoe")
    assert await USERS.goes(talk(demo), [zoe]) == [
        "zoe has no roles, owns no projects, has made no robots."
    ]


async def test_an_older_harbor_does_not_know_who_made_robots():
    demo = DemoHarbor()
    for robot in demo.robots.values():
        del robot["creator_type"], robot["creator_ref"]
    bob = await users.find(talk(demo), "bob")
    assert (await USERS.goes(talk(demo), [bob]))[-1] == (
        f"Who made {len(demo.robots)} robots is not recorded before Harbor 2.12."
    )
    assert all(one.kind != "robot" for one in (await holdings.survey(talk(demo), bob)).held)


async def test_odd_names_are_marked_and_spelled_out():
    demo = DemoHarbor()
    evil = await users.find(talk(demo), "evil\x1b[2J")
    assert USERS.sign(evil).tone == "warn"
    assert "U+001B" in USERS.says(evil)
    facts = await USERS.facts(talk(demo), evil)
    assert any(line.title == "Odd characters" for line in facts)


async def test_details_say_whether_one_is_an_administrator():
    facts = {line.title: line.cell for line in await USERS.facts(talk(DemoHarbor()), User(**ADMIN))}
    assert facts["System administrator"].text == "yes"
    assert facts["E-mail"].text == "none"


@pytest.mark.parametrize(
    ("name", "by", "about"),
    [
        ("alice", "user:alice", "type:user res:alice"),
        ("a b", 'user:"a b"', 'type:user res:"a b"'),
        ('x"\\', 'user:"x\\"\\\\"', 'type:user res:"x\\"\\\\"'),
    ],
)
def test_events_by_and_about_a_user_are_two_filters(name, by, about):
    user = User(username=name)
    assert (USERS.events(user), USERS.trail(user)) == (by, about)
