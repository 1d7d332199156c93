"""What is done to a replication rule as a whole: run, turned on and off, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harbortui.api.errors import Conflict, NotFound
from harbortui.api.harbor import Harbor
from harbortui.api.replication import PATH, Rule, get, raw, still
from harbortui.api.tasks import EXECUTIONS


async def run(harbor: Harbor, rule: Rule) -> str | None:
    """`POST /replication/executions`; Conflict (412) while the rule is off."""
    now = await still(harbor, rule)
    if not now.enabled:
        raise Conflict(f"{rule.name} is off: b turns it on")
    made = await harbor.write("POST", EXECUTIONS, {"policy_id": rule.id})
    return f"{rule.name} runs: execution {made.name}. enter shows it."


async def flip(harbor: Harbor, rule: Rule) -> str | None:
    """Turns a rule off, or on: a PUT of the whole, in which only `enabled` changes."""
    now = await still(harbor, rule)
    wanted = not rule.enabled
    word = "on" if wanted else "off"
    if now.enabled == wanted:
        return f"{rule.name} was {word} already"
    sent = {**whole(await raw(harbor, rule)), "enabled": wanted}
    await harbor.write("PUT", f"{PATH}/{rule.id}", sent)
    return f"{rule.name} is {word}."


async def is_flipped(harbor: Harbor, rule: Rule) -> bool:
    """Whether it is now what it was not when it was shown."""
    return (await get(harbor, rule.id)).enabled != rule.enabled


def whole(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule to be sent back: all it has, registries by id only, so that no masked secret goes."""
    sent = dict(rule)
    for side in ("src_registry", "dest_registry"):
        number = (rule.get(side) or {}).get("id") or 0
        sent[side] = {"id": number} if number else None
    return sent


async def delete(harbor: Harbor, rule: Rule) -> str | None:
    """`DELETE /replication/policies/{id}`, its runs too; Conflict (412) while one goes on."""
    try:
        await still(harbor, rule)
        await harbor.write("DELETE", f"{PATH}/{rule.id}")
    except NotFound:
        return f"{rule.name} was gone already"
    except Conflict as error:
        if error.status != 412:
            raise
        words = f"{rule.name} still runs: stop its execution first (enter, then s)"
        raise Conflict(words) from error
    return None
