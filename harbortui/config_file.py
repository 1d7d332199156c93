"""The configuration file: read with all that can be wrong with it, added to, never rewritten."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import tomli

from harbortui import paths
from harbortui.problems import Problem, SettingsError

LIMIT = 256 * 2**10
BARE = re.compile(r"[A-Za-z0-9_-]+")
Value = str | bool | int | float | Sequence[str]


@dataclass(frozen=True)
class ConfigFile:
    """What stands in `config.toml`, or nothing and the reason."""

    path: Path | None = None
    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    broken: Problem | None = None

    def problem(self, message: str, *keys: str) -> Problem:
        """That something is wrong with the value of `keys`, with its line."""
        return Problem(str(self.path), message, ".".join(keys), self.line(*keys))

    def line(self, *keys: str) -> int:
        """The line, from 1, where the value of `keys` begins, else where that around it does."""
        for length in range(len(keys), 0, -1):
            if number := _line(self.text, keys[:length]):
                return number
        return 0


def location(environ: Mapping[str, str]) -> Path | None:
    """Where the configuration is: HARBORTUI_CONFIG, or `config.toml` in its folder, if any."""
    said = environ.get("HARBORTUI_CONFIG")
    return Path(said) if said else paths.config().file("config.toml")


def read(path: Path | None) -> ConfigFile:
    """The file at `path`; a missing one is empty, an unreadable one says why in `broken`."""
    if path is None:
        return ConfigFile()
    try:
        content = paths.read(path, LIMIT)
        if open_to_others := paths.changeable(path):
            return _broken(path, f"is not read: {open_to_others}")
    except FileNotFoundError:
        return ConfigFile(path)
    except OSError as error:
        return _broken(path, f"cannot be read: {error.strerror}")
    return parse(path, content)


def parse(path: Path, content: bytes) -> ConfigFile:
    """The values in `content`, TOML in UTF-8, with or without a byte order mark."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _broken(path, "this is not UTF-8", line)
    try:
        return ConfigFile(path, text, tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        return _broken(path, error.msg, error.lineno)
    except (ValueError, RecursionError) as error:
        return _broken(path, f"cannot be understood: {type(error).__name__}")


def add_table(path: Path, keys: Sequence[str], values: Mapping[str, Value]) -> None:
    """Append `[a.b]` with `values` to the file, 0600; raises SettingsError and changes nothing.

    What stood there stays byte for byte; the result is parsed before it is written.
    """
    before = read(path)
    if before.broken:
        raise SettingsError(f"{before.broken}. Mend it first: nothing is added to a broken file.")
    lines = [f"[{'.'.join(map(_key, keys))}]"]
    lines += [f"{_key(name)} = {_value(value)}" for name, value in values.items()]
    gap = "" if not before.text else "\n" if before.text.endswith("\n") else "\n\n"
    try:
        old = paths.read(path, LIMIT) if path.exists() else b""
        content = old + (gap + "\n".join(lines) + "\n").encode()
        after = parse(path, content)
        if after.broken or _at(before.values, keys) is not None or not _at(after.values, keys):
            raise SettingsError(f"{path} cannot hold another {'.'.join(keys)}; add it by hand.")
        paths.write(path.resolve(), content)
    except OSError as error:
        raise SettingsError(f"Nothing was saved. {paths.reason(error)}.") from error
    except UnicodeEncodeError as error:
        raise SettingsError(
            "Nothing was saved: there are characters that no file holds."
        ) from error


def _broken(path: Path, message: str, line: int = 0) -> ConfigFile:
    return ConfigFile(path, broken=Problem(str(path), message, line=line))


def _line(text: str, keys: Sequence[str]) -> int:
    """Where `keys` come into being as ever more lines are parsed; only lines that name them."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if keys[-1] not in line or _parsed(lines[:number], keys) != "no":
            continue
        longer = (_parsed(lines[:end], keys) for end in range(number + 1, len(lines) + 1))
        if next((found for found in islice(longer, 200) if found != "broken"), "no") == "yes":
            return number + 1
    return 0


def _parsed(lines: Sequence[str], keys: Sequence[str]) -> str:
    """Whether these lines have a value for `keys`: yes, no, or broken (they end in a value)."""
    try:
        return "no" if _at(tomli.loads("\n".join(lines)), keys) is None else "yes"
    except (ValueError, RecursionError):
        return "broken"


def _at(values: object, keys: Sequence[str]) -> object:
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _value(name)


def _value(value: Value) -> str:
    """In TOML; a basic string has JSON's escapes, and DEL besides."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(_value, value))}]"
