"""One secret as it was found."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from harbortui.problems import SettingsError

LIMIT = 64 * 2**10
"""Bytes: more than any secret."""


@dataclass(frozen=True)
class Entry:
    """A secret, in words where it is from, and whose it is when the source says."""

    secret: SecretStr
    source: str
    username: str = ""


def entry(content: bytes, source: str, username: str = "") -> Entry:
    """The secret in `content`, one line of UTF-8; SettingsError when it is none."""
    try:
        text = content.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise SettingsError(f"What {source} gave is not UTF-8.") from error
    if not text:
        raise SettingsError(f"{source} gave an empty password.")
    if any(char in text for char in "\r\n\0"):
        raise SettingsError(f"What {source} gave is more than one line.")
    return Entry(SecretStr(text), source, username)
