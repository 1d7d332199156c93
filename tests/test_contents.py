import pytest

from harbortui.api import additions, artifacts
from harbortui.api.additions import Step, Vulnerability
from harbortui.api.artifact import Artifact
from harbortui.api.model import Query
from harbortui.clock import Clock
from harbortui.demo import DemoHarbor
from harbortui.resources.contents import HISTORY, VULNERABILITIES, command, facts, fixed_in
from harbortui.text import safe
from harbortui.widgets.ink import parts, plain

from .recorded import exchanges
from .talking import Canned, talk

RECORDED = [one for file in ("artifacts", "2.12/artifacts") for one in exchanges(file)]
HISTORIES = [one for one in RECORDED if "build_history" in one.path and one.status == 200]
REPORTS = [one for one in RECORDED if one.path.endswith("vulnerabilities") and one.status == 200]
DIGEST = "sha256:" + "ab" * 32
LINKS = {"build_history": {}, "vulnerabilities": {}}
IMAGE = Artifact.model_validate(
    {"repository_name": "a/b/c", "digest": DIGEST, "type": "IMAGE", "addition_links": LINKS}
)
HISTORY_OF = f"GET {artifacts.path_of(IMAGE)}/additions/build_history"
REPORT_OF = f"GET {artifacts.path_of(IMAGE)}/additions/vulnerabilities"
MIME = "application/vnd.security.vulnerability.report; version=1.1"


def written(resource, item):
    return [plain(parts(column.cell(item), Clock())) for column in resource.columns]


async def reported(*rows):
    canned = Canned({REPORT_OF: {MIME: {"vulnerabilities": list(rows)}}})
    return await additions.vulnerabilities(canned.harbor, IMAGE, Query())


@pytest.mark.parametrize("one", HISTORIES, ids=lambda one: one.name)
async def test_every_recorded_history_is_read_and_shown(one):
    page = await additions.history(Canned({HISTORY_OF: one.value}).harbor, IMAGE, Query())
    assert [step.created_by for step in page.items] == [row["created_by"] for row in one.value]
    assert [step.place for step in page.items] == list(range(1, len(one.value) + 1))
    for step in page.items:
        assert step.created_by in written(HISTORY, step)


@pytest.mark.parametrize("one", REPORTS, ids=lambda one: one.name)
async def test_every_recorded_report_is_read_and_shown_the_worst_first(one):
    page = await additions.vulnerabilities(Canned({REPORT_OF: one.value}).harbor, IMAGE, Query())
    rows = [row for report in one.value.values() for row in report["vulnerabilities"] or []]
    assert page.unreadable == 0
    assert sorted(found.id for found in page.items) == sorted(row["id"] for row in rows)
    ranks = [found.rank for found in page.items]
    assert ranks == sorted(ranks)
    assert len({VULNERABILITIES.key(found) for found in page.items}) == len(rows)
    for found in page.items:
        assert written(VULNERABILITIES, found)[:2] == [found.id, found.severity.lower()]
        assert await facts(Canned({}).harbor, found)


@pytest.mark.parametrize("run", [additions.history, additions.vulnerabilities])
async def test_what_an_artifact_has_not_got_is_not_asked_for(run):
    canned = Canned({})
    chart = IMAGE.model_copy(update={"addition_links": {}})
    page = await run(canned.harbor, chart, Query())
    assert (page.items, page.total, canned.asked) == ([], 0, [])


async def test_no_report_and_an_empty_one_are_no_findings():
    for answer in ({}, {MIME: {"vulnerabilities": None}}, {MIME: {"vulnerabilities": []}}):
        canned = Canned({REPORT_OF: answer})
        page = await additions.vulnerabilities(canned.harbor, IMAGE, Query())
        assert (page.items, page.total, page.unreadable) == ([], 0, 0)


async def test_a_finding_that_cannot_be_read_costs_only_itself():
    page = await reported({"id": "CVE-1", "package": {"a": 1}}, {"id": "CVE-2", "links": None})
    assert [found.id for found in page.items] == ["CVE-2"]
    assert page.unreadable == 1


@pytest.mark.fault("F40")
async def test_unknown_words_stay_as_they_are_and_come_last():
    page = await reported(
        {"id": "a", "severity": "Catastrophic"},
        {"id": "b", "severity": "None"},
        {"id": "c", "severity": "Critical"},
        {"id": "d", "severity": "", "status": "will_not_fix"},
    )
    assert [found.id for found in page.items] == ["c", "b", "a", "d"]
    shown = {found.id: written(VULNERABILITIES, found) for found in page.items}
    assert shown["a"][1] == "catastrophic"
    assert shown["d"][1] == "unknown"
    assert shown["d"][4] == "will not fix"


def test_the_version_that_helps_is_said_before_any_status():
    assert plain([fixed_in(Vulnerability(fix_version="1.2", status="affected"))]) == "1.2"
    assert plain([fixed_in(Vulnerability(status="fixed"))]) == ""


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (Step(created_by='/bin/sh -c #(nop)  CMD ["bash"]'), 'CMD ["bash"]'),
        (Step(created_by="/bin/sh -c apt-get \\\n   update"), "apt-get \\ update"),
        (Step(comment="buildkit.dockerfile.v0"), "buildkit.dockerfile.v0"),
    ],
)
def test_a_step_is_shown_as_it_was_written(step, shown):
    assert command(step) == shown


def test_hostile_findings_are_made_safe():
    found = Vulnerability(id="\x1b[31m", package="[/]", version="\u202e", severity="\x07")
    assert all(safe(word) == word for word in written(VULNERABILITIES, found))


@pytest.mark.parametrize(
    ("name", "kept"), [("critical", 1), ("critical or high", 2), ("with a fix", 1)]
)
async def test_presets_keep(name, kept):
    page = await reported(
        {"id": "a", "severity": "Critical"},
        {"id": "b", "severity": "High", "fix_version": "2"},
        {"id": "c", "severity": "Low"},
    )
    preset = next(one for one in VULNERABILITIES.filters if one.name == name)
    assert preset.keep
    assert len([found for found in page.items if preset.keep(found)]) == kept


def test_links_that_are_empty_are_not_offered():
    assert VULNERABILITIES.copies("h", Vulnerability(links=("",))) == ()
    assert VULNERABILITIES.copies("h", Vulnerability(links=("http://x",))) == (
        ("link", "http://x"),
    )


async def test_the_demos_image_has_both():
    harbor = talk(DemoHarbor())
    image = await artifacts.find(harbor, "payments/api:v39")
    history = await additions.history(harbor, image, Query())
    found = await additions.vulnerabilities(harbor, image, Query())
    assert any("COPY" in command(step) for step in history.items)
    assert found.items[0].severity == "Critical"
    assert len(found.items) == image.scan.summary.total
    assert (await VULNERABILITIES.raw(harbor, found.items[0]))["id"] == found.items[0].id
