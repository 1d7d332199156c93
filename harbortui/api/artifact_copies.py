"""Copying an artifact to another project or repository."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import AfterValidator, Field

from harbortui.api import across, artifacts
from harbortui.api.artifact import Artifact
from harbortui.api.errors import Conflict, NotFound, Refused
from harbortui.api.form import Choice, Choices, Form
from harbortui.api.harbor import Harbor
from harbortui.api.many import several

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
LONGEST = 255


def check_name(name: str) -> str:
    """A repository's name without the project, as registries take it (OCI distribution spec)."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        raise ValueError(
            "small letters and digits, with single . _ - between them and / between parts"
        )
    return name


def check_chosen(project: str) -> str:
    """One of them has to be chosen."""
    if not project:
        raise ValueError("choose a project")
    return project


async def targets(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    """All projects; a proxy cache takes nothing but what is pulled through it."""
    return [
        Choice(one.name, one.name, "a proxy cache takes no copies" if one.registry_id else "")
        for one in await across.projects(harbor)
    ]


class Copy(Form):
    """Where an artifact is to be copied."""

    project: Annotated[str, Choices(targets), AfterValidator(check_chosen)] = Field(
        title="To project"
    )
    repository: Annotated[str, AfterValidator(check_name)] = Field(
        title="Repository", description="Without the project; made if it is not there yet."
    )
    move: bool = Field(
        False,
        title="Move tags",
        description="All tags come along; one that is on another artifact there moves to the copy.",
    )

    @property
    def name(self) -> str:
        """`project/path` of the destination."""
        return f"{self.project}/{self.repository}"


async def fill(harbor: Harbor, artifact: Artifact) -> Copy:
    """The same name, elsewhere."""
    return Copy.model_construct(project="", repository=artifact.path, move=False)


async def copy(harbor: Harbor, artifact: Artifact, _: Copy, wanted: Copy) -> str:
    """`POST /projects/{to}/repositories/{path}/artifacts?from=…@digest`, with all tags.

    Conflict when its tags are on other artifacts there and may not be moved. Forbidden also when
    the quota is full; HarborError (405) for a proxy cache; Invalid when the source is gone.
    """
    if wanted.name == artifact.repository_name:
        raise Refused(f"it is in {wanted.name} already: choose another project or repository")
    fresh = await artifacts.again(harbor, artifact)
    taken = await _taken(harbor, wanted.name, fresh)
    if taken and not wanted.move:
        raise Conflict(
            f"{', '.join(taken)} in {wanted.name} is on another artifact: "
            "switch on “Move tags”, and it moves to the copy"
        )
    source = quote(artifact.whole, safe="")
    await harbor.write("POST", f"{artifacts.at(wanted.name)}?from={source}")
    tags = f" with {', '.join(fresh.names)}" if fresh.names else ", untagged"
    return f"copied to {wanted.name}{tags}"


async def _taken(harbor: Harbor, repository: str, artifact: Artifact) -> list[str]:
    """Those tags of an artifact that another one has in that repository."""

    async def is_taken(tag: str) -> bool:
        try:
            return (await artifacts.get(harbor, repository, tag)).digest != artifact.digest
        except NotFound:
            return False

    answers = await several(artifact.names, is_taken)
    return [tag for tag, taken in zip(artifact.names, answers, strict=True) if taken]
