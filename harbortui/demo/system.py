"""The registry itself: health, what it is, its disk, its numbers, tests of connections."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from . import access
from .answers import Json, Refusal, answer, body_of, empty, text
from .clock import NEVER
from .configuration import require
from .routing import route
from .signin import caller

if TYPE_CHECKING:
    from .server import DemoHarbor

COMPONENTS = (
    "core",
    "database",
    "jobservice",
    "portal",
    "redis",
    "registry",
    "registryctl",
    "trivy",
)
BUILDS = {"2.15.2": "v2.15.2-080b0220", "2.12.4": "v2.12.4-6b4981d4"}
DISK = 252 * 2**30
PUBLIC = (
    "auth_mode",
    "banner_message",
    "oidc_provider_name",
    "primary_auth_mode",
    "self_registration",
)
HOST = "harbor.example.com"


@route("GET", "/ping")
def ping(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """A sign of life, for everybody."""
    return text("Pong")


@route("GET", "/health")
def health(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Always 200, for everybody: which components are well, and what ails the others."""
    rows = []
    for name in COMPONENTS:
        problem = demo.components.get(name)
        ill = {"name": name, "status": "unhealthy", "error": problem}
        rows.append(ill if problem else {"name": name, "status": "healthy"})
    status = "unhealthy" if any(row["status"] == "unhealthy" for row in rows) else "healthy"
    return answer({"components": rows, "status": status})


@route("GET", "/systeminfo")
def what_it_is(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """What the sign-in page needs; version, addresses and more for whoever has signed in."""
    settings = demo.configuration
    shown: Json = {
        "auth_mode": settings["auth_mode"],
        "banner_message": settings["banner_message"],
        "current_time": demo.clock.stamp(),
        "external_url": f"https://{HOST}",
        "harbor_version": BUILDS.get(demo.version, f"v{demo.version}-00000000"),
        "has_ca_root": False,
        "notification_enable": settings["notification_enable"],
        "oidc_provider_name": settings["oidc_name"],
        "primary_auth_mode": settings["primary_auth_mode"],
        "project_creation_restriction": settings["project_creation_restriction"],
        "read_only": settings["read_only"],
        "registry_storage_provider_name": "filesystem",
        "registry_url": HOST,
        "self_registration": settings["self_registration"],
    }
    if not demo.at_least("2.10"):
        del shown["oidc_provider_name"]
    if not demo.at_least("2.9"):
        del shown["banner_message"]
    if not caller(request).known:
        # Harbor 2.12 told its version to everybody, 2.15 does not.
        public = PUBLIC if demo.at_least("2.13") else (*PUBLIC, "harbor_version")
        shown = {key: value for key, value in shown.items() if key in public}
    return answer(shown)


@route("GET", "/systeminfo/volumes")
def volumes(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Bytes of the disk, all and free."""
    access.require_system(request, "system-volumes", "read")
    return answer({"storage": [{"total": DISK, "free": demo.free}]})


@route("GET", "/systeminfo/getcert")
def certificate(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The certificate of the registry's own authority, which the demo has not."""
    raise Refusal(404, "resource not found: cert not found in path: /etc/core/ca/ca.crt")


@route("GET", "/internalconfig")
def internal(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """For Harbor's own services only."""
    raise Refusal(401, "only internal service is allowed to call this API")


@route("GET", "/icons/{digest}")
def icon(demo: DemoHarbor, request: httpx.Request, digest: str) -> httpx.Response:
    """Pictures are not for a terminal."""
    raise Refusal(404, f"the icon {digest} not found")


@route("GET", "/system/CVEAllowlist")
def allowlist(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The findings that the whole registry puts up with."""
    access.signed_in(request)
    return answer({"items": [], "creation_time": NEVER, "update_time": NEVER} | demo.allowlist)


@route("PUT", "/system/CVEAllowlist")
def set_allowlist(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Replaces that list; blank and doubled ids are an error of the server (500)."""
    require(request, "update")
    body = body_of(request)
    names = [str(item.get("cve_id") or "").strip() for item in body.get("items") or []]
    if "" in names or len(set(names)) != len(names):
        raise Refusal(500)
    now = demo.clock.stamp()
    made = demo.allowlist.get("creation_time", now)
    demo.allowlist = {"id": 1, "items": [{"cve_id": name} for name in names]}
    demo.allowlist |= {"creation_time": made, "update_time": now}
    if body.get("expires_at"):
        demo.allowlist["expires_at"] = body["expires_at"]
    return empty()


@route("POST", "/ldap/ping")
def ldap_ping(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Always 200: `success`, or in `message` why not. What is left out is as it is set."""
    require(request, "read")
    body = body_of(request) if request.content else {}
    kept = demo.configuration
    url = body.get("ldap_url") or kept["ldap_url"]
    secret = body.get("ldap_search_password") or kept.get("ldap_search_password")
    if not secret:
        return answer({"message": "error: empty password"})
    if silent(demo, url or "ldap://"):
        return answer({"message": "error: ldap server network timeout"})
    if secret == "wrong":
        return answer({"message": 'error: LDAP Result Code 49 "Invalid Credentials": '})
    return answer({"success": True})


@route("POST", "/system/oidc/ping")
def oidc_ping(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """200 if an OIDC provider answers at `url`, else 400."""
    require(request, "update")
    url = str(body_of(request).get("url") or "")
    if not url.startswith("https://") or silent(demo, url):
        raise Refusal(400, "failed to verify connection")
    return empty()


def silent(demo: DemoHarbor, url: str) -> bool:
    """Whether nobody answers at an address: no host, this machine, or one that is made so."""
    host = urlsplit(url).hostname or ""
    return not host or host.startswith("127.") or host == "localhost" or host in demo.unreachable
