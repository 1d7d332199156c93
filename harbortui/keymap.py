"""The keys that a user has bound otherwise: `[keys]` of the configuration, by binding id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from harbortui.config_file import ConfigFile
from harbortui.problems import Problem
from harbortui.resources.kinds import RESOURCES
from harbortui.screens.audit_log import AuditLogScreen
from harbortui.screens.audit_statistics import StatisticsScreen
from harbortui.screens.configuration import ConfigurationScreen
from harbortui.screens.overview import OverviewScreen
from harbortui.screens.resource import screen_for
from harbortui.screens.text import TextScreen
from harbortui.widgets.endless import EndlessTable
from harbortui.widgets.marking import MarkTable
from harbortui.widgets.pager import Pager
from harbortui.widgets.table import Table

Pair = tuple[type[DOMNode], type[DOMNode]]
"""A screen, and what has the focus on it."""
Screenful = dict[str, set[str]]
"""The ids of bindings that meet on one screen, with the keys that each has."""
OWN: tuple[Pair, ...] = (
    (OverviewScreen, Table),
    (AuditLogScreen, EndlessTable),
    (StatisticsScreen, Table),
    (ConfigurationScreen, MarkTable),
    (TextScreen, Pager),
)
"""Screens of their own, beside those of the kinds."""


def bindings(app: type[App[Any]]) -> list[Screenful]:
    """Every binding that has an id, screen by screen."""
    kinds: list[Pair] = [(screen_for(resource), MarkTable) for resource in RESOURCES]
    return [_of(app, *screen) for screen in (*OWN, *kinds)]


def _of(*nodes: type[DOMNode]) -> Screenful:
    found: Screenful = {}
    for owner in (owner for node in nodes for owner in node.__mro__):
        for binding in Binding.make_bindings(owner.__dict__.get("BINDINGS", ())):
            if binding.id:
                found.setdefault(binding.id, set()).add(binding.key)
    return found


def judged(
    keys: Mapping[str, str], screens: Sequence[Screenful], file: ConfigFile
) -> tuple[dict[str, str], list[Problem]]:
    """What can be used, and what is wrong with the rest. Textual takes anything, silently."""
    good: dict[str, str] = {}
    problems: list[Problem] = []
    for name, key in keys.items():
        having = [screen for screen in screens if name in screen]
        taken = next((other for one in having if (other := _taken(one, name, keys))), "")
        if not having:
            problems.append(file.problem("names no binding: ? shows the names", "keys", name))
        elif taken:
            problems.append(file.problem(f"takes the key of {taken}", "keys", name))
        else:
            good[name] = key
    return good, problems


def _taken(screen: Screenful, name: str, keys: Mapping[str, str]) -> str:
    """What else on a screen has the key that a binding is given, after all changes."""
    others = (other for other in screen if other != name)
    now = {other: {keys[other]} if other in keys else screen[other] for other in others}
    return next((other for other, has in now.items() if keys[name] in has), "")
