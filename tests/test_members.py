import pytest

from harbortui.api import member_forms, members, projects
from harbortui.api.errors import Conflict, Forbidden
from harbortui.api.member_forms import NewRole
from harbortui.api.members import Member
from harbortui.api.model import Query
from harbortui.api.projects import Project
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

LISTS = [
    one
    for file in (
        "projects",
        "writes-members",
        "2.12/projects",
        "2.12/people",
        "2.12/writes-members",
    )
    for one in exchanges(file)
    if one.path.endswith("/members") and one.method == "GET" and one.status == 200
]
AWKWARD = ["ünï [b] çode", "a.b/c", "x+y@z", "[/]", "née O’Neil"]


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


async def member_of(harbor, project, name):
    found = await members.page(harbor, await projects.find(harbor, project), Query())
    return next(member for member in found.items if member.entity_name == name)


async def give(harbor, member, role):
    """Opens the form of a role, chooses another, saves it."""
    before = await member_forms.fill(harbor, member)
    await member_forms.change_role(harbor, member, before, NewRole(role_id=role))


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
async def test_every_recorded_list_of_members_is_read(one):
    canned = Canned({"GET /projects/payments/members": one.value})
    page = await members.page(canned.harbor, Project(name="payments"), Query())
    assert page.unreadable == 0
    assert [(m.id, m.entity_name, m.role_id) for m in page.items] == [
        (row["id"], row["entity_name"], row["role_id"]) for row in one.value
    ]
    assert {member.project for member in page.items} == {"payments"}


def test_a_role_that_harbor_does_not_have_is_shown_as_what_it_is():
    assert Member(role_id=2).role == "developer"
    assert Member(role_id=77, role_name="").role == "no role (77)"
    assert Member(role_id=9, role_name="janitor").role == "janitor"


async def test_another_role_is_sent_and_read_back():
    demo, harbor = on_demo()
    member = await member_of(harbor, "payments", "bob")
    await give(harbor, member, 1)
    (write,) = demo.writes
    assert (write.method, write.path) == ("PUT", f"/projects/payments/members/{member.id}")
    assert write.body == {"role_id": 1}
    assert demo.members[member.id]["role_id"] == 1
    assert demo.requests[-1] == f"GET /api/v2.0/projects/payments/members/{member.id}"


async def test_the_same_role_is_not_sent():
    demo, harbor = on_demo()
    await give(harbor, await member_of(harbor, "payments", "bob"), 4)
    assert demo.writes == []


async def test_a_role_that_harbor_did_not_take_is_noticed():
    kept = {"id": 9, "entity_id": 5, "entity_name": "carol", "entity_type": "u", "role_id": 2}
    canned = Canned({"GET /projects/payments/members/9": kept})
    member = Member.model_validate(kept | {"project": "payments"})
    with pytest.raises(Conflict, match="carol is still developer"):
        await give(canned.harbor, member, 4)


async def test_someone_elses_role_is_not_overwritten():
    demo, harbor = on_demo()
    member = await member_of(harbor, "payments", "bob")
    before = await member_forms.fill(harbor, member)
    demo.members[member.id]["role_id"] = 1
    with pytest.raises(Conflict, match=r"was maintainer .* and is now project administrator"):
        await member_forms.change_role(harbor, member, before, NewRole(role_id=3))
    assert demo.writes == []


@pytest.mark.parametrize("other", [{"entity_id": 3}, {"entity_type": "g"}])
async def test_an_id_that_is_another_members_by_now_is_left_alone(other):
    demo, harbor = on_demo()
    member = await member_of(harbor, "payments", "bob")
    demo.members[member.id] |= other
    with pytest.raises(Conflict, match="bob is not this member any more"):
        await members.remove(harbor, member)
    with pytest.raises(Conflict, match="bob is not this member any more"):
        await give(harbor, member, 3)
    assert demo.writes == []


async def test_a_member_is_removed():
    demo, harbor = on_demo()
    member = await member_of(harbor, "payments", "bob")
    assert await members.remove(harbor, member) is None
    assert (demo.writes[0].method, demo.writes[0].status) == ("DELETE", 200)
    assert member.id not in demo.members


async def test_a_member_who_is_gone_already_is_said_to_be():
    demo, harbor = on_demo()
    member = await member_of(harbor, "payments", "bob")
    del demo.members[member.id]
    assert await members.remove(harbor, member) == "bob was gone already"
    assert demo.writes == []


async def test_who_is_no_project_administrator_is_refused_by_harbor():
    demo, harbor = on_demo("bob")
    member = await member_of(harbor, "payments", "carol")
    with pytest.raises(Forbidden):
        await members.remove(harbor, member)
    assert member.id in demo.members
