"""Which Harbor is meant: by flags, else by the environment, else by what is usual here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from harbortui import address
from harbortui.arguments import Flags
from harbortui.problems import Problem, SettingsError, words
from harbortui.profile import Profile

Profiles = Mapping[str, Profile]
TWICE = "The first word, --profile and --url name different places; one is enough."
SOURCES = {"url": "The URL", "username": "The user name"}


def choose(
    flags: Flags,
    said: Mapping[str, str],
    usual: Iterable[str],
    profiles: Profiles,
    broken: Mapping[str, Problem],
) -> Profile | None:
    """The profile to open, with what flags and environment (`said`) change in it; None: ask.

    `usual` are names to take when nobody says where to go, best first. A URL that a profile has
    means that profile: its care is for the server. SettingsError when a wish cannot be met.
    """
    if flags.demo:
        return None
    name, url = _asked(flags, {*profiles, *broken})
    if not name and not url:
        name, url = said.get("profile", ""), said.get("url", "")
    found: Profile | None = next((profiles[one] for one in usual if one in profiles), None)
    if name:
        found = _named(name, profiles, broken)
    elif url:
        found = _at(url, _username(flags, said), profiles.values())
    return _changed(found, url, flags, said) if found or url else None


def _asked(flags: Flags, names: set[str]) -> tuple[str, str]:
    """Profile and URL of the command line, whose first word can be either."""
    name, url, place = flags.profile, flags.url, flags.place
    if place in names and name in {"", place}:
        return place, url
    if place in names or (place and url):
        raise SettingsError(TWICE)
    if not place:
        return name, url
    if set(place) & set(".:/") or place == "localhost":
        return name, place
    raise _missing(place, names)


def _named(name: str, profiles: Profiles, broken: Mapping[str, Problem]) -> Profile:
    if name in broken:
        raise SettingsError(f"{broken[name]}.")
    if name not in profiles:
        raise _missing(name, profiles)
    return profiles[name]


def _missing(name: str, names: Iterable[str]) -> SettingsError:
    there = ", ".join(sorted(names))
    known = f"there are {there}" if there else "none is in the configuration"
    return SettingsError(f"There is no profile {name}: {known}. A URL begins with https://.")


def _at(url: str, username: str, profiles: Iterable[Profile]) -> Profile | None:
    """The profile of that URL, rather that of the user as well."""
    try:
        url = address.normal(url)
    except ValueError:
        return None
    there = [profile for profile in profiles if profile.url == url]
    return next((one for one in there if one.username == username), there[0] if there else None)


def _username(flags: Flags, said: Mapping[str, str]) -> str:
    return flags.username or said.get("username", "")


def _changed(found: Profile | None, url: str, flags: Flags, said: Mapping[str, str]) -> Profile:
    values: dict[str, object] = found.model_dump() if found else {}
    username = _username(flags, said)
    if found and found.username and username not in {"", found.username}:
        # Another user's password would be tried with this name, and the account locked.
        values |= {"password_command": (), "sign_in": None}
    values |= {name: value for name, value in said.items() if name not in {"profile", "url"}}
    values |= {"url": url} if url else {}
    values |= {"username": username} if username else {}
    try:
        return Profile.model_validate(values)
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)[0]
        field = str(wrong["loc"][0]) if wrong["loc"] else "url"
        source = SOURCES.get(field, f"HARBORTUI_{field.upper()}")
        raise SettingsError(f"{source} {words(wrong, Profile.model_fields)}.") from error
