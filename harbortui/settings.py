"""What the user has settled: flags win over HARBORTUI_*, that over `config.toml`, then defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from harbortui import config_file, paths
from harbortui.arguments import Flags
from harbortui.choice import choose
from harbortui.clock import Mode
from harbortui.config_file import ConfigFile
from harbortui.problems import Problem, SettingsError, unknown, words
from harbortui.profile import Profile

PREFIX = "HARBORTUI_"
VARIABLES = (
    *("profile", "url", "username", "sign_in", "refresh"),
    *("ca_file", "client_cert", "client_key", "auth_file"),
)
CAREFUL = ("read_only", "protected")
TOP = ("theme", "time")
ELSEWHERE = ("config", "password", "password_file")


@dataclass(frozen=True)
class Settings:
    """All of it, judged; `profile` is where to go, None means to ask for it."""

    file: ConfigFile = field(default_factory=ConfigFile)
    profile: Profile | None = None
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    theme: str = ""
    time: Mode | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    read_only: bool = False
    problems: tuple[Problem, ...] = ()


class _Top(BaseModel):
    """The configuration file, profiles not looked into."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    profile: str = ""
    theme: str = ""
    time: Mode | None = None
    keys: dict[str, str] = Field(default_factory=dict)
    profiles: dict[str, object] = Field(default_factory=dict)

    @field_validator("theme")
    @classmethod
    def _known(cls, theme: str) -> str:
        names = paths.theme_names()
        if theme and theme not in names:
            raise ValueError(f"the themes are {', '.join(names)}")
        return theme


def load(flags: Flags, environ: Mapping[str, str], path: Path | None, last: str = "") -> Settings:
    """The settings; `last` is the profile used last, taken when nothing else says where to go.

    What is wrong in the file is a problem in the list; SettingsError when what the flags or the
    environment ask for cannot be had.
    """
    file = config_file.read(path)
    top, problems = _lenient(file.values, file.problem)
    said, strange = _environment(environ)
    first, wrong = _lenient({name: said.pop(name) for name in TOP if name in said}, _variable)
    profiles, broken = _profiles(file, top.profiles)
    problems += [*broken.values(), *strange, *wrong]
    unread = file.broken or _missing(path, environ)
    problems = [*([unread] if unread else []), *problems]
    if top.profile and top.profile not in {*profiles, *broken}:
        problems.append(file.problem("names a profile that is not there", "profile"))
    careful = {name: _true(name, said.pop(name, "")) for name in CAREFUL}
    careful["read_only"] |= flags.read_only
    usual = [top.profile, last, *(profiles if len(profiles) == 1 else ())]
    try:
        chosen = choose(flags, said, usual, profiles, broken)
    except SettingsError as error:
        raise SettingsError(f"{unread}. {error}" if unread else str(error)) from error
    return Settings(
        file=file,
        profile=_careful(chosen, careful) if chosen else None,
        profiles={name: _careful(profile, careful) for name, profile in profiles.items()},
        theme=first.theme or top.theme,
        time=first.time or top.time,
        keys=top.keys,
        read_only=careful["read_only"],
        problems=tuple(problems),
    )


def add_profile(settings: Settings, profile: Profile) -> Settings:
    """Append a profile to the configuration file; raises SettingsError and changes nothing."""
    if not profile.name:
        raise SettingsError("A profile needs a name.")
    if settings.file.path is None:
        raise SettingsError(f"Nothing was saved: {paths.config().reason}.")
    said = profile.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
    config_file.add_table(settings.file.path, ("profiles", profile.name), said)
    return replace(settings, profiles={**settings.profiles, profile.name: profile})


def _lenient(
    values: Mapping[str, object], problem: Callable[..., Problem]
) -> tuple[_Top, list[Problem]]:
    """What can be used of `values`, and what is wrong with the rest."""
    try:
        return _Top.model_validate(values), []
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
    problems = []
    for one in found:
        keys = [str(key) for key in one["loc"]]
        problems.append(problem(words(one, _Top.model_fields), *keys))
        values = _without(values, keys)
    return _Top.model_validate(values), problems


def _without(values: Mapping[str, object], keys: list[str]) -> dict[str, object]:
    first, *rest = keys
    inner = values.get(first)
    kept = {key: value for key, value in values.items() if key != first}
    return {**kept, first: _without(inner, rest)} if rest and isinstance(inner, dict) else kept


def _profiles(
    file: ConfigFile, tables: Mapping[str, object]
) -> tuple[dict[str, Profile], dict[str, Problem]]:
    """The profiles that can be used, and the first thing wrong with each of the others."""
    good, broken = {}, {}
    for name, table in tables.items():
        if isinstance(table, dict) and "name" in table:
            broken[name] = file.problem(unknown("name", ()), "profiles", name, "name")
            continue
        try:
            good[name] = _profile(file, name, table)
        except ValidationError as error:
            found = error.errors(include_input=False, include_url=False)[0]
            keys = [str(key) for key in found["loc"] if key != "name"]
            message = words(found, Profile.model_fields)
            broken[name] = file.problem(message, "profiles", name, *keys[:1])
    return good, broken


def _profile(file: ConfigFile, name: str, table: object) -> Profile:
    values = {**table, "name": name} if isinstance(table, dict) else table
    folder = file.path.parent if file.path else ""
    return Profile.model_validate(values, context={"folder": folder})


def _environment(environ: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """What HARBORTUI_* say, by the setting's name; and those that say nothing we know."""
    known = [name.upper() for name in (*VARIABLES, *CAREFUL, *TOP, *ELSEWHERE)]
    ours = {
        name.removeprefix(PREFIX): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }
    strange = [_variable(unknown(name, known, PREFIX), name) for name in ours if name not in known]
    read = (*VARIABLES, *CAREFUL, *TOP)
    return {name: ours[name.upper()] for name in read if name.upper() in ours}, strange


def _variable(message: str, name: str = "") -> Problem:
    return Problem(PREFIX + name.upper(), message)


def _missing(path: Path | None, environ: Mapping[str, str]) -> Problem | None:
    """A file that is usually looked for may be missing, one that was named may not."""
    if path is None or path.exists() or not environ.get("HARBORTUI_CONFIG"):
        return None
    return _variable("names a file that is not there", "config")


def _true(name: str, value: str) -> bool:
    if value.lower() in {"", "0", "false", "no", "off"}:
        return False
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    raise SettingsError(f"{_variable('has to be true or false', name)}.")


def _careful(profile: Profile, careful: Mapping[str, bool]) -> Profile:
    """A profile can be made more careful from outside, never less."""
    return profile.model_copy(update={name: True for name, on in careful.items() if on})
