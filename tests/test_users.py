import httpx
import pytest
from pydantic import SecretStr, ValidationError

from harbortui.api import holdings, user_forms, users
from harbortui.api.errors import Conflict, Forbidden, NotFound, Refused
from harbortui.api.identity import Me
from harbortui.api.model import Query
from harbortui.api.system import SystemInfo
from harbortui.api.user_forms import NewPassword, NewUser, OwnPassword, Profile
from harbortui.api.users import User
from harbortui.demo import DemoHarbor
from harbortui.resources.users import USERS

from .recorded import exchanges
from .talking import Canned, talk

FILES = ("users", "writes-users", "people", "hostile", "2.12/users", "2.12/writes-users")
ADMIN = {"user_id": 1, "username": "admin", "realname": "system admin", "sysadmin_flag": True}
ALICE = {
    "user_id": 3,
    "username": "alice",
    "email": "alice@example.test",
    "realname": "Alice Example",
    "comment": "c",
}
MISSING = {"errors": [{"code": "NOT_FOUND", "message": "user 3 not found"}]}


def recorded(start, method="GET", status=200):
    return [
        one
        for file in FILES
        for one in exchanges(file)
        if (one.method, one.status) == (method, status) and one.path.startswith(start)
    ]


def lists():
    return [one for one in recorded("/users") if one.path.partition("?")[0] == "/users"]


def singles():
    return [one for one in recorded("/users/") if one.path.removeprefix("/users/").isdigit()]


def bodies(status, path="/users", method="POST"):
    return [one for one in recorded(path, method, status) if one.path == path]


def new(**changes):
    filled = {
        "username": "zoe",
        "email": "zoe@example.com",
        "realname": "Zoë",
        "password": "Password1",
        "repeat": "Password1",
    }
    return NewUser.model_validate(filled | changes)


def wrong(error):
    return {one["loc"][-1]: one["msg"].removeprefix("Value error, ") for one in error.errors()}


def action(name):
    return next(one for one in USERS.actions if one.name == name)


@pytest.mark.parametrize("one", lists(), ids=lambda one: one.name)
async def test_every_recorded_list_is_read_and_shown(one):
    canned = Canned({"GET /users": one.value, "GET /users/1": ADMIN})
    page = await users.page(canned.harbor, None, Query(q="email=~"))
    assert page.unreadable == 0
    assert [user.username for user in page.items[1:]] == [row["username"] for row in one.value]
    assert all(column.cell(user) is not None for column in USERS.columns for user in page.items)


@pytest.mark.parametrize("one", singles(), ids=lambda one: one.name)
async def test_every_recorded_user_is_read(one):
    canned = Canned({f"GET {one.path}": one.value})
    user = await users.get(canned.harbor, one.value["user_id"])
    assert (user.username, user.sysadmin_flag) == (
        one.value["username"],
        one.value["sysadmin_flag"],
    )
    assert user.creation_time is not None
    assert USERS.label(user) == one.value["username"]


async def test_the_built_in_administrator_stands_first_and_is_counted():
    page = await users.page(talk(DemoHarbor()), None, Query(sort="-username"))
    assert page.items[0].username == "admin"
    assert page.total == len(page.items) == len(DemoHarbor().users)
    assert page.items[1].username > page.items[2].username


@pytest.mark.parametrize("size", [1, 2, 5, 7])
async def test_pages_hold_every_user_once(size):
    demo = DemoHarbor()
    names, number = [], 1
    while True:
        page = await users.page(talk(demo), None, Query(number, size, sort="username,user_id"))
        if not page.items:
            break
        assert len(page.items) <= size
        names += [user.username for user in page.items]
        number += 1
    assert len(names) == page.total == len(set(names)) == len(demo.users)
    assert names[0] == "admin"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("username=~DMIN", {"admin", "ops-admin"}),
        ("username=~alic", {"alice"}),
        ("sysadmin_flag=true", {"admin", "ops-admin"}),
        ("sysadmin_flag=true,username=~ops", {"ops-admin"}),
        ("username=admin", {"admin"}),
    ],
)
async def test_the_built_in_administrator_is_found_as_the_others_are(q, found):
    page = await users.page(talk(DemoHarbor()), None, Query(q=q))
    assert {user.username for user in page.items} == found
    assert page.total == len(page.items) == len(found)


async def test_ordinary_users_are_refused():
    with pytest.raises(Forbidden):
        await users.page(talk(DemoHarbor(), "alice"), None, Query())


async def test_a_robot_that_may_list_but_not_read_users_sees_the_list():
    demo = DemoHarbor()
    demo.refuse("/users/1", 403, "robot$x")
    page = await users.page(talk(demo), None, Query())
    assert page.total == len(page.items) == len(demo.users) - 1


@pytest.mark.parametrize("name", ["alice", "dev+ops", "admin", "evil\x1b[2J", "a b"])
async def test_a_user_is_found_by_the_name(name):
    demo = DemoHarbor()
    await user_forms.create(talk(demo), None, new(username="a b"))
    assert (await users.find(talk(demo), name)).username == name


async def test_a_part_of_a_name_finds_nobody():
    with pytest.raises(NotFound, match="no user called alic"):
        await users.find(talk(DemoHarbor()), "alic")


async def test_the_secret_for_command_lines_is_masked_in_json():
    meta = {"id": 1, "secret": "Plain1234", "subiss": "x"}
    canned = Canned({"GET /users/3": {**ALICE, "oidc_user_meta": meta, "later": 7}})
    shown = await users.raw(canned.harbor, User(user_id=3))
    assert shown["oidc_user_meta"] == {"id": 1, "secret": "*****", "subiss": "x"}
    assert shown["later"] == 7


@pytest.mark.parametrize("one", bodies(201), ids=lambda one: one.name)
async def test_a_user_is_made_with_exactly_what_was_recorded(one):
    canned = Canned({})
    form = NewUser.model_validate({**one.body, "repeat": one.body["password"]})
    await user_forms.create(canned.harbor, None, form)
    assert canned.asked == ["POST /users"]
    assert canned.sent == [{"comment": "", **one.body}]


@pytest.mark.parametrize("one", bodies(400), ids=lambda one: one.name)
def test_what_harbor_refused_is_refused_before_it_is_sent(one):
    with pytest.raises(ValidationError):
        NewUser.model_validate({**one.body, "repeat": one.body["password"]})


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"username": ""}, "username", "must not be empty"),
        ({"username": 'a"b'}, "username", 'Harbor does not take " in a name'),
        ({"realname": "50 % of Zoë"}, "realname", "Harbor does not take % in a name"),
        ({"username": "x" * 256}, "username", "255 characters"),
        ({"email": "zoe@localhost"}, "email", "not an e-mail address"),
        ({"email": ""}, "email", "not an e-mail address"),
        ({"comment": "x" * 31}, "comment", "30 characters"),
        ({"password": "Short1", "repeat": "Short1"}, "password", "at least 8"),
        ({"password": "x" * 129}, "password", "at most 128"),
        ({"password": "alllower1"}, "password", "a capital letter must be in it"),
        ({"password": "ALLUPPERS"}, "password", "a small letter and a digit"),
        ({"repeat": "Password2"}, "repeat", "not the same as above"),
    ],
)
def test_a_form_says_what_is_wrong_at_the_field(changes, field, words):
    with pytest.raises(ValidationError) as caught:
        new(**changes)
    assert words in wrong(caught.value)[field]
    assert "Password2" not in str(caught.value)


@pytest.mark.parametrize("name", ["a b", "Zoë/x", "[red]", "a.b+c", "ünï", "a@b"])
async def test_odd_names_live_from_creation_to_deletion(name):
    demo = DemoHarbor()
    harbor = talk(demo)
    await user_forms.create(harbor, None, new(username=name))
    user = await users.find(harbor, name)
    assert await users.delete(harbor, user) is None
    assert demo.users.first(username=name) is None
    assert await users.delete(harbor, user) == f"{name} was gone already."


async def test_a_taken_name_is_refused_in_harbors_words():
    with pytest.raises(Conflict, match=r"user alice or email .* already exists"):
        await user_forms.create(talk(DemoHarbor()), None, new(username="alice"))


async def test_the_profile_is_replaced_whole_with_what_changed():
    canned = Canned({"GET /users/3": ALICE})
    before = await user_forms.profile(canned.harbor, User(**ALICE))
    after = before.model_copy(update={"realname": "Alice B"})
    await user_forms.update(canned.harbor, User(**ALICE), before, after)
    assert canned.asked[-1] == "PUT /users/3"
    assert canned.sent == [{"email": ALICE["email"], "realname": "Alice B", "comment": "c"}]


async def test_what_another_administrator_changed_meanwhile_is_kept_or_asked_about():
    demo = DemoHarbor()
    harbor, alice = talk(demo), await users.find(talk(demo), "alice")
    before = await user_forms.profile(harbor, alice)
    demo.user("alice")["comment"] = "on leave"
    after = before.model_copy(update={"realname": "Alice B"})
    await user_forms.update(harbor, alice, before, after)
    assert demo.user("alice")["comment"] == "on leave"
    demo.user("alice")["realname"] = "Alice C"
    with pytest.raises(Conflict, match=r"Real name.*Alice C"):
        await user_forms.update(
            harbor, alice, after, after.model_copy(update={"realname": "Alice D"})
        )
    assert demo.user("alice")["realname"] == "Alice C"


async def test_the_form_of_the_built_in_administrator_opens_without_an_address():
    profile = await user_forms.profile(talk(DemoHarbor()), User(user_id=1))
    assert profile.email == ""
    with pytest.raises(ValidationError):
        Profile.model_validate(profile.model_dump())


async def test_an_administrator_is_made_and_withdrawn():
    demo = DemoHarbor()
    harbor, bob = talk(demo), await users.find(talk(demo), "bob")
    assert await user_forms.make_administrator(harbor, bob) is None
    assert demo.writes[-1].body == {"sysadmin_flag": True}
    assert await users.is_administrator(harbor, bob)
    again = await user_forms.make_administrator(harbor, bob)
    assert again == "bob was a system administrator already."
    assert await user_forms.withdraw_administrator(harbor, bob) is None
    assert demo.writes[-1].path == f"/users/{bob.user_id}/sysadmin"
    assert demo.user("bob")["sysadmin_flag"] is False
    assert await action("withdraw").happened(harbor, bob)


async def test_nobody_takes_the_flag_from_himself():
    demo = DemoHarbor()
    with pytest.raises(Refused, match="this is you"):
        await user_forms.withdraw_administrator(talk(demo), await users.find(talk(demo), "admin"))
    assert demo.user("admin")["sysadmin_flag"] and not demo.writes


async def test_an_id_that_has_another_name_is_left_alone():
    demo = DemoHarbor()
    stranger = User(user_id=demo.user("bob")["user_id"], username="alice")
    for change in (user_forms.make_administrator, users.delete):
        with pytest.raises(Conflict, match="alice is now called bob"):
            await change(talk(demo), stranger)
    assert not demo.writes


async def test_a_password_is_set_for_another_and_the_repetition_stays_here():
    demo = DemoHarbor()
    harbor, bob = talk(demo), await users.find(talk(demo), "bob")
    empty = await user_forms.password_form(harbor, bob)
    assert type(empty) is NewPassword
    filled = NewPassword(new_password=SecretStr("Secret123"), repeat=SecretStr("Secret123"))
    await user_forms.set_password(harbor, bob, empty, filled)
    assert demo.writes[-1].body == {"new_password": "Secret123"}
    assert demo.passwords["bob"] == "Secret123"


async def test_ones_own_password_asks_for_the_old_one():
    demo = DemoHarbor()
    harbor, admin = talk(demo), await users.find(talk(demo), "admin")
    assert type(await user_forms.password_form(harbor, admin)) is OwnPassword
    secrets = {"new_password": "Secret123", "repeat": "Secret123"}
    with pytest.raises(Forbidden, match="Current password is incorrect"):
        form = OwnPassword.model_validate({"old_password": "Wrong1234", **secrets})
        await user_forms.set_password(harbor, admin, None, form)
    form = OwnPassword.model_validate({"old_password": "Harbor12345", **secrets})
    await user_forms.set_password(harbor, admin, None, form)
    assert demo.passwords["admin"] == "Secret123"
    assert "Secret123" not in repr(form)


async def test_a_user_who_is_gone_cannot_be_changed():
    canned = Canned({"GET /users/3": httpx.Response(404, json=MISSING)})
    with pytest.raises(NotFound, match="user 3 not found"):
        await user_forms.make_administrator(canned.harbor, User(**ALICE))
    assert canned.asked == ["GET /users/3"]


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
    assert lines[1].startswith(f"{len(owned)} projects of his stay")
    assert "still sign in" in lines[2] and "robot$web-frontend+preview" in lines[2]
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
