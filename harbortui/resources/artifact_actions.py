"""What can be done with an artifact, wherever it is listed."""

from __future__ import annotations

from harbortui.api import artifact_changes as changes
from harbortui.api import artifact_copies as copying
from harbortui.api import texts
from harbortui.api.artifact import Artifact
from harbortui.resources.artifact_cells import no_log, not_scanning, undescribed, unscanned
from harbortui.resources.core import Action, Edit, Log

ACTIONS: tuple[Action[Artifact], ...] = (
    Action(
        "s",
        "scan",
        "scan",
        changes.scan,
        confirm="Scan {} for vulnerabilities?",
        done="The scan of {} has been asked for.",
        verb="create",
        needs="scan",
        unless=unscanned,
        happened=changes.is_scanned_anew,
    ),
    Action(
        "X",
        "stop-scan",
        "stop scan",
        changes.stop_scan,
        done="The scan of {} is being stopped.",
        verb="stop",
        needs="scan",
        unless=not_scanning,
        happened=changes.is_scan_ended,
    ),
    Action(
        "m",
        "make-sbom",
        "make an SBOM",
        changes.make_sbom,
        confirm="Make a bill of materials of {}?",
        done="An SBOM of {} is being made: R shows it.",
        verb="create",
        needs="sbom",
        since="2.11",
        unless=undescribed,
        happened=changes.has_sbom_anew,
    ),
    Action(
        "p",
        "copy-to",
        "copy to a project",
        form=Edit(copying.fill, copying.copy),
        done="{} is copied.",
        verb="read",
    ),
    Action(
        "x",
        "labels",
        "labels",
        form=Edit(changes.fill_labels, changes.label),
        done="The labels of {} are changed.",
        verb="create",
        needs="artifact-label",
    ),
)


def is_index(artifact: Artifact) -> bool:
    """It holds others."""
    return artifact.is_index


def has_texts(artifact: Artifact) -> bool:
    """There is something to read: a chart's README, an SBOM."""
    return bool(texts.names(artifact))


def is_scanned(artifact: Artifact) -> bool:
    """A scan is under way."""
    return artifact.scan is not None and artifact.scan.under_way


LOG: Log[Artifact] = Log(
    changes.scan_log,
    grows=is_scanned,
    unless=no_log,
)
"""The log of the last scan."""
