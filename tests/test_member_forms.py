import httpx
import pytest
from pydantic import ValidationError

from harbortui.api import member_forms, members, projects
from harbortui.api.errors import Conflict, Unauthorized
from harbortui.api.member_forms import NewMembers
from harbortui.api.members import Member
from harbortui.api.model import Query
from harbortui.api.projects import Project
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

AWKWARD = ["ünï [b] çode", "a.b/c", "x+y@z", "[/]", "née O’Neil"]


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


def recorded_body(note=""):
    return next(
        one.body for one in exchanges("writes-members") if one.method == "POST" and one.note == note
    )


async def test_a_new_member_is_sent_as_harbor_was_sent_it():
    form = NewMembers(names=frozenset({"carol"}), role_id=2)
    assert await member_forms.body(Canned({}).harbor, form, "carol") == recorded_body()


async def test_several_names_become_members_with_one_form():
    demo, harbor = on_demo()
    project = await projects.find(harbor, "identity")
    form = NewMembers(names=frozenset({"erin", "bob", "carol"}), role_id=4)
    said = await member_forms.add(harbor, project, form)
    assert said == "bob, carol, erin added as maintainer"
    roles = {row["entity_name"]: row["role_id"] for row in demo.members.where(project_id=5)}
    assert roles == {"admin": 1, "bob": 4, "carol": 4, "erin": 4}


async def test_who_could_not_be_added_is_said_with_the_reason():
    _, harbor = on_demo()
    project = await projects.find(harbor, "payments")
    form = NewMembers(names=frozenset({"bob", "erin", "nobody-here"}), role_id=3)
    said = await member_forms.add(harbor, project, form)
    assert said == (
        "erin added as guest; bob not added: The project member specified already exist; "
        "nobody-here not added: user nobody-here is not found"
    )


async def test_when_nobody_could_be_added_the_form_stays_with_all_reasons():
    _, harbor = on_demo()
    project = await projects.find(harbor, "payments")
    form = NewMembers(names=frozenset({"nobody-here", "bob"}))
    with pytest.raises(Conflict) as raised:
        await member_forms.add(harbor, project, form)
    assert str(raised.value) == (
        "bob not added: The project member specified already exist; "
        "nobody-here not added: user nobody-here is not found"
    )


async def test_what_concerns_all_names_ends_the_adding():
    demo, harbor = on_demo()
    demo.refuse("/projects/identity/members", 401, method="POST")
    project = await projects.find(harbor, "identity")
    form = NewMembers(names=frozenset({"bob", "carol"}))
    with pytest.raises(Unauthorized):
        await member_forms.add(harbor, project, form)
    assert len(demo.writes) == 1


async def test_names_that_were_not_tried_are_named():
    refused = httpx.Response(403, json={"errors": [{"code": "FORBIDDEN", "message": "no more"}]})
    turns = [httpx.Response(201), refused]
    canned = Canned({"POST /projects/identity/members": turns})
    form = NewMembers(names=frozenset({"a", "b", "c", "d"}))
    said = await member_forms.add(canned.harbor, Project(name="identity"), form)
    assert said == "a added as guest; b not added: no more; not tried: c, d"
    assert len(canned.sent) == 2


def test_somebody_has_to_be_named():
    with pytest.raises(ValidationError, match="names"):
        NewMembers(names=frozenset())
    with pytest.raises(ValidationError, match="role_id"):
        NewMembers(names=frozenset({"bob"}), role_id=9)


@pytest.mark.parametrize("name", AWKWARD)
async def test_awkward_names_are_found_and_added_as_they_are(name):
    demo, harbor = on_demo()
    demo.users.add({**demo.user("bob"), "user_id": 900, "username": name})
    offered = await member_forms.people(harbor, {"kind": "user", "part": name[1:]})
    assert [choice.value for choice in offered] == [name]
    project = await projects.find(harbor, "identity")
    await member_forms.add(harbor, project, NewMembers(names=frozenset({name})))
    found = await members.page(harbor, project, Query())
    member = next(member for member in found.items if member.entity_id == 900)
    assert member.entity_name == name
    assert await members.remove(harbor, member) is None
    assert not demo.members.where(entity_id=900)


async def test_people_are_searched_and_those_chosen_stay_on_offer():
    _, harbor = on_demo()
    answers = {"kind": "user", "part": " ali ", "names": frozenset({"bob"})}
    assert [one.value for one in await member_forms.people(harbor, answers)] == ["bob", "alice"]
    answers = {"kind": "user", "part": "", "names": frozenset({"bob"})}
    assert [one.value for one in await member_forms.people(harbor, answers)] == ["bob"]


async def test_groups_are_grey_while_harbor_keeps_its_own_users():
    demo, harbor = on_demo()
    users, groups = await member_forms.kinds(harbor, {})
    assert (users.unless, groups.unless) == (
        "",
        "this Harbor keeps its own users: nobody can be in a group",
    )
    demo.configuration["auth_mode"] = "oidc_auth"
    assert [choice.unless for choice in await member_forms.kinds(harbor, {})] == ["", ""]


@pytest.mark.parametrize(
    ("mode", "known", "sent"),
    [
        ("oidc_auth", [{"id": 7, "group_name": "devs", "group_type": 3}], {"id": 7}),
        ("oidc_auth", [{"id": 8, "group_name": "devs-2"}], {"group_name": "devs", "group_type": 3}),
        ("http_auth", [], {"group_name": "devs", "group_type": 2}),
        ("ldap_auth", [], {"ldap_group_dn": "devs"}),
    ],
)
async def test_a_group_is_named_as_the_sign_in_mode_wants_it(mode, known, sent):
    canned = Canned({"GET /usergroups/search": known, "GET /systeminfo": {"auth_mode": mode}})
    form = NewMembers(kind="group", names=frozenset({"devs"}), role_id=5)
    await member_forms.add(canned.harbor, Project(name="identity"), form)
    assert canned.sent == [{"role_id": 5, "member_group": sent}]


async def test_a_group_is_refused_here_while_harbor_keeps_its_own_users():
    canned = Canned({"GET /usergroups/search": [], "GET /systeminfo": {"auth_mode": "db_auth"}})
    form = NewMembers(kind="group", names=frozenset({"devs"}))
    with pytest.raises(Conflict, match="keeps its own users"):
        await member_forms.add(canned.harbor, Project(name="identity"), form)
    assert canned.sent == []


async def test_a_group_that_is_none_does_not_hide_that_another_was_added():
    known = [{"id": 7, "group_name": "devs"}]
    canned = Canned({
        "GET /usergroups/search": known,
        "GET /systeminfo": {"auth_mode": "db_auth"},
        "POST /projects/identity/members": httpx.Response(201),
    })  # fmt: skip
    form = NewMembers(kind="group", names=frozenset({"devs", "ops"}))
    said = await member_forms.add(canned.harbor, Project(name="identity"), form)
    assert said.startswith("devs added as guest; ops not added: there is no group “ops”")


async def test_groups_that_nobody_can_be_in_are_known():
    group = Member(entity_type="g", entity_name="devs")
    rows = [Member(entity_name="bob"), group]
    for mode, idle in (("db_auth", True), ("oidc_auth", False)):
        canned = Canned({"GET /systeminfo": {"auth_mode": mode}})
        found = await members.known(canned.harbor, rows)
        assert [member.idle for member in found] == [False, idle]
    nothing = Canned({})
    assert await members.known(nothing.harbor, rows[:1]) == rows[:1]
    assert nothing.asked == []
