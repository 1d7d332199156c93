"""What there is to say of a project: in full, and before it is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from harbortui.api import project_deletion
from harbortui.api import projects as api
from harbortui.api.harbor import Harbor
from harbortui.api.many import several, those_there
from harbortui.api.project_fields import SEVERITIES
from harbortui.api.projects import Metadata, Project, Summary
from harbortui.api.rates import count_text, speed_text
from harbortui.resources.cells import access, bar, plural, size, state, switch
from harbortui.shown import Cell, Fact, Heading, Line, Open, Part, When


async def facts(harbor: Harbor, project: Project) -> Sequence[Line]:
    """A project as it is now, counted."""
    fresh = await api.again(harbor, project)
    summary = await api.summary(harbor, project)
    full = fresh.model_copy(
        update={"storage": summary.quota.used.storage, "limit": summary.quota.hard.storage}
    )
    return (
        Fact("Access", access(fresh.metadata.public)),
        *_origin(summary),
        Fact("Owner", fresh.owner_name),
        Fact("Created", When(fresh.creation_time)),
        Fact("Repositories", summary.repo_count, Open(f"repositories {fresh.name}")),
        Fact("Storage", size(full.storage)),
        Fact("Storage limit", size(full.limit)),
        Fact("Used", bar(full.used)),
        *_members(fresh, summary),
        Heading("SETTINGS"),
        *_settings(fresh.metadata, bool(fresh.registry_id)),
    )


def _origin(summary: Summary) -> Sequence[Fact]:
    registry = summary.registry
    if not registry.id:
        return ()
    return (
        Fact("Proxy cache of", registry.name, Open(f"registries /{registry.name}")),
        Fact("Address", registry.url),
        Fact("Registry", state(registry.status)),
    )


def _members(project: Project, summary: Summary) -> Sequence[Fact]:
    """How many have which role; nothing for those who may not see the members."""
    counts = ", ".join(plural(count, role) for role, count in summary.members.items() if count)
    return (Fact("Members", counts, Open(f"members {project.name}")),) if counts else ()


def _settings(metadata: Metadata, proxy: bool) -> Sequence[Fact]:
    stop = SEVERITIES.get(metadata.severity, metadata.severity) if metadata.prevent_vul else ""
    common = (
        _switch("Scan on push", metadata.auto_scan),
        _switch("SBOM on push", metadata.auto_sbom_generation),
        Fact("Stop vulnerable images", Part(stop or "off", "strong" if stop else "")),
        Fact(
            "System's allowlist",
            switch(metadata.reuse_sys_cve_allowlist, not metadata.reuse_sys_cve_allowlist),
        ),
    )
    if not proxy:
        return (
            *common,
            _switch("Cosign", metadata.enable_content_trust_cosign),
            _switch("Notation", metadata.enable_content_trust),
        )
    return (
        *common,
        Fact("Bandwidth", _limit(speed_text(metadata.proxy_speed_kb))),
        Fact("Connections", _limit(count_text(metadata.max_upstream_conn))),
        _switch("Keep what is gone", metadata.proxy_cache_local_on_not_found),
    )


def _switch(title: str, on: bool) -> Fact:
    """A setting that is off where nobody has turned it on."""
    return Fact(title, switch(on, unusual=on))


def _limit(words: str) -> Cell:
    return Part(words, "strong") if words else Part("unlimited")


async def goes(harbor: Harbor, projects: Sequence[Project]) -> Sequence[str]:
    """What a deletion takes with it, and what is in its way, counted now."""
    summaries = await those_there(projects, partial(api.summary, harbor))
    robots = sum(await several(projects, lambda project: project_deletion.robots(harbor, project)))
    repositories = sum(summary.repo_count for summary in summaries)
    members = sum(sum(summary.members.values()) for summary in summaries)
    lines = []
    if repositories:
        held = plural(repositories, "repository", "repositories")
        lines.append(f"Still there: {held}. Harbor deletes only empty projects.")
    gone = [
        words
        for count, words in (
            (members, plural(members, "membership")),
            (robots, plural(robots, "robot")),
        )
        if count
    ]
    gone.append("quota, labels, retention and other rules, webhooks")
    them = "it" if len(projects) == 1 else "them"
    return [*lines, f"With {them} go: {', '.join(gone)}."]
