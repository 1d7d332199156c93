"""Artifacts: lists of a repository, of a project and of an index, and single ones."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from harbortui.api import projects, repositories
from harbortui.api.artifact import Artifact
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.many import all_pages
from harbortui.api.model import Page, Query, both, contains, equals, segment
from harbortui.api.projects import Project
from harbortui.api.repositories import Repository

PARTS: dict[str, str | int] = {
    "with_tag": "true",
    "with_label": "true",
    "with_scan_overview": "true",
    "with_accessory": "true",
    "with_immutable_status": "true",
}
"""What a list is to hold besides: each costs Harbor requests of its own for every row."""
WHOLE = PARTS | {"with_sbom_overview": "true"}
COUNTED: dict[str, str | int] = {
    "with_tag": "true",
    "with_accessory": "true",
    "with_immutable_status": "true",
}
"""What a deletion takes along."""
UNTAGGED = "tags=nil"
NEVER_PULLED = "pull_time=nil"
"""Not Harbor's word: see `_never_pulled`."""
EVER = "pull_time=[1970-01-01T00:00:00~]"
CHILDREN = "base=*"
"""Harbor's word for all, also what belongs to an index."""
MOST_CHILDREN = 80
"""Digests in one address: more would be longer than proxies let pass (8 KiB)."""
WRITTEN = "project/repository:tag or …@sha256:…"
SHA = "sha256:"
_SHORT = re.compile(r"[0-9a-f]{6,63}")


def at(repository: str, reference: str = "") -> str:
    """The path of a repository's artifacts, or of the one with a digest or a tag."""
    path = f"{repositories.at(repository)}/artifacts"
    return f"{path}/{segment(reference)}" if reference else path


def path_of(artifact: Artifact) -> str:
    """The path of an artifact, by its digest."""
    return at(artifact.repository_name, artifact.digest)


async def page(harbor: Harbor, repository: Repository, query: Query) -> Page[Artifact]:
    """`GET …/repositories/{path}/artifacts`; an unknown repository has none (200)."""
    found = await _listed(harbor, at(repository.name), query)
    return found.map(lambda one: _in(one, repository.name, repository.project_id))


async def held(harbor: Harbor, repository: Repository) -> list[Artifact]:
    """All artifacts of a repository, with their tags and what is attached to them."""
    return await all_pages(
        lambda query: harbor.page(at(repository.name), Artifact, query, **COUNTED),
        Query(sort="-push_time,-id"),
    )


async def of_project(harbor: Harbor, project: Project, query: Query) -> Page[Artifact]:
    """`GET /projects/{name}/artifacts`: of all its repositories (2.12)."""
    return await _listed(harbor, f"{projects.at(project.name)}/artifacts", query)


async def children(harbor: Harbor, index: Artifact, query: Query) -> Page[Artifact]:
    """The images of an index, with their platforms; a proxy cache holds only those once pulled."""
    platforms = {one.child_digest: one.words for one in index.references[:MOST_CHILDREN]}
    if not platforms:
        return Page([], 0)
    wanted = both(CHILDREN, f"digest={{{' '.join(platforms)}}}", query.q)
    found = await _listed(harbor, at(index.repository_name), replace(query, q=wanted))
    return found.map(
        lambda one: _in(one, index.repository_name, index.project_id).model_copy(
            update={"platform": platforms.get(one.digest, "")}
        )
    )


def _in(artifact: Artifact, repository: str, project_id: int) -> Artifact:
    """Harbor before 2.12 leaves the repository's name out."""
    if artifact.repository_name:
        return artifact
    return artifact.model_copy(update={"repository_name": repository, "project_id": project_id})


async def _listed(harbor: Harbor, path: str, query: Query) -> Page[Artifact]:
    terms = query.q.split(",") if query.q else []
    terms = [_by_digest(term) for term in terms]
    if UNTAGGED in terms and any(term.startswith("tags=~") for term in terms):
        # Of two terms with one key Harbor heeds only the last.
        return Page([], 0)
    if NEVER_PULLED in terms:
        rest = both(*(term for term in terms if term != NEVER_PULLED))
        return await _never_pulled(harbor, path, replace(query, q=rest))
    return await harbor.page(path, Artifact, replace(query, q=both(*terms)), **PARTS)


def _by_digest(term: str) -> str:
    """No tag has a colon: who looks for one with `sha256:` means the digest."""
    return term.replace("tags=~", "digest=~", 1) if term.startswith(f"tags=~{SHA}") else term


async def _never_pulled(harbor: Harbor, path: str, query: Query) -> Page[Artifact]:
    """Those that were never pulled, which `q` cannot say.

    Harbor's database has no pull time for them, and PostgreSQL puts what is missing first in
    descending order; how many they are is the difference of two totals (2.12 to 2.15).
    """
    pulled = await harbor.page(path, Artifact, Query(size=1, q=both(query.q, EVER)))
    order = f"-pull_time,{query.sort}" if query.sort else "-pull_time,-id"
    found = await harbor.page(path, Artifact, replace(query, sort=order), **PARTS)
    items = [one for one in found.items if one.pulled is None]
    return Page(items, max(0, found.total - pulled.total), unreadable=found.unreadable)


async def get(harbor: Harbor, repository: str, reference: str) -> Artifact:
    """`GET …/artifacts/{reference}`, with all its parts, by digest or tag; or NotFound."""
    found = await harbor.get(at(repository, reference), Artifact, **WHOLE)
    return _in(found, repository, found.project_id)


async def again(harbor: Harbor, artifact: Artifact) -> Artifact:
    """The same artifact anew, or NotFound."""
    fresh = await get(harbor, artifact.repository_name, artifact.digest)
    return fresh.model_copy(update={"platform": artifact.platform})


async def raw(harbor: Harbor, artifact: Artifact) -> Any:
    """The artifact as Harbor sends it."""
    return await harbor.raw(path_of(artifact), **WHOLE)


async def find(harbor: Harbor, text: str) -> Artifact:
    """An artifact as people, labels and the audit log write it: by tag, digest, or its start."""
    repository, reference = taken_apart(text)
    try:
        if "@" in text and _SHORT.fullmatch(reference.removeprefix(SHA)):
            return await _begins(harbor, repository, reference.removeprefix(SHA))
        return await get(harbor, repository, reference)
    except Forbidden as error:
        words = f"there is no artifact “{text}”, or this account may not see it"
        raise NotFound(words) from error


def taken_apart(text: str) -> tuple[str, str]:
    """Repository and reference. Raises NotFound when it is not written so."""
    name, sign, reference = text.partition("@")
    if not sign:
        name, _, reference = text.rpartition(":")
    if "/" not in name or not reference:
        raise NotFound(f"“{text}” is no artifact: {WRITTEN} is one")
    return name, reference


async def _begins(harbor: Harbor, repository: str, digits: str) -> Artifact:
    """The only artifact whose digest begins so, also one that belongs to an index."""
    found = await beginning(harbor, at(repository), digits)
    if not found:
        raise NotFound(f"there is no artifact {digits[:12]} in {repository}")
    if len(found) > 1:
        raise NotFound(f"several digests in {repository} begin with {digits}: write more of it")
    return await get(harbor, repository, found[0].digest)


async def beginning(harbor: Harbor, path: str, digits: str) -> list[Artifact]:
    """Artifacts below a path whose digest begins with these hexadecimal digits."""
    wanted = f"{SHA}{digits}"
    term = equals("digest", wanted) if len(digits) == 64 else contains("digest", wanted)
    found = await harbor.page(path, Artifact, Query(q=both(CHILDREN, term)), **PARTS)
    return [one for one in found.items if one.digest.startswith(wanted)]
