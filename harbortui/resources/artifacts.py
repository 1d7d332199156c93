"""Artifacts of a repository, and of a whole project."""

from __future__ import annotations

from datetime import datetime, timedelta

from harbortui.api import artifact_changes as changes
from harbortui.api import artifacts as api
from harbortui.api.artifact import Artifact
from harbortui.api.projects import Project
from harbortui.api.repositories import Repository
from harbortui.resources import contents, found, platforms, projects, repositories, tags, texts
from harbortui.resources.artifact_actions import ACTIONS, LOG, has_texts, is_index, is_scanned
from harbortui.resources.artifact_cells import COLUMNS, copies, events, says, sign, stays
from harbortui.resources.artifact_details import facts, goes
from harbortui.resources.core import Child, Column, Preset, Resource

PAGE = 25
"""With all its parts a row costs Harbor several requests to its database."""
ORDER = "-push_time,-id"
OLD = timedelta(days=90)


def old(now: datetime) -> str:
    """Pushed before; moments in `q` are UTC and have no zone."""
    return f"push_time=[~{now - OLD:%Y-%m-%dT%H:%M:%S}]"


FILTERS: tuple[Preset[Artifact], ...] = (
    Preset("untagged", api.UNTAGGED),
    Preset("older than 90 days", old),
    Preset("never pulled", api.NEVER_PULLED),
)

CHILDREN: tuple[Child[Artifact], ...] = (
    Child("enter", lambda: platforms.PLATFORMS, "images, tags", is_index),
    Child("enter", lambda: tags.TAGS),
    Child("u", lambda: contents.VULNERABILITIES),
    Child("h", lambda: contents.HISTORY),
    Child("R", lambda: texts.TEXTS, "README, values, SBOM", has_texts),
    Child("b", lambda: tags.TAGS),
    Child("i", lambda: found.FOUND, "in other projects"),
)

ARTIFACTS: Resource[Repository, Artifact] = Resource(
    name="artifacts",
    one="artifact",
    about="images, indexes and charts, by digest",
    aliases=("artifact",),
    page=api.page,
    size=PAGE,
    order=ORDER,
    root=False,
    under=lambda: repositories.REPOSITORIES,
    key=lambda artifact: artifact.id,
    label=lambda artifact: artifact.short,
    columns=COLUMNS,
    sign=sign,
    says=says,
    find=api.find,
    raw=api.raw,
    facts=facts,
    search="tags",
    filters=FILTERS,
    children=CHILDREN,
    log=LOG,
    events=events,
    copies=copies,
    delete=changes.delete,
    goes=goes,
    stays=stays,
    actions=ACTIONS,
    empty="No artifacts here.",
    needs="artifact",
    project_of=lambda one: one.project_id if one else None,
    busy=is_scanned,
)

PROJECT_ARTIFACTS: Resource[Project, Artifact] = Resource(
    name="project-artifacts",
    one="artifact",
    title="artifacts",
    about="untagged, old, never pulled: all of them",
    aliases=("images",),
    page=api.of_project,
    size=PAGE,
    order=ORDER,
    root=False,
    under=lambda: projects.PROJECTS,
    key=lambda artifact: artifact.id,
    label=lambda artifact: artifact.short,
    columns=(
        Column("REPOSITORY", lambda one: one.path, grow=True, sort="repository_name"),
        *COLUMNS,
    ),
    sign=sign,
    says=says,
    find=api.find,
    raw=api.raw,
    facts=facts,
    search="tags",
    filters=FILTERS,
    children=CHILDREN,
    log=LOG,
    events=events,
    copies=copies,
    delete=changes.delete,
    goes=goes,
    stays=stays,
    actions=ACTIONS,
    empty="No artifacts in this project yet.",
    needs="artifact",
    since="2.12",
    project_of=lambda one: one.project_id if one else None,
    busy=is_scanned,
)
