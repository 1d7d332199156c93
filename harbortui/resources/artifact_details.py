"""What there is to say of an artifact: in full, and before it is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from harbortui.api import artifacts as api
from harbortui.api.additions import SEVERITIES
from harbortui.api.artifact import Artifact, Scan
from harbortui.api.harbor import Harbor
from harbortui.api.many import those_there
from harbortui.clock import moment_in
from harbortui.resources.artifact_cells import findings, kind_word, pulled
from harbortui.resources.cells import plain_size, plural, size, span
from harbortui.shown import Cell, Fact, Heading, Line, Open, Part, When

FREED = "Space is freed by the next garbage collection."
SAID = ("author", "created", "name", "version", "appVersion", "description")
"""What images and charts say of themselves, as far as it is worth a line."""


async def facts(harbor: Harbor, artifact: Artifact) -> Sequence[Line]:
    """An artifact as it is now."""
    now = await api.again(harbor, artifact)
    return [*_what(now), *_itself(now), *_scan(now), *_parts(now)]


def _what(artifact: Artifact) -> Iterator[Line]:
    yield Fact("Repository", artifact.repository_name, Open(f"repositories {artifact.project}"))
    yield Fact("Digest", artifact.digest)
    yield Fact("Tags", _tags(artifact))
    yield Fact("Kind", kind_word(artifact))
    yield Fact("Type", artifact.artifact_type or artifact.media_type)
    yield Fact("Size", size(artifact.size))
    yield Fact("Pushed", When(artifact.push_time))
    yield Fact("Pulled", pulled(artifact))
    if artifact.labels:
        yield Fact("Labels", ", ".join(label.name for label in artifact.labels))


def _tags(artifact: Artifact) -> Cell:
    """All of them, those that cannot be moved or deleted said so."""
    if not artifact.tags:
        return Part("untagged", "muted")
    names = (f"{tag.name} (immutable)" if tag.immutable else tag.name for tag in artifact.tags)
    return ", ".join(names)


def _itself(artifact: Artifact) -> Iterator[Line]:
    said = artifact.extra_attrs
    platform = [str(said[key]) for key in ("os", "architecture") if said.get(key)]
    words = artifact.platform or "/".join(platform)
    if words:
        yield Fact("Platform", words)
    for key in SAID:
        if value := said.get(key):
            title = key.capitalize() if key.islower() else "App version"
            moment = moment_in(str(value))
            yield Fact(title, When(moment) if moment else str(value))


def _scan(artifact: Artifact) -> Iterator[Line]:
    yield Heading("SCAN")
    yield Fact("Found", _by_severity(artifact) or findings(artifact))
    if scan := artifact.scan:
        yield from _scanned(scan)
    if sbom := artifact.sbom_overview:
        yield Fact("SBOM", sbom.sbom_digest or sbom.scan_status.lower())


def _by_severity(artifact: Artifact) -> str:
    """What the last scan has found: `2 high, 11 medium`; nothing where it found nothing."""
    numbers = artifact.scan.summary.summary if artifact.scan else {}
    worst = [*SEVERITIES, *sorted(set(numbers) - set(SEVERITIES))]
    return ", ".join(f"{numbers[name]} {name.lower()}" for name in worst if numbers.get(name))


def _scanned(scan: Scan) -> Iterator[Line]:
    if scan.summary.total:
        yield Fact("With a fix", scan.summary.fixable)
    yield Fact("Scanner", f"{scan.scanner.name} {scan.scanner.version}".strip())
    yield Fact("Ended", When(scan.end_time))
    yield Fact("Took", span(scan.duration))


def _parts(artifact: Artifact) -> Iterator[Line]:
    if artifact.references:
        yield Heading("IMAGES")
    for one in artifact.references:
        yield Fact(one.words or "unknown platform", one.child_digest)
    if artifact.accessories:
        yield Heading("ATTACHED")
    for accessory in artifact.accessories:
        words = (Part(accessory.digest), Part("  "), *size(accessory.size))
        yield Fact(accessory.type.replace(".", " "), words)


async def goes(harbor: Harbor, artifacts: Sequence[Artifact]) -> Sequence[str]:
    """Every tag on each digest as it is now, and what else a deletion takes with it."""
    found = await those_there(artifacts, partial(api.again, harbor))
    lines = [line for one in found for line in _lost(one)]
    gone = len(artifacts) - len(found)
    if gone:
        lines.append(f"{plural(gone, 'artifact')} of these {'is' if gone == 1 else 'are'} gone")
    total = sum(one.size for one in found)
    if total:
        lines.append(f"{plain_size(total)} at most: layers that others use stay.")
    return [*lines, FREED]


def _lost(artifact: Artifact) -> Iterator[str]:
    names = ", ".join(artifact.names)
    yield f"{artifact.whole} {'tagged ' + names if names else 'untagged'}"
    if artifact.immutable:
        yield f"▲ {', '.join(artifact.immutable)}: immutable by a rule, Harbor will refuse"
    held = [plural(len(artifact.references), "image")] if artifact.references else []
    held += [plural(len(artifact.accessories), "attachment")] if artifact.accessories else []
    if held:
        yield f"  with its {' and '.join(held)}"
    if artifact.pulled:
        yield f"▲ last pulled {artifact.pulled:%Y-%m-%d %H:%M} UTC"
