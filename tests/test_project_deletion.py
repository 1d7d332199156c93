import httpx
import pytest

from harbortui.api import project_deletion, projects
from harbortui.api.errors import Conflict
from harbortui.api.projects import Project
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

PROJECT = {"project_id": 4, "name": "payments", "metadata": {"public": "false"}}


async def test_an_empty_project_is_deleted():
    demo = DemoHarbor()
    project = await projects.find(talk(demo), "partner-globex")
    assert await project_deletion.delete(talk(demo), project) is None
    assert demo.projects.first(name="partner-globex") is None
    assert [(write.method, write.path) for write in demo.writes] == [
        ("DELETE", "/projects/partner-globex")
    ]


async def test_a_project_that_is_gone_already_is_no_error():
    demo = DemoHarbor()
    project = await projects.find(talk(demo), "partner-globex")
    await project_deletion.delete(talk(demo), project)
    said = await project_deletion.delete(talk(demo), project)
    assert said == "partner-globex was gone already"


async def test_what_is_in_the_way_of_a_deletion_is_named():
    demo = DemoHarbor()
    project = await projects.find(talk(demo), "payments")
    names = sorted(row["name"] for row in demo.repositories.where(project_id=project.project_id))
    with pytest.raises(Conflict) as raised:
        await project_deletion.delete(talk(demo), project)
    words = str(raised.value)
    assert words.startswith(f"payments is not empty: it holds {len(names)} repositories (")
    assert ", ".join(names[:3]) in words
    assert demo.project("payments")


async def test_another_reason_against_a_deletion_is_harbors():
    (answer,) = [one for one in exchanges("2.12/projects") if one.path.endswith("/_deletable")]
    error = {"errors": [{"code": "PRECONDITION", "message": "precondition failed"}]}
    canned = Canned(
        {
            "GET /projects/payments": PROJECT,
            "GET /projects/payments/summary": {"repo_count": 0},
            "GET /projects/payments/_deletable": answer.value,
            "DELETE /projects/payments": httpx.Response(412, json=error),
        }
    )
    project = Project.model_validate(PROJECT)
    with pytest.raises(Conflict, match="cannot be deleted: the project contains repositories"):
        await project_deletion.delete(canned.harbor, project)


async def test_robots_are_counted_by_harbor():
    demo = DemoHarbor()
    harbor = talk(demo)
    project = await projects.find(harbor, "payments")
    there = demo.robots.where(project_id=project.project_id)
    assert await project_deletion.robots(harbor, project) == len(there) > 0
    assert await project_deletion.robots(talk(demo, "erin"), project) == 0


async def test_a_refusal_stays_what_it_is_where_nobody_may_ask_why():
    refused = httpx.Response(412, json={"errors": [{"code": "PRECONDITION", "message": "no way"}]})
    canned = Canned({
        "GET /projects/payments": PROJECT,
        "GET /projects/payments/summary": httpx.Response(403),
        "DELETE /projects/payments": refused,
    })  # fmt: skip
    with pytest.raises(Conflict, match="no way"):
        await project_deletion.delete(canned.harbor, Project.model_validate(PROJECT))
