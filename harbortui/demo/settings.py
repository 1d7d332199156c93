"""The settings of the registry: what they are at first, and which values Harbor refuses."""

from __future__ import annotations

from .answers import Json, Refusal, invalid

DEFAULTS: Json = {
    "audit_log_forward_endpoint": "",
    "auth_mode": "db_auth",
    "banner_message": "",
    "disabled_audit_log_event_types": "",
    "http_authproxy_admin_groups": "",
    "http_authproxy_admin_usernames": "",
    "http_authproxy_endpoint": "",
    "http_authproxy_server_certificate": "",
    "http_authproxy_skip_search": False,
    "http_authproxy_tokenreview_endpoint": "",
    "http_authproxy_verify_cert": True,
    "ldap_base_dn": "",
    "ldap_filter": "",
    "ldap_group_admin_dn": "",
    "ldap_group_attach_parallel": False,
    "ldap_group_attribute_name": "",
    "ldap_group_base_dn": "",
    "ldap_group_membership_attribute": "memberof",
    "ldap_group_search_filter": "",
    "ldap_group_search_scope": 2,
    "ldap_scope": 2,
    "ldap_search_dn": "",
    "ldap_timeout": 5,
    "ldap_uid": "cn",
    "ldap_url": "",
    "ldap_verify_cert": True,
    "notification_enable": True,
    "oidc_admin_group": "",
    "oidc_auto_onboard": False,
    "oidc_client_id": "",
    "oidc_endpoint": "",
    "oidc_extra_redirect_parms": "{}",
    "oidc_group_filter": "",
    "oidc_groups_claim": "",
    "oidc_logout": False,
    "oidc_name": "",
    "oidc_scope": "",
    "oidc_user_claim": "",
    "oidc_verify_cert": True,
    "primary_auth_mode": False,
    "project_creation_restriction": "everyone",
    "quota_per_project_enable": True,
    "read_only": False,
    "robot_name_prefix": "robot$",
    "robot_token_duration": 30,
    "scanner_skip_update_pulltime": False,
    "self_registration": False,
    "session_timeout": 60,
    "skip_audit_log_database": False,
    "storage_per_project": -1,
    "token_expiration": 30,
    "uaa_client_id": "",
    "uaa_client_secret": "",
    "uaa_endpoint": "",
    "uaa_verify_cert": False,
}
SECRETS = ("ldap_search_password", "oidc_client_secret")
"""Can be set, and are never answered."""
NEWER = {
    "banner_message": "2.9",
    "disabled_audit_log_event_types": "2.13",
    "ldap_group_attach_parallel": "2.12",
    "oidc_group_filter": "2.7",
    "oidc_logout": "2.13",
    "primary_auth_mode": "2.8",
    "scanner_skip_update_pulltime": "2.8",
    "session_timeout": "2.7",
}
CHOICES = {
    "project_creation_restriction": ("adminonly", "everyone"),
    "auth_mode": ("db_auth", "ldap_auth", "uaa_auth", "http_auth", "oidc_auth"),
}
POSITIVE = ("token_expiration", "robot_token_duration", "session_timeout")
NEVER_EMPTY = ("ldap_url", "ldap_base_dn", "ldap_uid")
SCOPES = ("ldap_scope", "ldap_group_search_scope")
TIBIBYTES = 1024 * 2**40
JSON_TYPES = {str: "string", bool: "bool", int: "number", float: "number", list: "array"}
GO_TYPES = {str: "string", bool: "bool", int: "int64"}


def check_types(changes: Json) -> None:
    """Refuses values of another JSON type than the setting's (422)."""
    known = DEFAULTS | dict.fromkeys(SECRETS, "")
    for key, value in changes.items():
        wanted = type(known.get(key, value))
        if value is not None and type(value) is not wanted:
            given = JSON_TYPES.get(type(value), "object")
            where = f"Go struct field Configurations.{key} of type {GO_TYPES[wanted]}"
            reason = f"json: cannot unmarshal {given} into {where}"
            raise invalid(f'parsing configurations body from "" failed, because {reason}')


def check_values(changes: Json, current: Json) -> None:
    """Refuses values that are out of a setting's domain (400)."""
    for key, value in changes.items():
        if key in POSITIVE and not 0 < value < 10**10:
            raise Refusal(400, f"the {key} value must be positive")
        if problem := fault(key, value):
            raise Refusal(400, f"bad request: item name {key}: {problem}")
    if not changes.get("robot_name_prefix", "robot$").strip():
        raise Refusal(400, "the robot name prefix cannot be blank")
    limit = changes.get("storage_per_project", -1)
    if limit != -1 and not 0 < limit <= TIBIBYTES:
        raise Refusal(400, f"bad request: invalid storage_per_project: {limit}")
    after = current | changes
    if changes.get("skip_audit_log_database") and not after["audit_log_forward_endpoint"]:
        reason = "the audit_log_forward_endpoint is empty"
        raise Refusal(400, f"bad request: cannot set skip_audit_log_database, {reason}")
    check_groups(changes, after)


def fault(key: str, value: object) -> str:
    """What is wrong with the value of a setting, in Harbor's words; empty if nothing is."""
    if key in CHOICES and value not in CHOICES[key]:
        return f"invalid {key}, should be {' or '.join(CHOICES[key])}"
    if key in NEVER_EMPTY and not str(value).strip():
        return "the string value can not be empty"
    if key in SCOPES and value not in (0, 1, 2):
        return "invalid ldap scope, should be 0, 1 or 2"
    return ""


def check_groups(changes: Json, after: Json) -> None:
    """The three settings that find groups in a directory need one another (400)."""
    keys = (
        "ldap_group_search_filter",
        "ldap_group_attribute_name",
        "ldap_group_membership_attribute",
    )
    if not any(key in changes for key in keys) or not after[keys[0]]:
        return
    for key in keys:
        if not after[key]:
            raise Refusal(400, f"bad request: {key} is empty")
