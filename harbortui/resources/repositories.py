"""Repositories of a project, or of the whole registry."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from harbortui.api import repositories as api
from harbortui.api.projects import EVERYONE, Project
from harbortui.api.repositories import Repository
from harbortui.audit.words import written
from harbortui.resources import artifacts, projects
from harbortui.resources.artifact_cells import host
from harbortui.resources.cells import prefixed
from harbortui.resources.core import Child, Column, Edit, Part, Preset, Resource, When
from harbortui.resources.repository_details import facts, goes, summary


def copies(registry: str, repository: Repository) -> Sequence[tuple[str, str]]:
    """How it is pulled and pushed: the newest by its tag `latest`, if there is one."""
    name = shlex.quote(f"{host(registry)}/{repository.name}")
    chart = shlex.quote(f"oci://{host(registry)}/{repository.name}")
    project = shlex.quote(f"oci://{host(registry)}/{repository.name.partition('/')[0]}")
    return (
        ("docker pull", f"docker pull {name}"),
        ("podman pull", f"podman pull {name}"),
        ("helm pull, for a chart", f"helm pull {chart}"),
        ("docker push", f"docker push {name}:TAG"),
        ("podman push", f"podman push {name}:TAG"),
        ("helm push, for a chart", f"helm push CHART.tgz {project}"),
    )


REPOSITORIES: Resource[Project | None, Repository] = Resource(
    name="repositories",
    one="repository",
    about="images and charts by name",
    aliases=("repository", "repos", "repo"),
    page=api.page,
    order="name",
    under=lambda: projects.PROJECTS,
    key=lambda repository: repository.id,
    label=lambda repository: repository.name,
    columns=(
        Column("NAME", lambda one: prefixed(one.name), grow=True, sort="name"),
        Column("ARTIFACTS", lambda one: one.artifact_count, right=True),
        Column("PULLS", lambda one: one.pull_count, right=True, sort="pull_count"),
        Column("UPDATED", lambda one: When(one.update_time), right=True, sort="update_time"),
        Column(
            "DESCRIPTION",
            lambda one: Part(summary(one.description), "muted"),
            grow=True,
            wide=True,
        ),
    ),
    find=api.find,
    raw=api.raw,
    facts=facts,
    search="name",
    filters=(Preset("never pulled", "pull_count=0"),),
    children=(Child("enter", lambda: artifacts.ARTIFACTS),),
    events=lambda repository: written(repository.name, "res"),
    copies=copies,
    edit=Edit(api.fill, api.describe),
    delete=api.delete,
    goes=goes,
    empty="No repositories yet: the first push makes one.",
    needs="repository",
    project_of=lambda one: one.project_id if one else EVERYONE,
)
