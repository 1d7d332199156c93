"""The settings of a project: shown as a form, changed, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from pydantic import BaseModel

from harbortui.api import projects
from harbortui.api.changes import changed, unless_changed
from harbortui.api.form import UNLIMITED, Form
from harbortui.api.harbor import Harbor
from harbortui.api.model import made
from harbortui.api.project_fields import (
    AutoSbom,
    AutoScan,
    Bandwidth,
    Connections,
    Cosign,
    Cves,
    Expires,
    KeepGone,
    Notation,
    PreventVul,
    Public,
    ReuseAllowlist,
    Severity,
    Word,
)
from harbortui.api.projects import Project, Stored, at

ALLOWLIST = {"cves", "expires"}
"""The fields that are not metadata: the project's own allowed vulnerabilities."""
LAST = 253_402_300_799
"""Seconds: the end of the year 9999, beyond which Python counts no days."""


class Settings(Form):
    """What every project has; the fields are called as in Harbor's metadata."""

    public: Public = False
    auto_scan: AutoScan = False
    auto_sbom_generation: AutoSbom = False
    prevent_vul: PreventVul = False
    severity: Severity = "critical"
    reuse_sys_cve_allowlist: ReuseAllowlist = True
    cves: Cves = ""
    expires: Expires = ""


class OrdinarySettings(Settings):
    """Besides, what only projects for pushed images have."""

    enable_content_trust_cosign: Cosign = False
    enable_content_trust: Notation = False


class CacheSettings(Settings):
    """Besides, what only proxy caches have."""

    proxy_speed_kb: Bandwidth = UNLIMITED
    max_upstream_conn: Connections = UNLIMITED
    proxy_cache_local_on_not_found: KeepGone = False


def settings(project: Project) -> Settings:
    """The form of a project as it is."""
    kind = CacheSettings if project.registry_id else OrdinarySettings
    names = kind.model_fields.keys() - ALLOWLIST
    values = {name: getattr(project.metadata, name) for name in names}
    if values["severity"] not in get_args(Word):
        values["severity"] = "critical"
    ids = "\n".join(item.cve_id for item in project.cve_allowlist.items)
    return kind.model_construct(**values, cves=ids, expires=_day(project.cve_allowlist.expires_at))


async def fill(harbor: Harbor, project: Project) -> Settings:
    """The form of a project as it is now."""
    return settings(await projects.again(harbor, project))


async def update(harbor: Harbor, project: Project, before: Settings, after: Settings) -> str | None:
    """`PUT /projects/{name}` with what changed; Conflict when someone else changed it meanwhile.

    Harbor takes any word (`public: maybe` is a 200) and drops what it does not know: read back.
    """
    kept = await projects.raw(harbor, project)
    now = projects.same(project, made(Project, kept))
    unless_changed(project.name, before, after, settings(now))
    sent = body(now, before, after, kept.get("cve_allowlist") or {})
    if not sent:
        return f"Nothing of {project.name} was changed"
    await harbor.write("PUT", at(project.name), sent)
    return not_kept(sent.get("metadata", {}), await stored(harbor, project), type(after))


def body(
    project: Project, before: Settings, after: Settings, kept: Mapping[str, Any]
) -> dict[str, Any]:
    """Only what is not as it was; the list of vulnerabilities, as it is `kept`, goes back whole."""
    new = changed(before, after)
    sent: dict[str, Any] = {}
    if words := metadata({name: new[name] for name in new if name not in ALLOWLIST}):
        if words.get("prevent_vul") == "true":
            words["severity"] = after.severity
        sent["metadata"] = words
    if new.keys() & ALLOWLIST:
        sent["cve_allowlist"] = _allowlist(project, after, kept)
    return sent


def _allowlist(project: Project, after: Settings, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Without an end it holds for ever; an end that is not changed stays to the second."""
    known = {one.get("cve_id"): one for one in kept.get("items") or () if isinstance(one, dict)}
    own = {name: value for name, value in kept.items() if name != "expires_at"}
    own |= {
        "project_id": project.project_id,
        "items": [known.get(one, {"cve_id": one}) for one in after.cves.split()],
    }
    if not after.expires:
        return own
    end = project.cve_allowlist.expires_at
    return own | {"expires_at": end if _day(end) == after.expires else _end_of(after.expires)}


def _day(seconds: int) -> str:
    """The day of a moment in seconds since 1970, UTC; 0 is never."""
    if not 0 < seconds <= LAST:
        return ""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _end_of(day: str) -> int:
    """The last second of a day in UTC."""
    return int(datetime.fromisoformat(f"{day}T23:59:59+00:00").timestamp())


def metadata(values: Mapping[str, Any]) -> dict[str, str]:
    """Settings in the words that Harbor keeps."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


async def stored(harbor: Harbor, project: Project) -> Mapping[str, str]:
    """The words that Harbor has kept, `GET /projects/{name}`."""
    return (await harbor.get(at(project.name), Stored)).metadata


def not_kept(
    sent: Mapping[str, str], kept: Mapping[str, str], *forms: type[BaseModel]
) -> str | None:
    """What an older Harbor has dropped, in the words of the form; None when it kept all."""
    fields = {name: field for form in forms for name, field in form.model_fields.items()}

    def titles(names: list[str]) -> str:
        return ", ".join(f"“{fields[name].title if name in fields else name}”" for name in names)

    if lost := [name for name in sent if name not in kept]:
        return f"Saved, but this Harbor does not know {titles(lost)}"
    if other := [name for name in sent if kept[name] != sent[name]]:
        return f"Saved, but Harbor has something else now for {titles(other)}"
    return None
