"""Which function answers which path: the table that `@route` fills."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

import httpx

from .answers import Refusal

ROOT = "/api/v2.0"
Route = Callable[..., httpx.Response]
Keep = Callable[[Route], Route]
Version = tuple[int, ...]


@dataclass(frozen=True)
class Path:
    """One registered path: its pattern, the route of each verb, the versions that have it."""

    pattern: re.Pattern[str]
    routes: dict[str, Route]
    since: Version
    until: Version


_taken: set[tuple[str, str, str]] = set()
_paths: dict[str, Path] = {}
_ordered: list[Path] = []


def route(method: str, path: str, since: str = "2", until: str = "99") -> Keep:
    """Registers a function for a path below `/api/v2.0`; `/c/…` and `/api/…` are taken as they are.

    It is called with the demo, the request, and each `{segment}` of the path, unescaped once.
    Harbors older than `since`, and `until` and later, do not have the path.
    """

    def keep(function: Route) -> Route:
        full = path if path.startswith(("/c/", "/api/")) else ROOT + path
        shape = method, re.sub(r"{\w+}", "{}", full), since
        if shape in _taken:
            raise ValueError(f"{method} {path} is answered by another function already")
        _taken.add(shape)
        pattern = re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", full))
        known = _paths.setdefault(full, Path(pattern, {}, numbers(since), numbers(until)))
        known.routes[method] = function
        return function

    return keep


def numbers(version: str) -> Version:
    """A version in a form that compares: `2.15.2` is (2, 15, 2)."""
    return tuple(int(number) for number in version.split("."))


def find(method: str, path: str, version: Version) -> tuple[Route, dict[str, str]]:
    """The route of a raw path and its segments; 404 and 405 in Harbor's words."""
    for known in ordered():
        match = known.pattern.fullmatch(path)
        if not match or not known.since <= version < known.until:
            continue
        if found := known.routes.get(method):
            return found, {name: unquote(part) for name, part in match.groupdict().items()}
        verbs = ",".join(sorted(known.routes))
        raise Refusal(405, f"method {method} is not allowed, but [{verbs}] are")
    where = path if path.startswith(ROOT) else f"{ROOT}{path}"
    raise Refusal(404, f"path {where} was not found")


def ordered() -> list[Path]:
    """All paths, literal segments before placeholders in the same place."""
    if len(_ordered) != len(_paths):
        _ordered[:] = [_paths[path] for path in sorted(_paths, key=_rank)]
    return _ordered


def _rank(path: str) -> list[tuple[bool, str]]:
    return [(segment.startswith("{"), segment) for segment in path.split("/")]
