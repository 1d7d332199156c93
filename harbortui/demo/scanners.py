"""The scanner that the registry has, and which one a project uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import finding
from .access import require_system
from .answers import Json, Refusal, answer, body_of, empty
from .listing import columns, listing
from .reports import SCANNER
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns("uuid", "name", "url", "disabled", "is_default", "create_time", "update_time")


def fill(demo: DemoHarbor) -> None:
    """Adds the built-in scanner."""
    made = demo.clock.stamp(days=700)
    demo.scanners.append(
        {
            "access_credential": "",
            "auth": "",
            "capabilities": {"support_sbom": True, "support_vulnerability": True},
            "create_time": made,
            "description": "The Trivy scanner adapter",
            "disabled": False,
            "is_default": True,
            "name": "Trivy",
            "skip_certVerify": False,
            "update_time": made,
            "url": "http://trivy-adapter:8080",
            "use_internal_addr": True,
            "uuid": "df842877-e574-11f1-b2fa-7aa4008a021e",
        }
    )


@route("GET", "/scanners")
def scanners(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All scanners of the registry."""
    require_system(request, "scanner", "list")
    return listing(request, demo.scanners, KEYS)


@route("GET", "/projects/{p}/scanner")
def of_project(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """The scanner of a project with its health; an empty 200 if there is none."""
    project = finding.project(demo, request, p, "scanner:read")
    found = _chosen(demo, project)
    if found is None:
        return empty()
    about = {key: SCANNER[key] for key in ("vendor", "version")}
    return answer(found | about | {"adapter": SCANNER["name"], "health": "healthy"})


def _chosen(demo: DemoHarbor, project: Json) -> Json | None:
    uuid = project["metadata"].get("projectScanner")
    wanted = [row for row in demo.scanners if row["uuid"] == uuid]
    default = [row for row in demo.scanners if row["is_default"]]
    return next(iter(wanted + default), None)


@route("GET", "/projects/{p}/scanner/candidates")
def candidates(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """The scanners that a project may choose from."""
    finding.project(demo, request, p, "scanner:create")
    return listing(request, demo.scanners, KEYS)


@route("PUT", "/projects/{p}/scanner")
def choose(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """Makes a project use another scanner."""
    project = finding.project(demo, request, p, "scanner:create")
    uuid = str(body_of(request).get("uuid") or "")
    if not any(row["uuid"] == uuid for row in demo.scanners):
        raise Refusal(404, f"scanner registration with uuid {uuid} not found")
    project["metadata"]["projectScanner"] = uuid
    return empty()
