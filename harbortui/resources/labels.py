"""Labels, global ones and those of a project."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import labels as api
from harbortui.api.harbor import Harbor
from harbortui.api.identity import Me
from harbortui.api.labels import Label
from harbortui.api.projects import EVERYONE, Project
from harbortui.api.system import SystemInfo
from harbortui.resources import projects
from harbortui.resources.core import Column, Create, Edit, Part, Resource, When


def against(me: Me, _: SystemInfo, verb: str, label: Label | None) -> str:
    """Global labels are for system administrators to change, and for all to see."""
    if label is None or label.project_id or me.is_admin or me.is_robot or verb == "list":
        return ""
    return "only system administrators change global labels"


def closed(me: Me, project: Project | None) -> str:
    """Who makes no global labels; those of a project are a matter of its permissions."""
    if project is not None or me.is_admin or me.is_robot:
        return ""
    return "only system administrators make global labels"


async def goes(_: Harbor, some: Sequence[Label]) -> Sequence[str]:
    """What becomes of the artifacts that were marked."""
    return [f"{'It is' if len(some) == 1 else 'They are'} taken off all artifacts."]


LABELS: Resource[Project | None, Label] = Resource(
    name="labels",
    one="label",
    about="words to mark artifacts with",
    aliases=("label",),
    page=api.page,
    order="name,id",
    under=lambda: projects.PROJECTS,
    key=lambda label: label.id,
    label=lambda label: label.name,
    columns=(
        Column("NAME", lambda label: label.name, grow=True, sort="name"),
        Column("COLOUR", lambda label: Part(label.color, "muted")),
        Column("DESCRIPTION", lambda label: label.description, grow=True),
        Column("AGE", lambda label: When(label.creation_time), right=True, sort="creation_time"),
    ),
    raw=api.raw,
    create=Create(api.NewLabel, api.create),
    edit=Edit(api.fill, api.update),
    delete=api.delete,
    goes=goes,
    closed=closed,
    against=against,
    silent="Harbor does not record what happens to labels",
    empty="No labels yet. n makes one.",
    needs="label",
    project_of=lambda one: one.project_id if one else EVERYONE,
)
