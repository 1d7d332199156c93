"""Settings of those who know people in Harbor's stead: OIDC, an authentication proxy, UAA."""

from __future__ import annotations

import json

from harbortui.resources.setting import Group, Known
from harbortui.resources.setting_kinds import Kind, Secret, Switch

OIDC = Group("OIDC", "oidc_auth")
PROXY = Group("Authentication proxy", "http_auth")
UAA = Group("UAA", "uaa_auth")


def parameters(text: str) -> str:
    """An object of texts; Harbor refuses anything else."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise ValueError('JSON with texts, such as {"prompt": "login"}')
    return text or "{}"


OIDC_SETTINGS = (
    Known("oidc_name", "Provider", "its name on the sign-in button", Kind(), ""),
    Known(
        "oidc_endpoint",
        "Endpoint",
        "the provider's address, an https:// URL",
        Kind(),
        "",
        "The part before /.well-known/openid-configuration.",
    ),
    Known("oidc_client_id", "Client id", "what the provider calls this Harbor", Kind(), ""),
    Known(
        "oidc_client_secret",
        "Client secret",
        "Harbor's password at the provider",
        Secret(),
        more="Harbor never tells it; what is left empty stays as it is.",
    ),
    Known(
        "oidc_scope",
        "Scope",
        "what the provider is asked for, between commas",
        Kind(),
        "",
        "Such as openid,profile,email,offline_access; openid must be among it.",
    ),
    Known("oidc_user_claim", "User name claim", "the claim that is the user name", Kind(), ""),
    Known("oidc_groups_claim", "Groups claim", "the claim that lists groups", Kind(), ""),
    Known(
        "oidc_admin_group",
        "Admins' group",
        "its members are system administrators",
        Kind(),
        "",
    ),
    Known(
        "oidc_group_filter",
        "Groups' filter",
        "a pattern for groups to take over",
        Kind(),
        "",
        "A regular expression; empty takes all.",
    ),
    Known("oidc_verify_cert", "Check certificate", "off: any server is trusted", Switch(), True),
    Known(
        "oidc_auto_onboard",
        "Names by itself",
        "on: people are not asked for a user name",
        Switch(),
        False,
        "Needs the claim that is the user name.",
    ),
    Known(
        "oidc_logout",
        "Sign out there",
        "on: signing out ends the provider's session too",
        Switch(),
        False,
    ),
    Known(
        "oidc_extra_redirect_parms",
        "More parameters",
        "sent along to the provider, as JSON",
        Kind(parameters),
        "{}",
    ),
)
PROXY_SETTINGS = (
    Known("http_authproxy_endpoint", "Endpoint", "who is asked at sign-in", Kind(), ""),
    Known(
        "http_authproxy_tokenreview_endpoint",
        "Token review",
        "who is asked about a token",
        Kind(),
        "",
    ),
    Known(
        "http_authproxy_admin_groups",
        "Admins' groups",
        "their members are system administrators",
        Kind(),
        "",
        "Names between commas.",
    ),
    Known(
        "http_authproxy_admin_usernames",
        "Admins",
        "they are system administrators",
        Kind(),
        "",
        "User names between commas.",
    ),
    Known(
        "http_authproxy_server_certificate",
        "Certificate",
        "what the proxy's is checked against",
        Kind(lines=True),
        "",
        "PEM; empty is the system's authorities.",
    ),
    Known(
        "http_authproxy_verify_cert",
        "Check certificate",
        "off: any server is trusted",
        Switch(),
        True,
    ),
    Known(
        "http_authproxy_skip_search",
        "No search",
        "on: members are added without looking them up",
        Switch(),
        False,
    ),
)
UAA_SETTINGS = (
    Known("uaa_endpoint", "Endpoint", "the address of UAA", Kind(), ""),
    Known("uaa_client_id", "Client id", "what UAA calls this Harbor", Kind(), ""),
    Known(
        "uaa_client_secret",
        "Client secret",
        "Harbor's password there",
        Secret(told=True),
        more="What is left empty stays as it is.",
    ),
    Known("uaa_verify_cert", "Check certificate", "off: any server is trusted", Switch(), False),
)
