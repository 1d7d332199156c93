"""The images of an index, one for each platform."""

from __future__ import annotations

from dataclasses import replace

from harbortui.api import artifacts as api
from harbortui.api.artifact import Artifact
from harbortui.resources import artifacts
from harbortui.resources.artifact_actions import is_scanned
from harbortui.resources.artifact_cells import COLUMNS
from harbortui.resources.artifact_kind import artifacts_of
from harbortui.resources.core import Column, Part, Resource


def platform(artifact: Artifact) -> Part:
    """As in `linux/arm64`."""
    return Part(artifact.platform) if artifact.platform else Part("unknown", "muted")


PLATFORMS: Resource[Artifact, Artifact] = replace(
    artifacts_of("platforms", api.children),
    one="image",
    title="images",
    about="the images of an index",
    size=api.MOST_CHILDREN,
    under=lambda: artifacts.ARTIFACTS,
    columns=(Column("PLATFORM", platform, grow=True), *COLUMNS),
    empty="None of its images is here: a proxy cache keeps those that were pulled.",
    busy=is_scanned,
)
