"""The tags of an artifact."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import artifacts as found
from harbortui.api import tags as api
from harbortui.api.artifact import Artifact, Tag
from harbortui.api.errors import NotFound
from harbortui.api.harbor import Harbor
from harbortui.audit.words import written
from harbortui.resources import artifacts
from harbortui.resources.artifact_cells import pulls
from harbortui.resources.cells import yes
from harbortui.resources.core import Cell, Column, Create, Fact, Line, Open, Part, Resource, When


def name(tag: Tag) -> Part:
    """Grey when a rule keeps it as it is."""
    return Part(tag.name, "muted" if tag.immutable else "")


def pulled(tag: Tag) -> Cell:
    """How long ago, or never."""
    if tag.pull_time and tag.pull_time.year > 1:
        return When(tag.pull_time)
    return Part("never", "muted")


async def facts(_: Harbor, tag: Tag) -> Sequence[Line]:
    """A tag, and what it stands for."""
    return (
        Fact("Tag", name(tag)),
        Fact("Artifact", f"{tag.repository_name}@{tag.digest}", Open(f"find {tag.digest}")),
        Fact("Pushed", When(tag.push_time)),
        Fact("Pulled", pulled(tag)),
        Fact("Immutable", yes(tag.immutable)),
    )


async def goes(harbor: Harbor, tags: Sequence[Tag]) -> Sequence[str]:
    """What the artifact is left with."""
    first = tags[0]
    try:
        artifact = await found.get(harbor, first.repository_name, first.digest)
    except NotFound:
        return ("The artifact is gone already.",)
    rest = [one for one in artifact.names if one not in {tag.name for tag in tags}]
    if rest:
        return (f"{artifact.whole} stays, as {', '.join(rest)}.",)
    return (
        f"{artifact.whole} stays, without any tag.",
        "▲ Retention, garbage collection and replication may pass over or remove what has none.",
    )


TAGS: Resource[Artifact, Tag] = Resource(
    name="tags",
    one="tag",
    about="the names of an artifact",
    aliases=("tag",),
    page=api.page,
    order="-push_time,-id",
    root=False,
    under=lambda: artifacts.ARTIFACTS,
    key=lambda tag: tag.id,
    label=api.whole,
    columns=(
        Column("TAG", name, grow=True, sort="name"),
        Column("PUSHED", lambda tag: When(tag.push_time), right=True, sort="push_time"),
        Column("PULLED", pulled, right=True, sort="pull_time"),
        Column("IMMUTABLE", lambda tag: yes(tag.immutable, "muted")),
    ),
    says=lambda tag: "a rule of the project keeps it as it is" if tag.immutable else "",
    find=api.find,
    raw=api.raw,
    facts=facts,
    search="name",
    events=lambda tag: written(api.whole(tag), "res"),
    copies=lambda registry, tag: (
        *pulls(registry, tag.repository_name, tag.name, tag.type),
        ("tag", tag.name),
    ),
    create=Create(api.NewTag, api.add),
    delete=api.delete,
    goes=goes,
    stays=lambda tag: "immutable by a rule of the project" if tag.immutable else "",
    empty="No tags: this artifact is untagged. n adds one.",
    needs="tag",
    project_of=lambda one: one.project_id if one else None,
)
