"""Finding an image by its digest: Harbor's own search knows no digests, every project is asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from harbortui.api import across, artifacts, projects
from harbortui.api.artifact import Artifact
from harbortui.api.artifacts import SHA
from harbortui.api.errors import NotFound, Refused
from harbortui.api.harbor import Harbor
from harbortui.api.many import several
from harbortui.api.model import Model, Page, Query
from harbortui.api.projects import Project

_DIGEST = re.compile(r"[0-9a-f]{6,64}")
Progress = Callable[[int, int], None]
"""Told how many projects have been asked, of how many."""
SINCE = "2.12"


class Digest(Model):
    """A digest, or its beginning, that is looked for."""

    digest: str = ""


def wanted(text: str) -> Digest:
    """What was typed, as a digest. Raises Refused with a sentence."""
    typed = text.strip()
    digits = typed.lower().rpartition("@")[2].removeprefix(SHA)
    if not _DIGEST.fullmatch(digits):
        wrong = f"“{typed}” is no digest" if typed else "find wants a digest"
        raise Refused(f"{wrong}: 6 to 64 of its digits, 0-9 a-f")
    return Digest(digest=f"{SHA}{digits}")


async def find_digest(
    harbor: Harbor, digest: str, progress: Progress = lambda _asked, _of: None
) -> list[Artifact]:
    """Artifacts with this digest (or a beginning of it) in all projects that the caller sees.

    `GET /projects/{name}/artifacts?q=base=*,digest=…` for each project, four at a time: also
    images that belong to an index. Refused for what is no digest; NotFound before 2.12.
    """
    digits = wanted(digest).digest.removeprefix(SHA)
    asked = 0
    every = await across.projects(harbor)
    progress(0, len(every))

    async def there(project: Project) -> list[Artifact]:
        path = f"{projects.at(project.name)}/artifacts"
        return await artifacts.beginning(harbor, path, digits)

    async def ask(project: Project) -> list[Artifact]:
        nonlocal asked
        found = await across.unless_refused(there(project))
        asked += 1
        progress(asked, len(every))
        return found or []

    try:
        found = await several(every, ask)
    except NotFound as error:
        words = f"this Harbor cannot list the artifacts of a project: it needs {SINCE} or later"
        raise NotFound(words) from error
    return [artifact for some in found for artifact in some]


async def page(harbor: Harbor, digest: Digest | Artifact, _: Query) -> Page[Artifact]:
    """All places where a digest is."""
    found = await find_digest(harbor, digest.digest)
    return Page(found, len(found))
