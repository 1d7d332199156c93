"""Where a digest is: `:find sha256:…`, or of an artifact where else it is."""

from __future__ import annotations

from harbortui.api import artifact_changes as changes
from harbortui.api import artifacts as api
from harbortui.api import digests
from harbortui.api.artifact import Artifact
from harbortui.api.digests import Digest
from harbortui.resources import contents, platforms, tags
from harbortui.resources.artifact_actions import ACTIONS, LOG, is_index
from harbortui.resources.artifact_cells import (
    COLUMNS,
    copies,
    events,
    says,
    sign,
    stays,
    words,
)
from harbortui.resources.artifact_details import facts, goes
from harbortui.resources.cells import prefixed
from harbortui.resources.core import SELDOM, Child, Column, Resource

FOUND: Resource[Digest | Artifact, Artifact] = Resource(
    name="found",
    one="artifact",
    title="found by digest",
    about="an image by its digest, everywhere",
    page=digests.page,
    size=10_000,
    root=False,
    key=lambda artifact: artifact.id,
    label=lambda artifact: artifact.short,
    columns=(
        Column(
            "REPOSITORY",
            lambda artifact: prefixed(artifact.repository_name),
            grow=True,
            value=lambda artifact: artifact.repository_name,
        ),
        *COLUMNS,
    ),
    sign=sign,
    says=says,
    find=api.find,
    raw=api.raw,
    facts=facts,
    text=words,
    children=(
        Child("enter", lambda: platforms.PLATFORMS, "images, tags", is_index),
        Child("enter", lambda: tags.TAGS),
        Child("u", lambda: contents.VULNERABILITIES),
        Child("h", lambda: contents.HISTORY),
        Child("b", lambda: tags.TAGS),
    ),
    log=LOG,
    events=events,
    copies=copies,
    delete=changes.delete,
    goes=goes,
    stays=stays,
    actions=ACTIONS,
    empty="No project that you may see holds this digest.",
    since=digests.SINCE,
    project_of=lambda one: one.project_id if isinstance(one, Artifact) else None,
    interval=SELDOM,
)
