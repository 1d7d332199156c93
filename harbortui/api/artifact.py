"""An artifact as Harbor describes it: an image, an index of images, a chart, or anything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from harbortui.api.labels import Label
from harbortui.api.model import Model, Moment

INDEXES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
UNDER_WAY = ("Pending", "Scheduled", "Running")
SIGNATURE = "signature."
ATTESTATION = "vnd.docker.reference.type"
"""BuildKit's annotation of what belongs to an image without being one."""


class Tag(Model):
    """A name for an artifact; what is below `pull_time` is filled in from the artifact."""

    id: int = 0
    name: str = ""
    immutable: bool = False
    push_time: Moment | None = None
    pull_time: Moment | None = None
    repository_name: str = ""
    digest: str = ""
    project_id: int = 0
    type: str = ""


class Platform(Model):
    """What an image runs on."""

    architecture: str = ""
    os: str = ""
    variant: str = ""

    @property
    def words(self) -> str:
        """As docker writes it: `linux/arm/v7`."""
        return "/".join(part for part in (self.os, self.architecture, self.variant) if part)


class Reference(Model):
    """One image of an index."""

    child_digest: str = ""
    platform: Platform = Platform()
    annotations: Mapping[str, str] = Field(default_factory=dict)

    @property
    def words(self) -> str:
        """The platform, or what it is instead of an image."""
        return "attestation" if ATTESTATION in self.annotations else self.platform.words


class Accessory(Model):
    """What is attached to an artifact: a signature, an SBOM; bytes."""

    id: int = 0
    digest: str = ""
    type: str = ""
    size: int = 0
    creation_time: Moment | None = None


class Scanner(Model):
    """What has scanned."""

    name: str = ""
    vendor: str = ""
    version: str = ""


class Counts(Model):
    """How many findings; by severity, those of which there are some."""

    total: int = 0
    fixable: int = 0
    summary: Mapping[str, int] = Field(default_factory=dict)


class Scan(Model):
    """The last scan: Pending, Scheduled, Running, Success, Error or Stopped; seconds."""

    report_id: str = ""
    scan_status: str = ""
    severity: str = ""
    duration: int = 0
    complete_percent: int = 0
    start_time: Moment | None = None
    end_time: Moment | None = None
    scanner: Scanner = Scanner()
    summary: Counts = Counts()

    @property
    def under_way(self) -> bool:
        """It waits or runs."""
        return self.scan_status in UNDER_WAY


class Sbom(Model):
    """The making of a bill of materials; its digest is that of an accessory."""

    scan_status: str = ""
    sbom_digest: str = ""
    end_time: Moment | None = None


class Link(Model):
    """Where an addition is."""

    href: str = ""


class Artifact(Model):
    """An artifact with its tags; size in bytes, that of an index is the sum of its images."""

    id: int = 0
    project_id: int = 0
    repository_name: str = ""
    digest: str = ""
    type: str = ""
    media_type: str = ""
    manifest_media_type: str = ""
    artifact_type: str = ""
    size: int = 0
    push_time: Moment | None = None
    pull_time: Moment | None = None
    """Year 1 for never."""
    tags: tuple[Tag, ...] = ()
    labels: tuple[Label, ...] = ()
    references: tuple[Reference, ...] = ()
    accessories: tuple[Accessory, ...] = ()
    scan_overview: Mapping[str, Scan] = Field(default_factory=dict)
    """By the type of report; absent when never scanned."""
    sbom_overview: Sbom | None = None
    addition_links: Mapping[str, Link] = Field(default_factory=dict)
    extra_attrs: Mapping[str, object] = Field(default_factory=dict)
    """What the artifact says of itself: free-form."""
    platform: str = ""
    """Of an image of an index, filled in from the index."""

    @property
    def project(self) -> str:
        """The project's name."""
        return self.repository_name.partition("/")[0]

    @property
    def path(self) -> str:
        """The repository's name without the project."""
        return self.repository_name.partition("/")[2]

    @property
    def whole(self) -> str:
        """`project/path@sha256:…`: this artifact and no other."""
        return f"{self.repository_name}@{self.digest}"

    @property
    def short(self) -> str:
        """`project/path@` and the digest's beginning: what it is called on lists and in crumbs."""
        return f"{self.repository_name}@{self.digest.removeprefix('sha256:')[:12]}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its tags."""
        return tuple(tag.name for tag in self.tags)

    @property
    def pulled(self) -> datetime | None:
        """When it was last pulled; None for never."""
        return self.pull_time if self.pull_time and self.pull_time.year > 1 else None

    @property
    def is_index(self) -> bool:
        """It holds other artifacts, one for each platform."""
        return bool(self.references) or self.manifest_media_type in INDEXES

    @property
    def is_chart(self) -> bool:
        """A Helm chart."""
        return self.type == "CHART"

    @property
    def scan(self) -> Scan | None:
        """The last scan; there is one type of report at a time."""
        return next(iter(self.scan_overview.values()), None)

    @property
    def scannable(self) -> bool:
        """There is a scanner, and it takes this: Harbor offers a report only then."""
        return "vulnerabilities" in self.addition_links

    @property
    def signatures(self) -> tuple[str, ...]:
        """What it is signed with: `cosign`, `notation`."""
        kinds = {one.type.removeprefix(SIGNATURE) for one in self.accessories if _signs(one)}
        return tuple(sorted(kinds))

    @property
    def immutable(self) -> tuple[str, ...]:
        """Tags that a rule protects."""
        return tuple(tag.name for tag in self.tags if tag.immutable)


def _signs(accessory: Accessory) -> bool:
    return accessory.type.startswith(SIGNATURE)
