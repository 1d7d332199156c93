"""Quotas: how much each project may store, and how much it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from .access import require_system
from .answers import Json, Refusal, answer, body_of, empty
from .listing import columns, ordered, page, sorts
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

LARGEST = 2**50
KEYS = columns(
    "creation_time",
    "update_time",
    **{
        "hard.storage": lambda row: row["hard"]["storage"],
        "used.storage": lambda row: row["used"]["storage"],
    },
)


@route("GET", "/quotas")
def quotas(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All quotas, or that of `reference=project&reference_id=`; there is no `q`."""
    require_system(request, "quota", "list")
    params = request.url.params
    rows = list(demo.quotas.values())
    if params.get("reference", "project") != "project":
        rows = []
    if number := params.get("reference_id"):
        rows = [row for row in rows if str(row["ref"]["id"]) == number]
    order = sorts(params.get("sort", ""), KEYS) or [("creation_time", True)]
    return page(request, ordered(rows, order, KEYS))


def _find(demo: DemoHarbor, number: str) -> Json:
    found = demo.quotas.get(int(number)) if number.isdigit() else None
    if found is None:
        raise Refusal(404, f"quota {number} not found")
    return found


@route("GET", "/quotas/{number}")
def quota(demo: DemoHarbor, request: httpx.Request, number: str) -> httpx.Response:
    """One quota; its id is not that of the project."""
    require_system(request, "quota", "read")
    return answer(_find(demo, number))


@route("PUT", "/quotas/{number}")
def update(demo: DemoHarbor, request: httpx.Request, number: str) -> httpx.Response:
    """Sets the limit: -1 or at least one byte. Below what is used is allowed, and stops pushes."""
    require_system(request, "quota", "update")
    found = _find(demo, number)
    limit = (body_of(request).get("hard") or {}).get("storage", 0)
    if limit != -1 and limit <= 0:
        raise Refusal(400, f"invalid non-positive value for quota limit, value={limit}")
    if limit > LARGEST:
        allowed = f"the maximum storage size limit is {LARGEST}"
        raise Refusal(400, f"{limit} exceeds {allowed}")
    found["hard"] = {"storage": limit}
    return empty()


def charge(demo: DemoHarbor, project: Json, size: int) -> None:
    """Counts `size` bytes more (or less) as used; 403 when they do not fit any more."""
    number = project["project_id"]
    found = next(row for row in demo.quotas.values() if row["ref"]["id"] == number)
    hard, used = found["hard"]["storage"], found["used"]["storage"]
    if size > 0 and 0 <= hard < used + size:
        message = f"adding {size} B of storage resource, which when updated to current usage of "
        raise Refusal(403, f"{message}{used} B will exceed the configured upper limit.", "DENIED")
    found["used"] = {"storage": max(0, used + size)}
    found["update_time"] = demo.clock.stamp()
