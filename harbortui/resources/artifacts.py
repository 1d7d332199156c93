"""Artifacts of a repository, and of a whole project."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from harbortui.api import artifacts as api
from harbortui.api.artifact import Artifact
from harbortui.api.projects import Project
from harbortui.api.repositories import Repository
from harbortui.resources import projects, repositories
from harbortui.resources.artifact_actions import is_scanned
from harbortui.resources.artifact_kind import artifacts_of, deletable
from harbortui.resources.core import Column, Preset, Resource

OLD = timedelta(days=90)


def old(now: datetime) -> str:
    """Pushed before; moments in `q` are UTC and have no zone."""
    return f"push_time=[~{now - OLD:%Y-%m-%dT%H:%M:%S}]"


FILTERS: tuple[Preset[Artifact], ...] = (
    Preset("untagged", api.UNTAGGED),
    Preset("older than 90 days", old),
    Preset("never pulled", api.NEVER_PULLED),
)

ARTIFACTS: Resource[Repository, Artifact] = replace(
    deletable(artifacts_of("artifacts", api.page)),
    about="images, indexes and charts, by digest",
    aliases=("artifact",),
    under=lambda: repositories.REPOSITORIES,
    search="tags",
    filters=FILTERS,
    empty="No artifacts here.",
    busy=is_scanned,
)

_OF_PROJECT: Resource[Project, Artifact] = deletable(
    artifacts_of("project-artifacts", api.of_project)
)
PROJECT_ARTIFACTS: Resource[Project, Artifact] = replace(
    _OF_PROJECT,
    title="artifacts",
    about="all of a project: old, untagged ones",
    aliases=("images",),
    under=lambda: projects.PROJECTS,
    columns=(
        Column("REPOSITORY", lambda one: one.path, grow=True, sort="repository_name"),
        *_OF_PROJECT.columns,
    ),
    search="tags",
    filters=FILTERS,
    empty="No artifacts in this project yet.",
    since="2.12",
    busy=is_scanned,
)
