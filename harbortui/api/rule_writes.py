"""Replication rules, made and changed: what Harbor is sent, and what it kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harbortui.api import adapters, model
from harbortui.api.changes import changed, unless_changed
from harbortui.api.errors import NotFound, Refused, ServerFault, Unreachable
from harbortui.api.harbor import Harbor
from harbortui.api.replication import ON_PUSH, PATH, SCHEDULED, Rule, get, raw, still
from harbortui.api.rule_changes import whole
from harbortui.api.rule_fields import PULL, source
from harbortui.api.rule_forms import PLAIN, RuleForm, form

FILTERS = {
    "name": ("names",),
    "tag": ("tags", "tags_way"),
    "label": ("labels", "labels_way"),
    "resource": ("resource",),
}
"""The fields that make each kind of filter."""


def _filter(kind: str, after: RuleForm) -> dict[str, Any] | None:
    """A filter as Harbor takes it; None when it lets everything pass."""
    if kind == "tag" and after.tags:
        return {"type": kind, "value": after.tags, "decoration": after.tags_way}
    if kind == "label" and after.labels:
        return {"type": kind, "value": sorted(after.labels), "decoration": after.labels_way}
    value = {"name": after.names, "resource": after.resource}.get(kind)
    return {"type": kind, "value": value} if value else None


def _ends(after: RuleForm) -> dict[str, Any]:
    """Source and destination: this Harbor is nothing, the other one its id."""
    ends = [None, {"id": after.registry}]
    src, dest = reversed(ends) if after.mode == PULL else ends
    return {"src_registry": src, "dest_registry": dest}


def _trigger(after: RuleForm) -> dict[str, Any]:
    if after.trigger != SCHEDULED:
        return {"type": after.trigger}
    return {"type": SCHEDULED, "trigger_settings": {"cron": after.cron}}


def _retriggered(kept: Mapping[str, Any], after: RuleForm) -> dict[str, Any]:
    """The trigger as it is kept, going off otherwise."""
    new = _trigger(after)
    if SCHEDULED == kept.get("type") == after.trigger:
        new["trigger_settings"] = {**(kept.get("trigger_settings") or {}), "cron": after.cron}
    return {name: value for name, value in kept.items() if name != "trigger_settings"} | new


def body(new: RuleForm) -> dict[str, Any]:
    """What `POST /replication/policies` is sent."""
    every = [_filter(kind, new) for kind in FILTERS]
    return {
        **{name: getattr(new, name) for name in PLAIN},
        **_ends(new),
        "dest_namespace_replace_count": new.flattening,
        "filters": [one for one in every if one],
        "trigger": _trigger(new),
        "deletion": new.deletion,
        "speed": new.speed,
        "single_active_replication": new.single_active,
    }


def patched(now: Mapping[str, Any], before: RuleForm, after: RuleForm) -> dict[str, Any]:
    """The whole rule as it is now, with what the form has changed; what we do not know stays."""
    new = changed(before, after)
    sent = whole(now) | {name: new[name] for name in PLAIN if name in new}
    if new.keys() & {"mode", "registry"}:
        sent |= _ends(after)
    if new.keys() & {"trigger", "cron"}:
        sent["trigger"] = _retriggered(sent.get("trigger") or {}, after)
    for kind, names in FILTERS.items():
        if new.keys() & set(names):
            sent["filters"] = _replaced(sent.get("filters") or [], kind, _filter(kind, after))
    if "flattening" in new:
        sent["dest_namespace_replace_count"] = after.flattening
    if "speed" in new:
        sent["speed"] = after.speed
    if "deletion" in new:
        # Harbor reads the one and writes both (2.12 to 2.15).
        sent |= {"deletion": after.deletion, "replicate_deletion": after.deletion}
    if "single_active" in new or after.trigger == ON_PUSH:
        # Both together are a 500.
        sent["single_active_replication"] = after.single_active and after.trigger != ON_PUSH
    return sent


def _replaced(
    filters: list[dict[str, Any]], kind: str, new: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """The filters with the first of a kind exchanged, taken away, or added."""
    places = [place for place, one in enumerate(filters) if one.get("type") == kind]
    if not places:
        return [*filters, *([new] if new else [])]
    at = places[0]
    return [*filters[:at], *([filters[at] | new] if new else []), *filters[at + 1 :]]


async def fill(harbor: Harbor, rule: Rule) -> RuleForm:
    """The form of a rule as it is now."""
    return form(await still(harbor, rule))


async def check(harbor: Harbor, wanted: RuleForm) -> None:
    """Refused for what the registries cannot do, which Harbor would take without a word.

    A registry that does not answer now is taken at its word.
    """
    if wanted.labels:
        able = await _able(harbor, source({"mode": wanted.mode, "registry": wanted.registry}))
        if able and not able.filters("label"):
            raise Refused("that registry knows no labels: choose none")
    if wanted.copy_by_chunk:
        able = await _able(harbor, wanted.registry)
        if able and not able.supported_copy_by_chunk:
            raise Refused("that registry does not copy by chunk: only Harbor does")


async def _able(harbor: Harbor, registry_id: int) -> adapters.Abilities | None:
    try:
        return await adapters.abilities(harbor, registry_id)
    except NotFound as error:
        raise Refused("that registry is gone: choose another one") from error
    except (ServerFault, Unreachable):
        return None


async def create(harbor: Harbor, _: None, new: RuleForm) -> str | None:
    """`POST /replication/policies`; Conflict for a name that is taken."""
    await check(harbor, new)
    made = await harbor.write("POST", PATH, body(new))
    return _lost(await get(harbor, made.number), new)


async def update(harbor: Harbor, rule: Rule, before: RuleForm, after: RuleForm) -> str | None:
    """`PUT /replication/policies/{id}` of the whole rule.

    Conflict for a name that is taken, or when someone else changed what is to be changed.
    """
    now = await still(harbor, rule)
    if not changed(before, after):
        return f"Nothing of {now.name} was changed"
    await check(harbor, after)
    # What is judged is what goes back: nothing lies between but the way.
    kept = await raw(harbor, now)
    unless_changed(now.name, before, after, form(model.made(Rule, kept)))
    await harbor.write("PUT", f"{PATH}/{now.id}", patched(kept, before, after))
    return _lost(await get(harbor, now.id), after)


def _lost(kept: Rule, wanted: RuleForm) -> str | None:
    """What an older Harbor has dropped without a word."""
    if wanted.single_active and kept.single_active_replication is None:
        return "Saved, but this Harbor does not know “One at a time”: it needs 2.14"
    return None
