"""What a robot may do: Harbor's nested permissions as pairs of noun and verb, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from harbortui.api import across
from harbortui.api.errors import Forbidden, NotFound
from harbortui.api.form import Choice
from harbortui.api.harbor import Harbor
from harbortui.api.model import Model
from harbortui.api.robots import EVERYWHERE, PROJECT, SYSTEM, Access, Permission

REGISTRY = "/"
"""Harbor's word for the registry itself, where a project's name would stand."""
# Before 2.10 Harbor does not say what it knows: what the portal of 2.8 offers.
OLD = """
repository: list pull push delete
artifact: read list delete
artifact-label: create delete
tag: create list delete
scan: create stop
"""


class Grantable(Model):
    """All that a robot can be granted; `system` is empty for all but system administrators."""

    system: tuple[Access, ...] = ()
    project: tuple[Access, ...] = ()


def pair(access: Access) -> str:
    """`repository:push`."""
    return f"{access.resource}:{access.action}"


def pairs(permission: Permission) -> frozenset[str]:
    """What one permission allows."""
    return frozenset(pair(access) for access in permission.access if access.effect != "deny")


async def grantable(harbor: Harbor) -> Grantable:
    """`GET /permissions` (2.10); robots may not ask it, and older Harbors do not have it."""
    try:
        return await harbor.get("/permissions", Grantable)
    except Forbidden:
        return Grantable(project=_old())
    except NotFound as error:
        if not error.missing_route:
            raise
        return Grantable(project=_old())


def _old() -> tuple[Access, ...]:
    lines = (line.partition(": ") for line in OLD.strip().splitlines())
    return tuple(
        Access(resource=noun, action=verb) for noun, _, verbs in lines for verb in verbs.split()
    )


async def project_choices(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    """What can be allowed in projects."""
    return _choices((await grantable(harbor)).project)


async def system_choices(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    """What can be allowed in the registry itself."""
    return _choices((await grantable(harbor)).system)


def _choices(accesses: Iterable[Access]) -> list[Choice]:
    return [Choice(pair(one), words(pair(one))) for one in accesses]


def words(text: str) -> str:
    """`artifact-label:create` as `artifact label: create`."""
    noun, _, verb = text.partition(":")
    return f"{noun.replace('-', ' ')}: {verb}"


async def project_names(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    """One project."""
    return [Choice(project.name, project.name) for project in await across.projects(harbor)]


async def projects_or_all(harbor: Harbor, answers: Mapping[str, Any]) -> Sequence[Choice]:
    """Some projects, or all, whenever they are made."""
    every = Choice(EVERYWHERE, "all projects, also those made later")
    return [every, *await project_names(harbor, answers)]


def granted(
    permissions: Iterable[Permission],
) -> tuple[frozenset[str], dict[frozenset[str], frozenset[str]]]:
    """What is allowed in the registry; and for what is allowed in projects, in which."""
    system: frozenset[str] = frozenset()
    places: dict[str, frozenset[str]] = {}
    for permission in permissions:
        if permission.kind == SYSTEM:
            system |= pairs(permission)
        else:
            known = places.get(permission.namespace, frozenset())
            places[permission.namespace] = known | pairs(permission)
    together: dict[frozenset[str], frozenset[str]] = {}
    for place, allowed in places.items():
        together[allowed] = together.get(allowed, frozenset()) | {place}
    return system, together


Wanted = Sequence[tuple[str, str, frozenset[str]]]
"""Kind, namespace and pairs of each permission."""


def permissions(wanted: Wanted, kept: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """The permissions as Harbor is sent them; what it keeps already goes back as it came."""
    together: dict[tuple[str, str], frozenset[str]] = {}
    for kind, namespace, allowed in wanted:
        known = together.get((kind, namespace), frozenset())
        together[kind, namespace] = known | allowed
    old = {(one.get("kind"), one.get("namespace")): one for one in kept}
    return [
        {
            **old.get((kind, namespace), {}),
            "kind": kind,
            "namespace": namespace,
            "access": _accesses(allowed, old.get((kind, namespace), {}).get("access") or ()),
        }
        for (kind, namespace), allowed in together.items()
    ]


def _accesses(allowed: frozenset[str], kept: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What stays in its order, then what is new."""
    stay = [one for one in kept if one.get("effect") == "deny" or _pair(one) in allowed]
    new = sorted(allowed - {_pair(one) for one in stay})
    return [*stay, *(dict(zip(("resource", "action"), one.split(":"), strict=True)) for one in new)]


def _pair(access: Mapping[str, Any]) -> str:
    return f"{access.get('resource', '')}:{access.get('action', '')}"


def in_projects(places: Iterable[str], allowed: frozenset[str]) -> Wanted:
    """The same for several projects."""
    return [(PROJECT, place, allowed) for place in sorted(places)]


def in_registry(allowed: frozenset[str]) -> Wanted:
    """What is allowed in the registry itself, if anything is."""
    return [(SYSTEM, REGISTRY, allowed)] if allowed else []
