import pytest

from harbortui.api import projects
from harbortui.api.identity import Me
from harbortui.api.members import MAY, ROLES, Member
from harbortui.api.model import Query
from harbortui.api.projects import Project
from harbortui.api.system import SystemInfo
from harbortui.demo import DemoHarbor
from harbortui.resources.core import Part
from harbortui.resources.members import MEMBERS

from .recorded import exchanges
from .talking import Canned, talk

ALICE = Me(user_id=3, username="alice")
FILES = ["projects", "writes-members", "2.12/projects", "2.12/people", "2.12/writes-members"]


def cells(member):
    return {column.title: column.cell(member) for column in MEMBERS.columns}


@pytest.mark.parametrize("file", FILES)
async def test_every_column_shows_every_recorded_member(file):
    lists = [
        one.value
        for one in exchanges(file)
        if one.path.endswith("/members") and one.method == "GET" and one.status == 200
    ]
    assert lists
    for rows in lists:
        canned = Canned({"GET /projects/payments/members": rows})
        page = await MEMBERS.page(canned.harbor, Project(name="payments"), Query())
        for row, member in zip(rows, page.items, strict=True):
            shown = cells(member)
            assert shown["NAME"].text == row["entity_name"]
            assert shown["KIND"] == Part("user", "muted")
            assert shown["ROLE"] == Part(ROLES[row["role_id"]])
            assert shown["MAY"].text == MAY[row["role_id"]]


def test_a_role_that_harbor_does_not_have_stands_out():
    member = Member(role_id=77)
    assert cells(member)["ROLE"] == Part("no role (77)", "bad")
    assert "lets nobody in" in MEMBERS.says(member)


def test_members_are_sorted_by_the_power_of_their_role():
    (column,) = [column for column in MEMBERS.columns if column.title == "ROLE"]
    ranked = sorted([Member(role_id=role) for role in (77, 5, 2, 1, 3, 4)], key=column.value)
    assert [member.role_id for member in ranked] == [1, 4, 2, 3, 5, 77]


def test_a_group_that_nobody_can_be_in_is_grey_and_says_why():
    group = Member(entity_type="g", entity_name="devs", role_id=2)
    assert cells(group)["KIND"] == Part("group")
    idle = group.model_copy(update={"idle": True})
    assert cells(idle)["NAME"] == Part("devs", "muted")
    assert cells(idle)["KIND"] == Part("group", "muted")
    assert "nobody can be in a group" in MEMBERS.says(idle)


@pytest.mark.parametrize(
    ("me", "member", "refused"),
    [
        (ALICE, Member(entity_id=3), True),
        (ALICE, Member(entity_id=3, entity_type="g"), False),
        (ALICE, Member(entity_id=4), False),
        (Me(user_id=3, sysadmin_flag=True), Member(entity_id=3), False),
    ],
)
def test_nobody_takes_his_own_role_by_accident(me, member, refused):
    for verb in ("update", "delete"):
        assert bool(MEMBERS.against(me, SystemInfo(), verb, member)) == refused
    assert MEMBERS.against(me, SystemInfo(), "list", member) == ""
    assert MEMBERS.against(me, SystemInfo(), "create", None) == ""


def test_the_permissions_are_those_of_the_project():
    assert MEMBERS.project_of(Project(project_id=4)) == 4
    assert MEMBERS.project_of(Member(project_id=4, id=9)) == 4
    assert MEMBERS.needs == "member"


async def test_details_say_what_the_role_is_worth():
    harbor = talk(DemoHarbor())
    page = await MEMBERS.page(harbor, await projects.find(harbor, "payments"), Query())
    bob = next(member for member in page.items if member.entity_name == "bob")
    said = {line.title: line.cell for line in await MEMBERS.facts(harbor, bob)}
    assert said["Project"] == "payments"
    assert said["Role"] == Part("maintainer")
    assert said["May"] == MAY[4]
    assert (await MEMBERS.raw(harbor, bob))["entity_name"] == "bob"


async def test_all_marked_members_get_a_role_with_one_form():
    demo = DemoHarbor()
    harbor = talk(demo)
    page = await MEMBERS.page(harbor, await projects.find(harbor, "sandbox"), Query())
    few = [member for member in page.items if member.role_id == 2][:3]
    assert MEMBERS.edit.each
    wanted = (await MEMBERS.edit.fill(harbor, few[0])).model_copy(update={"role_id": 3})
    for member in few:
        await MEMBERS.edit.run(harbor, member, await MEMBERS.edit.fill(harbor, member), wanted)
    assert [demo.members[member.id]["role_id"] for member in few] == [3, 3, 3]
