"""What more there is to an artifact: build history, a chart's files, the SBOM."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx

from . import finding, reports
from .answers import Json, Refusal, answer, invalid, text
from .artifacts import ONE, named
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

JSON = "application/json; charset=utf-8"
OLD = ("build_history", "values.yaml", "readme.md", "dependencies", "sbom")
NEW = (*OLD, "license", "files")


@route("GET", f"{ONE}/additions/vulnerabilities")
def vulnerabilities(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str
) -> httpx.Response:
    """The report of the last scan by its MIME type; nothing if there is none."""
    row = named(demo, request, name, repo, reference, "artifact-addition:read")
    scan = row["scan"]
    if not scan or scan["status"] != "Success":
        return answer({})
    return answer(reports.report(row, demo.at_least("2.14")))


@route("GET", f"{ONE}/additions/{{addition}}")
def addition(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, reference: str, addition: str
) -> httpx.Response:
    """One addition; 422 if Harbor knows none of that name, 400 if the artifact has none."""
    known = NEW if demo.at_least("2.13") else OLD
    if addition not in known:
        raise invalid(f"addition in path should be one of [{' '.join(known)}]")
    if addition == "sbom" and (row := _described(demo, request, name, repo, reference)):
        return text(json.dumps(_spdx(row)), content_type=JSON)
    row = named(demo, request, name, repo, reference, "artifact-addition:read")
    if row["type"] == "CHART" and addition in ("values.yaml", "readme.md", "dependencies"):
        return _of_chart(row, addition)
    if row["type"] == "IMAGE" and not row["references"] and addition == "build_history":
        return text(json.dumps(_history(row)), content_type=JSON)
    kind = row["type"]
    what = f"addition {addition.upper()} isn't supported for {kind}(manifest version 2)"
    raise Refusal(400, what)


def _history(row: Json) -> list[Json]:
    """The layers of an image, the oldest first."""
    attributes = row["extra_attrs"]
    made = attributes["created"]
    version = attributes["config"]["Labels"]["org.opencontainers.image.version"]
    name = row["repository_name"].rpartition("/")[2]
    lines = (
        ("/bin/sh -c #(nop) ADD file:d7f6b1 in / ", False),
        ('/bin/sh -c #(nop)  CMD ["bash"]', True),
        ("RUN /bin/sh -c apt-get update && apt-get install -y ca-certificates # buildkit", False),
        (f"COPY /build/{name} /bin/{name} # buildkit", False),
        (f"LABEL org.opencontainers.image.version={version}", True),
    )
    return [
        {"created": made, "created_by": text} | ({"empty_layer": True} if nothing else {})
        for text, nothing in lines
    ]


def _of_chart(row: Json, addition: str) -> httpx.Response:
    name = row["extra_attrs"]["name"]
    if addition == "dependencies":
        return text("null", content_type=JSON)
    if addition == "readme.md":
        return text(f"# {name}\n\nRuns {name}.\n", content_type="text/markdown; charset=utf-8")
    values = f"replicas: 2\nimage:\n  repository: {name}\n  tag: latest\n"
    return text(values, content_type="text/plain; charset=utf-8")


def _described(
    demo: DemoHarbor, request: httpx.Request, name: str, repo: str, digest: str
) -> Json | None:
    """The artifact whose SBOM has this digest: it is that of the accessory, not of the image."""
    project = finding.project_by_name(demo, request, name, "artifact-addition:read")
    rows = finding.artifacts(demo, finding.repository(demo, project, repo))
    return next((row for row in rows if (row["sbom"] or {}).get("sbom_digest") == digest), None)


def _spdx(row: Json) -> Json:
    return {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{row['repository_name']}@{row['digest']}",
        "creationInfo": {"created": row["sbom"]["end_time"], "creators": ["Tool: trivy"]},
        "packages": [
            {"SPDXID": f"SPDXRef-Package-{number}", "name": name, "versionInfo": version}
            for number, (name, version, _) in enumerate(reports.PACKAGES)
        ],
    }
