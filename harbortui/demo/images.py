"""Artifacts as rows: images, indexes with their children, charts, and what is attached to them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from .answers import Json
from .clock import NEVER

if TYPE_CHECKING:
    from .server import DemoHarbor

OCI = "application/vnd.oci.image"
IMAGE, INDEX, CHART = "image", "index", "chart"
MEDIA = {
    IMAGE: (f"{OCI}.manifest.v1+json", f"{OCI}.config.v1+json", "IMAGE"),
    INDEX: (f"{OCI}.index.v1+json", f"{OCI}.index.v1+json", "IMAGE"),
    CHART: (f"{OCI}.manifest.v1+json", "application/vnd.cncf.helm.config.v1+json", "CHART"),
}
ICONS = {
    "IMAGE": "sha256:0048162a053eef4d4ce3fe7518615bef084403614f8bca43b40ae2e762e11e06",
    "CHART": "sha256:61cf3a178ff0f75bf08a25d96b75cf7355dc197749a9f128ed3ef34b0df05518",
    "signature.cosign": "sha256:20401d5b3a0f6dbc607c8d732eb08471af4ae6b19811a4efce8c6a724aed2882",
    "signature.notation": "sha256:3ac706e102bbe9362b400aa162df58135d35e66b9c3bee2165de92022d25fe34",
}


def digest(text: str, prefix: str = "") -> str:
    """A digest that depends on `text` only; it may be made to begin with `prefix`."""
    return "sha256:" + prefix + sha256(text.encode()).hexdigest()[len(prefix) :]


def manifest(
    repository: Json, kind: str, of: str, size: int, pushed: str, pulled: str = NEVER
) -> Json:
    """The row of an artifact with the digest `of`, `size` bytes, not yet in any table."""
    manifest_type, media_type, harbors = MEDIA[kind]
    return {
        "project_id": repository["project_id"],
        "repository_id": repository["id"],
        "repository_name": repository["name"],
        "digest": of,
        "size": size,
        "type": harbors,
        "media_type": media_type,
        "manifest_media_type": manifest_type,
        "artifact_type": "" if kind == INDEX else media_type,
        "icon": ICONS[harbors],
        "push_time": pushed,
        "pull_time": pulled,
        "extra_attrs": {},
        "references": None,
        "labels": [],
        "tags": [],
        "accessories": [],
        "scan": None,
        "sbom": None,
        "listed": True,
    }


def describe(row: Json, version: str, architecture: str = "amd64") -> None:
    """Fills in what a manifest says about itself."""
    name = row["repository_name"].rpartition("/")[2]
    if row["type"] == "CHART":
        row["extra_attrs"] = {
            "apiVersion": "v2",
            "appVersion": "1.0",
            "description": f"Runs {name}",
            "name": name,
            "type": "application",
            "version": version,
        }
    elif row["manifest_media_type"] != MEDIA[INDEX][0]:
        row["extra_attrs"] = {
            "architecture": architecture,
            "author": "ci@example.com",
            "config": {
                "Cmd": [f"/bin/{name}"],
                "Env": ["PATH=/bin"],
                "Labels": {"org.opencontainers.image.version": version},
            },
            "created": row["push_time"][:19] + "Z",
            "os": "linux",
        }


def keep(demo: DemoHarbor, row: Json) -> Json:
    """Puts an artifact into its repository and counts it; children of an index are not counted."""
    row = demo.artifacts.add(row)
    if row["listed"]:
        demo.repositories[row["repository_id"]]["artifact_count"] += 1
    return row


def drop(demo: DemoHarbor, row: Json) -> None:
    """Takes an artifact out of its repository, with the children that only it had."""
    del demo.artifacts[row["id"]]
    if row["listed"]:
        demo.repositories[row["repository_id"]]["artifact_count"] -= 1
    for reference in row["references"] or []:
        child = demo.artifacts.get(reference["child_id"])
        if child and not child["listed"] and not parents(demo, child):
            drop(demo, child)


def parents(demo: DemoHarbor, row: Json) -> list[Json]:
    """The indexes that an artifact is a part of."""
    return [
        other
        for other in demo.artifacts.where(repository_id=row["repository_id"])
        if any(reference["child_id"] == row["id"] for reference in other["references"] or [])
    ]


def tag(demo: DemoHarbor, row: Json, name: str, pushed: str, pulled: str = NEVER) -> Json:
    """Puts a tag on an artifact."""
    demo.last_tag += 1
    made = {
        "artifact_id": row["id"],
        "id": demo.last_tag,
        "immutable": False,
        "name": name,
        "pull_time": pulled,
        "push_time": pushed,
        "repository_id": row["repository_id"],
    }
    row["tags"].insert(0, made)
    return made


def attach(demo: DemoHarbor, row: Json, kind: str, size: int, made: str) -> Json:
    """Attaches an accessory, such as `signature.cosign`, to an artifact."""
    demo.last_accessory += 1
    demo.artifacts.burn()
    accessory = {
        "artifact_id": demo.artifacts.last,
        "creation_time": made,
        "digest": digest(f"{row['digest']} {kind} {demo.last_accessory}"),
        "icon": ICONS.get(kind, ""),
        "id": demo.last_accessory,
        "size": size,
        "subject_artifact_digest": row["digest"],
        "subject_artifact_id": row["id"],
        "subject_artifact_repo": row["repository_name"],
        "type": kind,
    }
    row["accessories"].append(accessory)
    return accessory


def bind(index: Json, children: list[Json]) -> None:
    """Makes an index refer to its children, one for each platform."""
    index["size"] = sum(child["size"] for child in children)
    index["references"] = [
        {
            "child_digest": child["digest"],
            "child_id": child["id"],
            "parent_id": index["id"],
            "platform": {
                "OsFeatures": None,
                "architecture": child["extra_attrs"]["architecture"],
                "os": "linux",
            },
            "urls": None,
        }
        for child in children
    ]
