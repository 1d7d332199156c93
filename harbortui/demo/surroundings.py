"""What projects have beside artifacts, to read: webhooks, preheat policies, old lists of robots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import finding, robots
from .answers import answer
from .listing import columns, listing
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

EVENTS = """
    PUSH_ARTIFACT PULL_ARTIFACT DELETE_ARTIFACT QUOTA_EXCEED QUOTA_WARNING SCANNING_FAILED
    SCANNING_STOPPED SCANNING_COMPLETED REPLICATION TAG_RETENTION
"""
KEYS = columns("id", "name", "creation_time")


@route("GET", "/projects/{p}/webhook/policies")
def webhooks(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """The webhooks of a project: the demo's projects have none."""
    finding.project(demo, request, p, "notification-policy:list")
    return listing(request, [], KEYS)


@route("GET", "/projects/{p}/webhook/events")
def webhook_events(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """What a webhook can be called for, and how."""
    finding.project(demo, request, p, "notification-policy:read")
    formats = [{"formats": ["Default", "CloudEvents"], "notify_type": "http"}]
    kinds = {"event_type": EVENTS.split(), "notify_type": ["http", "slack"]}
    return answer(kinds | {"payload_formats": formats})


@route("GET", "/projects/{p}/robots", until="2.13")
def project_robots(demo: DemoHarbor, request: httpx.Request, p: str) -> httpx.Response:
    """The robots of a project, where Harbors before 2.13 have them too."""
    project = finding.project(demo, request, p, "robot:list")
    rows = demo.robots.where(project_id=project["project_id"], level="project")
    return listing(request, rows, KEYS, "name", lambda robot: robots.show(demo, robot))


@route("GET", "/projects/{name}/preheat/policies")
def preheat(demo: DemoHarbor, request: httpx.Request, name: str) -> httpx.Response:
    """The preheat policies of a project, by its name only: the demo's projects have none."""
    finding.project_by_name(demo, request, name, "preheat-policy:list")
    return listing(request, [], KEYS)
