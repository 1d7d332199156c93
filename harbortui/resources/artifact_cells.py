"""An artifact in words: the columns of its lists, its sign, and the commands that pull it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from harbortui.api.artifact import Artifact, Scan
from harbortui.audit.words import written
from harbortui.resources.cells import digest, plural, size
from harbortui.shown import Cell, Column, Part, Tone, When

SHOWN: tuple[tuple[str, Tone], ...] = (
    ("Critical", "bad"),
    ("High", "warn"),
    ("Medium", ""),
    ("Low", ""),
)
"""The severities that have a column, and how their numbers look."""
ENDED = {"Error": Part("failed", "bad"), "Stopped": Part("stopped", "warn")}
PULLERS = ("docker", "podman")


def events(artifact: Artifact) -> str:
    """By its digest, as deletions and pulls by digest are written, and by its tags."""
    named = [f"{artifact.repository_name}:{tag}" for tag in artifact.names]
    return " ".join(written(one, "res") for one in (artifact.whole, *named))


def tags(artifact: Artifact) -> Part:
    """Its tags, the newest first."""
    names = ", ".join(artifact.names)
    return Part(names) if names else Part("untagged", "muted")


def kind(artifact: Artifact) -> str:
    """Nothing for an image, which most are; an index with how many it holds."""
    if artifact.is_index:
        return f"index, {len(artifact.references)}"
    return "" if artifact.type == "IMAGE" else artifact.type.lower()


def kind_word(artifact: Artifact) -> str:
    """The kind where it cannot be left out."""
    return kind(artifact) or "image"


def counts(artifact: Artifact) -> tuple[int, ...] | None:
    """How many of each severity that has a column; None without a finished scan."""
    scan = artifact.scan
    if scan is None or scan.scan_status != "Success":
        return None
    return tuple(scan.summary.summary.get(name, 0) for name, _ in SHOWN)


def findings(artifact: Artifact) -> Cell:
    """The last scan: numbers by severity, or why there are none."""
    scan, numbers = artifact.scan, counts(artifact)
    if scan is None:
        return Part("not scanned" if artifact.scannable else unscannable(artifact), "muted")
    if numbers is None:
        return Part("scanning") if scan.under_way else _other(scan)
    if not scan.summary.total and not any(numbers):
        return Part("none found", "muted")
    shown = zip(numbers, SHOWN, strict=True)
    return tuple(Part(f"{count or '·':>3}", tone if count else "") for count, (_, tone) in shown)


def _other(scan: Scan) -> Part:
    return ENDED.get(scan.scan_status, Part(scan.scan_status.lower(), "warn"))


def unscannable(artifact: Artifact) -> str:
    """In two or three words."""
    return "no scanner" if artifact.type == "IMAGE" else f"not for {artifact.type.lower()}s"


def pulled(artifact: Artifact) -> Cell:
    """How long ago, or never."""
    return When(artifact.pulled) if artifact.pulled else Part("never", "muted")


def sign(artifact: Artifact) -> Part | None:
    """Critical findings and failed scans need hands; one that runs is only said."""
    scan, numbers = artifact.scan, counts(artifact)
    if (scan and scan.scan_status == "Error") or (numbers and numbers[0]):
        return Part("✗", "bad")
    return Part("▸") if scan and scan.under_way else None


def says(artifact: Artifact) -> str:
    """The findings in words; why a scan has no result."""
    scan, numbers = artifact.scan, counts(artifact)
    if scan is None:
        return ""
    if numbers is None:
        return f"The scan {_ended(scan)}." if not scan.under_way else ""
    if not scan.summary.total:
        return ""
    worst = [
        f"{count} {name.lower()}" for count, (name, _) in zip(numbers, SHOWN, strict=True) if count
    ]
    total, fixable = scan.summary.total, scan.summary.fixable
    if worst:
        return f"{', '.join(worst)}: {fixable} of {total} have a fix"
    return f"{plural(total, 'vulnerability', 'vulnerabilities')}, {fixable} with a fix"


def _ended(scan: Scan) -> str:
    if scan.scan_status == "Error":
        return "failed: l shows its log"
    return "was stopped" if scan.scan_status == "Stopped" else scan.scan_status.lower()


DIGEST: Column[Artifact] = Column("DIGEST", lambda one: Part(digest(one.digest), "muted"))
TAGS: Column[Artifact] = Column("TAGS", tags, grow=True)
SIZE: Column[Artifact] = Column("SIZE", lambda one: size(one.size), right=True, sort="size")
SCAN: Column[Artifact] = Column("  C  H  M  L", findings, value=counts)
SIGNED: Column[Artifact] = Column("SIGNED", lambda one: ", ".join(one.signatures), wide=True)
PUSHED: Column[Artifact] = Column(
    "PUSHED", lambda one: When(one.push_time), right=True, sort="push_time"
)
PULLED: Column[Artifact] = Column("PULLED", pulled, right=True, wide=True, sort="pull_time")
COLUMNS: tuple[Column[Artifact], ...] = (
    DIGEST,
    TAGS,
    Column("KIND", kind, wide=True),
    SIZE,
    SCAN,
    SIGNED,
    PUSHED,
    PULLED,
)


def words(artifact: Artifact) -> str:
    """What `/` looks at where Harbor is not asked."""
    names = " ".join(one.name for one in artifact.labels)
    return f"{artifact.whole} {' '.join(artifact.names)} {kind(artifact)} {names}"


def pulls(registry: str, name: str, tag: str, type_: str) -> Iterator[tuple[str, str]]:
    """Commands that pull a tag: `name` is `project/path`, `type_` Harbor's word for the kind."""
    whole = f"{host(registry)}/{name}"
    if type_ == "CHART":
        # A tag cannot hold the plus sign of a version: Helm writes it as an underscore.
        version = shlex.quote(tag.replace("_", "+"))
        yield f"helm pull {tag}", f"helm pull {shlex.quote(f'oci://{whole}')} --version {version}"
    else:
        for program in PULLERS if type_ == "IMAGE" else ("oras",):
            yield f"{program} pull {tag}", f"{program} pull {shlex.quote(f'{whole}:{tag}')}"


def copies(registry: str, artifact: Artifact) -> Sequence[tuple[str, str]]:
    """Pull commands by digest and by tag, then the plain digest."""
    name, whole = artifact.repository_name, f"{host(registry)}/{artifact.whole}"
    found = [offer for tag in artifact.names for offer in pulls(registry, name, tag, artifact.type)]
    if not artifact.is_chart:
        programs = PULLERS if artifact.type == "IMAGE" else ("oras",)
        found += [
            (f"{program} pull by digest", f"{program} pull {shlex.quote(whole)}")
            for program in programs
        ]
    return [*found, ("reference by digest", whole), ("digest", artifact.digest)]


def host(registry: str) -> str:
    """A registry's address as pull commands want it: without a scheme."""
    return registry.partition("://")[2] or registry


def stays(artifact: Artifact) -> str:
    """Why Harbor would not delete it."""
    if not artifact.immutable:
        return ""
    names = ", ".join(artifact.immutable)
    return f"{names} {'is' if len(artifact.immutable) == 1 else 'are'} immutable by a rule"


def unscanned(artifact: Artifact) -> str:
    """Why it cannot be scanned now."""
    if artifact.scan and artifact.scan.under_way:
        return "a scan is under way: X stops it"
    if artifact.scannable:
        return ""
    if artifact.type == "IMAGE":
        return "no scanner is set up for this project, or it does not take this artifact"
    return f"the scanner takes no {artifact.type.lower()}s"


def undescribed(artifact: Artifact) -> str:
    """Why no SBOM of it can be made now."""
    return "" if artifact.scannable else unscanned(artifact)


def not_scanning(artifact: Artifact) -> str:
    """Why there is no scan to stop."""
    return "" if artifact.scan and artifact.scan.under_way else "no scan is under way"


def no_log(artifact: Artifact) -> str:
    """Why there is no log of a scan."""
    if artifact.scan is None:
        return "not scanned yet"
    return "an index has none: enter, and look at its images" if artifact.is_index else ""
