"""Secrets that somebody has handed over on purpose: standard input, variables, a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from harbortui import paths, programs
from harbortui.credentials.entry import LIMIT, Entry, entry
from harbortui.problems import SettingsError

SECONDS = 30.0


def from_stdin(stdin: BinaryIO) -> Entry:
    """All of standard input, less a line break at its end."""
    content = stdin.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise SettingsError("Standard input is too long for a password.")
    return entry(content, "standard input")


def from_environment(secret: str) -> Entry | None:
    """The value of HARBORTUI_PASSWORD."""
    return entry(secret.encode(errors="surrogateescape"), "HARBORTUI_PASSWORD") if secret else None


def from_file(name: str) -> Entry | None:
    """What is in the file that HARBORTUI_PASSWORD_FILE names, if it is the user's alone."""
    if not name:
        return None
    path = Path(name)
    try:
        if open_to_others := paths.exposed(path):
            raise SettingsError(f"HARBORTUI_PASSWORD_FILE: {open_to_others}.")
        content = paths.read(path, LIMIT)
    except OSError as error:
        raise SettingsError(f"HARBORTUI_PASSWORD_FILE: {paths.reason(error)}.") from error
    return entry(content, f"HARBORTUI_PASSWORD_FILE ({path})")


def from_command(argv: Sequence[str], environ: Mapping[str, str]) -> Entry | None:
    """The first line that the profile's password_command writes."""
    if not argv:
        return None
    source = f"password_command ({Path(argv[0]).name})"
    try:
        ended = programs.run(argv, environ, SECONDS)
    except programs.ProgramError as error:
        raise SettingsError(f"{source} {error}.") from error
    if ended.code:
        raise SettingsError(f"{source} failed with exit code {ended.code}.")
    return entry(ended.output.partition(b"\n")[0], source)
