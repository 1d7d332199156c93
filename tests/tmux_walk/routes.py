"""Where to go: every kind of thing, everything that can be opened on it, and all other screens."""

from __future__ import annotations

from typing import Any

from harbortui.resources.core import Resource
from harbortui.resources.kinds import RESOURCES

from .walker import CALM, CALMER, Walker

ROUTES: dict[str, tuple[str, str]] = {
    # kind: the place to type, keys from there
    "projects": ("projects", ""),
    "members": ("members payments", ""),
    "repositories": ("repositories payments", ""),
    "artifacts": ("artifacts payments/api", ""),
    "project-artifacts": ("project-artifacts payments", ""),
    "platforms": ("artifacts payments/api", "/ v 3 8 Enter Enter"),
    "tags": ("artifacts payments/api", "b"),
    "history": ("artifacts payments/api", "h"),
    "vulnerabilities": ("artifacts payments/api", "u"),
    "texts": ("artifacts payments/api", "/ 1 . 0 . 0 Enter R"),
    "found": ("artifacts payments/api", "i"),
    "labels": ("labels", ""),
    "quotas": ("quotas", ""),
    "users": ("users", ""),
    "roles": ("users", "m"),
    "robots": ("robots", ""),
    "registries": ("registries", ""),
    "rules": ("rules", ""),
    "executions": ("executions", ""),
    "tasks": ("executions", "Enter"),
    "gc": ("gc", ""),
    "queues": ("queues", ""),
    "schedules": ("schedules", ""),
}
CHECKED = {"projects", "members", "tags", "labels", "users", "robots", "registries", "rules"}
"""Kinds whose empty form is refused: `ctrl+s` shows what is wrong and changes nothing."""
FIELDS = 2


def missing() -> list[str]:
    """Kinds that nothing leads to."""
    return [one.name for one in RESOURCES if one.name not in ROUTES]


def open_kind(walk: Walker, resource: Resource[Any, Any]) -> bool:
    """Go to the list of a kind; whether it was reached."""
    place, keys = ROUTES[resource.name]
    walk.go(place, "›")
    walk.keys(*keys.split())
    walk.where = f":{resource.name}"
    return walk.at(f"› {resource.heading}")


def look_round(walk: Walker, resource: Resource[Any, Any]) -> None:
    """Moving, sorting, filtering, marking."""
    walk.keys("Down", "NPage", "G", "PPage", "g", "w", "o", "O")
    if resource.filters:
        walk.keys("f", "Escape")
    walk.press("/")
    walk.type("a")
    walk.keys("Escape", "Space", "v", "Escape", "g")


def open_everything(walk: Walker, resource: Resource[Any, Any]) -> None:
    """Texts, forms, questions and menus of a kind."""
    texts = ["d", "y", *([resource.log.key] if resource.log else [])]
    for key in texts:
        with walk.inside(key):
            walk.keys("NPage", "Down", "G")
    if resource.create:
        form(walk, "n", mistakes=resource.name in CHECKED)
    if resource.edit:
        form(walk, "e")
    for action in resource.actions:
        if action.form:
            form(walk, action.key)
        elif action.confirm:
            dialog(walk, action.key)
    if resource.delete:
        dialog(walk, "D")
    with walk.inside("?", "Keys"):
        walk.keys("NPage")
        walk.type("de")
    with walk.inside("a"):
        walk.keys("Up")


def form(walk: Walker, key: str, *, mistakes: bool = False) -> None:
    """A form, its fields, what is wrong with it; nothing is sent."""
    with walk.inside(key):
        if mistakes:
            walk.press("C-s", "✗", still=True)
        for _ in range(FIELDS):
            walk.keys("Right", "Tab")
        walk.keys("BTab", "x")


def dialog(walk: Walker, key: str) -> None:
    """A question; it is answered with no."""
    with walk.inside(key):
        walk.keys("Tab")


def kinds(walk: Walker) -> None:
    """Every kind, in all ways."""
    for resource in RESOURCES:
        if open_kind(walk, resource):
            look_round(walk, resource)
            open_everything(walk, resource)


def kinds_in_short(walk: Walker) -> None:
    """Every kind, its details, its form and its question."""
    for resource in RESOURCES:
        if open_kind(walk, resource):
            walk.keys("Down", "w", "NPage", "g")
            with walk.inside("d"):
                walk.keys("NPage")
            if resource.create:
                form(walk, "n")
            if resource.delete:
                dialog(walk, "D")


def places(walk: Walker) -> None:
    """What is no kind."""
    overview(walk)
    configuration(walk)
    walk.calm = CALMER
    audit_log(walk)
    walk.calm = CALM
    walk.go("status", "THIS CONNECTION")
    walk.keys("NPage", "G", "g")
    walk.go("projects", "›")
    with walk.inside("c"):
        walk.keys("Down")
    walk.go("overview", "NEEDS ATTENTION")
    with walk.inside("C-p", "Everything"):
        walk.keys("NPage", "NPage", "Down")
        walk.type("them")
    for theme in ("day", "terminal", "night"):
        walk.press("C-p", "Everything")
        walk.type(theme)
        walk.press("Enter", "NEEDS ATTENTION")
    with walk.inside("q"):
        walk.keys("Tab")


def overview(walk: Walker) -> None:
    """Blocks, doors, another size."""
    walk.go("overview", "NEEDS ATTENTION")
    walk.keys("Down", "Tab", "Down", "Tab", "Down", "t", "t", "t")
    walk.press("P", "administrators ")
    for key in "SPR":
        dialog(walk, key)


def configuration(walk: Walker) -> None:
    """Settings, who changed them, forms for several."""
    walk.go("configuration", "›")
    walk.keys("Down", "NPage", "Down", "G", "PPage", "g", "f", "f", "Escape", "w", "w")
    walk.press("/")
    walk.spell("ldap")
    walk.press("Enter", still=True)
    form(walk, "x")
    with walk.inside("d"):
        walk.keys("NPage", "g")
    form(walk, "Enter")
    walk.keys("Escape")


def audit_log(walk: Walker) -> None:
    """Lines, columns, folds, statistics, the filter with mistakes, the dialogs."""
    walk.go("logs", "following")
    walk.keys("Up", "Up", "PPage", "Up", "PPage", "Down", "NPage", "g", "Down", "NPage", "G")
    walk.keys("w", "PPage", "Down", "w", "z", "Up", "PPage", "z", "1", "3", "f", "f", "Escape")
    for text in ("user:", "alice op:nonsense", " since:never", " -res:*+hbscan-*"):
        walk.press("/") if text == "user:" else None
        walk.spell(text)
    walk.keys("Tab", "Enter", "Escape", "Escape", "Escape")
    walk.go("logs user:alice", "›")
    walk.keys("d")
    walk.go("logs", "following")
    for key in ("d", "y"):
        with walk.inside(key):
            walk.keys("NPage", "G")
    with walk.inside("i"):
        walk.keys("m", "Down", "Down", "NPage", "G")
    for key in ("E", "@", "s", "a", "c"):
        with walk.inside(key):
            walk.keys("Tab")
    walk.keys("F", "F", "u", "h", "Escape")
