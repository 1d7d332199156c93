"""The images of an index, one for each platform."""

from __future__ import annotations

from harbortui.api import artifacts as api
from harbortui.api.artifact import Artifact
from harbortui.resources import artifacts, contents, found, tags
from harbortui.resources.artifact_actions import ACTIONS, LOG, is_index, is_scanned
from harbortui.resources.artifact_cells import COLUMNS, copies, events, says, sign
from harbortui.resources.artifact_details import facts
from harbortui.resources.core import Child, Column, Part, Resource


def platform(artifact: Artifact) -> Part:
    """As in `linux/arm64`."""
    return Part(artifact.platform) if artifact.platform else Part("unknown", "muted")


PLATFORMS: Resource[Artifact, Artifact] = Resource(
    name="platforms",
    one="image",
    title="images",
    about="the images of an index",
    page=api.children,
    size=api.MOST_CHILDREN,
    order="-push_time,-id",
    root=False,
    under=lambda: artifacts.ARTIFACTS,
    key=lambda artifact: artifact.id,
    label=lambda artifact: artifact.short,
    columns=(Column("PLATFORM", platform, grow=True), *COLUMNS),
    sign=sign,
    says=says,
    find=api.find,
    raw=api.raw,
    facts=facts,
    children=(
        Child("enter", lambda: PLATFORMS, "images, tags", is_index),
        Child("enter", lambda: tags.TAGS),
        Child("u", lambda: contents.VULNERABILITIES),
        Child("h", lambda: contents.HISTORY),
        Child("b", lambda: tags.TAGS),
        Child("i", lambda: found.FOUND, "in other projects"),
    ),
    log=LOG,
    events=events,
    copies=copies,
    actions=ACTIONS,
    empty="None of its images is here: a proxy cache keeps those that were pulled.",
    needs="artifact",
    project_of=lambda one: one.project_id if one else None,
    busy=is_scanned,
)
