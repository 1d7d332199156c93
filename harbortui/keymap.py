"""The keys that a user has bound otherwise: `[keys]` of the configuration, by binding id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from harbortui.config_file import ConfigFile
from harbortui.problems import Problem
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.resource import screen_for
from harbortui.screens.text import TextScreen
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.pager import Pager


def bindings(app: type[App[Any]]) -> dict[str, set[str]]:
    """Every binding id, with the keys it has."""
    kinds: list[type[DOMNode]] = [app, TextScreen, MarkTable, Pager]
    kinds += [screen_for(resource) for resource in RESOURCES]
    found: dict[str, set[str]] = {}
    for kind in kinds:
        for binding in _of(kind):
            found.setdefault(binding.id or "", set()).add(binding.key)
    found.pop("", None)
    return found


def _of(kind: type[DOMNode]) -> Iterator[Binding]:
    for owner in kind.__mro__:
        yield from Binding.make_bindings(owner.__dict__.get("BINDINGS", ()))


def judged(
    keys: Mapping[str, str], known: Mapping[str, set[str]], file: ConfigFile
) -> tuple[dict[str, str], list[Problem]]:
    """What can be used, and what is wrong with the rest. Textual takes anything, silently."""
    good: dict[str, str] = {}
    problems: list[Problem] = []
    for name, key in keys.items():
        if name not in known:
            problems.append(file.problem("names no binding: ? shows the keys", "keys", name))
            continue
        taken = [other for other in known if other != name and key in _keys(other, known, keys)]
        if taken:
            problems.append(file.problem(f"takes the key of {taken[0]}", "keys", name))
            continue
        good[name] = key
    return good, problems


def _keys(name: str, known: Mapping[str, set[str]], keys: Mapping[str, str]) -> set[str]:
    """The keys of a binding, with what the user has changed."""
    return {keys[name]} if name in keys else known[name]
