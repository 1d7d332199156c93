"""What there is to read about an artifact: how it was built, and what is known against it."""

from __future__ import annotations

import json
from typing import Any

from harbortui.api.artifact import Artifact
from harbortui.api.artifacts import path_of
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Moment, Page, Query, read_list

HISTORY = "build_history"
FOUND = "vulnerabilities"
ALL = 100_000
"""Neither list is paged by Harbor: they come whole."""
SEVERITIES = ("Critical", "High", "Medium", "Low", "Negligible", "Unknown", "None")
"""Harbor's words, the worst first."""


class Step(Model):
    """One step of a build, the oldest first; `place` is filled in here."""

    created: Moment | None = None
    created_by: str = ""
    comment: str = ""
    empty_layer: bool = False
    place: int = 0


class Score(Model):
    """How bad a vulnerability is, from 0 to 10."""

    score_v3: float | None = None
    score_v2: float | None = None
    vector_v3: str = ""


class Vulnerability(Model):
    """One finding of a scan; unknown words stay as they are; `place` is filled in here."""

    id: str = ""
    package: str = ""
    version: str = ""
    fix_version: str = ""
    severity: str = ""
    status: str = ""
    """What the distributor says of it (2.14)."""
    description: str = ""
    links: tuple[str, ...] = ()
    artifact_digests: tuple[str, ...] = ()
    cwe_ids: tuple[str, ...] = ()
    preferred_cvss: Score = Score()
    place: int = 0

    @property
    def rank(self) -> int:
        """0 for the worst; words that are not Harbor's come after its own."""
        return SEVERITIES.index(self.severity) if self.severity in SEVERITIES else len(SEVERITIES)

    @property
    def score(self) -> float | None:
        """CVSS 3, else 2."""
        return self.preferred_cvss.score_v3 or self.preferred_cvss.score_v2


async def history(harbor: Harbor, artifact: Artifact, _: Query) -> Page[Step]:
    """`GET …/additions/build_history`; only images have one, an index or a chart has none."""
    if HISTORY not in artifact.addition_links:
        return Page([], 0)
    steps = await harbor.list(f"{path_of(artifact)}/additions/{HISTORY}", Step)
    found = [step.model_copy(update={"place": place}) for place, step in enumerate(steps, 1)]
    return Page(found, len(found))


async def vulnerabilities(harbor: Harbor, artifact: Artifact, _: Query) -> Page[Vulnerability]:
    """`GET …/additions/vulnerabilities`, the worst first; none also when there is no report.

    A report can be several MB: it is not to be polled.
    """
    if not artifact.scannable:
        return Page([], 0)
    reports = await harbor.raw(f"{path_of(artifact)}/additions/{FOUND}")
    first = next(iter(reports.values()), None) if isinstance(reports, dict) else None
    report = first if isinstance(first, dict) else {}
    # Row by row: one that cannot be read costs that row only.
    rows, unreadable = read_list(Vulnerability, json.dumps(report.get(FOUND)).encode())
    worst = sorted(rows, key=lambda one: (one.rank, one.package, one.id))
    items = [one.model_copy(update={"place": place}) for place, one in enumerate(worst)]
    return Page(items, len(items), unreadable=unreadable)


async def raw(_: Harbor, one: Vulnerability | Step) -> Any:
    """What the list has sent: neither has an address of its own."""
    return one.model_dump(mode="json", exclude={"place"})
