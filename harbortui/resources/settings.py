"""Every setting of a Harbor in plain words."""

from __future__ import annotations

from dataclasses import replace

from harbortui.api.configuration import Value, secret
from harbortui.resources.setting import OTHER, Group, Known
from harbortui.resources.setting_kinds import Kind, Number, Secret, Switch, Unwritten
from harbortui.resources.settings_ldap import LDAP, LDAP_SETTINGS
from harbortui.resources.settings_providers import (
    OIDC,
    OIDC_SETTINGS,
    PROXY,
    PROXY_SETTINGS,
    UAA,
    UAA_SETTINGS,
)
from harbortui.resources.settings_registry import (
    AUDIT,
    AUDIT_SETTINGS,
    PROJECT_SETTINGS,
    PROJECTS,
    REGISTRY,
    REGISTRY_SETTINGS,
    SIGN_IN,
    SIGN_IN_SETTINGS,
)

CATALOGUE: dict[Group, tuple[Known, ...]] = {
    SIGN_IN: SIGN_IN_SETTINGS,
    PROJECTS: PROJECT_SETTINGS,
    REGISTRY: REGISTRY_SETTINGS,
    AUDIT: AUDIT_SETTINGS,
    LDAP: LDAP_SETTINGS,
    OIDC: OIDC_SETTINGS,
    PROXY: PROXY_SETTINGS,
    UAA: UAA_SETTINGS,
}
"""Groups in the order of the screen, each with its settings."""
SETTINGS = {known.key: known for settings in CATALOGUE.values() for known in settings}
GROUPS = {known.key: group for group, settings in CATALOGUE.items() for known in settings}


def of(key: str, value: Value) -> Known:
    """What is known of a setting; one of a newer Harbor has its own name, and its type."""
    known = SETTINGS.get(key)
    if known is None:
        return Known(key, key, "of a newer Harbor", _kind(key, value))
    usual = known.default is None or value is None or type(value) is type(known.default)
    return known if usual else replace(known, kind=_kind(key, value))


def group_of(key: str) -> Group:
    """The group that a setting stands in."""
    return GROUPS.get(key, OTHER)


def _kind(key: str, value: Value) -> Kind:
    if isinstance(value, bool):
        return Switch()
    if secret(key):
        return Secret(told=value is not None)
    if isinstance(value, int):
        return Number(least=-1)
    return Kind() if isinstance(value, str) else Unwritten()


def told(key: str, value: Value) -> tuple[str, str]:
    """A setting and a value of it in words, for sentences."""
    known = of(key, value)
    return f"“{known.title}”", known.kind.says(value)
