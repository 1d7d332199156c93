"""Replication rules: what is copied from where to where, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access, copying, registries, schedules
from .answers import Json, Refusal, answer, body_of, created, empty, without_zeros
from .listing import columns, listing
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns("id", "name", "description", "enabled", "creation_time", "update_time")
ALWAYS = ("copy_by_chunk", "speed", "dest_namespace_replace_count", "single_active_replication")
ONE_SIDE = (
    "either src_registry or dest_registry should be empty and the other one shouldn't be empty"
)
VENDOR = "REPLICATION"


def show(demo: DemoHarbor, rule: Json) -> Json:
    """A rule as Harbor answers it, with both registries in full."""
    shown = without_zeros(rule, *ALWAYS)
    if rule["deletion"]:
        shown["replicate_deletion"] = True
    for side in ("src_registry", "dest_registry"):
        kept = demo.registries.get(rule[side], registries.LOCAL)
        shown[side] = registries.show(demo, kept)
    if not demo.at_least("2.14"):
        del shown["single_active_replication"]
    return shown | {"filters": rule["filters"] or None}


def find(demo: DemoHarbor, rule_id: object) -> Json:
    """The rule with this id, or 404."""
    rule = demo.policies.get(int(str(rule_id))) if str(rule_id).isdigit() else None
    if rule is None:
        raise Refusal(404, f"replication policy {rule_id} not found")
    return rule


def read(demo: DemoHarbor, body: Json) -> Json:
    """The row that a body describes; what is left out is as if it were switched off."""
    count = body.get("dest_namespace_replace_count")
    return {
        "name": body.get("name") or "",
        "description": body.get("description") or "",
        "src_registry": (body.get("src_registry") or {}).get("id") or 0,
        "dest_registry": (body.get("dest_registry") or {}).get("id") or 0,
        "dest_namespace": body.get("dest_namespace") or "",
        "dest_namespace_replace_count": -1 if count is None else count,
        "filters": body.get("filters") or [],
        "trigger": body.get("trigger") or {"type": "manual"},
        "deletion": bool(body.get("deletion")),
        "override": bool(body.get("override")),
        "enabled": bool(body.get("enabled")),
        "speed": max(0, body.get("speed") or 0),
        "copy_by_chunk": bool(body.get("copy_by_chunk")),
        "single_active_replication": demo.at_least("2.14")
        and bool(body.get("single_active_replication")),
    }


def check(demo: DemoHarbor, rule: Json, own: Json | None = None) -> None:
    """Refuses a rule in the order in which Harbor finds fault (400, 404, 409)."""
    if not rule["name"]:
        raise Refusal(400, "empty name")
    if bool(rule["src_registry"]) == bool(rule["dest_registry"]):
        raise Refusal(400, ONE_SIDE)
    for wanted in rule["filters"]:
        check_filter(wanted)
    check_trigger(rule["trigger"])
    if rule["single_active_replication"] and rule["trigger"]["type"] == "event_based":
        raise Refusal(500)
    registries.find(demo, rule["src_registry"] or rule["dest_registry"])
    twin = demo.policies.first(name=rule["name"])
    if twin is not None and twin is not own:
        demo.policies.burn()
        raise Refusal(409, f"replication policy {rule['name']} already exists")


def check_filter(wanted: Json) -> None:
    """Refuses a filter of an unknown kind, or a value that is not of its kind (400)."""
    kind, value = wanted.get("type"), wanted.get("value")
    if kind not in ("name", "tag", "label", "resource"):
        raise Refusal(400, "invalid filter type")
    if kind == "label" and not isinstance(value, list):
        raise Refusal(400, "the type of label filter value isn't string slice")
    if kind != "label" and not isinstance(value, str):
        raise Refusal(400, "the type of filter value isn't string")
    if kind == "resource" and value not in ("", "image", "artifact"):
        raise Refusal(400, f"invalid resource filter: {value}")
    if wanted.get("decoration") not in (None, "", "matches", "excludes"):
        raise Refusal(400, "invalid filter decoration")


def check_trigger(trigger: Json) -> None:
    """Refuses unknown triggers and cron lines that cannot be read (400)."""
    if trigger.get("type") not in ("manual", "scheduled", "event_based"):
        raise Refusal(400, "invalid trigger type")
    if trigger["type"] != "scheduled":
        return
    line = (trigger.get("trigger_settings") or {}).get("cron") or ""
    try:
        schedules.check(line, "scheduled trigger")
    except Refusal as refusal:
        raise Refusal(400, refusal.message.partition(", error:")[0]) from refusal


def keep_time(demo: DemoHarbor, rule: Json) -> None:
    """Makes the schedule of a rule what its trigger says, none while it is switched off."""
    schedules.drop_schedule(demo, VENDOR, rule["id"])
    if rule["enabled"] and rule["trigger"]["type"] == "scheduled":
        line = rule["trigger"]["trigger_settings"]["cron"]
        schedules.set_schedule(demo, VENDOR, rule["id"], line)


@route("GET", "/replication/policies")
def rules(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All rules, the newest first."""
    access.require_system(request, "replication-policy", "list")
    part = request.url.params.get("name", "").lower()
    rows = [rule for rule in demo.policies.values() if part in rule["name"].lower()]
    return listing(request, rows, KEYS, "-creation_time", lambda rule: show(demo, rule))


@route("POST", "/replication/policies")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Adds a rule."""
    access.require_system(request, "replication-policy", "create")
    rule = read(demo, body_of(request))
    check(demo, rule)
    return created(f"/replication/policies/{add(demo, rule)['id']}")


def add(demo: DemoHarbor, rule: Json) -> Json:
    """A new row of the table of rules, and its schedule."""
    now = demo.clock.stamp()
    kept = demo.policies.add(rule | {"creation_time": now, "update_time": now})
    keep_time(demo, kept)
    return kept


@route("GET", "/replication/policies/{rule_id}")
def rule(demo: DemoHarbor, request: httpx.Request, rule_id: str) -> httpx.Response:
    """One rule."""
    access.require_system(request, "replication-policy", "read")
    return answer(show(demo, find(demo, rule_id)))


@route("PUT", "/replication/policies/{rule_id}")
def update(demo: DemoHarbor, request: httpx.Request, rule_id: str) -> httpx.Response:
    """Replaces a rule as a whole: what is left out is switched off."""
    access.require_system(request, "replication-policy", "update")
    known = demo.policies.get(int(rule_id)) if rule_id.isdigit() else None
    changed = read(demo, body_of(request))
    check(demo, changed, known)
    kept = find(demo, rule_id)
    kept |= changed | {"update_time": demo.clock.stamp()}
    keep_time(demo, kept)
    return empty()


@route("DELETE", "/replication/policies/{rule_id}")
def delete(demo: DemoHarbor, request: httpx.Request, rule_id: str) -> httpx.Response:
    """Removes a rule and its executions, unless one of them still runs (412)."""
    access.require_system(request, "replication-policy", "delete")
    gone = find(demo, rule_id)["id"]
    ran = demo.executions.where(vendor_type=VENDOR, policy_id=gone)
    if any(execution["status"] == "InProgress" for execution in ran):
        what = "contains executions that aren't in final status, stop the execution first"
        raise Refusal(412, what)
    for execution in ran:
        copying.forget(demo, execution)
    schedules.drop_schedule(demo, VENDOR, gone)
    del demo.policies[gone]
    return empty()
