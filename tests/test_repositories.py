import httpx
import pytest

from harbortui.api import projects, repositories
from harbortui.api.errors import Conflict, NotFound, Refused
from harbortui.api.model import Query, contains
from harbortui.api.projects import Project
from harbortui.api.repositories import Description, Repository
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources.repositories import REPOSITORIES
from harbortui.resources.repository_details import goes, summary
from harbortui.widgets.ink import parts, plain

from .recorded import exchanges
from .talking import Canned, talk

FILES = ("repositories", "projects", "writes-artifacts", "2.12/repositories", "2.12/projects")
RECORDED = [
    one
    for file in FILES
    for one in exchanges(file)
    if one.method == "GET" and one.status == 200 and "pull_count" in str(one.value)
]
LISTS = [one for one in RECORDED if isinstance(one.value, list) and "repositor" in one.path]
SINGLE = [one for one in RECORDED if isinstance(one.value, dict) and "/repositories/" in one.path]
AWKWARD = ["a/b/c", "x+y", "été", "dots.and_under-score", "[bold]", "50%"]


def written(repository):
    return [plain(parts(column.cell(repository), Clock())) for column in REPOSITORIES.columns]


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


def add(demo, name, description=""):
    project = demo.project(name.partition("/")[0])
    row = dict(demo.repository("library/hello"))
    return demo.repositories.add(
        row | {"name": name, "project_id": project["project_id"], "description": description}
    )


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
async def test_every_recorded_list_is_read_and_shown(one):
    page = await repositories.page(Canned({"GET /repositories": one.value}).harbor, None, Query())
    assert page.unreadable == 0
    for repository, row in zip(page.items, one.value, strict=True):
        assert (repository.id, repository.name) == (row["id"], row["name"])
        assert written(repository)[:2] == [row["name"], f"{row['artifact_count']:,}"]


@pytest.mark.parametrize("one", SINGLE, ids=lambda one: one.name)
async def test_every_recorded_repository_is_found_where_it_was(one):
    canned = Canned({f"GET {one.path}": one.value})
    repository = await repositories.find(canned.harbor, one.value["name"])
    assert repository.id == one.value["id"]
    assert canned.asked == [f"GET {one.path}"]


async def test_a_project_is_asked_by_its_name_and_the_registry_as_a_whole():
    canned = Canned({"GET /projects/123/repositories": [], "GET /repositories": []})
    query = Query(size=5, q=contains("name", "50%+"), sort="name")
    for project in (Project(project_id=4, name="123"), None):
        await repositories.page(canned.harbor, project, query)
    asked = "page=1&page_size=5&q=name%253D~50%2525%252B&sort=name"
    assert canned.asked == [
        f"GET /projects/123/repositories?{asked}",
        f"GET /repositories?{asked}",
    ]
    assert canned.headers[0]["x-is-resource-name"] == "true"


@pytest.mark.parametrize("name", AWKWARD)
async def test_awkward_names_are_found_described_and_deleted(name):
    demo, harbor = on_demo()
    full = f"library/{name}"
    add(demo, full)
    found = await repositories.find(harbor, full)
    assert found.name == full
    before = await repositories.fill(harbor, found)
    await repositories.describe(harbor, found, before, Description(description=f"<{name}>"))
    assert (await repositories.find(harbor, full)).description == f"<{name}>"
    assert await repositories.delete(harbor, found) is None
    with pytest.raises(KeyError):
        demo.repository(full)
    assert await repositories.delete(harbor, found) == f"{full} was gone already"


@pytest.mark.parametrize("name", ["nginx", "", "/x", "library/"])
async def test_what_is_no_repository_name_is_said_before_anything_is_asked(name):
    canned = Canned({})
    with pytest.raises(NotFound, match="written as project/name"):
        await repositories.find(canned.harbor, name)
    assert not canned.asked


@pytest.mark.parametrize("name", ["..", "."])
async def test_names_that_would_lead_elsewhere_are_refused(name):
    with pytest.raises(Refused):
        await repositories.find(Canned({}).harbor, f"library/{name}")


async def test_one_that_does_not_exist_is_not_found_for_administrators_and_strangers():
    demo = DemoHarbor()
    for who in ("admin", "bob"):
        with pytest.raises(NotFound, match="no-such"):
            await repositories.find(talk(demo, who), "payments/no-such")


async def test_the_description_is_what_was_written_however_often_it_is_saved():
    _, harbor = on_demo()
    text = 'Tom & Jerry\'s <b>"shop"</b> &amp; more'
    found = await repositories.find(harbor, "library/hello")
    for _ in range(3):
        before = await repositories.fill(harbor, found)
        await repositories.describe(harbor, found, before, Description(description=text + "!"))
        before = await repositories.fill(harbor, found)
        await repositories.describe(harbor, found, before, Description(description=text))
    assert (await repositories.find(harbor, "library/hello")).description == text


async def test_a_description_is_sent_as_recorded():
    wanted = next(one for one in exchanges("writes-artifacts") if one.method == "PUT" and one.body
                  and "description" in one.body and "/repositories/" in one.path)  # fmt: skip
    canned = Canned({f"GET {wanted.path}": {"id": 84, "name": "rec-one/copied"}})
    old, new = Description(), Description(description=wanted.body["description"])
    shown = Repository(id=84, name="rec-one/copied")
    await repositories.describe(canned.harbor, shown, old, new)
    assert canned.asked[-1] == f"PUT {wanted.path}"
    assert canned.sent == [wanted.body]


async def test_someone_elses_description_is_not_overwritten():
    demo, harbor = on_demo()
    found = await repositories.find(harbor, "library/hello")
    before = await repositories.fill(harbor, found)
    demo.repository("library/hello")["description"] = "theirs"
    with pytest.raises(Conflict, match="is now theirs"):
        await repositories.describe(harbor, found, before, Description(description="mine"))
    assert demo.repository("library/hello")["description"] == "theirs"


async def test_saving_the_same_writes_nothing():
    demo, harbor = on_demo()
    found = await repositories.find(harbor, "library/hello")
    same = await repositories.fill(harbor, found)
    assert "already" in (await repositories.describe(harbor, found, same, same) or "")
    assert not demo.writes


async def test_another_one_of_the_same_name_is_not_deleted():
    demo, harbor = on_demo()
    shown = await repositories.find(harbor, "library/hello")
    with pytest.raises(Conflict, match="made again"):
        await repositories.delete(harbor, shown.model_copy(update={"id": shown.id + 1000}))
    assert not demo.writes


async def test_an_immutable_tag_in_it_is_harbors_reason_to_refuse():
    answers = {"GET /projects/a/repositories/b": {"id": 1, "name": "a/b"}}
    said = {"errors": [{"code": "PRECONDITION", "message": "tag is immutable"}]}
    answers["DELETE /projects/a/repositories/b"] = httpx.Response(412, json=said)
    with pytest.raises(Conflict, match="immutable"):
        await repositories.delete(Canned(answers).harbor, Repository(id=1, name="a/b"))


async def test_the_question_counts_artifacts_tags_and_bytes_now():
    demo, harbor = on_demo()
    shown = await repositories.find(harbor, "payments/api")
    lines = "\n".join(await goes(harbor, [shown]))
    rows = demo.artifacts.where(repository_id=shown.id)
    listed = [row for row in rows if row["listed"]]
    tags = sum(len(row["tags"]) for row in listed)
    assert f"{len(listed)} artifacts and {tags} tags go with it, 821 MiB." in lines
    assert "4 of them are signed" in lines
    assert "▲ last pulled 2026-11-20" in lines
    assert "garbage collection" in lines


async def test_the_question_about_several_adds_them_up_and_passes_over_those_gone():
    _, harbor = on_demo()
    names = ("payments/api", "library/hello")
    shown = [await repositories.find(harbor, name) for name in names]
    alone = await goes(harbor, shown[1:])
    await repositories.delete(harbor, shown[0])
    assert await goes(harbor, shown) == alone


async def test_the_question_about_an_empty_repository_counts_nothing():
    rows = {"id": 1, "name": "a/b"}
    answers = {"GET /projects/a/repositories/b": rows}
    answers["GET /projects/a/repositories/b/artifacts"] = []
    lines = await goes(Canned(answers).harbor, [Repository(id=1, name="a/b")])
    assert lines[0] == "Nothing is in it any more."


async def test_of_very_many_artifacts_only_their_number_is_said():
    rows = {"id": 1, "name": "a/b", "artifact_count": 501}
    canned = Canned({"GET /projects/a/repositories/b": rows})
    lines = await goes(canned.harbor, [Repository(id=1, name="a/b")])
    assert lines[0] == "501 artifacts and all their tags go with it."
    assert len(canned.asked) == 1


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("# debian\n\nThe image.", "debian"),
        ("\n\n**bold** `code`", "bold code"),
        ("", ""),
        ("##\n\ntext", "text"),
    ],
)
def test_the_first_line_that_says_something_is_shown(description, shown):
    assert summary(description) == shown


def test_commands_take_the_registrys_host_and_are_quoted_for_a_shell():
    offers = dict(REPOSITORIES.copies("https://h.example:8443", Repository(name="a/b; rm x")))
    assert offers["docker pull"] == "docker pull 'h.example:8443/a/b; rm x'"
    assert offers["helm pull, for a chart"] == "helm pull 'oci://h.example:8443/a/b; rm x'"


def test_its_events_are_those_of_its_name():
    assert REPOSITORIES.events(Repository(name="a/b")) == "res:a/b"
    assert REPOSITORIES.events(Repository(name='a/b "c"')) == 'res:"a/b \\"c\\""'


async def test_details_name_what_hostile_text_is_left_to_be_made_safe():
    _, harbor = on_demo()
    found = await repositories.find(harbor, "sandbox/test1")
    lines = await REPOSITORIES.facts(harbor, found)
    shown = "".join(plain(parts(line.cell, Clock())) for line in lines if hasattr(line, "cell"))
    assert "\\x1b]8;;" in shown
    assert "\x1b" not in shown


async def test_an_ordinary_user_sees_those_of_public_projects_and_his_own():
    demo = DemoHarbor()
    everyone, bob = [
        (await repositories.page(talk(demo, who), None, Query())).total for who in ("admin", "bob")
    ]
    assert 0 < bob < everyone
    assert REPOSITORIES.project_of(None) is not None
    project = await projects.find(talk(demo), "payments")
    assert REPOSITORIES.project_of(project) == project.project_id
