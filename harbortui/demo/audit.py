"""The audit log: of the registry, of a project, and its older table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access, finding, found, query
from .answers import Refusal, answer
from .eventlog import EventLog
from .listing import page
from .routing import route
from .signin import caller

if TYPE_CHECKING:
    from .server import DemoHarbor

TYPES = """
create_artifact delete_artifact pull_artifact create_project delete_project delete_repository
login_user logout_user create_user delete_user update_user create_robot delete_robot
update_configuration
"""


def events(
    request: httpx.Request, log: EventLog, allowed: frozenset[int] | None, old: bool
) -> httpx.Response:
    """The page of a log that a request asks for, the newest first."""
    asked = request.url.params
    terms = query.terms(asked.get("q", ""))
    return page(request, found.find(log, terms, asked.get("sort", ""), allowed, old))


def reader(demo: DemoHarbor, request: httpx.Request) -> frozenset[int] | None:
    """The projects whose events the caller may read: None is all, for anonymous 401."""
    who = caller(request)
    if not who.known:
        raise Refusal(401)
    if access.permitted_in_system(who, "audit-log", "list"):
        return None
    return frozenset(
        project["project_id"]
        for project in demo.projects.values()
        if 1 in access.roles(demo, who, project)
    )


def project_reader(demo: DemoHarbor, request: httpx.Request, name: str) -> frozenset[int]:
    """The project of a path, by its name only, whose events the caller may read (401, 403, 404)."""
    return frozenset([finding.project_by_name(demo, request, name, "log:list")["project_id"]])


@route("GET", "/auditlog-exts", since="2.13")
def all_events(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All events, or those of the projects that the caller administers."""
    return events(request, demo.audit, reader(demo, request), old=False)


@route("GET", "/auditlog-exts/events", since="2.13")
def types(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The types of events that can be switched off."""
    access.require_system(request, "audit-log", "list")
    return answer([{"event_type": name} for name in TYPES.split()])


@route("GET", "/projects/{name}/auditlog-exts", since="2.13")
def project_events(demo: DemoHarbor, request: httpx.Request, name: str) -> httpx.Response:
    """The events of a project."""
    return events(request, demo.audit, project_reader(demo, request, name), old=False)


@route("GET", "/audit-logs")
def old_events(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The events of Harbor before 2.13; later, what was there before the upgrade."""
    return events(request, old_log(demo), reader(demo, request), old=True)


@route("GET", "/projects/{name}/logs")
def old_project_events(demo: DemoHarbor, request: httpx.Request, name: str) -> httpx.Response:
    """The same for a project."""
    return events(request, old_log(demo), project_reader(demo, request, name), old=True)


def old_log(demo: DemoHarbor) -> EventLog:
    """What the older table holds."""
    return demo.history if demo.at_least("2.13") else demo.audit
