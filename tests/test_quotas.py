import pytest
from pydantic import ValidationError

from harbortui.api import projects, quotas
from harbortui.api.errors import Conflict, Forbidden, NotFound
from harbortui.api.model import Query
from harbortui.api.quotas import Limit, Quota, Reference
from harbortui.demo import DemoHarbor

from .recorded import exchanges
from .talking import Canned, talk

LISTS = [
    one
    for file in ("system", "2.12/quotas", "2.12/system", "2.12/robots-reading")
    for one in exchanges(file)
    if one.path.startswith("/quotas?") and one.status == 200
]
SINGLES = [
    one
    for file in ("system", "writes-projects", "2.12/system", "2.12/writes-projects")
    for one in exchanges(file)
    if one.path.startswith("/quotas/") and one.method == "GET" and one.status == 200
]


async def limit_set(demo, name, typed, who="admin"):
    """Opens the form of a project's limit, types another, saves it."""
    harbor = talk(demo, who)
    project = await projects.find(harbor, name)
    before = await quotas.limit_of_project(harbor, project)
    return await quotas.set_limit_of_project(harbor, project, before, Limit(storage=typed))


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
async def test_every_recorded_list_of_quotas_is_read(one):
    page = await quotas.page(Canned({"GET /quotas": one.value}).harbor, None, Query())
    assert page.unreadable == 0
    assert [(q.id, q.ref.name, q.limit, q.used.storage) for q in page.items] == [
        (row["id"], row["ref"]["name"], row["hard"]["storage"], row["used"]["storage"])
        for row in one.value
    ]


@pytest.mark.parametrize("one", SINGLES, ids=lambda one: one.name)
async def test_every_recorded_quota_is_read(one):
    number = one.value["id"]
    canned = Canned({f"GET /quotas/{number}": one.value})
    form = await quotas.limit(canned.harbor, Quota(id=number))
    assert form.storage == one.value["hard"]["storage"]


def test_a_quota_without_its_project_is_read_all_the_same():
    assert Quota(id=3).ref == Reference()
    assert (Quota(id=3).limit, Quota(id=3).share) == (-1, None)


@pytest.mark.parametrize("typed", ["0", "2 PiB", "-7", "1125899906842625"])
def test_limits_that_harbor_refuses_are_refused_before(typed):
    with pytest.raises(ValidationError):
        Limit(storage=typed)


@pytest.mark.parametrize(
    ("typed", "size"), [("10 GiB", 10737418240), ("", -1), ("1024 TiB", 2**50)]
)
def test_a_limit_is_typed_in_human_units(typed, size):
    assert Limit(storage=typed).storage == size


async def test_a_limit_is_set_through_the_id_that_the_quota_has():
    demo = DemoHarbor()
    assert await limit_set(demo, "payments", "60 GiB") is None
    number = next(row["id"] for row in demo.quotas.values() if row["ref"]["name"] == "payments")
    assert number != demo.project("payments")["project_id"]
    (write,) = demo.writes
    assert (write.method, write.path) == ("PUT", f"/quotas/{number}")
    assert write.body == {"hard": {"storage": 60 * 2**30}}
    assert demo.quotas[number]["hard"]["storage"] == 60 * 2**30


async def test_a_limit_can_be_taken_away():
    demo = DemoHarbor()
    await limit_set(demo, "payments", "")
    assert demo.writes[0].body == {"hard": {"storage": -1}}


async def test_a_limit_below_what_is_there_says_what_comes_of_it():
    said = await limit_set(DemoHarbor(), "payments", "1 GiB")
    assert said == ("payments holds more than that: pushes are refused until something is deleted")


async def test_the_same_limit_is_not_sent():
    demo = DemoHarbor()
    assert await limit_set(demo, "payments", "50 GiB") == "payments has this limit already"
    assert demo.writes == []


async def test_someone_elses_limit_is_not_overwritten():
    demo = DemoHarbor()
    harbor = talk(demo)
    quota = await quotas.of_name(harbor, "payments")
    before = await quotas.limit(harbor, quota)
    demo.quotas[quota.id]["hard"] = {"storage": 2**40}
    with pytest.raises(Conflict, match="was 50 GiB and is now 1 TiB"):
        await quotas.set_limit(harbor, quota, before, Limit(storage=5))
    assert demo.writes == []


async def test_a_limit_that_harbor_did_not_take_is_noticed():
    kept = {"id": 9, "ref": {"id": 4, "name": "payments"}, "hard": {"storage": 5}}
    canned = Canned({"GET /quotas/9": kept})
    quota, before = Quota.model_validate(kept), Limit(storage=5)
    with pytest.raises(Conflict, match="is still 5 B"):
        await quotas.set_limit(canned.harbor, quota, before, Limit(storage=7))


async def test_another_projects_quota_is_never_taken_for_this_ones():
    harbor = Canned({"GET /quotas": [{"id": 1, "ref": {"id": 1, "name": "library"}}]}).harbor
    with pytest.raises(NotFound, match="payments has no quota"):
        await quotas.of_project(harbor, projects.Project(project_id=4, name="payments"))


async def test_an_ordinary_user_sees_no_quotas():
    with pytest.raises(Forbidden):
        await limit_set(DemoHarbor(), "payments", "1 GiB", who="alice")


async def test_quotas_are_sorted_by_harbor():
    harbor = talk(DemoHarbor())
    page = await quotas.page(harbor, None, Query(size=5, sort="-used.storage"))
    sizes = [quota.used.storage for quota in page.items]
    assert sizes == sorted(sizes, reverse=True)
    assert page.total == 42
