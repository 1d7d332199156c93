"""A report of a bug: where it happened, without the values that were at hand, and one sentence."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import quote

from pydantic import SecretStr, ValidationError

from harbortui import __version__, paths
from harbortui.paths import Folder
from harbortui.text import safe

KEPT = 10
LONGEST = 300
DEEPEST = 20
PACKAGES = ("textual", "httpx", "pydantic")
HIDDEN = "**********"


def report(error: BaseException, now: datetime, secrets: Iterable[SecretStr] = ()) -> str:
    """The text to attach to a bug report: versions, then what went wrong where, causes first.

    No local variables; known secrets are blotted out of the messages.
    """
    lines = [
        f"harbortui {__version__}, {now:%Y-%m-%d %H:%M:%S} UTC",
        f"Python {platform.python_version()}, {platform.platform()}",
        ", ".join(f"{name} {_version(name)}" for name in PACKAGES),
        "",
        *_chain(error, [one.get_secret_value() for one in secrets], set()),
    ]
    return safe("\n".join(lines), 200_000, multiline=True) + "\n"


def save(
    error: BaseException, folder: Folder, now: datetime, secrets: Iterable[SecretStr] = ()
) -> str:
    """Write the report, 0600, keeping the newest ten; the one line for the terminal."""
    name = type(error).__name__
    path = folder.file(f"crash-{now:%Y%m%dT%H%M%SZ}.txt")
    if not path:
        return f"harbortui has a bug ({name}); no report could be written: {folder.reason}."
    try:
        paths.private(path.parent)
        paths.write(path, report(error, now, secrets))
        _tidy(path.parent)
    except OSError as problem:
        reason = paths.reason(problem)
        return f"harbortui has a bug ({name}); no report could be written: {reason}."
    return f"harbortui has a bug ({name}). The report, without your data, is in {path}"


def _chain(error: BaseException, secrets: Sequence[str], met: set[int]) -> Iterator[str]:
    """The error with its causes before it, and with the errors of a group after it."""
    if id(error) in met or len(met) == DEEPEST:
        return
    met.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _chain(cause, secrets, met)
        yield "\nwhich led to:\n"
    frames = traceback.extract_tb(error.__traceback__, limit=-50)
    yield "".join(traceback.format_list(frames)).rstrip()
    yield f"{type(error).__module__}.{type(error).__qualname__}: {_message(error, secrets)}"
    if isinstance(error, BaseExceptionGroup):
        for number, member in enumerate(error.exceptions, 1):
            yield f"\nerror {number} of the group:\n"
            yield from _chain(member, secrets, met)


def _message(error: BaseException, secrets: Sequence[str]) -> str:
    """What the error says, blotted before it is cut; pydantic's would repeat what it was given."""
    text = safe(error, 100_000)
    if isinstance(error, ValidationError):
        found = error.errors(include_input=False, include_url=False, include_context=False)
        text = "; ".join(f"{'.'.join(map(str, one['loc']))} {one['type']}" for one in found[:20])
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        for form in (secret, repr(secret)[1:-1], quote(secret, safe="", errors="replace")):
            text = text.replace(safe(form), HIDDEN)
    return safe(text, LONGEST)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _tidy(folder: Path) -> None:
    for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
        with suppress(OSError):
            old.unlink()
