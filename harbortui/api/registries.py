"""Registries elsewhere, which replication rules and proxy caches copy from and to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harbortui.api.adapters import KINDS, PATH
from harbortui.api.errors import Conflict, NotFound
from harbortui.api.form import Choice
from harbortui.api.harbor import Harbor
from harbortui.api.many import all_pages
from harbortui.api.model import Model, Moment, Page, Query, equals
from harbortui.api.unhealthy import explained

LOCAL = 0
"""The id of this Harbor itself, as a source or a destination."""
HEALTHY = "healthy"


class Credential(Model):
    """How Harbor signs in there; the secret comes masked."""

    type: str = ""
    access_key: str = ""
    access_secret: str = ""


class Registry(Model):
    """A registry elsewhere; `status` is looked at every five minutes by Harbor."""

    id: int = 0
    name: str = ""
    url: str = ""
    type: str = ""
    description: str = ""
    insecure: bool = False
    ca_certificate: str = ""
    """PEM; from 2.15 on."""
    status: str = ""
    credential: Credential = Credential()
    creation_time: Moment | None = None
    update_time: Moment | None = None

    @property
    def kind(self) -> str:
        """Its adapter in words."""
        return KINDS.get(self.type, self.type)

    @property
    def unhealthy(self) -> bool:
        """Harbor has looked, and it did not answer as it should."""
        return self.status not in ("", HEALTHY)

    @property
    def has_secret(self) -> bool:
        """Harbor keeps a secret for it."""
        return bool(self.credential.access_secret)


@dataclass(frozen=True, slots=True)
class Uses:
    """Names of what needs a registry."""

    rules: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules or self.projects)


class _End(Model):
    """One end of a rule."""

    id: int = 0


class _Rule(Model):
    """Of a rule only its ends."""

    name: str = ""
    src_registry: _End = _End()
    dest_registry: _End = _End()


class _Project(Model):
    """Of a project only what it reads from."""

    name: str = ""
    registry_id: int = 0


async def page(harbor: Harbor, _: object, query: Query) -> Page[Registry]:
    """`GET /registries`."""
    return await harbor.page(PATH, Registry, query)


async def get(harbor: Harbor, registry_id: int) -> Registry:
    """`GET /registries/{id}`; NotFound when there is none."""
    return await harbor.get(f"{PATH}/{registry_id}", Registry)


async def raw(harbor: Harbor, registry: Registry) -> Any:
    """`GET /registries/{id}` as Harbor sends it, the secret masked."""
    return await harbor.raw(f"{PATH}/{registry.id}")


async def find(harbor: Harbor, name: str) -> Registry:
    """The registry of this name, `GET /registries?name=…`; NotFound when there is none.

    `name` finds parts of names, and takes the comma that `q` cannot say.
    """

    async def named(query: Query) -> Page[Registry]:
        return await harbor.page(PATH, Registry, query, name=name)

    for registry in await all_pages(named, Query(sort="name,id")):
        if registry.name == name:
            return registry
    raise NotFound(f"there is no registry called {name}")


async def still(harbor: Harbor, registry: Registry) -> Registry:
    """The registry as it is now; Conflict when the id has become another's name."""
    now = await get(harbor, registry.id)
    if now.name != registry.name:
        raise Conflict(f"{registry.name} is now called {now.name}: look again and repeat")
    return now


async def choices(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    """All registries, for a form."""
    query = Query(sort="name,id")
    found = await all_pages(lambda query: page(harbor, None, query), query)
    if not found:
        return (Choice(LOCAL, "no registries yet", "make one first, under :registries"),)
    return [Choice(one.id, _described(one)) for one in found]


def _described(registry: Registry) -> str:
    ill = f" · {registry.status}" if registry.unhealthy else ""
    return f"{registry.name} · {registry.kind} · {registry.url}{ill}"


async def ping(harbor: Harbor, registry: Registry) -> str:
    """`POST /registries/ping` of one that is kept: it answers, or Invalid with what it could be."""
    with explained(registry.url, registry.kind):
        await harbor.ask(f"{PATH}/ping", {"id": registry.id})
    signed = registry.credential.access_key or registry.has_secret
    return f"{registry.name} answers{', and takes the credentials' if signed else ''}."


async def uses(harbor: Harbor, registry: Registry) -> Uses:
    """The rules and the proxy caches that need a registry; both lists are read whole."""
    rules = await all_pages(
        lambda query: harbor.page("/replication/policies", _Rule, query), Query(sort="name,id")
    )
    # Harbor ignores keys of `q` that it does not know, and sends everything: looked at again.
    asked = Query(q=equals("registry_id", str(registry.id)), sort="name,project_id")
    caches = await all_pages(lambda query: harbor.page("/projects", _Project, query), asked)
    return Uses(
        tuple(
            rule.name
            for rule in rules
            if registry.id in (rule.src_registry.id, rule.dest_registry.id)
        ),
        tuple(project.name for project in caches if project.registry_id == registry.id),
    )


async def delete(harbor: Harbor, registry: Registry) -> str | None:
    """`DELETE /registries/{id}`; Conflict (412) while a rule or a proxy cache needs it."""
    try:
        await still(harbor, registry)
        await harbor.write("DELETE", f"{PATH}/{registry.id}")
    except NotFound:
        return f"{registry.name} was gone already"
    except Conflict as error:
        if error.status == 412 and (needed := await uses(harbor, registry)):
            raise Conflict(in_use(registry, needed)) from error
        raise
    return None


def in_use(registry: Registry, needed: Uses) -> str:
    """Why a registry cannot be deleted."""
    kinds = (("rule", needed.rules), ("proxy cache", needed.projects))
    some = [f"{one} {', '.join(names)}" for one, names in kinds if names]
    return f"{registry.name} is needed by {' and by '.join(some)}: delete or change that first"
