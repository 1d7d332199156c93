"""The three doors of a Harbor: who may sign up, who makes projects, whether anything changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harbortui.api.model import same
from harbortui.shown import Part

if TYPE_CHECKING:
    from harbortui.api.configuration import Configuration, Value
    from harbortui.api.identity import Me
    from harbortui.api.system import SystemInfo

MODES = {
    "db_auth": "database",
    "ldap_auth": "LDAP",
    "oidc_auth": "OIDC",
    "http_auth": "authentication proxy",
    "uaa_auth": "UAA",
}
"""How people sign in, in words."""
FIXED = "fixed where Harbor runs (CONFIG_OVERWRITE_JSON)"
NO_ROBOTS = "robots can neither read nor change the configuration"
REFUSED = "pushes, scans, labels, garbage collection and replication"


@dataclass(frozen=True)
class Way:
    """One of the two states of a door, and what is said on the way to it."""

    value: Value
    word: str
    """The state, in the overview."""
    done: str
    already: str
    """Said when someone else was faster."""
    asks: str = ""
    """The question that is asked before; empty: done at once."""
    lines: tuple[str, ...] = ()
    verb: str = ""
    calm: bool = False
    """The question is no warning."""


@dataclass(frozen=True)
class Door:
    """A setting that is flipped by one key; the first of its ways is the safe or usual one."""

    key: str
    setting: str
    title: str
    safe: Way
    open: Way
    modes: tuple[str, ...] = ()
    """How people must sign in for the door to be one; empty: it always is."""

    def stands(self, value: Value) -> Way:
        """The state that a value is; what a newer Harbor calls otherwise counts as open."""
        return self.safe if same(value, self.safe.value) else self.open

    def other(self, value: Value) -> Way:
        """Where the key leads from there."""
        return self.open if self.stands(value) is self.safe else self.safe

    def cell(self, value: Value) -> Part:
        """The state in a word, with a sign when it needs eyes."""
        if value is None:
            return Part("not known", "muted")
        way = self.stands(value)
        return Part(way.word) if way is self.safe else Part(f"{way.word} ▲", "warn")


SELF_REGISTRATION = Door(
    "S",
    "self_registration",
    "self-registration",
    Way(False, "closed", "Self-registration is closed.", "Self-registration was closed already."),
    Way(
        True,
        "open",
        "Self-registration is open.",
        "Self-registration was open already.",
        "Open self-registration?",
        ("Anyone who reaches this Harbor can make an account.",),
        "Open",
    ),
    modes=("db_auth",),
)
PROJECT_CREATION = Door(
    "P",
    "project_creation_restriction",
    "project creation",
    Way(
        "adminonly",
        "administrators",
        "Only administrators can make projects.",
        "Only administrators could make projects already.",
    ),
    Way(
        "everyone",
        "everyone",
        "Everyone can make projects.",
        "Everyone could make projects already.",
        "Let everyone make projects?",
        ("Whoever has an account can make projects, public ones too, and fill the storage.",),
        "Let everyone",
    ),
)
READ_ONLY = Door(
    "R",
    "read_only",
    "read-only",
    Way(
        False,
        "writable",
        "The registry is writable again.",
        "The registry was writable already.",
        "Make the registry writable again?",
        (f"Then {REFUSED} are accepted again;", "until now they are refused."),
        "Make writable",
        calm=True,
    ),
    Way(
        True,
        "read-only",
        "The registry is read-only. R ends it.",
        "The registry was read-only already.",
        "Make the whole registry read-only?",
        (
            f"Meanwhile Harbor refuses {REFUSED}.",
            "Pulls go on, and settings can be changed. R ends it.",
        ),
        "Make read-only",
    ),
)
DOORS = (SELF_REGISTRATION, PROJECT_CREATION, READ_ONLY)


def of(setting: str) -> Door | None:
    """The door that a setting is."""
    return next((door for door in DOORS if door.setting == setting), None)


def value_of(door: Door, system: SystemInfo, configuration: Configuration | None) -> Value:
    """How a door stands, as far as the account is told."""
    if configuration is not None:
        return configuration.value(door.setting)
    value = getattr(system, door.setting)
    return value if value != "" else None


def told(system: SystemInfo, configuration: Configuration) -> SystemInfo:
    """What Harbor says of itself, with what its settings say, which were read later."""
    names = [door.setting for door in DOORS] + ["auth_mode", "banner_message"]
    known = {name: configuration.value(name) for name in names}
    said = {name: one for name, one in known.items() if type(one) is type(getattr(system, name))}
    return system.model_copy(update=said)


def locked(door: Door, me: Me, configuration: Configuration | None) -> str:
    """Why a door cannot be moved; empty: it can."""
    if me.is_robot:
        return NO_ROBOTS
    if not me.is_admin:
        return "for system administrators only"
    if configuration is None:
        return "the configuration has not been read yet"
    mode = configuration.auth_mode
    if door.modes and mode not in door.modes:
        return f"people sign in by {MODES.get(mode, mode)}: nobody can register here"
    setting = configuration.root.get(door.setting)
    if setting is None:
        return "this Harbor does not have that setting"
    return "" if setting.editable else FIXED
