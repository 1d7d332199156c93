"""What robots may be granted, `GET /permissions` (src/common/rbac/const.go)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access
from .answers import Json, Refusal, answer
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

SYSTEM = """
audit-log: list
preheat-instance: read create delete list update
project: list create
replication-policy: read create delete list update
replication: read create list
replication-adapter: list
registry: read create delete list update
scan-all: read update stop create
system-volumes: read
garbage-collection: read create list update stop
purge-audit: read create list update stop
jobservice-monitor: list stop
scanner: read create delete list update
label: read create delete update
security-hub: read list
catalog: read
quota: read list
robot: create read list delete
user: create read update list delete
ldap-user: create list
quota: update
user-group: create read update list delete
"""
PROJECT = """
log: list
project: read delete update
metadata: read create delete list update
repository: read update delete list pull push
artifact: read create list delete
scan: create read stop
sbom: create stop read
tag: create list delete
accessory: list
artifact-addition: read
artifact-label: create delete
scanner: create read
preheat-policy: read create delete list update
immutable-tag: create delete list update
notification-policy: read create delete list update
tag-retention: read create delete list update
label: read create delete list update
quota: read
robot: create read list delete
export-cve: create read
member: create read update list delete
"""


def rows(table: str) -> list[Json]:
    """One row of a table above for every action, in Harbor's order."""
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return [
        {"resource": resource, "action": action}
        for resource, _, actions in lines
        for action in actions.split()
    ]


@route("GET", "/permissions", since="2.10")
def permissions(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Both tables for administrators, `null` and the second for administrators of a project."""
    caller = access.signed_in(request)
    owns = any(1 in access.roles(demo, caller, project) for project in demo.projects.values())
    if caller.robot is not None or not (caller.sysadmin or owns):
        raise Refusal(403, caller.username)
    return answer({"system": rows(SYSTEM) if caller.sysadmin else None, "project": rows(PROJECT)})
