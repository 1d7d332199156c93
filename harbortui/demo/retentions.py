"""Tag retention as far as a proxy cache needs it: the policy that comes with one, unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import Json

if TYPE_CHECKING:
    from .server import DemoHarbor


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
