"""Scans of artifacts: started by hand or by a push, they wait, run and end as time goes by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID
from zlib import crc32

import httpx

from . import images, reports
from .answers import Json, Refusal, body_of, empty, text
from .artifacts import ONE, named
from .clock import NEVER
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

WAITS, TAKES = 1.0, 6.0
"""Seconds until a scan begins to run, and until it has ended."""
UNDERWAY = ("Pending", "Scheduled", "Running")
NOTHING = "the configured scanner Trivy does not support scanning artifact with mime type "
FAILED = (
    f"check scan report with mime type {reports.MIME}: running trivy wrapper: "
    "running trivy: exit status 1: FATAL image scan error: unable to find the layer"
)


@route("POST", f"{ONE}/scan")
def scan(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """Starts a scan for vulnerabilities, or the making of an SBOM: 202, 409 while one runs."""
    kind = _kind(request)
    need = "sbom" if kind == "sbom" else "scan"
    row = named(demo, request, name, repo, reference, f"{need}:create")
    if not any(scanner for scanner in demo.scanners if not scanner["disabled"]):
        raise Refusal(412, "no available scanner for project")
    if row["type"] != "IMAGE":
        raise Refusal(400, f"{NOTHING}{row['manifest_media_type']}")
    if kind == "sbom":
        make_sbom(demo, row)
    else:
        start(demo, row)
    return empty(202)


def _kind(request: httpx.Request) -> str:
    body = body_of(request) if request.content else {}
    return str(body.get("scan_type") or "vulnerability")


def start(demo: DemoHarbor, row: Json) -> None:
    """Lets a scan begin; the one that is under way already wins (409)."""
    if row["scan"] and row["scan"]["status"] in UNDERWAY:
        raise Refusal(409, "a previous scan process is running")
    scan = reports.unfinished(row["digest"], "Pending", demo.clock())
    row["scan"] = scan
    demo.after(WAITS, lambda: _go_on(scan, "Running"))
    demo.after(TAKES, lambda: _succeed(demo, row, scan))


def _go_on(scan: Json, status: str) -> None:
    if scan["status"] in UNDERWAY:
        scan["status"] = status


def _succeed(demo: DemoHarbor, row: Json, scan: Json) -> None:
    if scan["status"] not in UNDERWAY:
        return
    luck = crc32(row["digest"].encode())
    numbers = {"Critical": luck % 3, "High": luck % 7, "Medium": luck % 13, "Low": luck % 41}
    counts = {name: number for name, number in numbers.items() if number}
    scan |= {"status": "Success", "end": demo.clock.stamp(), "counts": counts}
    leave(demo, row)


def leave(demo: DemoHarbor, row: Json) -> None:
    """The robot that a scan used is deleted; that it was made is not in the audit log."""
    project = row["repository_name"].partition("/")[0]
    number = UUID(int=crc32(f"{row['digest']}{len(demo.requests)}".encode()), version=1)
    name = f"robot${project}+hbscan-Trivy-{number}"
    demo.record("harbor-jobservice", "delete", "robot", name, project_id=row["project_id"])


def make_sbom(demo: DemoHarbor, row: Json) -> None:
    """Lets an SBOM be made; it becomes an accessory of the artifact."""
    if (row["sbom"] or {}).get("scan_status") in UNDERWAY:
        raise Refusal(409, "a previous scan process is running")
    sbom: Json = {
        "duration": 0,
        "end_time": NEVER,
        "report_id": reports.report_id(row["digest"]),
        "scan_status": "Running",
        "scanner": reports.SCANNER,
        "start_time": demo.clock.stamp(),
    }
    row["sbom"] = sbom
    demo.after(TAKES, lambda: _sbom_made(demo, row, sbom))


def _sbom_made(demo: DemoHarbor, row: Json, sbom: Json) -> None:
    if sbom["scan_status"] not in UNDERWAY:
        return
    now = demo.clock.stamp()
    accessory = images.attach(demo, row, "sbom.harbor", 40_960, now)
    found = {"sbom_digest": accessory["digest"], "duration": int(TAKES)}
    sbom |= found | {"scan_status": "Success", "end_time": now}
    leave(demo, row)


@route("POST", f"{ONE}/scan/stop")
def stop(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """Stops what runs, and says 202 also when nothing does."""
    kind = _kind(request)
    need = "sbom" if kind == "sbom" else "scan"
    row = named(demo, request, name, repo, reference, f"{need}:stop")
    if row["sbom"] and kind == "sbom" and row["sbom"]["scan_status"] in UNDERWAY:
        row["sbom"] |= {"scan_status": "Stopped", "end_time": demo.clock.stamp()}
    if row["scan"] and kind != "sbom" and row["scan"]["status"] in UNDERWAY:
        row["scan"] |= {"status": "Stopped", "end": demo.clock.stamp()}
    return empty(202)


@route("GET", f"{ONE}/scan/{{report}}/log")
def log(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str, report: str
) -> httpx.Response:
    """The log of the scan that made a report; since 2.15 an index has none of its own."""
    row = named(demo, request, name, repo, reference, "scan:read")
    none = row["references"] and demo.at_least("2.15")
    if not row["scan"] or reports.shown_id(row) != report or none:
        raise Refusal(404, f"scan log with uuid: {report} not found")
    title = f"---------- Logs of report {row['scan']['report_id']} ----------\n"
    return text((title if row["references"] else "") + _log(row))


def _log(row: Json) -> str:
    scan = row["scan"]
    asked = {
        "registry": {"url": "http://core:8080", "authorization": "[HIDDEN]", "insecure": False},
        "artifact": {
            "namespace_id": row["project_id"],
            "repository": row["repository_name"],
            "tag": row["tags"][0]["name"] if row["tags"] else "",
            "digest": row["digest"],
            "mime_type": row["manifest_media_type"],
            "size": row["size"],
        },
    }
    began, ended = scan["start"][:19] + "Z", scan["end"][:19] + "Z"
    lines = [f"{began} [INFO] [/harbor/src/pkg/scan/job.go:396]: {json.dumps(asked, indent=2)}"]
    where = "/harbor/src/pkg/scan/job.go"
    lines.append(f"{began} [INFO] [{where}:172]: Report mime types: [{reports.MIME}]")
    if scan["status"] == "Success":
        lines.append(f"{ended} [INFO] [{where}:229]: Get report for mime type: {reports.MIME}")
    if scan["status"] == "Error":
        lines.append(f"{began} [ERROR] [{where}:290]: scan job: fetch scan report: {FAILED}")
    return "\n".join(lines) + "\n"
