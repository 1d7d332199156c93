"""A line of the configuration: a setting, or a group that is folded because nothing uses it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from harbortui.api.configuration import SECRETS, Configuration, Value
from harbortui.api.model import Model
from harbortui.resources import doors, settings
from harbortui.resources.doors import FIXED, Door
from harbortui.resources.seen import Seen, Sight, unseen
from harbortui.resources.setting import OTHER, Group, Known
from harbortui.resources.setting_kinds import Unwritten
from harbortui.shown import Cell, Part

UNUSED = "OTHER WAYS TO SIGN IN"
UNWRITTEN = "harbortui does not know how to write it"
LONGEST = 30
"""Characters of a former value that are shown beside the present one."""
USERS = "users exist besides admin: it cannot change"


class SettingLine(Model):
    """One setting as it is, with all the others around it; or a whole group (`folds`)."""

    key: str
    configuration: Configuration
    folds: bool = False
    """The line stands for its group, whose name is the key."""
    seen: Seen | None = None
    """When it was seen to be what; None for what is not remembered, as secrets are."""
    moved: bool = False
    """It was seen to be otherwise, not long ago."""

    @property
    def group(self) -> Group:
        """The group that it stands in."""
        if self.folds:
            return next(group for group in settings.CATALOGUE if group.name == self.key)
        return settings.group_of(self.key)

    @property
    def members(self) -> tuple[Known, ...]:
        """The settings that the line is about."""
        if self.folds:
            return _present(self.group, self.configuration)
        return (settings.of(self.key, self.value),)

    @property
    def known(self) -> Known:
        """What is known of the setting."""
        return settings.of(self.key, self.value)

    @property
    def value(self) -> Value:
        """What it is set to."""
        return self.configuration.value(self.key)

    @property
    def door(self) -> Door | None:
        """The door that the setting is, where it can be one."""
        door = None if self.folds else doors.of(self.key)
        applies = door and (not door.modes or self.configuration.auth_mode in door.modes)
        return door if applies else None

    @property
    def unused(self) -> bool:
        """Whether it stands in a group that nothing uses, as people sign in now."""
        return self.group.idle(self.configuration.auth_mode)

    @property
    def locked(self) -> str:
        """Why it cannot be changed; empty: it can."""
        if self.folds:
            return "" if any(map(self._editable, self.members)) else FIXED
        known, mode = self.known, self.configuration.auth_mode
        if known.modes and mode not in known.modes:
            return known.idle
        if not self._editable(known):
            return USERS if self.key == "auth_mode" else FIXED
        return UNWRITTEN if isinstance(known.kind, Unwritten) else ""

    def _editable(self, known: Known) -> bool:
        setting = self.configuration.root.get(known.key)
        return setting is None or setting.editable

    @property
    def was(self) -> str:
        """What it was before, in words."""
        return self.known.kind.says(self.seen.before) if self.seen else ""

    @property
    def unusual(self) -> bool:
        """Whether it is not as in a new Harbor."""
        return not self.folds and self.known.unusual(self.value)

    @property
    def heading(self) -> str:
        """What it stands below; groups that nothing uses stand together."""
        return UNUSED if self.unused else self.group.title

    @property
    def title(self) -> str:
        """Its name below its heading."""
        return self.key if self.folds else self.known.title

    @property
    def label(self) -> str:
        """Its name in sentences: groups have words in common."""
        return (
            f"{self.group.name}: {self.title}" if self.group.mode and not self.folds else self.title
        )

    @property
    def named(self) -> Cell:
        """Its name in the list."""
        if self.unused and not self.folds:
            return (Part(f"{self.group.name}: ", "muted"), Part(self.title))
        return Part(self.title, "muted" if self.folds or self.locked else "")

    @property
    def says(self) -> str:
        """Its value in words."""
        if not self.folds:
            return self.known.kind.says(self.value)
        some = sum(known.unusual(self.configuration.value(known.key)) for known in self.members)
        return f"{len(self.members)} settings{f', {some} set' if some else ''}"

    @property
    def cell(self) -> Cell:
        """The value; what it was before, when that has changed lately."""
        if not self.moved:
            return self._value
        was = self.was if len(self.was) <= LONGEST else f"{self.was[:LONGEST]}…"
        return (self._value, Part(f"   was {was}", "accent"))

    @property
    def _value(self) -> Part:
        """Bold when it is not the default, with a sign when it needs eyes."""
        if self.folds:
            return Part(self.says, "muted")
        if self.locked:
            return Part(f"{self.says} · locked", "muted")
        if self.door and self.door.stands(self.value) is self.door.open:
            return Part(f"{self.says} ▲", "warn")
        if self.unusual:
            return Part(self.says, "strong")
        return Part(self.says, "muted" if self.says == "none" or self.value is None else "")

    @property
    def means(self) -> str:
        """What it means, or why it cannot be changed."""
        if self.folds:
            return "enter shows or hides them"
        return self.locked or self.known.means


def _present(group: Group, configuration: Configuration) -> tuple[Known, ...]:
    """The settings of a group that this Harbor has; secrets are never listed, and always there."""
    known = settings.CATALOGUE[group]
    return tuple(one for one in known if one.key in configuration.root or one.key in SECRETS)


def lines(
    configuration: Configuration, sight: Sight = unseen, now: datetime | None = None
) -> Sequence[SettingLine]:
    """Every setting in the order of the screen; before unused groups the line that folds them."""
    found: list[SettingLine] = []
    seen = sight(configuration)

    def line(key: str) -> SettingLine:
        one = seen.get(key)
        moved = bool(one and now and one.lately(now))
        return SettingLine(key=key, configuration=configuration, seen=one, moved=moved)

    for group in settings.CATALOGUE:
        if group.idle(configuration.auth_mode):
            found.append(SettingLine(key=group.name, configuration=configuration, folds=True))
        found += [line(known.key) for known in _present(group, configuration)]
    others = sorted(key for key in configuration.root if settings.group_of(key) is OTHER)
    return found + [line(key) for key in others]
