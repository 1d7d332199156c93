"""Search by name, and the numbers of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import audience, large, projects
from .access import signed_in
from .answers import Json, answer, invalid, without_zeros
from .clock import NEVER
from .routing import route
from .signin import Caller, caller

if TYPE_CHECKING:
    from .server import DemoHarbor


@route("GET", "/search")
def search(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Projects and repositories whose name contains `q`, all of them."""
    if "q" not in request.url.params:
        raise invalid("q in query is required")
    text, who = request.url.params["q"], caller(request)
    seen = audience.visible_projects(demo, who)
    found = [_project(demo, who, row) for row in seen if text in row["name"]]
    owners = {row["project_id"]: row for row in seen}
    rows = [row for row in demo.repositories.values() if row["id"] < large.FIRST_ID]
    rows += large.repositories(demo)
    repositories = [
        _repository(owners[row["project_id"]], row)
        for row in rows
        if row["project_id"] in owners and text.lower() in row["name"]
    ]
    return answer({"project": found, "repository": repositories})


def _project(demo: DemoHarbor, who: Caller, row: Json) -> Json:
    found = projects.shown(demo, who, row)
    found["cve_allowlist"] = {"creation_time": NEVER, "items": None, "update_time": NEVER}
    return {key: value for key, value in found.items() if key != "owner_name"}


def _repository(project: Json, row: Json) -> Json:
    return without_zeros(
        {
            "artifact_count": row["artifact_count"],
            "project_id": row["project_id"],
            "project_name": project["name"],
            "project_public": audience.is_public(project),
            "pull_count": row["pull_count"],
            "repository_name": row["name"],
        },
        "artifact_count",
    )


@route("GET", "/statistics")
def statistics(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Numbers of projects and repositories, and the bytes used; totals for administrators only."""
    who = signed_in(request)
    seen = audience.visible_projects(demo, who)
    counts = {True: [0, 0], False: [0, 0]}
    for project in seen:
        number = counts[audience.is_public(project)]
        number[0] += 1
        number[1] += audience.repository_count(demo, project)
    used = sum(quota["used"]["storage"] for quota in demo.quotas.values())
    return answer(
        {
            "private_project_count": counts[False][0],
            "private_repo_count": counts[False][1],
            "public_project_count": counts[True][0],
            "public_repo_count": counts[True][1],
            "total_project_count": len(seen) if who.sysadmin else 0,
            "total_repo_count": counts[True][1] + counts[False][1] if who.sysadmin else 0,
            "total_storage_consumption": used if who.sysadmin else 0,
        }
    )
