"""Where a digest is: `:find sha256:…`, or of an artifact where else it is."""

from __future__ import annotations

from dataclasses import replace

from harbortui.api import digests
from harbortui.api.artifact import Artifact
from harbortui.api.digests import Digest
from harbortui.resources.artifact_cells import COLUMNS, words
from harbortui.resources.artifact_kind import CHILDREN, artifacts_of, deletable
from harbortui.resources.cells import prefixed
from harbortui.resources.core import SELDOM, Column, Resource

FOUND: Resource[Digest | Artifact, Artifact] = replace(
    deletable(artifacts_of("found", digests.page)),
    title="found by digest",
    many="artifacts",
    about="an image by its digest, everywhere",
    size=10_000,
    order="",
    columns=(
        Column(
            "REPOSITORY",
            lambda artifact: prefixed(artifact.repository_name),
            grow=True,
            value=lambda artifact: artifact.repository_name,
        ),
        *COLUMNS,
    ),
    text=words,
    children=tuple(child for child in CHILDREN if child.key != "i"),
    empty="No project that you may see holds this digest.",
    needs="",
    since=digests.SINCE,
    interval=SELDOM,
)
