"""The words that a setting is described with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harbortui.api.configuration import Value
from harbortui.api.model import same
from harbortui.resources.setting_kinds import Kind


@dataclass(frozen=True)
class Group:
    """Settings that belong together."""

    name: str
    mode: str = ""
    """How people must sign in for the group to be of use, in Harbor's word; empty: it always is."""

    @property
    def title(self) -> str:
        """Its heading."""
        return self.name.upper()

    def idle(self, auth_mode: str) -> bool:
        """Whether nothing in it is of use."""
        return self.mode not in ("", auth_mode)


OTHER = Group("Other")
"""Settings of a newer Harbor."""


@dataclass(frozen=True)
class Known:
    """One setting: Harbor's key, what it is called here, what it means."""

    key: str
    title: str
    means: str
    """A few words for the list."""
    kind: Kind
    default: Value = None
    """What it is in a new Harbor; None when that cannot be said."""
    more: str = ""
    """A sentence or two for the form and the details."""
    modes: tuple[str, ...] = ()
    """How people must sign in for it to be of use; empty: it always is."""
    idle: str = ""
    """Why it is of no use otherwise."""
    caution: Callable[[Value], str] = lambda _: ""
    """What a change to this value brings about; None is any value. Empty: nothing to fear."""
    rule: Callable[[Mapping[str, Value]], str] = lambda _: ""
    """Why Harbor would refuse it, given all settings as they would be."""

    @property
    def help(self) -> str:
        """What it means, as sentences."""
        return f"{self.means[:1].upper()}{self.means[1:]}. {self.more}".strip()

    def unusual(self, value: Value) -> bool:
        """Whether a value is not the default."""
        return self.default is not None and not same(value, self.default)
