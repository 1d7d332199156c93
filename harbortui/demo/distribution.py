"""Preheating of caches, and exports of findings: as far as one looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from . import access
from .answers import answer
from .clock import moment
from .listing import columns, listing
from .routing import route

if TYPE_CHECKING:
    from .server import DemoHarbor

RAW = "https://raw.githubusercontent.com/dragonflyoss/Dragonfly2/master/docs/images/logo"
PROVIDERS = (
    {
        "id": "dragonfly",
        "name": "Dragonfly",
        "icon": f"{RAW}/dragonfly-linear.png",
        "maintainers": ["maintainers@dragonfly.example.com"],
        "source": "https://github.com/dragonflyoss/Dragonfly2",
        "version": "2.1.59",
    },
    {
        "id": "kraken",
        "name": "Kraken",
        "icon": "https://github.com/uber/kraken/blob/master/assets/kraken-logo-color.svg",
        "maintainers": ["maintainers@kraken.example.com"],
        "source": "https://github.com/uber/kraken",
        "version": "0.1.3",
    },
)


@route("GET", "/p2p/preheat/providers")
def providers(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The kinds of caches that Harbor can fill before they are asked."""
    access.require_system(request, "preheat-instance", "list")
    return answer(list(PROVIDERS))


@route("GET", "/p2p/preheat/instances")
def instances(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The caches that are known; Harbor does not say how they are."""
    access.require_system(request, "preheat-instance", "list")
    row = {
        "id": 1,
        "name": "dragonfly-lab",
        "description": "For trying it out",
        "vendor": "dragonfly",
        "endpoint": "http://dragonfly.example.com",
        "auth_mode": "NONE",
        "default": False,
        "enabled": True,
        "insecure": True,
        "setup_timestamp": int(moment(demo.clock.stamp(days=40)).timestamp()),
        "status": "Unknown",
    }
    return listing(request, [row], columns("id", "name", "vendor", "endpoint", "enabled"))


@route("GET", "/export/cve/executions")
def exports(demo: DemoHarbor, request: httpx.Request) -> httpx.Response:
    """The caller's own exports: none can be made in the demo."""
    access.signed_in(request)
    return answer({"items": []})
