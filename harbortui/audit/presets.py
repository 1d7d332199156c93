"""Questions that are asked often, as filters; and what their answers leave out."""

from __future__ import annotations

from typing import NamedTuple

from harbortui.audit.words import written

SCANNERS = "*+hbscan-*"
"""Robots that Harbor makes for every scan and deletes at once: most deletions of a log."""


class Preset(NamedTuple):
    """A filter with a name, and what Harbor does not record of it."""

    name: str
    text: str
    note: str = ""


def presets(me: str) -> tuple[Preset, ...]:
    """In the order in which `f` offers them."""
    return (
        Preset(
            "sign-ins",
            "op:login,logout",
            "web only: docker login and API passwords leave no row, also when they fail",
        ),
        Preset("failed", "ok:no", "what Harbor refused; a docker login that fails leaves no row"),
        Preset(
            "deletions",
            f"op:delete -res:{SCANNERS}",
            "without the scanner's own robots; retention deletes as harbor-jobservice",
        ),
        Preset(
            "configuration changes",
            "type:configuration",
            "which setting was changed is not recorded: d on a setting compares what was seen",
        ),
        Preset("mine", written(me, "user"), "also what was done with your CLI secret"),
    )
