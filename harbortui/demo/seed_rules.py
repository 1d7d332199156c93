"""The demo's registries elsewhere and its replication rules, as the pictures show them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from . import registries, rules
from .answers import Json
from .clock import stamp

if TYPE_CHECKING:
    from .server import DemoHarbor

# Name, kind, address, name there, note.
REGISTRIES = (
    ("dockerhub", "docker-hub", "https://hub.docker.com", "", "Upstream of most images"),
    ("dr-site", "docker-registry", "https://dr-site.example.com", "dr", "The other data centre"),
    ("mirror-a", "harbor", "https://mirror-a.example.com", "robot$sync", "Office A"),
    ("mirror-b", "harbor", "https://mirror-b.example.com", "robot$sync", "Office B"),
    ("mirror-c", "harbor", "https://mirror-c.example.com", "robot$sync", ""),
    ("self", "harbor", "https://harbor.example.com", "admin", "This Harbor, for trying things"),
)
DOWN = "dr-site.example.com"

# Name, source (- is here), destination, namespace there, filters, when, days since it was made.
RULES = (
    ("smoke", "self", "-", "smoke-dst", "name=library/** tag=1.*", "0 19 * * * *", 320),
    ("ci-to-mirror-a", "-", "mirror-a", "ci", "name=ci-images/**", "push", 210),
    ("web-on-push", "-", "dr-site", "web", "name=web-frontend/**", "push", 200),
    ("pull-base-nightly", "dockerhub", "-", "base-images", "", "0 0 2 * * *", 180),
    ("to-dr-site", "-", "dr-site", "backup", "name=payments/**", "0 0 6 * * *", 150),
    ("production-only", "-", "dr-site", "live", "name=** label=production", "push", 120),
    ("old-policy", "mirror-b", "-", "legacy", "name=sandbox/**", "0 0 4 * * 0", 90),
    ("pull-hub-alpine", "dockerhub", "-", "hub-cache", "name=library/alpine tag=3.1?", "", 60),
    ("slow-chunks", "-", "mirror-c", "metrics", "name=observability/{loki,tempo}", "", 50),
)


def fill(demo: DemoHarbor) -> None:
    """Adds registries and rules; one registry does not answer."""
    demo.unreachable.add(DOWN)
    for number, row in enumerate(REGISTRIES):
        _registry(demo, 400 - 20 * number, *row)
    for name, source, target, namespace, filters, when, age in RULES:
        rule = rules.read(demo, body(demo, name, source, target, namespace, filters))
        rule["trigger"] = trigger(when)
        made = demo.clock.stamp(days=age)
        kept = demo.policies.add(rule | {"creation_time": made, "update_time": made})
        rules.keep_time(demo, kept)


def _registry(
    demo: DemoHarbor, age: int, name: str, kind: str, url: str, key: str, note: str
) -> None:
    secret = demo.passwords.get(key, "secret") if key else ""
    credential = {"type": "basic", "access_key": key, "access_secret": secret} if key else {}
    said = {"name": name, "type": kind, "url": url, "description": note, "credential": credential}
    row = registries.new(demo, said)
    made = demo.clock() - timedelta(days=age)
    row |= {"creation_time": stamp(made), "update_time": stamp(made)}
    row["status"] = "unhealthy" if registries.unreachable(demo, row) else "healthy"
    demo.registries.add(row)


def body(
    demo: DemoHarbor, name: str, source: str, target: str, namespace: str, filters: str
) -> Json:
    """What a request to make such a rule would say, but for the trigger."""
    slow = name == "slow-chunks"
    return {
        "name": name,
        "description": "Keep until the audit" if name == "old-policy" else "",
        "src_registry": _reference(demo, source),
        "dest_registry": _reference(demo, target),
        "dest_namespace": namespace,
        "dest_namespace_replace_count": 1,
        "filters": [_filter(word) for word in filters.split()],
        "override": True,
        "enabled": name != "old-policy",
        "speed": 512 if slow or name == "pull-base-nightly" else 0,
        "copy_by_chunk": slow,
        "single_active_replication": slow or name == "smoke",
    }


def _reference(demo: DemoHarbor, name: str) -> Json | None:
    known = demo.registries.first(name=name)
    return {"id": known["id"]} if known else None


def _filter(word: str) -> Json:
    kind, _, value = word.partition("=")
    if kind == "label":
        return {"type": kind, "value": [value], "decoration": "matches"}
    if kind == "tag":
        return {"type": kind, "value": value, "decoration": "matches"}
    return {"type": kind, "value": value}


def trigger(when: str) -> Json:
    """By hand, on push, or a cron line."""
    if not when:
        return {"type": "manual"}
    if when == "push":
        return {"type": "event_based"}
    return {"type": "scheduled", "trigger_settings": {"cron": when}}
