"""Certificates that the user has accepted, by host and port, as ssh's known_hosts.

A line is `harbor.example.com:443 sha256:9f86d0…` and anything after; lines are only ever added.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from harbortui import paths
from harbortui.paths import Folder
from harbortui.problems import SettingsError

NAME = "known_servers"
LIMIT = 2**20
SHA256 = re.compile(r"sha256:([0-9a-f]{64})")
Judgement = Literal["unknown", "same", "changed"]


@dataclass(frozen=True)
class Pin:
    """The certificate of a server, by the SHA-256 of its DER form; line 0 is not in the file."""

    server: str
    sha256: str
    line: int = 0


@dataclass(frozen=True)
class KnownServers:
    """All pins; a server can have several, and a line that cannot be read fits no certificate."""

    path: Path | None = None
    pins: tuple[Pin, ...] = ()

    def of(self, server: str) -> tuple[Pin, ...]:
        """The pins of `host:port`."""
        return tuple(pin for pin in self.pins if pin.server == server)

    def judge(self, server: str, sha256: str) -> Judgement:
        """Whether this certificate was accepted; `changed` means that another one was."""
        pins = self.of(server)
        if not pins:
            return "unknown"
        return "same" if sha256 in {pin.sha256 for pin in pins} else "changed"

    def add(self, server: str, sha256: str, today: date) -> str:
        """Keep one more pin; why it holds only until the end, empty: it was written down."""
        problem = "there is no folder to keep it in"
        try:
            if self.path:
                paths.append(self.path.resolve(), f"{server} sha256:{sha256} since {today}")
                return ""
        except OSError as error:
            problem = paths.reason(error)
        UNWRITTEN.append(Pin(server, sha256))
        return problem


UNWRITTEN: list[Pin] = []
"""Accepted since the program began, where nothing could be written down."""


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate in DER form, 64 hexadecimal digits."""
    return hashlib.sha256(certificate).hexdigest()


def read(folder: Folder) -> KnownServers:
    """The pins in `folder`. SettingsError when there is a file that cannot be relied upon:

    without it a changed certificate would look like a new one.
    """
    path = folder.file(NAME)
    if not path:
        return KnownServers(None, tuple(UNWRITTEN))
    try:
        content = paths.read(path, LIMIT)
        if open_to_others := paths.changeable(path):
            raise SettingsError(f"The accepted certificates are not read: {open_to_others}.")
    except FileNotFoundError:
        return KnownServers(path, tuple(UNWRITTEN))
    except OSError as error:
        raise SettingsError(f"{paths.reason(error)}.") from error
    lines = enumerate(content.decode(errors="replace").split("\n"), 1)
    written = [pin for number, line in lines for pin in _pin(line, number)]
    return KnownServers(path, (*written, *UNWRITTEN))


def _pin(line: str, number: int) -> tuple[Pin, ...]:
    server, *rest = line.split() or ["#"]
    if server.startswith("#"):
        return ()
    found = SHA256.fullmatch(rest[0].lower()) if rest else None
    return (Pin(server.lower(), found[1] if found else "", number),)
