"""Artifacts: lists of a repository and of a project, single ones, and deleting them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from . import finding, images, large, quotas, reports
from .answers import Json, Refusal, answer, empty
from .clock import NEVER
from .immutability import is_immutable
from .large_artifacts import AllArtifacts
from .listing import columns, listing
from .ondemand import Joined
from .query import Term, terms
from .routing import ROOT, route
from .signin import caller

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns(
    "id",
    "digest",
    "type",
    "media_type",
    "manifest_media_type",
    "artifact_type",
    "size",
    "push_time",
    "repository_id",
    "repository_name",
    # Harbor's database has no pull time for what was never pulled, though answers say year 1.
    pull_time=lambda row: None if row["pull_time"] == NEVER else row["pull_time"],
    tags=lambda row: [tag["name"] for tag in row["tags"]],
    labels=lambda row: row["labels"],
)
ORDER = "-push_time,-id"
PATH = "/projects/{name}/repositories/{repo}/artifacts"
ONE = f"{PATH}/{{reference}}"


@dataclass(frozen=True)
class Wanted:
    """Which parts of artifacts a request asks for; tags come unasked, the others do not."""

    tags: bool
    labels: bool
    scan: bool
    sbom: bool
    accessories: bool
    immutable: bool


def wanted(request: httpx.Request) -> Wanted:
    """The `with_…` of a request."""

    def said(name: str, default: str = "false") -> bool:
        return str(request.url.params.get(name, default)).lower() == "true"

    return Wanted(
        said("with_tag", "true"),
        said("with_label"),
        said("with_scan_overview"),
        said("with_sbom_overview"),
        said("with_accessory"),
        said("with_immutable_status"),
    )


@route("GET", PATH)
def artifacts(demo: DemoHarbor, request: httpx.Request, name: str, repo: str) -> httpx.Response:
    """Artifacts of a repository, the newest first; none if there is no such repository."""
    project = finding.project_by_name(demo, request, name, "artifact:list")
    found = finding.repository_or_none(demo, project, repo)
    rows = finding.artifacts(demo, found) if found else []
    return _listing(demo, request, rows)


@route("GET", "/projects/{p}/artifacts", since="2.12")
def of_project(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Artifacts of a whole project; `latest_in_repository=true` wants one type in `q`."""
    project = finding.project(demo, request, p, "artifact:list")
    number = project["project_id"]
    stored = demo.artifacts.where(project_id=number)
    keys = [term.key for term in asked(request)]
    latest = request.url.params.get("latest_in_repository") == "true"
    if latest and ("media_type" in keys) == ("artifact_type" in keys):
        raise Refusal(400, "either media_type or artifact_type must be specified in the query")
    if latest:
        newest = {row["repository_id"]: row for row in sorted(stored, key=_age) if row["listed"]}
        stored = list(newest.values())
    if project["name"] != large.NAME:
        return _listing(demo, request, stored)
    places = range(1) if latest else range(large.ARTIFACTS)
    return _listing(demo, request, Joined(stored, AllArtifacts(demo, places)))


def asked(request: httpx.Request) -> list[Term]:
    """The terms of a request's `q`."""
    return terms(request.url.params.get("q", ""))


def _age(row: Json) -> tuple[str, int]:
    return row["push_time"], row["id"]


def _listing(demo: DemoHarbor, request: httpx.Request, rows: Sequence[Json]) -> httpx.Response:
    if isinstance(rows, list):
        children = any((term.key, term.text) == ("base", "*") for term in asked(request))
        listed = [row for row in rows if row["listed"] or children]
        rows = sorted(listed, key=_age, reverse=True)
    return listing(request, rows, KEYS, show=shower(demo, wanted(request)))


def shower(demo: DemoHarbor, parts: Wanted) -> Callable[[Json], Json]:
    """What makes the answer of a row, with these parts."""
    return lambda row: shown(demo, row, parts)


INTERNAL = ("scan", "sbom", "listed", "labels", "tags", "accessories")


def shown(demo: DemoHarbor, row: Json, parts: Wanted) -> Json:
    """An artifact as it is answered; lists that are empty or not wanted are null."""
    found: Json = {key: value for key, value in row.items() if key not in INTERNAL}
    older = not demo.at_least("2.12")
    for key in ("artifact_type", "extra_attrs", "repository_name"):
        if not found[key] or (older and key != "extra_attrs"):
            del found[key]
    labels = [demo.labels[label] for label in row["labels"] if label in demo.labels]
    found["labels"] = [label_shown(label) for label in labels] if parts.labels and labels else None
    found["tags"] = (tags_of(demo, row, parts.immutable) or None) if parts.tags else None
    found["accessories"] = (row["accessories"] or None) if parts.accessories else None
    found["addition_links"] = links(row, demo.at_least("2.11"))
    if parts.scan and row["scan"]:
        found["scan_overview"] = reports.overview(row)
    if parts.sbom and row["sbom"]:
        found["sbom_overview"] = row["sbom"]
    return found


def label_shown(label: Json) -> Json:
    """A label as it is answered: without the project if it is a global one."""
    kept = ("id", "creation_time", "update_time", "scope")
    return {key: value for key, value in label.items() if value or key in kept}


def tags_of(demo: DemoHarbor, row: Json, judged: bool) -> list[Json]:
    """The tags of an artifact; none is immutable unless that is asked for."""
    if not judged:
        return list(row["tags"])
    return [tag | {"immutable": is_immutable(demo, row, tag["name"])} for tag in row["tags"]]


def links(row: Json, sboms: bool) -> Json:
    """Where more about an artifact is to be had, depending on its type and Harbor's version."""
    if row["type"] == "CHART":
        names = ("dependencies", "readme.md", "values.yaml")
        return {name: _link(row, row["digest"], name) for name in names}
    found = {"vulnerabilities": _link(row, row["digest"], "vulnerabilities")}
    if sboms:
        # Harbor calls it `sboms` here, `sbom` in the address, which lacks the digest without one.
        found["sboms"] = _link(row, (row["sbom"] or {}).get("sbom_digest", ""), "sbom")
    if not row["references"]:
        found["build_history"] = _link(row, row["digest"], "build_history")
    return found


def _link(row: Json, digest: str, name: str) -> Json:
    project, _, repository = row["repository_name"].partition("/")
    encoded = quote(quote(repository, safe=""), safe="")
    path = f"{ROOT}/projects/{project}/repositories/{encoded}/artifacts/{digest}"
    return {"absolute": False, "href": f"{path}/additions/{name}"}


@route("GET", ONE)
def artifact(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """One artifact, by digest or tag."""
    row = named(demo, request, name, repo, reference, "artifact:read")
    return answer(shown(demo, row, wanted(request)))


def named(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str, need: str
) -> Json:
    """The artifact of a path, if the caller may do what `need` says."""
    project = finding.project_by_name(demo, request, name, need)
    repository = finding.repository(demo, project, repo)
    if request.method not in ("GET", "HEAD"):
        repository = finding.owned(demo, repository)
    return finding.artifact(demo, repository, reference)


@route("DELETE", ONE)
def delete(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """Deletes an artifact with all its tags; 412 for a child of an index or an immutable tag."""
    row = named(demo, request, name, repo, reference, "artifact:delete")
    full = f"{row['repository_name']}@{row['digest']}"
    if images.parents(demo, row):
        message = f"the deleting artifact is referenced by others: {full}"
        raise Refusal(412, message, "VIOLATE_FOREIGN_KEY_CONSTRAINT")
    for tag in row["tags"]:
        check_mutable(demo, row, tag["name"])
    images.drop(demo, row)
    quotas.charge(demo, demo.projects[row["project_id"]], -row["size"])
    who = caller(request).username
    demo.record(who, "delete", "artifact", full, project_id=row["project_id"])
    return empty()


def check_mutable(demo: DemoHarbor, row: Json, tag: str) -> None:
    """Refuses to touch a tag that a rule protects (412)."""
    if is_immutable(demo, row, tag):
        repository = row["repository_name"]
        message = f"the tag {repository}:{tag} is configured as immutable, cannot be updated"
        raise Refusal(412, message)
