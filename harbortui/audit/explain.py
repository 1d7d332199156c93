"""Why a log is silent, and what it cannot hold: in sentences, from what is known of this Harbor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harbortui.api.identity import Me
from harbortui.audit.filter import Filter
from harbortui.audit.wording import PUSH

OLD_KINDS: Mapping[str, tuple[str, ...]] = {
    "artifact": ("create", "delete", "pull"),
    "project": ("create", "delete"),
    "repository": ("create", "delete"),
    "robot": ("create", "delete"),
    "tag": ("create", "delete"),
}
"""All that Harbor before 2.13 records, by type."""
NO_ADDRESS = "Harbor does not record from which address it came."


def unrecorded(wanted: Filter, *, old: bool) -> str:
    """Why a log can hold nothing of what is wanted; empty: it can."""
    if not old:
        return ""
    if wanted.worked is not None:
        return "Harbor before 2.13 does not record whether something worked."
    pairs = [(type_, one) for type_, known in OLD_KINDS.items() for one in known]
    if any(_fits(wanted, type_, one) for type_, one in pairs):
        return ""
    return (
        "Harbor before 2.13 records artifacts made, pulled and deleted, and projects, "
        "repositories, tags and robots made and deleted: nothing of this."
    )


def _fits(wanted: Filter, kind: str, operation: str) -> bool:
    if wanted.types and kind not in wanted.types:
        return False
    if PUSH in wanted.operations and (kind, operation) == ("artifact", "create"):
        return True
    return not wanted.operations or operation in wanted.operations


def switched_off(settings: Mapping[str, object], wanted: Filter) -> str:
    """What the configuration keeps out of the log, of what is wanted; empty: nothing."""
    if settings.get("skip_audit_log_database"):
        where = settings.get("audit_log_forward_endpoint") or "nowhere"
        return f"Nothing new is recorded here: Harbor sends its events to {where} alone."
    off = str(settings.get("disabled_audit_log_event_types") or "").split(",")
    names = [name for name in map(str.strip, off) if name and _concerns(wanted, name)]
    if not names:
        return ""
    return f"Switched off in the configuration, so not recorded: {', '.join(names)}."


def _concerns(wanted: Filter, name: str) -> bool:
    operation, _, kind = name.partition("_")
    return _fits(wanted, kind, operation)


def access(me: Me) -> str:
    """Whose events an account sees; empty: everybody's."""
    if me.is_robot:
        return "A robot needs the system's permission audit-log: list."
    return "" if me.is_admin else "You see the events of projects that you administer."


def limits(wanted: Filter) -> Iterator[str]:
    """What Harbor leaves out of what is wanted, and where one would look for it."""
    if {"login", "logout"} & set(wanted.operations) or "user" in wanted.types:
        yield (
            "Sign-ins are those on the web: docker login and API passwords leave no row, "
            "also when they fail."
        )
    if "robot" in wanted.types:
        yield "Robots: made and deleted is recorded; changed, refreshed or disabled is not."
    if "project" in wanted.types:
        yield (
            "Projects: made and deleted is recorded; made public, members, quotas and other "
            "settings are not."
        )
    if "configuration" in wanted.types:
        yield "Which setting was changed is not recorded: d on a setting compares what was seen."
    if "tag" in wanted.types:
        yield "A tag that is deleted with its artifact has no row: its digest and repository have."
