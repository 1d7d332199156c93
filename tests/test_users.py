import pytest

from harbortui.api import user_forms, users
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.model import Query
from harbortui.api.user_forms import NewUser
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


def new(**changes):
    filled = {
        "username": "zoe",
        "email": "zoe@example.com",
        "realname": "Zoë",
        "password": "Password1",
        "repeat": "Password1",
    }
    return NewUser.model_validate(filled | changes)


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
