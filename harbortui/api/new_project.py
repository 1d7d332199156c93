"""What is asked for a new project, and how it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from harbortui.api import projects, registries
from harbortui.api.errors import Forbidden, NotFound, Refused
from harbortui.api.form import UNLIMITED, Choice, Choices, Form, Labels, size_text
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model
from harbortui.api.project_fields import (
    AutoSbom,
    AutoScan,
    Bandwidth,
    Connections,
    KeepGone,
    Name,
    PreventVul,
    Public,
    Severity,
)
from harbortui.api.project_settings import metadata, not_kept, stored
from harbortui.api.projects import Project, Upstream
from harbortui.api.quotas import StorageLimit


async def upstreams(harbor: Harbor, answers: Mapping[str, Any]) -> Sequence[Choice]:
    """Registries that a proxy cache can read from; only administrators see them."""
    try:
        return await registries.choices(harbor, answers)
    except Forbidden:
        reason = "only system administrators make proxy caches"
        return (Choice(0, "registries cannot be seen", reason),)


class Ordinary(Form):
    """A project for images that are pushed to it."""

    kind: Literal["ordinary"] = "ordinary"


class ProxyCache(Form):
    """A project that fetches images from another registry and keeps them."""

    kind: Literal["proxy"] = "proxy"
    registry_id: Annotated[int, Choices(upstreams)] = Field(
        title="Registry", description="Where the images come from. This cannot be changed later."
    )
    proxy_speed_kb: Bandwidth = UNLIMITED
    max_upstream_conn: Connections = UNLIMITED
    proxy_cache_local_on_not_found: KeepGone = False


class NewProject(Form):
    """A project to be made."""

    project_name: Name
    public: Public = False
    kind: Annotated[
        Ordinary | ProxyCache,
        Labels({"ordinary": "ordinary", "proxy": "proxy cache of a registry"}),
    ] = Field(
        Ordinary(),
        discriminator="kind",
        title="Kind",
        description="A proxy cache gets a daily retention from Harbor, unasked: "
        "what was pulled in the last 7 days stays, the rest is deleted.",
    )
    storage_limit: StorageLimit = Field(
        UNLIMITED,
        title="Storage limit",
        description="As in 50 GiB; nothing for no limit. Only system administrators set it: "
        "others get the registry's default.",
    )
    auto_scan: AutoScan = False
    auto_sbom_generation: AutoSbom = False
    prevent_vul: PreventVul = False
    severity: Severity = "critical"


class _Size(Model):
    """A setting that is a size in bytes."""

    value: int = UNLIMITED


class _Defaults(Model):
    """The settings that a new project begins with."""

    storage_per_project: _Size = _Size()


async def blank(harbor: Harbor, _: None) -> NewProject:
    """The form with the registry's default limit, `GET /configurations`."""
    try:
        limit = (await harbor.get("/configurations", _Defaults)).storage_per_project.value
    except Forbidden:
        limit = UNLIMITED
    return NewProject.model_construct(project_name="", storage_limit=limit or UNLIMITED)


def body(form: NewProject) -> dict[str, Any]:
    """What `POST /projects` is sent; what is as Harbor has it anyway is left out of metadata."""
    values = form.model_dump(include={"auto_scan", "auto_sbom_generation", "prevent_vul"})
    sent: dict[str, Any] = {"project_name": form.project_name, "storage_limit": form.storage_limit}
    if isinstance(form.kind, ProxyCache):
        sent["registry_id"] = form.kind.registry_id
        values |= form.kind.model_dump(exclude={"kind", "registry_id"})
    asked = {name: value for name, value in values.items() if value not in (False, UNLIMITED)}
    if form.prevent_vul:
        asked["severity"] = form.severity
    return sent | {"metadata": metadata({"public": form.public, **asked})}


async def create(harbor: Harbor, _: None, form: NewProject) -> str | None:
    """`POST /projects`. Conflict for a name that is taken, Forbidden where only others make some.

    Harbor drops settings and limits without a word: what it kept is read back.
    """
    if isinstance(form.kind, ProxyCache):
        await _still_there(harbor, form.kind.registry_id)
    sent = body(form)
    await harbor.write("POST", "/projects", sent)
    made = await projects.find(harbor, form.project_name)
    lost = not_kept(sent["metadata"], await stored(harbor, made), NewProject, ProxyCache)
    return lost or await _limit_kept(harbor, made, form.storage_limit)


async def _still_there(harbor: Harbor, registry_id: int) -> None:
    """Harbor answers 500 to a registry that is gone (2.15.2)."""
    try:
        await harbor.get(f"/registries/{registry_id}", Upstream)
    except NotFound as error:
        raise Refused("that registry is gone: choose another one") from error


async def _limit_kept(harbor: Harbor, project: Project, wanted: int) -> str | None:
    limit = (await projects.summary(harbor, project)).quota.hard.storage
    if limit is None or limit == wanted:
        return None
    kept = size_text(limit) or "no limit"
    return f"{project.name} is made, with the storage limit that this registry gives: {kept}"
