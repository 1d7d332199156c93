"""What can be done to an artifact: deleting, scanning, labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from pydantic import Field, create_model

from harbortui.api import artifacts, labels
from harbortui.api.artifact import Artifact
from harbortui.api.artifacts import path_of
from harbortui.api.changes import changed
from harbortui.api.errors import Conflict, HarborError, NotFound
from harbortui.api.form import Choice, Choices, Form
from harbortui.api.harbor import Harbor
from harbortui.api.labels import Label
from harbortui.api.many import all_pages
from harbortui.api.model import Query, segment
from harbortui.api.projects import Project

VULNERABILITY = {"scan_type": "vulnerability"}
"""Harbor before 2.11 knows no other and ignores it; stopping wants it since."""


async def delete(harbor: Harbor, artifact: Artifact) -> str | None:
    """`DELETE …/artifacts/{digest}`, with all its tags.

    Conflict when it has been given tags that were not shown, and (412) when one of them is
    immutable or an index holds it.
    """
    try:
        fresh = await artifacts.again(harbor, artifact)
        if added := sorted(set(fresh.names) - set(artifact.names)):
            raise Conflict(
                f"{artifact.short} has been tagged {', '.join(added)} meanwhile: look again"
            )
        await harbor.write("DELETE", path_of(artifact))
    except NotFound:
        return f"{artifact.short} was gone already"
    return None


async def scan(harbor: Harbor, artifact: Artifact) -> None:
    """`POST …/scan` (202); Conflict (409) while one runs, or (412) without a scanner."""
    await harbor.write("POST", f"{path_of(artifact)}/scan", VULNERABILITY)


async def make_sbom(harbor: Harbor, artifact: Artifact) -> None:
    """`POST …/scan` (202, 2.11): a bill of materials; Conflict as for a scan."""
    await harbor.write("POST", f"{path_of(artifact)}/scan", {"scan_type": "sbom"})


async def has_sbom_anew(harbor: Harbor, artifact: Artifact) -> bool:
    """Whether another bill of materials is made, or was, than the one that was shown."""
    fresh = (await artifacts.again(harbor, artifact)).sbom_overview
    return fresh is not None and fresh != artifact.sbom_overview


async def is_scanned_anew(harbor: Harbor, artifact: Artifact) -> bool:
    """Whether there is another scan than the one that was shown."""
    fresh, shown = (await artifacts.again(harbor, artifact)).scan, artifact.scan
    if fresh is None or shown is None:
        return fresh is not None
    return (fresh.report_id, fresh.start_time) != (shown.report_id, shown.start_time)


async def stop_scan(harbor: Harbor, artifact: Artifact) -> str | None:
    """`POST …/scan/stop` (202, also when nothing runs); read before, so that it is told truly."""
    scan = (await artifacts.again(harbor, artifact)).scan
    if scan is None or not scan.under_way:
        return f"the scan of {artifact.short} had ended already"
    await harbor.write("POST", f"{path_of(artifact)}/scan/stop", VULNERABILITY)
    return None


async def is_scan_ended(harbor: Harbor, artifact: Artifact) -> bool:
    """Whether no scan is under way."""
    scan = (await artifacts.again(harbor, artifact)).scan
    return scan is None or not scan.under_way


async def scan_log(harbor: Harbor, artifact: Artifact) -> str:
    """`GET …/scan/{report_id}/log`; NotFound when Harbor has not kept it."""
    report = artifact.scan.report_id if artifact.scan else ""
    if not report:
        raise NotFound("this artifact has not been scanned")
    return await harbor.text(f"{path_of(artifact)}/scan/{segment(report)}/log")


class Labelled(Form):
    """The labels of an artifact; `fill` adds what there is to choose from."""

    labels: frozenset[int] = Field(frozenset(), title="Labels")


async def fill_labels(harbor: Harbor, artifact: Artifact) -> Labelled:
    """The labels that it has now, to choose from all global ones and those of its project."""
    fresh = await artifacts.again(harbor, artifact)
    known = await offered(harbor, artifact.project_id)
    words = {label.id: _words(label) for label in [*known, *fresh.labels]}
    choices = [Choice(number, name) for number, name in words.items()]
    form = create_model(
        "Labelled",
        __base__=Labelled,
        labels=(
            Annotated[frozenset[int], Choices(partial(_given, choices))],
            Field(frozenset(), title="Labels"),
        ),
    )
    return form(labels=frozenset(label.id for label in fresh.labels))


async def _given(choices: Sequence[Choice], _: Harbor, __: Mapping[str, Any]) -> Sequence[Choice]:
    return choices


def _words(label: Label) -> str:
    return f"{label.name} · of the project" if label.project_id else label.name


async def offered(harbor: Harbor, project_id: int) -> list[Label]:
    """`GET /labels`, twice: the global ones, then those of a project."""
    order = Query(sort="name,id")
    everywhere = await all_pages(lambda query: labels.page(harbor, None, query), order)
    project = Project(project_id=project_id)
    return everywhere + await all_pages(lambda query: labels.page(harbor, project, query), order)


async def label(harbor: Harbor, artifact: Artifact, before: Labelled, after: Labelled) -> str:
    """`POST …/labels` and `DELETE …/labels/{id}`: only the difference; others' changes stay."""
    if not changed(before, after):
        return f"{artifact.short} has these labels already"
    fresh = await artifacts.again(harbor, artifact)
    now = {one.id for one in fresh.labels}
    added = sorted(after.labels - before.labels - now)
    removed = sorted((before.labels - after.labels) & now)
    done: Counter[str] = Counter()
    try:
        for number in added:
            await harbor.write("POST", f"{path_of(artifact)}/labels", {"id": number})
            done["added"] += 1
        for number in removed:
            await harbor.write("DELETE", f"{path_of(artifact)}/labels/{number}")
            done["removed"] += 1
    except HarborError as error:
        if done:
            error.args = (f"{error}; before that {_counted(done)}",)
        raise
    return f"labels of {artifact.short}: {_counted(done) or 'as wanted already'}"


def _counted(done: Counter[str]) -> str:
    return ", ".join(f"{count} {word}" for word, count in done.items())
