"""The demo answers about people, jobs, events and settings what Harbors were recorded to."""

import re
from dataclasses import replace
from typing import Any

import httpx
import pytest

from harbortui.demo import DemoHarbor, robots
from harbortui.demo.seed_robots import READ, grant

from .recorded import Exchange, differences, exchanges
from .replay import API, Replay

PROBE = "robot$probe-reader"

# What is not the same because the demo's registry holds other things than the recorded one.
EXPECTED = re.compile(
    r"""
    \.(comment|description|insecure|dry_run|none_cnt)\ is\ missing   # left out when empty
    | credential\.(type|access_key|access_secret)\ is\ missing       # a registry without one
    | \.(count|latency|pull_count)\ is\ not\ in\ any\ recording      # left out when 0
    | \.(job_name|job_id|start_at|checkin_at)\ is\ not\ in\ any      # only idle workers recorded
    | GET-/scans/schedule/metrics.*\.(metrics|trigger)\ is\ not      # no scheduled scan recorded
    | volumes.*\.(total|free)\ is\ not\ in\ any\ recording           # no disk could be read there
    | policies.*(src_registry\.|filters|trigger_settings|enabled)    # other rules
    | retentions.*\.rules\[\]\.params                                # another rule
    | GET-/search\?q=api.*current_user_role_id                       # admin was a member there
    | 2\.12/jobs.*schedule:\ the\ answer\ is\ object,\ not\ null     # no schedule recorded
    | 2\.12/people-36-                                               # alice is a member here
    | 2\.12/people-40-                                               # and administers a project
    | 2\.12/system.*/api/v3\.0/projects                              # a page of HTML
    | 2\.12/writes-newer-fields-19-                                  # robots of version 1
    """,
    re.VERBOSE,
)
MOVED = {
    "/projects/payments/members": "/projects/identity/members",
    "/registries/1/info": "/registries/3/info",
}
"""Where alice and bob have no role here, as they had none there; which registry is a Harbor."""


class Stage(Replay):
    """A demo that plays the recorded Harbor; ids in bodies are exchanged, too."""

    def __init__(self, version: str) -> None:
        demo = DemoHarbor()
        demo.version = version
        super().__init__(demo)

    def body(self, exchange: Exchange) -> Any:
        body = super().body(exchange)
        if not isinstance(body, dict):
            return body
        changed = dict(body)
        for key, kind in {"policy_id": "policies", "registry_id": "registries"}.items():
            if key in body:
                changed[key] = int(self.ids.get((kind, str(body[key])), body[key]))
        for key in ("src_registry", "dest_registry"):
            if body.get(key):
                number = body[key]["id"]
                here = int(self.ids.get(("registries", str(number)), number))
                changed[key] = {**body[key], "id": here}
        return changed

    async def faults(self, exchange: Exchange) -> list[str]:
        """How the answer to a request differs from what was recorded."""
        self.stand_in(exchange)
        path = exchange.path
        for there, here in MOVED.items():
            path = path.replace(there, here) if exchange.status == 403 or "info" in path else path
        response = await self.send(replace(exchange, path=path))
        found = [f"{exchange.name}: {fault}" for fault in differences(exchange, response)]
        return [fault for fault in found if not EXPECTED.search(fault)]

    def stand_in(self, exchange: Exchange) -> None:
        """Takes for recorded runs, which the demo has not, some of its own."""
        path = exchange.path
        if exchange.method != "GET" or exchange.status == 404:
            return
        if match := re.search(r"/replication/executions/(\d+)", path):
            own = next(row for row in self.demo.executions.values() if row.get("total"))
            task = next(iter(self.demo.tasks.where(execution_id=own["id"])))
            self.ids.setdefault(("executions", match[1]), str(own["id"]))
            if number := re.search(r"/tasks/(\d+)/log", path):
                self.ids["tasks", number[1]] = str(task["id"])
        if match := re.search(r"/system/gc/(\d+)", path):
            runs = self.demo.executions.where(vendor_type="GARBAGE_COLLECTION", status="Success")
            self.ids["gc", match[1]] = str(runs[-1]["id"])
        if path.endswith("/log") and "purgeaudit" in path:
            self.demo.clock.advance(60)


async def everything_that_differs(file: str) -> list[str]:
    """Replays a whole file in its order."""
    stage = Stage("2.12.4" if file.startswith("2.12/") else "2.15.2")
    return [fault for exchange in exchanges(file) for fault in await stage.faults(exchange)]


@pytest.mark.parametrize(
    "file", ["users", "people", "robots", "replication", "jobs", "audit", "system"]
)
async def test_reading_is_answered_as_by_harbor_2_15(file):
    assert await everything_that_differs(file) == []


@pytest.mark.parametrize(
    "file",
    [
        "writes-users",
        "writes-robots",
        "writes-replication",
        "writes-configuration",
        "writes-jobs",
        "hostile",
    ],
)
async def test_writing_is_answered_as_by_harbor_2_15(file):
    assert await everything_that_differs(file) == []


@pytest.mark.parametrize(
    "file",
    ["users", "people", "robots", "replication", "jobs", "audit", "audit-after-writes", "system"],
)
async def test_reading_is_answered_as_by_harbor_2_12(file):
    assert await everything_that_differs(f"2.12/{file}") == []


@pytest.mark.parametrize(
    "file",
    [
        "writes-users",
        "writes-robots",
        "writes-replication",
        "writes-configuration",
        "writes-jobs",
        "writes-purge",
        "writes-newer-fields",
    ],
)
async def test_writing_is_answered_as_by_harbor_2_12(file):
    assert await everything_that_differs(f"2.12/{file}") == []


async def test_a_robot_reads_what_its_permissions_are_for():
    stage = Stage("2.12.4")
    body = {
        "level": "system",
        "duration": -1,
        "permissions": [grant("/", READ), grant("*", PROJECTS)],
    }
    robots.add(stage.demo, "probe-reader", body)
    secret = stage.demo.passwords[PROBE]
    faults = []
    for exchange in exchanges("2.12/robots-reading"):
        wrong = "wrong secret" in exchange.note
        client = httpx.AsyncClient(transport=stage.demo, base_url=API)
        client.auth = httpx.BasicAuth(PROBE, "Nonsense1" if wrong else secret)
        stage.clients[exchange.who, exchange.auth] = client
        faults += await stage.faults(exchange)
    assert faults == []


PROJECTS = "log:list repository:list project:read"
