"""What docker and podman know: credential programs, and the `auths` of their files.

The rules are docker's own (cli/config/configfile, docker-credential-helpers): a program for the
host replaces the file, and that it knows nothing is no error.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from shutil import which

from pydantic import SecretStr

from harbortui import paths, programs
from harbortui.credentials.entry import Entry, entry
from harbortui.problems import SettingsError
from harbortui.profile import Profile
from harbortui.text import safe

SECONDS = 10.0
LIMIT = 2**20
PROGRAM = re.compile(r"\w[\w.-]*")
UNKNOWN = b"credentials not found"
TOKEN = "<token>"
Json = Mapping[str, object]


def from_program(profile: Profile, environ: Mapping[str, str]) -> Entry | None:
    """What the `docker-credential-…` program for this host says."""
    path = _path(profile, environ)
    config = _read(path)
    name, keys = _program(config, _keys(profile))
    if not name:
        return None
    program = which(f"docker-credential-{name}", path=environ.get("PATH"))
    if not PROGRAM.fullmatch(name) or not program:
        raise SettingsError(f"{path} names docker-credential-{safe(name)}, which is not there.")
    answers = (_ask(program, key, environ) for key in keys)
    return next((found for found in answers if found), None)


def from_file(profile: Profile, environ: Mapping[str, str]) -> Entry | None:
    """The entry for this host in the profile's auth_file, unless a program replaces it."""
    path = _path(profile, environ)
    config = _read(path)
    if _program(config, _keys(profile))[0]:
        return None
    auths = _table(config, "auths")
    found = next((auths[key] for key in _keys(profile) if key in auths), None)
    if not isinstance(found, dict) or not any(found.values()):
        return None
    if open_to_others := paths.exposed(path):
        raise SettingsError(f"auth_file: {open_to_others}.")
    if found.get("identitytoken") or found.get("registrytoken"):
        raise _token(str(path))
    return _decoded(found.get("auth"), str(path))


def _path(profile: Profile, environ: Mapping[str, str]) -> Path:
    folder = environ.get("DOCKER_CONFIG") or f"{environ.get('HOME', '')}/.docker"
    return profile.auth_file or Path(folder, "config.json")


def _read(path: Path) -> Json:
    """docker's configuration; nothing when there is none."""
    try:
        values = json.loads(paths.read(path, LIMIT))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{paths.reason(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is no JSON.") from error
    return values if isinstance(values, dict) else {}


def _table(config: Json, name: str) -> Json:
    table = config.get(name)
    return table if isinstance(table, dict) else {}


def _keys(profile: Profile) -> tuple[str, ...]:
    """The names under which docker may have filed this Harbor, best first."""
    host = profile.host_port.rpartition(":")[0]
    return profile.host_port, host, f"https://{host}"


def _program(config: Json, keys: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Which program answers for this host, and what to ask it for; no name: none does."""
    chosen = _table(config, "credHelpers")
    for key in keys:
        if name := chosen.get(key):
            return str(name), (key,)
    return str(config.get("credsStore") or ""), keys


def _ask(program: str, key: str, environ: Mapping[str, str]) -> Entry | None:
    """One question in the protocol of docker's credential programs."""
    source = Path(program).name
    try:
        ended = programs.run((program, "get"), environ, SECONDS, told=key.encode(), quiet=True)
    except programs.ProgramError as error:
        raise SettingsError(f"{source} {error}.") from error
    if ended.code and UNKNOWN in ended.output.lower():
        return None
    if ended.code:
        raise SettingsError(
            f"{source} failed with exit code {ended.code}; try: echo {key} | {source} get"
        )
    try:
        answer = json.loads(ended.output)
        username, secret = answer["Username"], answer["Secret"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise SettingsError(f"{source} did not answer as docker wants it.") from error
    if not isinstance(username, str) or not isinstance(secret, str) or not secret:
        raise SettingsError(f"{source} did not answer as docker wants it.")
    if username == TOKEN:
        raise _token(source)
    return Entry(SecretStr(secret), source, username)


def _decoded(auth: object, source: str) -> Entry | None:
    """`user:password` in base 64, as docker and podman write it."""
    if not auth:
        return None
    try:
        username, colon, secret = b64decode(str(auth), validate=True).partition(b":")
        name = username.decode()
    except ValueError as error:
        raise SettingsError(f"The entry in {source} is not what docker writes.") from error
    if not colon:
        raise SettingsError(f"The entry in {source} is not what docker writes.")
    if name == TOKEN:
        raise _token(source)
    return entry(secret.strip(b"\0"), source, name)


def _token(source: str) -> SettingsError:
    return SettingsError(f"{source} has an identity token, not a password: Harbor takes none.")
