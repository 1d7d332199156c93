"""Registries elsewhere that this one copies from and to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from . import access
from .adapters import kinds
from .answers import Json, Refusal, answer, body_of, created, empty, without_zeros
from .clock import NEVER
from .listing import columns, listing
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

KEYS = columns(
    "id", "name", "url", "type", "description", "insecure", "status", "creation_time", "update_time"
)
UNHEALTHY = "the registry is unhealthy"
WRONG = ("wrong", "nope")
"""Secrets that no registry of the demo's world accepts, for trying out what then happens."""
LOCAL: Json = {
    "id": 0,
    "name": "Local",
    "type": "harbor",
    "url": "http://core:8080",
    "insecure": True,
    "status": "healthy",
    "credential": {"type": "secret", "access_secret": "*****"},
    "creation_time": NEVER,
    "update_time": NEVER,
}


def show(demo: DemoHarbor, registry: Json) -> Json:
    """A registry as Harbor answers it, its secret masked."""
    credential = {key: value for key, value in registry["credential"].items() if value}
    if "access_secret" in credential:
        credential["access_secret"] = "*****"
    shown = without_zeros(registry) | {"id": registry["id"], "credential": credential}
    if not demo.at_least("2.15"):
        shown.pop("ca_certificate", None)
    return shown


def find(demo: DemoHarbor, registry_id: object) -> Json:
    """The registry with this id, or 404."""
    known = str(registry_id).isdigit()
    registry = demo.registries.get(int(str(registry_id))) if known else None
    if registry is None:
        raise Refusal(404, f"registry {registry_id} not found")
    return registry


def address(url: str) -> str:
    """A URL as Harbor keeps it, or 400 in its words."""
    full = url if url.startswith(("http://", "https://")) else f"http://{url}"
    host = full.partition("://")[2].partition("/")[0]
    if wrong := re.search(r"[\s<>\"]", host):
        reason = f'invalid character "{wrong[0]}" in host name'
        raise Refusal(400, f'invalid URL: parse "{full}": {reason}')
    if not host:
        raise Refusal(400, f"invalid URL: {url}")
    return full.rstrip("/")


def healthy(demo: DemoHarbor, registry: Json) -> bool:
    """Whether a registry answers, and accepts the credentials."""
    if unreachable(demo, registry):
        return False
    credential = registry.get("credential") or {}
    name, secret = credential.get("access_key") or "", credential.get("access_secret") or ""
    own = demo.passwords.get(name)
    if registry["type"] == "harbor" and own is not None:
        return bool(own == secret)
    return secret not in WRONG


def unreachable(demo: DemoHarbor, registry: Json) -> str:
    """Why no connection is made, in Go's words; empty if one is."""
    place = urlsplit(registry["url"])
    port = place.port or (443 if place.scheme == "https" else 80)
    if place.hostname in demo.unreachable or port == 1:
        return f"dial tcp {place.hostname}:{port}: connect: connection refused"
    return ""


@route("GET", "/registries")
def registries(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """All of them, in no order of Harbor's choosing."""
    access.require_system(request, "registry", "list")
    part = request.url.params.get("name", "").lower()
    rows = [registry for registry in demo.registries.values() if part in registry["name"].lower()]
    return listing(request, rows, KEYS, show=lambda registry: show(demo, registry))


@route("POST", "/registries")
def create(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Adds a registry that answers (else 400); an unknown kind is an error of the server (500)."""
    access.require_system(request, "registry", "create")
    body = body_of(request)
    name = str(body.get("name") or "")
    if not name:
        raise Refusal(400, "name cannot be empty")
    if len(name) > 64:
        raise Refusal(400, "the max length of name is 64")
    url = address(str(body.get("url") or ""))
    if body.get("type") not in kinds(demo):
        raise Refusal(500)
    if demo.registries.first(name=name):
        raise Refusal(409, f"registry {name} already exists")
    registry = new(demo, body | {"url": url})
    if not healthy(demo, registry):
        raise Refusal(400, UNHEALTHY)
    registry["status"] = "healthy"
    return created(f"/registries/{demo.registries.add(registry)['id']}")


def new(demo: DemoHarbor, body: Json) -> Json:
    """A row for the table of registries."""
    credential = body.get("credential") or {}
    now = demo.clock.stamp()
    return {
        "name": body["name"],
        "url": body["url"],
        "type": body["type"],
        "description": body.get("description") or "",
        "insecure": bool(body.get("insecure")),
        "ca_certificate": body.get("ca_certificate") or "",
        "credential": {
            key: credential.get(key) or "" for key in ("type", "access_key", "access_secret")
        },
        "status": "",
        "creation_time": now,
        "update_time": now,
    }


@route("POST", "/registries/ping")
def ping(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """Whether a registry answers: one that is kept, by `id`, or one that is described."""
    access.require_system(request, "registry", "read")
    body = body_of(request)
    registry: Json = {"type": "", "url": "", "credential": {}}
    if body.get("id") is not None:
        registry = dict(find(demo, body["id"]))
    else:
        registry |= {"type": body.get("type") or "", "url": address(body.get("url") or "")}
    if not registry["type"] or not registry["url"]:
        raise Refusal(400, "type or url cannot be empty")
    registry["credential"] = registry["credential"] | changes(body)
    if registry["type"] not in kinds(demo):
        raise Refusal(500)
    if not healthy(demo, registry):
        raise Refusal(400, UNHEALTHY)
    return empty()


def changes(body: Json) -> Json:
    """The credentials in a flat body."""
    named = {
        "credential_type": "type",
        "access_key": "access_key",
        "access_secret": "access_secret",
    }
    return {own: body[key] for key, own in named.items() if body.get(key) is not None}


@route("GET", "/registries/{registry_id}")
def registry(demo: DemoHarbor, request: httpx.Request, registry_id: str) -> httpx.Response:
    """One registry."""
    access.require_system(request, "registry", "read")
    return answer(show(demo, find(demo, registry_id)))


@route("PUT", "/registries/{registry_id}")
def update(demo: DemoHarbor, request: httpx.Request, registry_id: str) -> httpx.Response:
    """Changes what is given. A new address forgets the secret; one without an answer is a 500."""
    access.require_system(request, "registry", "update")
    kept = find(demo, registry_id)
    body = body_of(request)
    changed = dict(kept, credential=dict(kept["credential"]))
    for key in ("name", "description", "insecure", "ca_certificate"):
        if body.get(key) is not None:
            changed[key] = body[key]
    if body.get("url") is not None and address(body["url"]) != kept["url"]:
        changed["url"] = address(body["url"])
        changed["credential"]["access_secret"] = ""
    changed["credential"] |= changes(body)
    twin = demo.registries.first(name=changed["name"])
    if twin is not None and twin is not kept:
        raise Refusal(409, f"registry {changed['name']} already exists")
    if unreachable(demo, changed):
        raise Refusal(500)
    if not healthy(demo, changed):
        raise Refusal(400, UNHEALTHY)
    kept |= changed | {"status": "healthy", "update_time": demo.clock.stamp()}
    return empty()


@route("DELETE", "/registries/{registry_id}")
def delete(demo: DemoHarbor, request: httpx.Request, registry_id: str) -> httpx.Response:
    """Removes a registry that no rule and no proxy cache needs (412)."""
    access.require_system(request, "registry", "delete")
    gone = find(demo, registry_id)["id"]
    if any(
        gone in (rule["src_registry"], rule["dest_registry"]) for rule in demo.policies.values()
    ):
        what = "is referenced by replication policies, cannot delete it"
        raise Refusal(412, f"the registry {gone} {what}")
    if demo.projects.where(registry_id=gone):
        what = "is referenced by proxy cache projects, cannot delete it"
        raise Refusal(412, f"the registry {gone} {what}")
    del demo.registries[gone]
    return empty()


@route("GET", "/registries/{registry_id}/info")
def abilities(demo: DemoHarbor, request: httpx.Request, registry_id: str) -> httpx.Response:
    """Filters and triggers that rules with this registry can have; id 0 is this Harbor."""
    access.require_system(request, "registry", "read")
    kept = LOCAL if registry_id == "0" else find(demo, registry_id)
    filters: list[Json] = [
        {"type": kind, "style": "input", "values": None} for kind in ("name", "tag")
    ]
    triggers = ["manual", "scheduled"]
    if kept["type"] == "harbor":
        names = [label["name"] for label in demo.labels.where(scope="g")]
        filters.append({"type": "label", "style": "list", "values": names})
        values = ["image", "artifact"]
        filters.append({"type": "resource", "style": "radio", "values": values})
    if kept is LOCAL:
        triggers.append("event_based")
    known = {"type": kept["type"], "supported_resource_filters": filters}
    chunked = {"supported_copy_by_chunk": True} if kept["type"] == "harbor" else {}
    return answer(known | {"supported_triggers": triggers} | chunked)
