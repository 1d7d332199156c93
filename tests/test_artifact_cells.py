import pytest

from harbortui.api.artifact import Artifact
from harbortui.clock import Clock
from harbortui.resources.artifact_cells import copies, counts, events, stays, unscanned
from harbortui.resources.artifact_details import goes
from harbortui.resources.artifacts import ARTIFACTS, PROJECT_ARTIFACTS
from harbortui.resources.found import FOUND
from harbortui.resources.platforms import PLATFORMS
from harbortui.text import safe
from harbortui.widgets.ink import parts, plain

from .test_artifacts import LISTS, listed, on_demo

DIGEST = "sha256:" + "ab" * 32
MIME = "application/vnd.security.vulnerability.report; version=1.1"
KINDS = (ARTIFACTS, PROJECT_ARTIFACTS, PLATFORMS, FOUND)


def made(**fields):
    return Artifact.model_validate({"repository_name": "a/b", "digest": DIGEST, **fields})


def scanned(status="Success", total=0, links=None, **numbers):
    scan = {"scan_status": status, "summary": {"total": total, "summary": numbers}}
    links = {"vulnerabilities": {}} if links is None else links
    return made(scan_overview={MIME: scan}, addition_links=links, type="IMAGE")


def cell(artifact, title, resource=ARTIFACTS):
    column = next(one for one in resource.columns if one.title.split() == title.split())
    return plain(parts(column.cell(artifact), Clock()))


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_every_column_shows_every_recorded_artifact(one):
    for row in one.value:
        bare = {key: value for key, value in row.items() if value is not None}
        artifact = Artifact.model_validate({**bare, "references": [], "tags": row["tags"] or []})
        for resource in KINDS:
            words = [plain(parts(column.cell(artifact), Clock())) for column in resource.columns]
            assert row["digest"][7:19] in words
            assert all(safe(word) == word for word in words)


async def test_the_pictured_repository_reads_like_the_picture():
    _, harbor = on_demo()
    rows = await listed(harbor, "payments/api")
    titles = ("TAGS", "KIND", "C H M L", "SIGNED")
    shown = {row.digest[7:19]: [cell(row, title) for title in titles] for row in rows}
    assert shown["dd9132df3e03"] == ["latest, v41, stable", "", "  ·  2 11 40", "cosign"]
    assert shown["cb2a320e6cdc"] == ["v38, 2.0.5", "index, 3", "  1  7 19 52", "notation"]
    assert shown["439bcaa7fff4"] == ["v37", "", "not scanned", ""]
    assert shown["8dfdef50f4f1"] == ["untagged", "", "failed", ""]
    assert shown["128e0f763182"] == ["v35", "", "scanning", ""]
    assert shown["8b02b1e5e4dd"] == ["1.0.0", "chart", "not for charts", ""]
    assert shown["f6a0bb78212c"] == ["v34", "", "none found", "cosign"]
    signs = {row.digest[7:19]: (ARTIFACTS.sign(row) or ("",))[0] for row in rows}
    assert {name for name, sign in signs.items() if sign == "✗"} == {
        "6f328070f29d",
        "cb2a320e6cdc",
        "8dfdef50f4f1",
    }
    assert [name for name, sign in signs.items() if sign == "▸"] == ["128e0f763182"]


@pytest.mark.parametrize(
    ("artifact", "words"),
    [
        (made(type="IMAGE"), "no scanner"),
        (made(type="WASM"), "not for wasms"),
        (scanned("Stopped"), "stopped"),
        (scanned("Pending"), "scanning"),
        (scanned("Hibernating"), "hibernating"),
        (scanned(total=3, Unknown=3), "  ·  ·  ·  ·"),
        (scanned(total=1234, Critical=1234), "1234  ·  ·  ·"),
    ],
)
def test_a_scan_that_is_not_plain_says_what_it_is(artifact, words):
    assert cell(artifact, "C H M L") == words


def test_artifacts_are_ranked_by_their_worst_findings():
    worst, bad, none = scanned(Critical=1), scanned(High=9), made()
    assert counts(worst) > counts(bad)
    assert counts(none) is None


@pytest.mark.parametrize(
    ("artifact", "words"),
    [
        (scanned(total=2, High=1, Low=1), "1 high, 1 low: 0 of 2 have a fix"),
        (scanned(total=1, Unknown=1), "1 vulnerability, 0 with a fix"),
        (scanned("Error"), "failed: l shows its log"),
        (scanned("Running"), ""),
        (made(), ""),
    ],
)
def test_the_status_line_says_the_findings_in_words(artifact, words):
    said = ARTIFACTS.says(artifact)
    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("artifact", "reason"),
    [
        (made(type="IMAGE"), "no scanner is set up"),
        (made(type="CHART"), "takes no charts"),
        (scanned("Running"), "X stops it"),
        (scanned("Error"), ""),
    ],
)
def test_scanning_is_grey_with_the_reason(artifact, reason):
    assert reason in unscanned(artifact)
    assert bool(reason) == bool(unscanned(artifact))


def test_stopping_and_the_log_are_grey_where_there_is_nothing():
    stop = next(one for one in ARTIFACTS.actions if one.key == "X")
    assert stop.unless(scanned("Success")) == "no scan is under way"
    assert stop.unless(scanned("Running")) == ""
    assert ARTIFACTS.log.unless(made()) == "not scanned yet"
    assert ARTIFACTS.log.unless(scanned("Error")) == ""
    index = scanned().model_copy(update={"references": ({},)})
    assert "an index has none" in ARTIFACTS.log.unless(index)
    assert ARTIFACTS.busy(scanned("Pending"))
    assert not ARTIFACTS.busy(scanned("Stopped"))


def test_an_immutable_tag_keeps_its_artifact():
    tags = [{"name": "v1", "immutable": True}, {"name": "v2"}]
    assert stays(made(tags=tags)) == "v1 is immutable by a rule"
    assert stays(made(tags=tags[1:])) == ""


def test_commands_pull_by_tag_and_by_digest():
    offers = dict(copies("https://h.example:8443", made(type="IMAGE", tags=[{"name": "v1"}])))
    assert offers["docker pull v1"] == "docker pull h.example:8443/a/b:v1"
    assert offers["podman pull by digest"] == f"podman pull h.example:8443/a/b@{DIGEST}"
    assert offers["digest"] == DIGEST


def test_a_chart_is_pulled_by_helm_with_the_plus_sign_of_its_version():
    chart = made(type="CHART", tags=[{"name": "1.0.0_build.5"}])
    offers = dict(copies("h.example", chart))
    wanted = "helm pull oci://h.example/a/b --version 1.0.0+build.5"
    assert offers["helm pull 1.0.0_build.5"] == wanted
    assert not any("docker" in title for title in offers)


def test_what_is_neither_image_nor_chart_is_pulled_by_oras():
    offers = dict(copies("h.example", made(type="WASM", tags=[{"name": "v1"}])))
    assert offers["oras pull v1"] == "oras pull h.example/a/b:v1"


def test_hostile_names_are_quoted_for_a_shell():
    artifact = made(type="IMAGE", repository_name="a/$(id)", tags=[{"name": "v1"}])
    assert dict(copies("h", artifact))["docker pull v1"] == "docker pull 'h/a/$(id):v1'"


def test_its_events_are_those_of_its_digest_and_of_its_tags():
    artifact = made(tags=[{"name": "v1"}, {"name": "v2"}])
    assert events(artifact) == f"res:a/b@{DIGEST} res:a/b:v1 res:a/b:v2"


def test_enter_opens_the_images_of_an_index_and_else_the_tags():
    enter = [child for child in ARTIFACTS.children if child.key == "enter"]
    index, image = made(references=[{}]), made()
    chosen = [
        next(child.resource().name for child in enter if child.when(one)) for one in (index, image)
    ]
    assert chosen == ["platforms", "tags"]


async def test_the_question_names_every_tag_on_the_whole_digest():
    _, harbor = on_demo()
    rows = await listed(harbor, "payments/api")
    chosen = [row for row in rows if row.digest[7:19] in ("dd9132df3e03", "cb2a320e6cdc")]
    lines = await goes(harbor, chosen)
    assert f"{chosen[0].whole} tagged latest, v41, stable" in lines
    assert f"{chosen[1].whole} tagged v38, 2.0.5" in lines
    assert "  with its 3 images and 1 attachment" in lines
    assert "▲ last pulled 2026-11-20 09:36 UTC" in lines
    assert any(line.startswith("247 MiB at most") for line in lines)


async def test_the_question_knows_tags_that_came_since_and_artifacts_that_went():
    demo, harbor = on_demo()
    rows = await listed(harbor, "payments/api")
    untagged, gone = [next(r for r in rows if r.names == names) for names in ((), ("v40",))]
    demo.artifact(untagged.whole)["tags"].append(demo.artifact(gone.whole)["tags"][0])
    del demo.artifacts[gone.id]
    lines = await goes(harbor, [untagged, gone])
    assert f"{untagged.whole} tagged v40" in lines
    assert "1 artifact of these is gone" in lines


async def test_details_say_everything_in_words():
    _, harbor = on_demo()
    chart = next(row for row in await listed(harbor, "payments/api") if row.is_chart)
    lines = await ARTIFACTS.facts(harbor, chart)
    told = {one.title: plain(parts(one.cell, Clock())) for one in lines if hasattr(one, "cell")}
    assert told["Digest"] == chart.digest
    assert told["Version"] == "1.0.0"
    assert told["Kind"] == "chart"
    assert told["Found"] == "not for charts"
