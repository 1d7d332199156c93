"""Scan reports: made up from an artifact's digest and the numbers of each severity."""

from __future__ import annotations

import random
from base64 import b64encode
from datetime import datetime
from zlib import crc32

from .answers import Json
from .clock import NEVER, moment, stamp

MIME = "application/vnd.security.vulnerability.report; version=1.1"
SCANNER = {"name": "Trivy", "vendor": "Aqua Security", "version": "v0.68.1"}
SEVERITIES = ("Critical", "High", "Medium", "Low", "Negligible", "Unknown", "None")
PACKAGES = (
    ("libssl", "3.0.11", "3.0.15"),
    ("curl", "8.5.0", "8.9.1"),
    ("busybox", "1.36.0", "1.36.1"),
    ("zlib", "1.2.13", "1.3.1"),
    ("glibc", "2.36", ""),
    ("golang.org/x/net", "0.17.0", "0.33.0"),
    ("jackson-databind", "2.13.1", "2.15.0"),
    ("perl-base", "5.36.0", ""),
    ("tar", "1.34", ""),
)
WEAKNESSES = ("CWE-79", "CWE-125", "CWE-416", "CWE-787", "CWE-400")
SCORES = {"Critical": 98, "High": 81, "Medium": 56, "Low": 33}


def finished(of: str, started: datetime, ended: datetime, **counts: int) -> Json:
    """A scan that succeeded, with how many findings of each severity, as in `Critical=2`."""
    return {
        "status": "Success",
        "report_id": report_id(of),
        "start": stamp(started),
        "end": stamp(ended),
        "counts": {name: number for name, number in counts.items() if number},
    }


def unfinished(of: str, status: str, started: datetime) -> Json:
    """A scan that waits, runs, failed or was stopped."""
    return {
        "status": status,
        "report_id": report_id(of),
        "start": stamp(started),
        "end": NEVER,
        "counts": {},
    }


def report_id(of: str) -> str:
    """The id of the report about a digest."""
    number = of.removeprefix("sha256:")[::-1]
    parts = (number[:8], number[8:12], "4" + number[13:16], "a" + number[17:20], number[20:32])
    return "-".join(parts)


def severity(scan: Json) -> str:
    """The worst severity found."""
    return next((name for name in SEVERITIES if scan["counts"].get(name)), "None")


def overview(row: Json) -> Json:
    """`scan_overview` of a scanned artifact; without findings until the scan has succeeded."""
    scan = row["scan"]
    found: Json = {
        "complete_percent": 100 if scan["status"] == "Success" else 0,
        "end_time": scan["end"],
        "report_id": shown_id(row),
        "scan_status": scan["status"],
        "scanner": SCANNER,
        "start_time": scan["start"],
    }
    if scan["end"] != NEVER:
        found["duration"] = int((moment(scan["end"]) - moment(scan["start"])).total_seconds())
    if scan["status"] == "Success":
        counts = scan["counts"]
        fixable = sum(1 for finding in findings(row) if finding["fix_version"])
        found["severity"] = severity(scan)
        found["summary"] = {"fixable": fixable, "summary": counts, "total": sum(counts.values())}
    return {MIME: found}


def shown_id(row: Json) -> str:
    """The report's id; that of an index is those of its children, joined and encoded."""
    if not row["references"]:
        return str(row["scan"]["report_id"])
    joined = "|".join(report_id(reference["child_digest"]) for reference in row["references"])
    return b64encode(joined.encode()).decode()


def report(row: Json, status: bool) -> Json:
    """The report of a scan that succeeded; `status` says whether this Harbor knows that field."""
    found = findings(row)
    if not status:
        found = [{key: one[key] for key in one if key != "status"} for one in found]
    return {
        MIME: {
            "generated_at": row["scan"]["end"][:-1] + "296Z",
            "scanner": SCANNER,
            "severity": severity(row["scan"]) if found else "Unknown",
            "vulnerabilities": found,
        }
    }


def findings(row: Json) -> list[Json]:
    """The vulnerabilities of an artifact's report, worst first."""
    counts = row["scan"]["counts"]
    chance = random.Random(crc32(row["digest"].encode()))
    wanted = [name for name in SEVERITIES for _ in range(counts.get(name, 0))]
    return [_finding(name, row["digest"], chance) for name in wanted]


def _finding(severity: str, digest: str, chance: random.Random) -> Json:
    package, version, fix = chance.choice(PACKAGES)
    number = f"CVE-{chance.randint(2019, 2026)}-{chance.randint(1000, 49999)}"
    if severity == "Critical":
        (package, version, fix), number = PACKAGES[0], f"CVE-2026-{21043 + chance.randint(0, 1)}"
    return {
        "id": number,
        "package": package,
        "version": version,
        "fix_version": fix if chance.random() < 0.7 or severity == "Critical" else "",
        "severity": severity,
        "status": "fixed" if fix else "affected",
        "description": f"{package} before {fix or 'the next version'} can be made to misbehave.",
        "links": [f"https://cve.example.com/{number}"],
        "artifact_digests": [digest],
        "preferred_cvss": {
            "score_v3": SCORES.get(severity, 0) / 10,
            "score_v2": None,
            "vector_v3": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
            "vector_v2": "",
        },
        "cwe_ids": [chance.choice(WEAKNESSES)],
        "vendor_attributes": None,
    }
