"""Texts that come with an artifact: a chart's README and values, a licence, the SBOM."""

from __future__ import annotations

import json

from harbortui.api.artifact import Artifact
from harbortui.api.artifacts import again, path_of
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model, Page, Query

KNOWN = ("readme.md", "values.yaml", "dependencies", "license", "files")
"""Harbor's names of additions that are texts, or lists worth reading as one."""
SBOM = "sbom"
MADE = "sbom.harbor"
"""The type of the accessory that holds an SBOM which Harbor had made (2.11)."""


class Text(Model):
    """One text: Harbor's name for it, and the path below `/api/v2.0` where it is."""

    name: str = ""
    path: str = ""


def sbom(artifact: Artifact) -> str:
    """The digest of its SBOM, which is that of an accessory; empty without one."""
    return next((one.digest for one in artifact.accessories if one.type == MADE), "")


def names(artifact: Artifact) -> list[str]:
    """What it has, by Harbor's names."""
    known = [name for name in KNOWN if name in artifact.addition_links]
    return [*known, SBOM] if sbom(artifact) else known


async def texts(harbor: Harbor, artifact: Artifact, _: Query) -> Page[Text]:
    """What an artifact has to read, from its `addition_links` and its SBOM, asked for anew.

    The SBOM is an addition of the accessory that holds it, not of the artifact (2.11).
    """
    if not names(artifact):
        return Page([], 0)
    fresh = await again(harbor, artifact)
    described = artifact.model_copy(update={"digest": sbom(fresh)})
    found = [
        Text(name=name, path=f"{path_of(described if name == SBOM else artifact)}/additions/{name}")
        for name in names(fresh)
    ]
    return Page(found, len(found))


async def read(harbor: Harbor, one: Text) -> str:
    """`GET …/additions/{name}`: as it is; JSON is indented."""
    text = await harbor.text(one.path)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(value, indent=2, ensure_ascii=False) if value else "none"
