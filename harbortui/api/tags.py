"""Tags: names for one artifact. Harbor shows an artifact only its own."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from harbortui.api import artifacts
from harbortui.api.artifact import Artifact, Tag
from harbortui.api.artifacts import path_of
from harbortui.api.errors import Conflict, HarborError, NotFound, in_full
from harbortui.api.form import Form
from harbortui.api.harbor import Harbor
from harbortui.api.model import Page, Query, equals, segment

_TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
NOT_ALLOWED = 405


def check_tag(name: str) -> str:
    """A tag as registries take it (OCI distribution spec); Harbor says 400 to others."""
    if not _TAG.fullmatch(name):
        raise ValueError("up to 128 letters, digits, _ . and -, not beginning with . or -")
    return name


class NewTag(Form):
    """A further name for an artifact."""

    name: Annotated[str, AfterValidator(check_tag)] = Field(title="Tag")


async def page(harbor: Harbor, artifact: Artifact, query: Query) -> Page[Tag]:
    """`GET …/artifacts/{digest}/tags`, with what the immutability rules say."""
    found = await harbor.page(f"{path_of(artifact)}/tags", Tag, query, with_immutable_status="true")
    return found.map(lambda tag: _of(artifact, tag))


def _of(artifact: Artifact, tag: Tag) -> Tag:
    return tag.model_copy(
        update={
            "repository_name": artifact.repository_name,
            "digest": artifact.digest,
            "project_id": artifact.project_id,
            "type": artifact.type,
        }
    )


def whole(tag: Tag) -> str:
    """`project/path:tag`."""
    return f"{tag.repository_name}:{tag.name}"


async def find(harbor: Harbor, text: str) -> Tag:
    """A tag by `project/path:tag`, or NotFound."""
    artifact = await artifacts.find(harbor, text)
    name = text.rpartition(":")[2]
    for tag in artifact.tags:
        if tag.name == name:
            return _of(artifact, tag)
    raise NotFound(f"there is no tag “{text}”")


async def raw(harbor: Harbor, tag: Tag) -> Any:
    """The tag as Harbor sends it: it has no address of its own."""
    path = f"{artifacts.at(tag.repository_name, tag.digest)}/tags"
    asked = Query(q=equals("name", tag.name)).params()
    rows = await harbor.raw(path, **asked, with_immutable_status="true")
    for row in rows or []:
        if isinstance(row, dict) and row.get("name") == tag.name:
            return row
    raise NotFound(f"{whole(tag)} is not on this artifact any more")


async def add(harbor: Harbor, artifact: Artifact, form: NewTag) -> str:
    """`POST …/artifacts/{digest}/tags`; Conflict, with where it is, when the tag is taken.

    HarborError (405) in a proxy cache, whose tags are those of the registry behind it.
    """
    name = f"{artifact.repository_name}:{form.name}"
    try:
        await harbor.write("POST", f"{path_of(artifact)}/tags", form)
    except Conflict as error:
        raise Conflict(await in_full(error, _taken(harbor, artifact, form.name))) from error
    except HarborError as error:
        if error.status != NOT_ALLOWED:
            raise
        words = f"{artifact.project} is a proxy cache: its tags come from the registry behind it"
        raise Conflict(words) from error
    return f"{name} is now {artifact.digest[:19]}"


async def _taken(harbor: Harbor, artifact: Artifact, name: str) -> str:
    holder = await artifacts.get(harbor, artifact.repository_name, name)
    if holder.digest == artifact.digest:
        return f"this artifact is called {name} already"
    return f"{name} is on {holder.digest[:19]}: delete it there first (or push it anew)"


async def delete(harbor: Harbor, tag: Tag) -> str | None:
    """`DELETE …/artifacts/{digest}/tags/{tag}`: only off this artifact, which stays.

    Digest and tag stand in the path, so Harbor itself checks that it is the one shown. Conflict
    (412) when it is immutable.
    """
    path = f"{artifacts.at(tag.repository_name, tag.digest)}/tags/{segment(tag.name)}"
    try:
        await harbor.write("DELETE", path)
    except NotFound:
        return f"{whole(tag)} was gone already"
    return None
