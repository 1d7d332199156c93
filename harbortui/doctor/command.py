"""`harbortui doctor`: from arguments to lines on standard output and an exit code."""

from __future__ import annotations

import asyncio
import getpass
import json
import os
import sys
from collections.abc import Sequence

from pydantic import SecretStr

from harbortui import config_file, credentials, settings
from harbortui.arguments import Flags
from harbortui.credentials import Credential
from harbortui.doctor import examine
from harbortui.doctor.arguments import Wanted
from harbortui.doctor.line import Line, broken
from harbortui.problems import SettingsError, tell
from harbortui.profile import Profile
from harbortui.text import safe

FAULT, WRONG = 1, 2
SIGNS = {"ok": "✓", "warning": "▲", "fault": "✗"}
PLAIN = {"ok": "ok     ", "warning": "WARNING", "fault": "FAULT  "}


def main(wanted: Wanted) -> int:
    """Look, tell, and return the exit code."""
    try:
        profile, known, docker = _asked(wanted)
    except SettingsError as error:
        sys.stderr.write(f"harbortui: {safe(error)}\n")
        return WRONG
    lines = asyncio.run(_look(profile, known, docker, wanted.json))
    if wanted.json:
        sys.stdout.write(_json(profile, lines))
    return FAULT if broken(lines) else 0


def _asked(wanted: Wanted) -> tuple[Profile, Credential | None, Credential | None]:
    """Where to look, and the credentials that are known. SettingsError when nothing says where."""
    user = wanted.docker_user
    flags = Flags(place=wanted.place, username=user or wanted.username)
    found = settings.load(flags, os.environ, config_file.location(os.environ))
    tell(found.problems)
    if found.profile is None:
        raise SettingsError("Say where: harbortui doctor https://harbor.example.com")
    stdin = sys.stdin.buffer if wanted.password_stdin else None
    looked_for = credentials.find(found.profile, os.environ, stdin)
    tell(looked_for.problems)
    known = looked_for.credential
    if not user:
        return found.profile, known, None
    if known is None and sys.stdin.isatty():
        secret = SecretStr(getpass.getpass(f"Password of {user}: "))
        known = Credential(user, secret, "typed in")
    if known is None:
        raise SettingsError(f"Give the password of {user}: --password-stdin, or a terminal.")
    return found.profile, known, known


async def _look(
    profile: Profile, known: Credential | None, docker: Credential | None, quiet: bool
) -> list[Line]:
    lines: list[Line] = []
    async for found in examine.everything(profile, known, docker):
        lines += found
        if not quiet:
            sys.stdout.write("".join(_written(line) for line in found))
            sys.stdout.flush()
    return lines


def _written(line: Line) -> str:
    """`✗ port           refused …` and the cure below; words instead of signs without UTF-8."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    sign = SIGNS[line.state] if encoding == "utf8" else PLAIN[line.state]
    text = f"{sign} {line.what:<13} {safe(line.says)}\n"
    cure = f"{' ' * (len(sign) + 15)}{safe(line.cure)}\n" if line.cure else ""
    return (
        (text + cure)
        .encode(sys.stdout.encoding or "ascii", "replace")
        .decode(sys.stdout.encoding or "ascii")
    )


def _json(profile: Profile, lines: Sequence[Line]) -> str:
    worst = "fault" if broken(lines) else "ok"
    if worst == "ok" and any(line.state == "warning" for line in lines):
        worst = "warning"
    told = [line._asdict() for line in lines]
    return json.dumps({"harbor": profile.url, "state": worst, "lines": told}, indent=2) + "\n"
