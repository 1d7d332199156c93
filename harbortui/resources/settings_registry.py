"""Settings of every Harbor: sign-in, projects, the registry, the audit log."""

from __future__ import annotations

from collections.abc import Mapping

from harbortui.api.configuration import Value
from harbortui.resources.banner import BannerKind
from harbortui.resources.doors import MODES, PROJECT_CREATION, READ_ONLY, SELF_REGISTRATION, Door
from harbortui.resources.setting import Group, Known
from harbortui.resources.setting_kinds import Bytes, Events, Kind, Number, OneOf, Switch, quota

SIGN_IN, PROJECTS = Group("Sign-in"), Group("Projects")
REGISTRY, AUDIT = Group("Registry"), Group("Audit log")


def opens(door: Door, value: Value) -> str:
    """What a door asks before it is moved to a value, as a caution in a form."""
    if value is None:
        return ""
    way = door.stands(value)
    return " ".join(way.lines) if way.asks else ""


def not_blank(text: str) -> str:
    """Harbor refuses what is blank."""
    if not text:
        raise ValueError("cannot be empty")
    return text


def forward_address(text: str) -> str:
    """A host and a port; nothing forwards nothing. Harbor tries to reach it."""
    host, colon, port = text.rpartition(":")
    if text and not (host and colon and port.isdecimal() and 0 < int(port[:6]) < 65536):
        raise ValueError("a host and a port, such as syslog.example.com:514")
    return text


def kept_somewhere(after: Mapping[str, Value]) -> str:
    """Why events cannot be kept out of the database."""
    if after.get("skip_audit_log_database") and not after.get("audit_log_forward_endpoint"):
        return "needs an address to forward to: set that first"
    return ""


def forwarded_still(after: Mapping[str, Value]) -> str:
    """Harbor would allow it, and events would be kept nowhere."""
    if kept_somewhere(after):
        return "events are kept out of the database: without an address they are lost"
    return ""


SIGN_IN_SETTINGS = (
    Known(
        "auth_mode",
        "Authentication",
        "where accounts and passwords are kept",
        OneOf(words=MODES),
        "db_auth",
        "Set up LDAP, OIDC or the proxy before, and try the connection.",
        caution=lambda _: (
            "Everyone but admin signs in that way from now on, and once there are users it "
            "cannot be changed again."
        ),
    ),
    Known(
        "primary_auth_mode",
        "Primary sign-in",
        "on: the sign-in page leads straight to the provider",
        Switch(),
        False,
        modes=("ldap_auth", "oidc_auth", "http_auth", "uaa_auth"),
        idle="of use only when accounts are kept elsewhere",
    ),
    Known(
        "self_registration",
        "Self-registration",
        "on: anyone who reaches this Harbor can make an account",
        Switch(),
        False,
        modes=SELF_REGISTRATION.modes,
        idle="of use only with accounts in the database",
        caution=lambda value: opens(SELF_REGISTRATION, value),
    ),
    Known(
        "session_timeout",
        "Session timeout",
        "after this long without use, one signs in again",
        Number(unit="minute"),
        60,
    ),
    Known(
        "token_expiration",
        "Tokens live for",
        "how long a token for a push or a pull is good",
        Number(unit="minute"),
        30,
        "The registry's tokens, which docker asks for by itself.",
    ),
)
PROJECT_SETTINGS = (
    Known(
        "project_creation_restriction",
        "Who creates projects",
        "everyone, or administrators only",
        OneOf(words={"everyone": "everyone", "adminonly": "administrators"}),
        "everyone",
        caution=lambda value: opens(PROJECT_CREATION, value),
    ),
    Known(
        "storage_per_project",
        "Quota of a new project",
        "projects that exist keep theirs",
        Bytes(quota),
        -1,
        "A size such as 50 GiB; empty is no limit.",
    ),
    Known(
        "quota_per_project_enable",
        "Quotas hold",
        "off: projects may hold more than their quota",
        Switch(),
        True,
    ),
    Known(
        "robot_name_prefix",
        "Robot names begin with",
        "changing it renames every robot",
        Kind(not_blank),
        "robot$",
        caution=lambda _: (
            "Every robot has another name from then on: what signs in by an old name is refused."
        ),
    ),
    Known(
        "robot_token_duration",
        "Robots live for",
        "unless made with another duration",
        Number(unit="day"),
        30,
        "What Harbor's portal offers for a new robot; those that exist keep theirs.",
    ),
)
REGISTRY_SETTINGS = (
    Known(
        "read_only",
        "Read-only",
        "on: no pushes, scans, labels, collection, replication",
        Switch(),
        False,
        caution=lambda value: opens(READ_ONLY, value),
    ),
    Known(
        "banner_message",
        "Banner",
        "shown above the portal, with a time span",
        BannerKind(),
        "",
    ),
    Known(
        "notification_enable",
        "Webhooks",
        "off: no project's webhooks are sent",
        Switch(),
        True,
    ),
    Known(
        "scanner_skip_update_pulltime",
        "Scans leave pull times",
        "off: a scan changes when an image was last pulled",
        Switch(),
        False,
        "Retention by the last pull keeps what is scanned, unless this is on.",
    ),
)
AUDIT_SETTINGS = (
    Known(
        "audit_log_forward_endpoint",
        "Forward to",
        "as syslog, besides or instead of the database",
        Kind(forward_address),
        "",
        "A host and a port, such as syslog.example.com:514. Harbor tries it, and may keep it "
        "even when nobody answers there.",
        rule=forwarded_still,
    ),
    Known(
        "skip_audit_log_database",
        "Keep out of the database",
        "needs a forward address; the log here would be empty",
        Switch(),
        False,
        rule=kept_somewhere,
        caution=lambda value: (
            "From then on no event is kept where harbortui and the portal can show it."
            if value
            else ""
        ),
    ),
    Known(
        "disabled_audit_log_event_types",
        "Events not recorded",
        "kinds of events that leave no row in the log",
        Events(),
        "",
        "What was recorded before stays.",
    ),
)
