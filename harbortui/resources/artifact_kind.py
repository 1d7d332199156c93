"""What all lists of artifacts have in common, whatever they are the artifacts of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from harbortui.api import artifact_changes as changes
from harbortui.api import artifacts as api
from harbortui.api.artifact import Artifact
from harbortui.api.harbor import Harbor
from harbortui.api.model import Page, Query
from harbortui.resources.artifact_actions import ACTIONS, LOG, has_texts, is_index
from harbortui.resources.artifact_cells import COLUMNS, copies, events, says, sign, stays
from harbortui.resources.artifact_details import facts, goes
from harbortui.resources.core import Child, Resource

S = TypeVar("S")
PAGE = 25
"""With all its parts a row costs Harbor several requests to its database."""
ORDER = "-push_time,-id"


def _kind(name: str) -> Callable[[], Resource[Any, Any]]:
    """A kind by its name: these kinds open one another, so that none can be imported first."""

    def found() -> Resource[Any, Any]:
        from harbortui.resources.kinds import RESOURCES

        return next(one for one in RESOURCES if one.name == name)

    return found


CHILDREN: tuple[Child[Artifact], ...] = (
    Child("enter", _kind("platforms"), "images, tags", is_index),
    Child("enter", _kind("tags")),
    Child("u", _kind("vulnerabilities")),
    Child("h", _kind("history")),
    Child("R", _kind("texts"), "README, values, SBOM", has_texts),
    Child("b", _kind("tags")),
    Child("i", _kind("found"), "in other projects"),
)


def artifacts_of(
    name: str, page: Callable[[Harbor, S, Query], Awaitable[Page[Artifact]]]
) -> Resource[S, Artifact]:
    """A list of artifacts that can be looked at; what is its own is put in by `replace`."""
    return Resource(
        name=name,
        one="artifact",
        page=page,
        size=PAGE,
        order=ORDER,
        root=False,
        key=lambda artifact: artifact.id,
        label=lambda artifact: artifact.short,
        columns=COLUMNS,
        sign=sign,
        says=says,
        find=api.find,
        raw=api.raw,
        facts=facts,
        children=CHILDREN,
        log=LOG,
        events=events,
        copies=copies,
        actions=ACTIONS,
        needs="artifact",
        project_of=lambda one: getattr(one, "project_id", None),
    )


def deletable(kind: Resource[S, Artifact]) -> Resource[S, Artifact]:
    """The same list, whose artifacts can be deleted."""
    return replace(kind, delete=changes.delete, goes=goes, stays=stays)
