"""What there is to say of a repository: in full, and before it is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from harbortui.api import artifacts
from harbortui.api import repositories as api
from harbortui.api.artifact import Artifact
from harbortui.api.errors import Forbidden
from harbortui.api.harbor import Harbor
from harbortui.api.many import several, those_there
from harbortui.api.repositories import Repository
from harbortui.resources.artifact_details import FREED
from harbortui.resources.cells import plain_size, plural
from harbortui.shown import Fact, Heading, Line, Open, When

LOOKED_AT = 500
"""Artifacts that are read before a question: of more, only the number is said."""


async def facts(harbor: Harbor, repository: Repository) -> Sequence[Line]:
    """A repository as it is now."""
    now = await api.again(harbor, repository)
    lines: list[Line] = [
        Fact("Name", now.name),
        Fact("Artifacts", now.artifact_count, Open(f"artifacts {now.name}")),
        Fact("Pulls", now.pull_count),
        Fact("Created", When(now.creation_time)),
        Fact("Updated", When(now.update_time)),
    ]
    if now.description:
        lines.append(Heading("DESCRIPTION"))
        lines += [Fact("", line) for line in now.description.splitlines()]
    return lines


def summary(description: str) -> str:
    """The first line of a description that says something, without Markdown's signs."""
    lines = (line.strip().lstrip("#").strip() for line in description.splitlines())
    return next((line.replace("**", "").replace("`", "") for line in lines if line), "")


async def goes(harbor: Harbor, repositories: Sequence[Repository]) -> Sequence[str]:
    """Artifacts, tags and bytes as they are now, and what should make one think again."""
    found = await those_there(repositories, partial(api.again, harbor))
    count = sum(one.artifact_count for one in found)
    if count > LOOKED_AT:
        return [f"{plural(count, 'artifact')} and all their tags go with it.", FREED]
    held = await several(found, lambda one: _held(harbor, one))
    if any(some is None for some in held):
        return [f"{plural(count, 'artifact')} and all their tags go with it.", FREED]
    return [*_lost([artifact for some in held for artifact in some or ()]), FREED]


async def _held(harbor: Harbor, repository: Repository) -> list[Artifact] | None:
    """All artifacts of a repository; None where this account may not look."""
    try:
        return await artifacts.held(harbor, repository)
    except Forbidden:
        return None


def _lost(found: Sequence[Artifact]) -> list[str]:
    if not found:
        return ["Nothing is in it any more."]
    tags = sum(len(artifact.tags) for artifact in found)
    total = plain_size(sum(one.size for one in found))
    lines = [f"{plural(len(found), 'artifact')} and {plural(tags, 'tag')} go with it, {total}."]
    if signed := sum(bool(artifact.signatures) for artifact in found):
        lines.append(f"{signed:,} of them {_is(signed)} signed.")
    if fixed := sum(len(artifact.immutable) for artifact in found):
        lines.append(f"▲ {plural(fixed, 'tag')} {_is(fixed)} immutable: Harbor will refuse")
    if pulls := [artifact.pulled for artifact in found if artifact.pulled]:
        lines.append(f"▲ last pulled {max(pulls):%Y-%m-%d %H:%M} UTC")
    return lines


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
