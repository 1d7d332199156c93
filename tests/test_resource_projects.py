import pytest

from harbortui.api import project_deletion
from harbortui.api import projects as api
from harbortui.api.identity import Me
from harbortui.api.model import Query
from harbortui.api.projects import Project
from harbortui.api.system import SystemInfo
from harbortui.demo import DemoHarbor
from harbortui.resources.core import Fact, Open, Part
from harbortui.resources.project_details import facts, goes
from harbortui.resources.projects import PROJECTS

from .recorded import exchanges
from .talking import Canned, talk

ADMIN = Me(user_id=1, username="admin", sysadmin_flag=True)
ALICE = Me(user_id=3, username="alice")
GIB = 2**30


def cells(project):
    return {column.title: column.cell(project) for column in PROJECTS.columns}


def plain(cell):
    """What a cell says, without tones."""
    if isinstance(cell, Part):
        return cell.text.strip()
    return "".join(part.text for part in cell).strip() if isinstance(cell, tuple) else cell


def test_the_columns_are_those_of_the_pictures():
    titles = [column.title for column in PROJECTS.columns]
    assert titles == ["NAME", "ACCESS", "KIND", "REPOS", "STORAGE", "QUOTA", "USED", "OWNER", "AGE"]
    narrow = [column.title for column in PROJECTS.columns if not column.wide]
    assert narrow == ["NAME", "ACCESS", "REPOS", "STORAGE", "QUOTA", "USED"]


@pytest.mark.parametrize("file", ["projects", "people", "2.12/projects", "2.12/people"])
async def test_every_column_shows_every_recorded_project(file):
    lists = [
        one
        for one in exchanges(file)
        if one.path.startswith("/projects?") and one.status == 200 and one.method == "GET"
    ]
    assert lists
    for one in lists:
        canned = Canned({"GET /projects": one.value})
        for project in (await PROJECTS.page(canned.harbor, None, Query())).items:
            assert plain(cells(project)["NAME"]) == project.name
            assert plain(cells(project)["ACCESS"]) in {"public", "private"}
            assert PROJECTS.says(project) == ""
            assert PROJECTS.key(project) == project.project_id


@pytest.mark.parametrize(
    ("storage", "limit", "used", "sign"),
    [
        (48 * GIB, 50 * GIB, "━━━━━━━━━─  96 %", Part("✗", "bad")),
        (85, 100, "━━━━━━━━──  85 %", Part("▲", "warn")),
        (79, 100, "━━━━━━━───  79 %", None),
        (0, 5 * GIB, "──────────   0 %", None),
        (5, -1, "", None),
        (None, None, "", None),
    ],
)
def test_how_full_a_project_is(storage, limit, used, sign):
    project = Project(name="payments", storage=storage, limit=limit)
    assert plain(cells(project)["USED"]) == used
    assert PROJECTS.sign(project) == sign
    assert ("payments is nearly full" in PROJECTS.says(project)) == (sign is not None)


def test_a_full_project_says_what_comes_of_it():
    assert "pushes are refused until" in PROJECTS.says(Project(name="x", storage=9, limit=8))


def test_no_limit_is_said_in_a_word():
    assert plain(cells(Project(limit=-1))["QUOTA"]) == "none"
    assert plain(cells(Project(limit=50 * GIB))["QUOTA"]) == "50 GiB"
    assert plain(cells(Project(limit=5 * GIB))["QUOTA"]) == "5 GiB"
    assert plain(cells(Project(limit=5 * GIB // 2))["QUOTA"]) == "2.5 GiB"
    assert plain(cells(Project())["QUOTA"]) == ""


def test_a_proxy_cache_says_what_it_reads_from_as_soon_as_that_is_known():
    assert cells(Project(registry_id=3))["KIND"] == "proxy cache"
    assert cells(Project(registry_id=3, registry_name="dockerhub"))["KIND"] == "proxy of dockerhub"
    assert cells(Project())["KIND"] == ""


def test_a_project_with_repositories_is_not_deleted_and_says_why():
    assert PROJECTS.stays(Project(name="payments", repo_count=3)) == (
        "payments still holds 3 repositories"
    )
    assert PROJECTS.stays(Project(repo_count=0)) == ""


def test_nearly_full_projects_are_chosen_among_those_that_are_loaded():
    (preset,) = [one for one in PROJECTS.filters if one.keep]
    assert preset.name == "nearly full"
    assert preset.keep(Project(storage=81, limit=100))
    assert not preset.keep(Project(storage=81, limit=-1))
    assert not preset.keep(Project())


async def test_what_the_list_lacks_is_filled_in_and_nothing_else():
    harbor = talk(DemoHarbor())
    (project,) = (await PROJECTS.page(harbor, None, Query(q="name=hub-cache"))).items
    (full,) = await PROJECTS.enrich.run(harbor, [project])
    lacking = dict.fromkeys(PROJECTS.enrich.fields)
    assert full.model_copy(update=lacking) == project.model_copy(update=lacking)
    assert None not in [getattr(full, name) for name in lacking]


@pytest.mark.parametrize(
    ("me", "verb", "roles", "reason"),
    [
        (ADMIN, "delete", (), ""),
        (ADMIN, "storage", (), ""),
        (ALICE, "list", (), ""),
        (ALICE, "update", (1,), ""),
        (ALICE, "update", (4, 2), "only the administrators of payments may do that"),
        (ALICE, "delete", (), "only the administrators of payments may do that"),
        (ALICE, "storage", (1,), "only system administrators set storage limits"),
        (Me(username="robot$ci"), "delete", (), ""),
    ],
)
def test_what_one_may_not_do_is_said(me, verb, roles, reason):
    project = Project(name="payments", current_user_role_ids=roles)
    assert PROJECTS.against(me, SystemInfo(), verb, project) == reason


@pytest.mark.parametrize(
    ("who", "restriction", "refused"),
    [(ALICE, "everyone", False), (ALICE, "adminonly", True), (ADMIN, "adminonly", False)],
)
def test_who_may_make_projects_is_harbors_setting(who, restriction, refused):
    system = SystemInfo(project_creation_restriction=restriction)
    assert bool(PROJECTS.against(who, system, "create", None)) == refused


def test_everybody_may_look_at_the_list():
    assert PROJECTS.project_of(None) == 0
    assert PROJECTS.project_of(Project(project_id=4)) == 4


async def test_details_say_all_that_a_project_is():
    harbor = talk(DemoHarbor())
    project = await api.find(harbor, "payments")
    said = {line.title: line for line in await facts(harbor, project) if isinstance(line, Fact)}
    assert plain(said["Storage"].cell) == "48 GiB"
    assert plain(said["Used"].cell).endswith("96 %")
    assert said["Repositories"].opens == Open("repositories payments")
    assert said["Members"].opens == Open("members payments")
    words = "2 project administrators, 1 maintainer, 2 developers, 1 guest"
    assert said["Members"].cell == words
    assert plain(said["Stop vulnerable images"].cell) == "critical"
    assert plain(said["System's allowlist"].cell) == "off"
    assert "Bandwidth" not in said


async def test_details_of_a_proxy_cache_name_its_registry():
    demo = DemoHarbor()
    harbor = talk(demo)
    demo.project("hub-cache")["metadata"]["proxy_speed_kb"] = "2048"
    project = await api.find(harbor, "hub-cache")
    said = {line.title: line for line in await facts(harbor, project) if isinstance(line, Fact)}
    registry = demo.registries[project.registry_id]
    assert said["Proxy cache of"].cell == registry["name"]
    assert said["Address"].cell == registry["url"]
    assert plain(said["Bandwidth"].cell) == "2 Mbit/s"
    assert plain(said["Connections"].cell) == "unlimited"
    assert "Cosign" not in said


async def test_what_a_deletion_takes_with_it_is_counted():
    demo = DemoHarbor()
    harbor = talk(demo)
    few = [await api.find(harbor, name) for name in ("partner-globex", "payments")]
    there, gone = await goes(harbor, few)
    ids = {project.project_id for project in few}
    count = {
        name: sum(row.get("project_id") in ids for row in table.values())
        for name, table in (
            ("repositories", demo.repositories),
            ("members", demo.members),
            ("robots", demo.robots),
        )
    }
    assert there == (
        f"Still there: {count['repositories']} repositories. Harbor deletes only empty projects."
    )
    assert gone.startswith(f"With them go: {count['members']} memberships, {count['robots']} robot")
    (only,) = await goes(harbor, few[:1])
    assert only.startswith("With it go: 1 membership, quota")
    await project_deletion.delete(harbor, few[0])
    assert await goes(harbor, few[:1]) == [
        "With it go: quota, labels, retention and other rules, webhooks."
    ]


async def test_odd_settings_are_said_as_harbor_keeps_them():
    demo = DemoHarbor()
    demo.project("payments")["metadata"]["severity"] = "grave"
    lines = await facts(talk(demo), await api.find(talk(demo), "payments"))
    (line,) = [one for one in lines if one.title == "Stop vulnerable images"]
    assert plain(line.cell) == "grave"


def test_the_address_to_push_to_can_be_copied():
    for registry in ("harbor.example.com", "https://harbor.example.com"):
        assert PROJECTS.copies(registry, Project(name="payments")) == (
            ("where images are pushed", "harbor.example.com/payments"),
        )
