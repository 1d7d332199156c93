"""Settings of the directory that people are looked for in."""

from __future__ import annotations

from collections.abc import Mapping

from harbortui.api.configuration import Value
from harbortui.resources.setting import Group, Known
from harbortui.resources.setting_kinds import Kind, Number, OneOf, Secret, Switch
from harbortui.resources.settings_registry import not_blank

LDAP = Group("LDAP", "ldap_auth")
SCOPES = OneOf(words={0: "base only", 1: "one level", 2: "whole tree"})
FILTER, NAME, MEMBERSHIP = (
    "ldap_group_search_filter",
    "ldap_group_attribute_name",
    "ldap_group_membership_attribute",
)


def address(text: str) -> str:
    """Harbor refuses none; a scheme it does not know fails only at the first sign-in."""
    if not text.lower().startswith(("ldap://", "ldaps://")):
        raise ValueError("begins with ldap:// or ldaps://")
    return text


def groups_complete(after: Mapping[str, Value]) -> str:
    """A filter for groups needs to know what groups are called and how members are told."""
    if after.get(FILTER) and not (after.get(NAME) and after.get(MEMBERSHIP)):
        return "groups need a filter, “Group's name in” and “Membership in”: set them together (x)"
    return ""


LDAP_SETTINGS = (
    Known(
        "ldap_url", "Server", "a URL, ldap:// or ldaps://, perhaps with a port", Kind(address), ""
    ),
    Known(
        "ldap_search_dn",
        "Search DN",
        "the account that searches the directory",
        Kind(),
        "",
        "Empty searches without an account.",
    ),
    Known(
        "ldap_search_password",
        "Search password",
        "that account's password",
        Secret(),
        more="Harbor never tells it; what is left empty stays as it is.",
    ),
    Known("ldap_base_dn", "Base DN", "where people are looked for", Kind(not_blank), ""),
    Known(
        "ldap_filter",
        "Filter",
        "which entries there are people",
        Kind(),
        "",
        "Such as (objectClass=person).",
    ),
    Known(
        "ldap_uid",
        "User name in",
        "the attribute that holds the user name",
        Kind(not_blank),
        "cn",
        "Often cn, uid, mail or sAMAccountName.",
    ),
    Known("ldap_scope", "Scope", "how far below the base DN people are", SCOPES, 2),
    Known("ldap_timeout", "Timeout", "how long the directory may take", Number(unit="second"), 5),
    Known("ldap_verify_cert", "Check certificate", "off: any server is trusted", Switch(), True),
    Known("ldap_group_base_dn", "Groups' base DN", "where groups are looked for", Kind(), ""),
    Known(
        FILTER,
        "Groups' filter",
        "which entries there are groups",
        Kind(),
        "",
        "Such as (objectClass=groupOfNames).",
        rule=groups_complete,
    ),
    Known(
        NAME,
        "Group's name in",
        "the attribute that holds a group's name",
        Kind(),
        "",
        "Often cn.",
        rule=groups_complete,
    ),
    Known(
        "ldap_group_admin_dn",
        "Admins' group",
        "its members are system administrators",
        Kind(),
        "",
        "The DN of a group.",
    ),
    Known(
        MEMBERSHIP,
        "Membership in",
        "the attribute of a person that lists groups",
        Kind(),
        "memberof",
        rule=groups_complete,
    ),
    Known(
        "ldap_group_search_scope",
        "Groups' scope",
        "how far below their base DN groups are",
        SCOPES,
        2,
    ),
    Known(
        "ldap_group_attach_parallel",
        "Groups at once",
        "on: sign-ins look up all groups side by side",
        Switch(),
        False,
    ),
)
