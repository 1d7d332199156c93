import httpx
import pytest
from pydantic import SecretStr, ValidationError

from harbortui.api import user_forms, users
from harbortui.api.errors import Conflict, Forbidden, NotFound, Refused
from harbortui.api.user_forms import NewPassword, NewUser, OwnPassword, Profile
from harbortui.api.users import User
from harbortui.demo import DemoHarbor
from harbortui.resources.users import USERS

from .recorded import exchanges
from .talking import Canned, talk

FILES = ("users", "writes-users", "people", "hostile", "2.12/users", "2.12/writes-users")


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
