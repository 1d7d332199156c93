"""The nine artifacts of payments/api: one of each kind of thing that a list can show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from . import images, reports
from .answers import Json
from .clock import NEVER, stamp

if TYPE_CHECKING:
    from .server import DemoHarbor

MIB = 2**20
NAME = "payments/api"

# Digest begins, tags, kind, MiB, scan, signature, pushed and pulled days ago.
ARTIFACTS = """
    dd9132df3e03  latest,v41,stable  image  62     0,2,11,40   cosign    0.125  0.003
    5d3fbfd3c224  v40                image  61     0,2,11,40   cosign    2      2
    6f328070f29d  v39                image  61     1,7,19,52   -         4      3
    cb2a320e6cdc  v38,2.0.5          index  185    1,7,19,52   notation  9      9
    439bcaa7fff4  v37                image  85     -           -         13     -
    8dfdef50f4f1  -                  image  115    Error       -         13     -
    128e0f763182  v35                image  180    Running     -         20     19
    8b02b1e5e4dd  1.0.0              chart  0.8    -           -         33     33
    f6a0bb78212c  v34                image  71     0,0,0,0     cosign    41     -
"""
SEVERITIES = ("Critical", "High", "Medium", "Low")


def fill(demo: DemoHarbor) -> None:
    """Adds payments/api and what is in it."""
    repository = demo.repositories.add(
        {
            "name": NAME,
            "project_id": demo.project("payments")["project_id"],
            "description": "# api\n\nThe **payments/api** image.",
            "artifact_count": 0,
            "pull_count": 41877,
            "creation_time": demo.clock.stamp(days=300),
            "update_time": demo.clock.stamp(days=0.125),
        }
    )
    for line in ARTIFACTS.strip().splitlines():
        _artifact(demo, repository, *line.split())


def _artifact(
    demo: DemoHarbor,
    repository: Json,
    prefix: str,
    tags: str,
    kind: str,
    size: str,
    scan: str,
    signature: str,
    age: str,
    pull: str,
) -> None:
    pushed = demo.clock() - timedelta(days=float(age))
    pulled = NEVER if pull == "-" else demo.clock.stamp(days=float(pull))
    name = images.digest(prefix, prefix)
    row = images.manifest(repository, kind, name, int(float(size) * MIB), stamp(pushed), pulled)
    names = [] if tags == "-" else tags.split(",")
    images.describe(row, names[0] if names else "")
    row = images.keep(demo, row)
    for text in reversed(names):
        images.tag(demo, row, text, stamp(pushed), pulled)
    if kind == images.INDEX:
        platforms = ("amd64", "arm64", "s390x")
        images.bind(row, [_child(demo, repository, row, part) for part in platforms])
    row["scan"] = _scan(row["digest"], scan, pushed)
    if signature != "-":
        images.attach(demo, row, f"signature.{signature}", 998, stamp(pushed))


def _child(demo: DemoHarbor, repository: Json, index: Json, architecture: str) -> Json:
    name = images.digest(f"{index['digest']} {architecture}")
    row = images.manifest(repository, images.IMAGE, name, index["size"] // 3, index["push_time"])
    images.describe(row, "v38", architecture)
    row["listed"] = False
    return images.keep(demo, row)


def _scan(digest: str, scan: str, pushed: datetime) -> Json | None:
    started = pushed + timedelta(seconds=31)
    if scan == "-":
        return None
    if scan in ("Error", "Running"):
        return reports.unfinished(digest, scan, started)
    numbers = [int(number) for number in scan.split(",")]
    counts = dict(zip(SEVERITIES, numbers, strict=True))
    return reports.finished(digest, started, started + timedelta(seconds=26), **counts)
