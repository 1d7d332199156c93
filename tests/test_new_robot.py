import httpx
import pytest
from pydantic import ValidationError

from harbortui.api import new_robot, robot_grants
from harbortui.api.errors import Conflict, UnknownOutcome
from harbortui.api.new_robot import NewRobot
from harbortui.api.projects import Project
from harbortui.api.robot_changes import Days, Never
from harbortui.api.robot_forms import Grant, OfProject, OfRegistry
from harbortui.demo import DemoHarbor
from harbortui.resources.robots import ROBOTS

from .recorded import exchanges
from .talking import Canned, talk

PULL, PUSH = "repository:pull", "repository:push"


MISSING = {"errors": [{"code": "NOT_FOUND", "message": "path /api/v2.0/permissions was not found"}]}


NO_ADMIN = {"errors": [{"code": "FORBIDDEN", "message": "robot$x"}]}


def wanted(status):
    return [
        one
        for file in ("writes-robots", "2.12/writes-robots")
        for one in exchanges(file)
        if one.method == "POST" and one.status == status
    ]


def form(**changes):
    filled = {
        "name": "ci",
        "description": "d",
        "lasting": {"kind": "days", "days": 30},
        "reach": {"kind": "project", "place": "payments", "allowed": [PULL]},
    }
    return NewRobot.model_validate(filled | changes)


def asked(body):
    """The form that stands for a recorded request."""
    grants, system = [], set()
    for one in body["permissions"]:
        allowed = {f"{access['resource']}:{access['action']}" for access in one["access"]}
        if one["kind"] == "system":
            system |= allowed
        else:
            grants.append({"projects": [one["namespace"]], "allowed": allowed})
    reach = {"kind": "system", "grants": grants, "system": system}
    if body["level"] == "project" and grants:
        reach = {"kind": "project", "place": "payments", "allowed": grants[0]["allowed"]}
    days = {"kind": "days", "days": body["duration"]}
    never = {"kind": "never"}
    return {
        "name": body["name"],
        "description": body.get("description", ""),
        "lasting": never if body["duration"] == -1 else days,
        "reach": reach,
    }


def grants_of(body):
    """Permissions without the order, which Harbor does not keep."""
    return {
        (one["kind"], one["namespace"]): {(a["resource"], a["action"]) for a in one["access"]}
        for one in body["permissions"]
    }


@pytest.mark.parametrize("one", wanted(201), ids=lambda one: one.name)
async def test_a_robot_is_made_as_it_was_recorded(one):
    canned = Canned({"POST /robots": {**one.value, "secret": "Once1234"}})
    new = NewRobot.model_validate(asked(one.body))
    once = await ROBOTS.create.run(canned.harbor, None, new)
    assert canned.asked == ["POST /robots"]
    (sent,) = canned.sent
    assert grants_of(sent) == grants_of(one.body)
    plain = {"name", "level", "duration", "description"}
    assert {key: sent[key] for key in plain} == {key: one.body[key] for key in plain}
    assert once.secret.get_secret_value() == "Once1234"
    assert one.value["name"] in once.note and "Once1234" not in repr(once)


@pytest.mark.parametrize(("note", "field"), [("bad name", "name"), ("zero days", "lasting")])
@pytest.mark.parametrize("file", ["writes-robots", "2.12/writes-robots"])
def test_what_harbor_refused_is_refused_before_it_is_sent(file, note, field):
    (body,) = [one.body for one in exchanges(file) if one.note == note and one.status == 400]
    with pytest.raises(ValidationError) as caught:
        NewRobot.model_validate(asked(body))
    assert field in {error["loc"][0] for error in caught.value.errors()}


@pytest.mark.parametrize(
    "name", ["", "Bad", "a b", "a--b", "-a", "a.", "robot$ci", "a+b", "ünï", "[a]", "x" * 256]
)
def test_names_that_harbor_refuses_are_refused(name):
    with pytest.raises(ValidationError):
        form(name=name)


@pytest.mark.parametrize("name", ["ci", "a.b", "a_b-c.d", "0", "x" * 255])
def test_names_that_harbor_takes_are_taken(name):
    assert form(name=name).name == name


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        ({"kind": "project", "place": "a", "allowed": []}, "choose what it may do"),
        ({"kind": "project", "place": "", "allowed": [PULL]}, "at least 1 character"),
        ({"kind": "project", "place": "a", "allowed": [PUSH]}, "without pulling"),
        ({"kind": "system", "grants": [], "system": []}, "choose what it may do"),
        (
            {"kind": "system", "grants": [{"projects": [], "allowed": [PULL]}], "system": []},
            "choose in which projects",
        ),
        (
            {"kind": "system", "grants": [{"projects": ["*", "a"], "allowed": [PULL]}]},
            "not both",
        ),
    ],
)
def test_what_a_robot_cannot_be_granted_is_said(reach, words):
    with pytest.raises(ValidationError) as caught:
        form(reach=reach)
    assert words in str(caught.value)


async def test_a_project_robot_is_made_on_the_demo_and_signs_in():
    demo = DemoHarbor()
    once = await ROBOTS.create.run(talk(demo), None, form())
    made = demo.robots.first(name="robot$payments+ci")
    assert made["level"] == "project" and made["project_id"] == 4
    assert demo.passwords["robot$payments+ci"] == once.secret.get_secret_value()


async def test_one_line_grants_the_same_in_several_projects():
    demo = DemoHarbor()
    reach = OfRegistry(
        grants=(
            Grant(projects={"payments", "catalog"}, allowed={PULL, PUSH}),
            Grant(projects={"catalog", "library"}, allowed={PULL, "tag:list"}),
        ),
        system={"audit-log:list"},
    )
    await ROBOTS.create.run(talk(demo), None, form(reach=reach.model_dump(), lasting=Never()))
    sent = demo.writes[-1].body
    assert sent["level"] == "system" and sent["duration"] == -1
    assert grants_of(sent) == {
        ("project", "payments"): {("repository", "pull"), ("repository", "push")},
        ("project", "catalog"): {
            ("repository", "pull"),
            ("repository", "push"),
            ("tag", "list"),
        },
        ("project", "library"): {("repository", "pull"), ("tag", "list")},
        ("system", "/"): {("audit-log", "list")},
    }


async def test_a_taken_name_is_refused_in_harbors_words():
    demo = DemoHarbor()
    await ROBOTS.create.run(talk(demo), None, form())
    with pytest.raises(Conflict, match="already exists"):
        await ROBOTS.create.run(talk(demo), None, form())


async def test_a_lost_answer_says_that_the_secret_is_lost():
    def answer(request):
        raise httpx.ReadError("", request=request)

    canned = Canned({})
    canned.answer = answer
    with pytest.raises(UnknownOutcome, match="its secret is lost"):
        await new_robot.create(canned.harbor, None, form())


async def test_the_form_opens_with_the_registrys_duration_and_the_project():
    demo = DemoHarbor()
    demo.configuration["robot_token_duration"] = 77
    blank = await ROBOTS.create.fill(talk(demo), Project(project_id=4, name="payments"))
    assert blank.lasting == Days(days=77)
    assert (blank.reach.kind, blank.reach.place) == ("project", "payments")
    assert (await ROBOTS.create.fill(talk(demo), None)).reach.kind == "system"


async def test_the_form_opens_for_those_who_may_not_read_the_settings():
    blank = await ROBOTS.create.fill(talk(DemoHarbor(), "alice"), Project(name="payments"))
    assert blank.lasting == Days(days=30)


async def test_what_can_be_granted_is_what_harbor_says():
    (answer,) = [
        one for one in exchanges("system") if one.path == "/permissions" and one.status == 200
    ]
    canned = Canned({"GET /permissions": answer.value})
    project = await robot_grants.project_choices(canned.harbor, {})
    system = await robot_grants.system_choices(canned.harbor, {})
    assert len(project) == len(answer.value["project"])
    assert len(system) == len(answer.value["system"])
    assert {"repository:push", "member:create"} <= {one.value for one in project}
    assert next(one.label for one in system if one.value == "audit-log:list") == "audit log: list"


async def test_a_project_administrator_is_offered_nothing_of_the_registry():
    (answer,) = [
        one for one in exchanges("2.12/people") if one.path == "/permissions" and one.status == 200
    ]
    canned = Canned({"GET /permissions": answer.value})
    assert await robot_grants.system_choices(canned.harbor, {}) == []
    assert await robot_grants.project_choices(canned.harbor, {})


@pytest.mark.parametrize(("status", "body"), [(404, MISSING), (403, NO_ADMIN)])
async def test_where_harbor_does_not_say_the_usual_is_offered(status, body):
    canned = Canned({"GET /permissions": httpx.Response(status, json=body)})
    offered = {one.value for one in await robot_grants.project_choices(canned.harbor, {})}
    assert {PULL, PUSH} <= offered
    assert await robot_grants.system_choices(canned.harbor, {}) == []


async def test_projects_are_offered_by_name_and_all_of_them_first():
    demo = DemoHarbor()
    choices = await robot_grants.projects_or_all(talk(demo), {})
    assert choices[0].value == "*"
    names = sorted(row["name"] for row in demo.projects.values())
    assert sorted(one.value for one in choices[1:]) == names


def test_a_union_keeps_its_cases_apart():
    assert isinstance(form().reach, OfProject)
    assert isinstance(form(lasting={"kind": "never"}).lasting, Never)
    with pytest.raises(ValidationError):
        form(reach={"kind": "other"})
