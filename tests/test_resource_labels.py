import pytest

from harbortui.api import projects
from harbortui.api.identity import Me
from harbortui.api.labels import Label
from harbortui.api.model import Query
from harbortui.api.projects import Project
from harbortui.api.quotas import Quota
from harbortui.api.system import SystemInfo
from harbortui.demo import DemoHarbor
from harbortui.resources.core import Part
from harbortui.resources.labels import LABELS
from harbortui.resources.quotas import QUOTAS

from .console import console, until, words
from .recorded import exchanges
from .talking import Canned, talk

ADMIN = Me(user_id=1, sysadmin_flag=True)
ALICE = Me(user_id=3, username="alice")


@pytest.mark.parametrize("file", ["projects", "hostile", "2.12/projects"])
async def test_every_column_shows_every_recorded_label(file):
    lists = [
        one.value
        for one in exchanges(file)
        if one.path.startswith("/labels?") and one.status == 200
    ]
    assert lists
    for rows in lists:
        page = await LABELS.page(Canned({"GET /labels": rows}).harbor, None, Query())
        for row, label in zip(rows, page.items, strict=True):
            shown = {column.title: column.cell(label) for column in LABELS.columns}
            assert shown["NAME"] == row["name"]
            assert shown["COLOUR"] == Part(row.get("color", ""), "muted")
            assert shown["DESCRIPTION"] == row["description"]
            assert shown["AGE"].moment.year == 2026


async def test_labels_are_those_of_the_project_or_of_the_registry():
    demo = DemoHarbor()
    harbor = talk(demo)
    payments = await projects.find(harbor, "payments")
    own = (await LABELS.page(harbor, payments, Query(sort=LABELS.order))).items
    everywhere = (await LABELS.page(harbor, None, Query(sort=LABELS.order))).items
    assert {label.id for label in own} == {row["id"] for row in demo.labels.where(project_id=4)}
    assert len(everywhere) == len(demo.labels.where(scope="g"))
    names = [label.name for label in everywhere]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("me", "label", "refused"),
    [
        (ALICE, Label(), True),
        (ALICE, Label(project_id=4), False),
        (ADMIN, Label(), False),
        (Me(username="robot$ci"), Label(), False),
    ],
)
def test_global_labels_are_changed_by_system_administrators(me, label, refused):
    assert bool(LABELS.against(me, SystemInfo(), "delete", label)) == refused
    assert LABELS.against(me, SystemInfo(), "list", label) == ""


def test_global_labels_are_made_by_system_administrators():
    assert "system administrators" in LABELS.closed(ALICE, None)
    assert LABELS.closed(ALICE, Project(project_id=4)) == ""
    assert LABELS.closed(ADMIN, None) == LABELS.closed(Me(username="robot$ci"), None) == ""


async def test_the_key_for_a_new_label_says_who_may() -> None:
    async with console(DemoHarbor(), ":labels", "alice") as pilot:
        await pilot.press("n")
        await until(
            pilot, lambda: "only system administrators make global labels" in words(pilot.app)
        )


def test_the_permissions_are_those_of_the_labels_project():
    assert LABELS.project_of(Project(project_id=4)) == 4
    assert LABELS.project_of(Label(project_id=4)) == 4
    assert LABELS.project_of(Label()) == LABELS.project_of(None) == 0


@pytest.mark.parametrize("file", ["system", "2.12/quotas", "2.12/system"])
async def test_every_column_shows_every_recorded_quota(file):
    rows = next(
        one.value for one in exchanges(file) if one.path.startswith("/quotas?") and one.value
    )
    page = await QUOTAS.page(Canned({"GET /quotas": rows}).harbor, None, Query())
    for row, quota in zip(rows, page.items, strict=True):
        shown = {column.title: column.cell(quota) for column in QUOTAS.columns}
        assert shown["PROJECT"] == row["ref"]["name"]
        limited = row["hard"]["storage"] > 0
        assert bool(shown["USED"].text) == limited
        assert (shown["QUOTA"] == (Part("none", "muted"),)) != limited
        assert QUOTAS.label(quota) == row["ref"]["name"]


async def test_the_largest_projects_come_first():
    harbor = talk(DemoHarbor())
    page = await QUOTAS.page(harbor, None, Query(size=QUOTAS.size, sort=QUOTAS.order))
    assert QUOTAS.label(page.items[0]) == "ml-platform"
    payments = next(quota for quota in page.items if quota.ref.name == "payments")
    assert QUOTAS.sign(payments) == Part("✗", "bad")
    assert await QUOTAS.find(harbor, "payments") == payments


def test_a_quota_whose_project_is_gone_says_so():
    assert QUOTAS.columns[0].cell(Quota()) == Part("deleted", "muted")


async def test_details_name_the_letters_that_look_like_others():
    demo = DemoHarbor()
    next(iter(demo.labels.where(scope="g")))["name"] = "pr\u043eduction"
    async with console(demo, ":labels /\u043e") as pilot:
        await until(pilot, lambda: "filter /\u043e" in words(pilot.app))
        await pilot.press("d")
        await until(pilot, lambda: "3: U+043E CYRILLIC SMALL LETTER O" in words(pilot.app))
