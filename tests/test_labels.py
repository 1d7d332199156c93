import pytest
from pydantic import ValidationError

from harbortui.api import labels, projects
from harbortui.api.errors import Conflict, Forbidden
from harbortui.api.labels import Label, NewLabel
from harbortui.api.model import Query
from harbortui.api.projects import Project
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

LISTS = [
    one
    for file in ("projects", "hostile", "2.12/projects")
    for one in exchanges(file)
    if one.path.startswith("/labels?") and one.status == 200
]
AWKWARD = ["a/b+c [x]", "[/]", "été", "x.y,z", "100 %"]


def on_demo(who="admin"):
    demo = DemoHarbor()
    return demo, talk(demo, who)


async def label_of(harbor, name, project=None):
    page = await labels.page(harbor, project, Query())
    return next(label for label in page.items if label.name == name)


async def edited(harbor, label, **new):
    before = await labels.fill(harbor, label)
    after = NewLabel.model_validate({**before.model_dump(), **new})
    await labels.update(harbor, label, before, after)


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
async def test_every_recorded_list_of_labels_is_read(one):
    page = await labels.page(Canned({"GET /labels": one.value}).harbor, None, Query())
    assert page.unreadable == 0
    assert [(label.id, label.name, label.color) for label in page.items] == [
        (row["id"], row["name"], row.get("color", "")) for row in one.value
    ]


@pytest.mark.parametrize(
    ("project", "scope"),
    [(None, "scope=g"), (Project(project_id=4, name="payments"), "scope=p&project_id=4")],
)
async def test_labels_are_asked_for_with_their_scope(project, scope):
    canned = Canned({"GET /labels": []})
    await labels.page(canned.harbor, project, Query(sort="name,id"))
    assert canned.asked == [f"GET /labels?page=1&page_size=100&sort=name%2Cid&{scope}"]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 129}, "name"),
        ({"name": "x", "color": "red"}, r"color\n.*# and six digits"),
        ({"name": "x", "color": "#12345G"}, "color"),
        ({"name": "x", "color": "#123456\n"}, "color"),
    ],
)
def test_labels_that_harbor_should_not_have_are_refused_before(wrong, where):
    with pytest.raises(ValidationError, match=where):
        NewLabel.model_validate(wrong)


async def test_a_label_is_sent_as_harbor_was_sent_it():
    body = next(
        one.body for one in exchanges("writes-artifacts") if one.path == "/labels" and one.body
    )
    canned = Canned({})
    form = NewLabel(name="rec-label", color="#FF0000", description="red")
    await labels.create(canned.harbor, None, form)
    assert canned.sent == [body]


@pytest.mark.parametrize("name", AWKWARD)
async def test_a_label_lives_and_goes_with_any_name(name):
    demo, harbor = on_demo()
    project = await projects.find(harbor, "payments")
    await labels.create(harbor, project, NewLabel(name=name))
    label = await label_of(harbor, name, project)
    assert (label.project_id, demo.labels[label.id]["scope"]) == (4, "p")
    await edited(harbor, label, color="#00FF00")
    assert demo.labels[label.id]["name"] == name
    assert await labels.delete(harbor, label) is None
    assert label.id not in demo.labels


async def test_a_change_sends_along_what_stays():
    demo, harbor = on_demo()
    label = await label_of(harbor, "production")
    await edited(harbor, label, name="prod")
    kept = demo.labels[label.id]
    assert (kept["name"], kept["color"], kept["description"]) == (
        "prod",
        "#C92100",
        "Runs for customers",
    )
    (write,) = demo.writes
    assert (write.method, write.path) == ("PUT", f"/labels/{label.id}")
    assert write.body["scope"] == "g"


async def test_a_name_that_the_scope_has_is_refused_in_harbors_words():
    _, harbor = on_demo()
    with pytest.raises(Conflict, match="label production already exists"):
        await labels.create(harbor, None, NewLabel(name="production"))


async def test_someone_elses_change_is_not_overwritten():
    demo, harbor = on_demo()
    label = await label_of(harbor, "production")
    before = await labels.fill(harbor, label)
    demo.labels[label.id]["description"] = "theirs"
    after = NewLabel(name=label.name, color=label.color, description="mine")
    with pytest.raises(Conflict, match="is now theirs"):
        await labels.update(harbor, label, before, after)
    assert demo.writes == []


async def test_a_label_that_is_gone_already_is_no_error():
    demo, harbor = on_demo()
    label = await label_of(harbor, "production")
    await labels.delete(harbor, label)
    assert await labels.delete(harbor, label) == "production was gone already"
    assert [write.method for write in demo.writes] == ["DELETE"]


async def test_a_label_that_has_another_name_by_now_is_not_deleted():
    demo, harbor = on_demo()
    label = await label_of(harbor, "production")
    demo.labels[label.id]["name"] = "gold"
    with pytest.raises(Conflict, match="production is called gold by now"):
        await labels.delete(harbor, label)
    assert demo.writes == []


async def test_global_labels_can_be_seen_by_all_and_changed_by_administrators():
    _, harbor = on_demo("erin")
    label = await label_of(harbor, "production")
    with pytest.raises(Forbidden):
        await labels.delete(harbor, label)


async def test_a_label_without_a_colour_can_be_changed():
    _, harbor = on_demo()
    strange = await label_of(harbor, "\x1b[31mL")
    assert isinstance(strange, Label)
    await edited(harbor, strange, name="L")
    assert await label_of(harbor, "L")
