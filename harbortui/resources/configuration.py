"""The configuration: every setting of a Harbor, in groups and in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from harbortui.api import configuration as api
from harbortui.api.harbor import Harbor
from harbortui.api.identity import Me
from harbortui.api.model import Page, Query
from harbortui.api.system import SystemInfo
from harbortui.resources.core import (
    Action,
    Column,
    Fact,
    Line,
    Part,
    Preset,
    Resource,
)
from harbortui.resources.doors import NO_ROBOTS
from harbortui.resources.seen import Sight, unseen
from harbortui.resources.setting_changes import ONE, TOGETHER, TRIED
from harbortui.resources.setting_history import history
from harbortui.resources.setting_kinds import Secret
from harbortui.resources.setting_line import SettingLine, lines


async def page(harbor: Harbor, _: None, query: Query, sight: Sight = unseen) -> Page[SettingLine]:
    """All settings at once; Harbor does not page them."""
    found = list(lines(await api.read(harbor), sight, harbor.now()))
    return Page(found, len(found))


async def raw(harbor: Harbor, line: SettingLine) -> Any:
    """What Harbor says of it now."""
    return await api.raw(harbor, [known.key for known in line.members])


async def facts(harbor: Harbor, line: SettingLine) -> Sequence[Line]:
    """A setting in our words."""
    if line.folds:
        one = partial(SettingLine, configuration=line.configuration)
        return [Fact(known.title, one(key=known.key).cell) for known in line.members]
    known = line.known
    default = "not known" if known.default is None else known.kind.says(known.default)
    found: list[Line] = [
        Fact("Setting", line.label),
        Fact("Harbor's key", line.key),
        Fact("Value", line.cell),
        Fact("In a new Harbor", Part(default, "muted")),
        Fact("Meaning", known.means),
    ]
    found += [Fact("", known.more)] if known.more else []
    found += [Fact("Locked", line.locked)] if line.locked else []
    return [*found, *await history(harbor, line)]


def untried(line: SettingLine) -> str:
    """Why a setting has no connection behind it."""
    return line.locked if line.group in TRIED else "only LDAP and OIDC can be tried"


def against(me: Me, _system: SystemInfo, _verb: str, _line: SettingLine | None) -> str:
    """Harbor grants robots nothing here."""
    return NO_ROBOTS if me.is_robot else ""


def copies(_registry: str, line: SettingLine) -> Sequence[tuple[str, str]]:
    """Harbor's key, and the value when it is no secret."""
    if line.folds:
        return []
    if isinstance(line.known.kind, Secret):
        return [("Harbor's key", line.key)]
    value = line.value if isinstance(line.value, str) else line.says
    return [("Harbor's key", line.key), ("value", value)]


def words(line: SettingLine) -> str:
    """What `/` looks at."""
    return f"{line.title} {line.key} {line.says} {line.means} {line.group.title}"


CONFIGURATION: Resource[None, SettingLine] = Resource(
    name="configuration",
    one="setting",
    about="every setting of this Harbor",
    page=page,
    size=1000,
    key=lambda line: line.key,
    label=lambda line: line.label,
    columns=(
        Column("SETTING", lambda line: line.named),
        Column("VALUE", lambda line: line.cell, grow=True),
        Column("MEANING", lambda line: Part(line.means, "muted"), grow=True, wide=True),
    ),
    group=lambda line: line.heading,
    sign=lambda line: Part(line.door.key, "key") if line.door else None,
    says=lambda line: f"{line.means[:1].upper()}{line.means[1:]}.",
    raw=raw,
    facts=facts,
    text=words,
    filters=(
        Preset("seen otherwise lately", keep=lambda line: line.moved),
        Preset("not at default", keep=lambda line: line.unusual),
    ),
    events=lambda _: "type:configuration",
    copies=copies,
    edit=ONE,
    actions=(
        Action(
            key="x",
            name="together",
            label="set up and try",
            form=TOGETHER,
            unless=untried,
        ),
    ),
    fixed=lambda line: line.locked,
    against=against,
    admin=True,
    writable=True,
    empty="No settings here.",
)
