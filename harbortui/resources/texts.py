"""Texts that come with an artifact: a chart's README and values, a licence, the SBOM."""

from __future__ import annotations

from harbortui.api import texts as api
from harbortui.api.artifact import Artifact
from harbortui.api.texts import Text
from harbortui.resources import artifacts
from harbortui.resources.core import SELDOM, Column, Log, Part, Resource

WORDS = {
    "readme.md": "what its makers say of it",
    "values.yaml": "a chart's settings, as they are unless set otherwise",
    "dependencies": "the charts that it needs",
    "license": "its licence",
    "files": "the files of a model",
    "sbom": "bill of materials, SPDX: the packages in it",
}

TEXTS: Resource[Artifact, Text] = Resource(
    name="texts",
    one="text",
    about="README, values, licence, SBOM",
    page=api.texts,
    root=False,
    under=lambda: artifacts.ARTIFACTS,
    key=lambda text: text.name,
    label=lambda text: text.name,
    columns=(
        Column("NAME", lambda text: text.name),
        Column("WHAT", lambda text: Part(WORDS.get(text.name, ""), "muted"), grow=True),
    ),
    log=Log(api.read, key="enter", label="read", title="{}"),
    silent="texts are no events of this registry",
    empty="No texts. Charts have a README and values, images an SBOM once made (m).",
    interval=SELDOM,
)
