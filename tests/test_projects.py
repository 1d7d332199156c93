import pytest
from pydantic import SecretStr

from harbortui.api import project_settings, projects
from harbortui.api.errors import Forbidden, NotFound, ServerFault
from harbortui.api.harbor import Harbor
from harbortui.api.model import Query
from harbortui.api.projects import Metadata, Project
from harbortui.api.signin import BasicAuth
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import API, Canned, talk

FILES = ["projects", "2.12/projects", "people", "2.12/people", "writes-projects", "hostile"]
PROJECT = {"project_id": 4, "name": "payments", "metadata": {"public": "false"}}


def recorded(path, *files):
    """Recorded answers with this status and path, as (file, JSON)."""
    return [
        one
        for file in files or FILES
        for one in exchanges(file)
        if one.status == 200 and one.method == "GET" and path(one.path)
    ]


def is_list(path):
    return path.partition("?")[0] == "/projects"


def is_single(path):
    return path.startswith("/projects/") and path.count("/") == 2


def is_summary(path):
    return path.endswith("/summary")


@pytest.mark.parametrize("one", recorded(is_list), ids=lambda one: one.name)
async def test_every_recorded_list_is_read(one):
    canned = Canned({"GET /projects": one.value})
    page = await projects.page(canned.harbor, None, Query())
    assert page.unreadable == 0
    assert [project.name for project in page.items] == [row["name"] for row in one.value]
    assert all(project.project_id and project.owner_name for project in page.items)


@pytest.mark.parametrize("one", recorded(is_single), ids=lambda one: one.name)
async def test_every_recorded_project_is_read(one):
    name = one.value["name"]
    project = await projects.find(Canned({f"GET /projects/{name}": one.value}).harbor, name)
    words = one.value["metadata"]
    assert project.metadata.public == (words["public"] == "true")
    assert project.metadata.prevent_vul == (words.get("prevent_vul") == "true")
    assert project.repo_count == one.value["repo_count"]
    assert [item.cve_id for item in project.cve_allowlist.items] == [
        item["cve_id"] for item in one.value["cve_allowlist"]["items"]
    ]


@pytest.mark.parametrize("one", recorded(is_summary), ids=lambda one: one.name)
async def test_every_recorded_summary_fills_a_project(one):
    canned = Canned({"GET /projects/x/summary": one.value})
    (full,) = await projects.summed_up(canned.harbor, [Project(name="x")])
    assert full.storage == one.value["quota"]["used"]["storage"]
    assert full.limit == one.value["quota"]["hard"]["storage"]
    assert full.registry_name == one.value.get("registry", {}).get("name", "")


def test_words_that_are_no_booleans_or_numbers_do_not_hide_a_project():
    words = {"public": "maybe", "auto_scan": "TRUE", "proxy_speed_kb": "--5", "severity": "x"}
    metadata = Metadata.model_validate(words)
    assert (metadata.public, metadata.auto_scan, metadata.proxy_speed_kb) == (False, True, -1)
    assert project_settings.settings(Project(metadata=metadata)).severity == "critical"


def test_a_missing_word_about_the_allowlist_means_yes():
    assert Metadata().reuse_sys_cve_allowlist


def test_used_is_a_part_only_of_a_limit_that_is_known():
    assert Project(storage=48, limit=50).used == 0.96
    assert Project(storage=48, limit=-1).used is None
    assert Project(storage=48).used is None
    assert Project(limit=5).used is None


async def test_a_project_with_digits_only_is_asked_for_by_name():
    canned = Canned({"GET /projects/123": PROJECT | {"name": "123"}})
    await projects.find(canned.harbor, "123")
    assert canned.headers[0]["X-Is-Resource-Name"] == "true"


async def test_summaries_are_asked_for_what_is_given_and_nothing_else():
    demo = DemoHarbor()
    harbor = talk(demo)
    page = await projects.page(harbor, None, Query(size=6))
    full = await projects.summed_up(harbor, page.items)
    assert [project.name for project in full] == [project.name for project in page.items]
    assert all(project.storage is not None for project in full)
    asked = [line.removeprefix("GET /api/v2.0") for line in demo.requests[1:]]
    assert sorted(asked) == sorted(f"/projects/{project.name}/summary" for project in full)


@pytest.mark.parametrize("status", [403, 404])
async def test_a_summary_that_is_refused_leaves_its_project_as_it_was(status):
    demo = DemoHarbor()
    demo.refuse("/projects/payments/summary", status)
    few = [await projects.find(talk(demo), name) for name in ("payments", "billing")]
    payments, billing = await projects.summed_up(talk(demo), few)
    assert payments == few[0]
    assert billing.storage


async def test_a_summary_that_fails_is_not_hidden():
    demo = DemoHarbor()
    demo.refuse("/projects/payments/summary", 500)
    with pytest.raises(ServerFault):
        await projects.summed_up(talk(demo), [Project(name="payments")])


@pytest.mark.parametrize(
    ("q", "wanted"),
    [
        ("public=true", lambda project: project.metadata.public),
        ("public=false", lambda project: not project.metadata.public),
        ("registry_id=[1~]", lambda project: project.registry_id > 0),
        ("name=~PART", lambda project: "part" in project.name),
    ],
)
async def test_harbor_filters_projects_as_the_presets_say(q, wanted):
    harbor = talk(DemoHarbor())
    everything = (await projects.page(harbor, None, Query())).items
    found = (await projects.page(harbor, None, Query(q=q))).items
    assert found == [project for project in everything if wanted(project)]
    assert 0 < len(found) < len(everything)


async def test_a_project_that_is_not_there_is_said_so():
    with pytest.raises(NotFound, match="there is no project “nope”"):
        await projects.find(talk(DemoHarbor()), "nope")


async def test_a_project_that_an_ordinary_user_may_not_see_may_be_there():
    with pytest.raises(NotFound, match="“identity”, or this account may not see it"):
        await projects.find(talk(DemoHarbor(), "alice"), "identity")


async def test_a_robot_that_may_not_read_its_project_finds_it_where_it_is_listed():
    demo = DemoHarbor()
    name = "robot$payments+deploy"
    robot = next(one for one in demo.robots.values() if one["name"] == name)
    robot["permissions"][0]["access"] = [{"resource": "repository", "action": "list"}]
    auth = BasicAuth(name, SecretStr(demo.passwords[name]))
    harbor = Harbor(API, auth=auth, transport=demo)
    with pytest.raises(Forbidden):
        await harbor.raw(projects.at("payments"))
    assert (await projects.find(harbor, "payments")).name == "payments"
    with pytest.raises(NotFound, match="“identity”, or this account may not see it"):
        await projects.find(harbor, "identity")
