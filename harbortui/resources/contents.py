"""How an image was built, and the vulnerabilities that its last scan has found."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import additions as api
from harbortui.api.additions import Step, Vulnerability
from harbortui.api.artifact import Artifact
from harbortui.api.harbor import Harbor
from harbortui.resources import artifacts
from harbortui.resources.core import (
    SELDOM,
    Column,
    Fact,
    Heading,
    Line,
    Part,
    Preset,
    Resource,
    Tone,
    When,
)

TONES: dict[str, Tone] = {"Critical": "bad", "High": "warn"}
SHELL = "/bin/sh -c "
NO_LAYER = "#(nop) "


def command(step: Step) -> str:
    """What was run, without the shell in front of it."""
    words = " ".join(step.created_by.split())
    return words.removeprefix(SHELL).removeprefix(NO_LAYER).strip() or step.comment


HISTORY: Resource[Artifact, Step] = Resource(
    name="history",
    one="build step",
    title="build steps",
    about="how an image was built",
    page=api.history,
    size=api.ALL,
    root=False,
    under=lambda: artifacts.ARTIFACTS,
    key=lambda step: step.place,
    label=lambda step: str(step.place),
    columns=(
        Column("STEP", lambda step: step.place, right=True, value=lambda step: step.place),
        Column("COMMAND", command, grow=True),
        Column("LAYER", lambda step: Part("none" if step.empty_layer else "", "muted"), wide=True),
        Column("CREATED", lambda step: When(step.created), right=True),
    ),
    raw=api.raw,
    silent="how an image was built is no event of this registry",
    copies=lambda _registry, step: (("command", step.created_by),),
    empty="No build history: only images have one, charts and indexes have none.",
    interval=SELDOM,
)


def severity(one: Vulnerability) -> Part:
    """Harbor's word, or the scanner's."""
    return Part(one.severity.lower() or "unknown", TONES.get(one.severity, ""))


def fixed_in(one: Vulnerability) -> Part:
    """The version that helps; or what the distributor says of it."""
    if one.fix_version:
        return Part(one.fix_version)
    return Part("" if one.status in ("", "fixed") else one.status.replace("_", " "), "muted")


async def facts(_: Harbor, one: Vulnerability) -> Sequence[Line]:
    """All that the scanner says."""
    return (
        Fact("Vulnerability", one.id),
        Fact("Severity", severity(one)),
        Fact("Score", "" if one.score is None else f"{one.score:g}"),
        Fact("Vector", one.preferred_cvss.vector_v3),
        Fact("Weakness", ", ".join(one.cwe_ids)),
        Fact("Package", one.package),
        Fact("Version", one.version),
        Fact("Fixed in", one.fix_version or Part("no version yet", "muted")),
        Fact("Status", one.status),
        Heading("DESCRIPTION"),
        *(Fact("", line) for line in one.description.splitlines()),
        Heading("MORE"),
        *(Fact("", link) for link in one.links if link),
    )


VULNERABILITIES: Resource[Artifact, Vulnerability] = Resource(
    name="vulnerabilities",
    one="vulnerability",
    about="what its last scan has found",
    aliases=("cves",),
    page=api.vulnerabilities,
    size=api.ALL,
    root=False,
    under=lambda: artifacts.ARTIFACTS,
    key=lambda one: one.place,
    label=lambda one: one.id,
    columns=(
        Column("VULNERABILITY", lambda one: one.id, value=lambda one: one.id),
        Column("SEVERITY", severity, value=lambda one: one.rank),
        Column("PACKAGE", lambda one: one.package, grow=True, value=lambda one: one.package),
        Column("VERSION", lambda one: one.version),
        Column("FIXED IN", fixed_in, value=lambda one: one.fix_version or None),
        Column(
            "SCORE",
            lambda one: "" if one.score is None else f"{one.score:.1f}",
            right=True,
            wide=True,
            value=lambda one: one.score,
        ),
    ),
    says=lambda one: one.description.partition("\n")[0],
    facts=facts,
    raw=api.raw,
    filters=(
        Preset("critical", keep=lambda one: one.severity == "Critical"),
        Preset("critical or high", keep=lambda one: one.severity in TONES),
        Preset("with a fix", keep=lambda one: bool(one.fix_version)),
    ),
    copies=lambda _registry, one: tuple(("link", link) for link in one.links if link),
    silent="Harbor records no findings",
    empty="No vulnerabilities known: none found, or not scanned yet.",
    interval=SELDOM,
)
