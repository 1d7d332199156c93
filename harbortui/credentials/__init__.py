"""Where the password comes from, in order; the value itself is shown to nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from pydantic import SecretStr

from harbortui.credentials import docker, given, keyring
from harbortui.credentials.entry import Entry
from harbortui.problems import SettingsError
from harbortui.profile import Profile

Source = Callable[[], Entry | None]


@dataclass(frozen=True)
class Credential:
    """Who signs in, with what secret, and in words where it came from."""

    username: str
    secret: SecretStr
    source: str


@dataclass(frozen=True)
class Found:
    """A credential, or none: then the user is asked. `problems` are sentences to show."""

    credential: Credential | None = None
    problems: tuple[str, ...] = ()


def find(
    profile: Profile, environ: MutableMapping[str, str], stdin: BinaryIO | None = None
) -> Found:
    """The credential for `profile`; may start programs that use the terminal (30 s at most).

    `stdin` is read to its end when given (`--password-stdin`). What `environ` says of a password
    is taken out of it: it was meant for this profile and for no other. What the user has named as
    the source is used or is a problem; what just may be there is looked at in turn.
    """
    for source in _named(profile, environ, stdin):
        try:
            if entry := source():
                return Found(_credential(profile, entry))
        except SettingsError as error:
            return Found(None, (str(error),))
    problems: list[str] = []
    for source in _usual(profile, environ):
        try:
            entry = source()
        except SettingsError as error:
            problems.append(str(error))
            continue
        if entry and entry.username not in {"", profile.username or entry.username}:
            problems.append(f"{entry.source} knows {entry.username} here, not {profile.username}.")
        elif entry:
            return Found(_credential(profile, entry), tuple(problems))
    return Found(None, tuple(problems))


def _named(
    profile: Profile, environ: MutableMapping[str, str], stdin: BinaryIO | None
) -> Iterator[Source]:
    """The sources that somebody has named for this start or this profile."""
    secret = environ.pop("HARBORTUI_PASSWORD", "")
    path = environ.pop("HARBORTUI_PASSWORD_FILE", "")
    if stdin:
        yield partial(given.from_stdin, stdin)
    yield partial(given.from_environment, secret)
    yield partial(given.from_file, path)
    yield partial(given.from_command, profile.password_command, environ)


def _usual(profile: Profile, environ: Mapping[str, str]) -> Iterator[Source]:
    """The places where a password for this Harbor may be; tokens are not kept there."""
    if profile.authentication == "bearer":
        return
    yield partial(docker.from_program, profile, environ)
    yield partial(keyring.from_keyring, profile, environ)
    if profile.auth_file:
        yield partial(docker.from_file, profile, environ)


def _credential(profile: Profile, entry: Entry) -> Credential:
    return Credential(profile.username or entry.username, entry.secret, entry.source)
