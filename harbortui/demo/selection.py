"""What a replication rule takes: repositories and tags, here or elsewhere, and their new names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from . import patterns
from .answers import Json

if TYPE_CHECKING:
    from .server import DemoHarbor

HUB = {
    "library/alpine": "latest 3.20 3.21 3.22",
    "library/debian": "latest 12 13 13-slim",
    "library/nginx": "latest 1.27 1.28 alpine",
    "library/postgres": "latest 16 17 17-alpine",
    "library/python": "latest 3.11 3.12 3.13",
    "library/redis": "latest 7.2 8.0",
    "grafana/grafana": "latest 11.5.0 12.0.0",
}
"""What a registry that is not a Harbor holds in the demo's world."""


Tagged = tuple[str, str, list[str]]
"""Repository, tag, names of labels."""


@dataclass(frozen=True)
class Found:
    """A repository that a rule copies, with the tags (or digests) that it takes."""

    repository: str
    references: tuple[str, ...]


def found(demo: DemoHarbor, rule: Json) -> list[Found]:
    """What a rule would copy now."""
    kept = demo.registries.get(rule["src_registry"])
    elsewhere = kept is not None and kept["type"] != "harbor"
    wanted = cache(lambda name: takes_repository(rule, name))
    taken: dict[str, list[str]] = {}
    for repository, tag, labels in hub() if elsewhere else here(demo, wanted):
        if wanted(repository) and takes_tag(rule, tag, labels):
            taken.setdefault(repository, []).append(tag)
    return [Found(repository, tuple(tags)) for repository, tags in taken.items()]


def hub() -> Iterator[Tagged]:
    """What can be copied from a registry that is not a Harbor."""
    return ((name, tag, []) for name, tags in HUB.items() for tag in tags.split())


def here(demo: DemoHarbor, wanted: Callable[[str], bool]) -> Iterator[Tagged]:
    """What can be copied from wanted repositories: tags, or digests of artifacts without one."""
    names = {label["id"]: label["name"] for label in demo.labels.values()}
    for artifact in demo.artifacts.values():
        if not artifact["listed"] or not wanted(artifact["repository_name"]):
            continue
        labels = [names[label] for label in artifact["labels"] if label in names]
        for tag in [tag["name"] for tag in artifact["tags"]] or [artifact["digest"]]:
            yield artifact["repository_name"], tag, labels


def takes_repository(rule: Json, name: str) -> bool:
    """Whether the name filter of a rule lets a repository pass."""
    wanted = [item["value"] for item in rule["filters"] if item["type"] == "name"]
    return all(not pattern or patterns.matches(pattern, name) for pattern in wanted)


def takes_tag(rule: Json, tag: str, labels: list[str]) -> bool:
    """Whether the tag and label filters of a rule let a tag pass."""
    for item in rule["filters"]:
        if item["type"] == "tag" and item["value"]:
            fits = patterns.matches(item["value"], tag)
        elif item["type"] == "label" and item["value"]:
            fits = set(item["value"]) <= set(labels)
        else:
            continue
        if fits == (item.get("decoration") == "excludes"):
            return False
    return True


def target(rule: Json, name: str) -> str:
    """What a repository is called at the destination."""
    namespace, count = rule["dest_namespace"], rule["dest_namespace_replace_count"]
    if not namespace:
        return name
    parts = name.split("/")
    kept = parts[-1:] if count < 0 else parts[min(count, len(parts) - 1) :]
    return "/".join([namespace, *kept])
