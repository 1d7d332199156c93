"""Tag retention, to read: policies, their rules, their runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from .access import require
from .answers import Json, Refusal, answer
from .clock import stamp
from .cron import following
from .listing import page
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor


TEMPLATES = (
    ("latestPushedK", "the most recently pushed # artifacts", "COUNT"),
    ("latestPulledN", "the most recently pulled # artifacts", "COUNT"),
    ("nDaysSinceLastPush", "pushed within the last # days", "DAYS"),
    ("nDaysSinceLastPull", "pulled within the last # days", "DAYS"),
    ("always", "always", ""),
)


def give(demo: DemoHarbor, project: Json, template: str, number: int, cron: str) -> None:
    """Gives a project a policy for all tags and notes its id in the metadata."""
    everything = {"kind": "doublestar", "decoration": "matches", "pattern": "**"}
    policy = demo.retentions.add(
        {
            "algorithm": "or",
            "rules": [
                {
                    "action": "retain",
                    "params": {template: number},
                    "scope_selectors": {"repository": [everything | {"decoration": "repoMatches"}]},
                    "tag_selectors": [everything | {"extras": '{"untagged":true}'}],
                    "template": template,
                }
            ],
            "scope": {"level": "project", "ref": project["project_id"]},
            "trigger": {"kind": "Schedule", "settings": {"cron": cron}},
        }
    )
    project["metadata"]["retention_id"] = str(policy["id"])


def for_cache(demo: DemoHarbor, project: Json) -> None:
    """What a new proxy cache gets unasked: images pulled in the last 7 days stay, daily."""
    give(demo, project, "nDaysSinceLastPull", 7, "0 0 0 * * *")


def _find(demo: DemoHarbor, request: httpx.Request, number: str, action: str) -> Json:
    """The policy with this id; Harbor answers 500 if there is none."""
    found = demo.retentions.get(int(number)) if number.isdigit() else None
    project = demo.projects.get(found["scope"]["ref"]) if found else None
    require(demo, request, project, "tag-retention", action)
    if found is None:
        raise Refusal(500)
    return found


@route("GET", "/retentions/metadatas")
def templates(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """What rules can be made of."""
    selectors = {
        "scope_selectors": ("Repositories", ["repoMatches", "repoExcludes"]),
        "tag_selectors": ("Tags", ["matches", "excludes"]),
    }
    found: Json = {
        key: [{"decorations": names, "display_text": title, "kind": "doublestar"}]
        for key, (title, names) in selectors.items()
    }
    return answer(found | {"templates": [_template(*one) for one in TEMPLATES]})


def _template(name: str, title: str, unit: str) -> Json:
    params = [{"required": True, "type": "int", "unit": unit}] if unit else []
    return {"action": "retain", "display_text": title, "params": params, "rule_template": name}


@route("GET", "/retentions/{number}")
def retention(demo: DemoHarbor, request: httpx.Request, number: str) -> httpx.Response:
    """One policy, with the time at which it is due."""
    found = _find(demo, request, number, "read")
    settings = found["trigger"]["settings"]
    due = stamp(following(settings["cron"], demo.clock()))
    trigger = found["trigger"] | {"settings": settings | {"next_scheduled_time": due}}
    return answer(found | {"trigger": trigger})


@route("GET", "/retentions/{number}/executions")
def executions(demo: DemoHarbor, request: httpx.Request, number: str) -> httpx.Response:
    """The last runs of a policy; their times are texts with or without fractions."""
    found = _find(demo, request, number, "list")
    rows = [
        {
            "end_time": demo.clock.stamp(days=days)[:19] + "Z",
            "id": 200 + 10 * found["id"] - days,
            "policy_id": found["id"],
            "start_time": demo.clock.stamp(days=days, seconds=2)[:-1] + "12Z",
            "status": "Success",
            "trigger": "SCHEDULE",
        }
        for days in range(1, 4)
    ]
    return page(request, rows)
