"""What the scanner has found in the whole registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx

from . import access, reports
from .answers import Json, Refusal, answer, without_zeros
from .listing import columns, page
from .query import matches, terms
from .routing import route
from .scan_all import scannable

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns(
    "cve_id",
    "severity",
    "project_id",
    "repository_name",
    "package",
    "digest",
    tag=lambda row: row["tags"],
    cvss_score_v3=lambda row: row["cvss_v3_score"],
)


@route("GET", "/security/summary", since="2.9")
def summary(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Findings of the whole registry by severity, and on request the worst of them."""
    access.require_system(request, "security-hub", "read")
    scanned = [row for row in scannable(demo) if (row["scan"] or {}).get("status") == "Success"]
    counts: Counter[str] = Counter()
    for row in scanned:
        counts.update(row["scan"]["counts"])
    shown = {
        f"{name.lower()}_cnt": counts[name] for name in reports.SEVERITIES if name != "Negligible"
    }
    listed = [row for row in demo.artifacts.values() if row["listed"]]
    shown |= {"scanned_cnt": len(scanned), "total_artifact": len(listed)}
    found = list(all_findings(demo))
    shown |= {"total_vuls": len(found), "fixable_cnt": sum(bool(f["fixed_version"]) for f in found)}
    extra: Json = {}
    if request.url.params.get("with_dangerous_cve") == "true":
        extra["dangerous_cves"] = [dangerous(row) for row in worst_first(found)[:5]]
    if request.url.params.get("with_dangerous_artifact") == "true":
        rows = sorted(scanned, key=lambda row: -row["scan"]["counts"].get("Critical", 0))
        extra["dangerous_artifacts"] = [artifact(row) for row in rows[:5]]
    return answer(without_zeros(shown, "critical_cnt", "medium_cnt", "low_cnt") | extra)


def artifact(row: Json) -> Json:
    """An artifact with many findings."""
    counts = row["scan"]["counts"]
    numbers = {
        f"{name.lower()}_cnt": counts.get(name, 0) for name in ("Critical", "High", "Medium")
    }
    return {key: row[key] for key in ("project_id", "repository_name", "digest")} | numbers


def dangerous(row: Json) -> Json:
    """A finding in short."""
    keys = ("cve_id", "severity", "package", "version")
    return {key: row[key] for key in keys} | {"cvss_score_v3": row["cvss_v3_score"]}


def worst_first(rows: list[Json]) -> list[Json]:
    """Findings by score, each of a number once."""
    once = {row["cve_id"]: row for row in rows}
    return sorted(once.values(), key=lambda row: (-row["cvss_v3_score"], row["cve_id"]))


def all_findings(demo: DemoHarbor) -> Iterator[Json]:
    """Every finding in every image."""
    for row in scannable(demo):
        if not row["scan"] or row["scan"]["status"] != "Success":
            continue
        for finding in reports.findings(row):
            yield {
                "cve_id": finding["id"],
                "cvss_v3_score": finding["preferred_cvss"]["score_v3"],
                "desc": finding["description"],
                "digest": row["digest"],
                "fixed_version": finding["fix_version"],
                "links": finding["links"],
                "package": finding["package"],
                "project_id": row["project_id"],
                "repository_name": row["repository_name"],
                "severity": finding["severity"],
                "tags": [tag["name"] for tag in row["tags"]][:10],
                "version": finding["version"],
            }


@route("GET", "/security/vul", since="2.9")
def vulnerabilities(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Findings of the whole registry, the worst first; unknown keys in `q` are refused (400)."""
    access.require_system(request, "security-hub", "list")
    asked = terms(request.url.params.get("q", ""))
    for term in asked:
        if term.key not in KEYS or term.form == "contains":
            raise Refusal(400, f"invalid query condition: {term.key}")
    rows = [row for row in all_findings(demo) if all(matches(term, row, KEYS) for term in asked)]
    rows.sort(key=lambda row: -row["cvss_v3_score"])
    tuned = request.url.params.get("tune_count") == "true" and len(rows) > 1000
    named = request.url.params.get("with_tag") == "true"

    def show(row: Json) -> Json:
        return without_zeros(row) | {"tags": row["tags"] if named else None}

    return page(request, rows, show, -1 if tuned else None)
