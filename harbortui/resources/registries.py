"""Registries elsewhere, which replication rules and proxy caches copy from and to."""

from __future__ import annotations

from collections.abc import Sequence

from harbortui.api import registries as api
from harbortui.api import registry_forms as forms
from harbortui.api.harbor import Harbor
from harbortui.api.registries import Registry
from harbortui.resources.cells import yes
from harbortui.resources.core import (
    Action,
    Column,
    Create,
    Edit,
    Fact,
    Line,
    Open,
    Part,
    Preset,
    Resource,
    When,
)
from harbortui.text import odd


def status(registry: Registry) -> Part:
    """Harbor's word; it looks every five minutes, and at first not at all."""
    if registry.unhealthy:
        return Part(registry.status, "bad")
    return Part(registry.status or "not looked at yet", "muted")


def sign(registry: Registry) -> Part | None:
    """One that does not answer as it should, or a name that is not what it looks like."""
    if registry.unhealthy:
        return Part("✗", "bad")
    return Part("▲", "warn") if odd(registry.name) else None


def says(registry: Registry) -> str:
    """What is to be known before it is used."""
    if registry.unhealthy:
        return "Harbor looks every 5 minutes and found it unhealthy; p asks now"
    return registry.description


def credential(registry: Registry) -> Part:
    """Whether Harbor signs in there."""
    signed = registry.credential.access_key or registry.has_secret
    return Part("yes") if signed else Part("no", "muted")


async def facts(harbor: Harbor, registry: Registry) -> Sequence[Line]:
    """What Harbor knows of it, and what uses it."""
    now = await api.still(harbor, registry)
    needed = await api.uses(harbor, now)
    checked = Part("not checked", "warn") if now.insecure else Part("checked", "muted")
    return [
        Fact("Name", now.name),
        Fact("Kind", now.kind),
        Fact("URL", now.url),
        Fact("Status", status(now)),
        Fact("Signs in as", now.credential.access_key or Part("nobody", "muted")),
        Fact("Secret", "kept by Harbor" if now.has_secret else Part("none", "muted")),
        Fact("Certificate", checked),
        Fact("CA certificate", "its own" if now.ca_certificate else Part("none", "muted")),
        Fact("Description", now.description),
        *(Fact("Used by rule", name, Open(f"rules /{name}")) for name in needed.rules),
        *(Fact("Used by proxy cache", name, Open(f"projects /{name}")) for name in needed.projects),
        Fact("Created", When(now.creation_time)),
        Fact("Changed", When(now.update_time)),
    ]


async def goes(harbor: Harbor, registries: Sequence[Registry]) -> Sequence[str]:
    """What needs them, which Harbor does not let go."""
    every = [(registry, await api.uses(harbor, registry)) for registry in registries]
    lines = [f"Harbor will refuse: {api.in_use(one, needed)}." for one, needed in every if needed]
    return lines or ["No rule and no proxy cache uses " + ("it." if len(every) == 1 else "them.")]


REGISTRIES: Resource[None, Registry] = Resource(
    name="registries",
    one="registry",
    about="where to copy from and to",
    aliases=("registry", "reg", "endpoints"),
    page=api.page,
    order="name,id",
    key=lambda registry: registry.id,
    label=lambda registry: registry.name,
    sign=sign,
    says=says,
    columns=(
        Column("NAME", lambda registry: registry.name, grow=True, sort="name"),
        Column("STATUS", status, sort="status"),
        Column("KIND", lambda registry: registry.kind, sort="type"),
        Column("URL", lambda registry: registry.url, grow=True, sort="url"),
        Column("CREDENTIAL", credential, wide=True),
        Column("INSECURE", lambda registry: yes(registry.insecure, "warn"), wide=True),
        Column(
            "CREATED",
            lambda registry: When(registry.creation_time),
            right=True,
            wide=True,
            sort="creation_time",
        ),
    ),
    find=api.find,
    raw=api.raw,
    facts=facts,
    search="name",
    filters=(Preset("unhealthy", keep=lambda registry: registry.unhealthy),),
    silent="Harbor does not record changes of registries",
    create=Create(forms.NewRegistry, forms.create, test=forms.try_new),
    edit=Edit(forms.fill, forms.update, test=forms.try_edited),
    delete=api.delete,
    goes=goes,
    typed=True,
    actions=(Action("p", "ping", "ping", api.ping, verb="read"),),
    needs="registry",
    admin=True,
    interval=30.0,
    empty="No registries yet. n adds one, to copy from or to.",
)
