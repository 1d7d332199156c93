"""Before Textual is imported: can there be a screen at all, and what may be on it?"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from typing import TextIO

REFUSED = 2  # the exit code that goes with a refusal
# Textual reads these when it is imported. At 60 frames a second a key waits up to 17 ms for its
# picture; the rest of an escape sequence comes within 50 ms, or escape was pressed alone.
DEFAULTS = {"TEXTUAL_FPS": "120", "ESCDELAY": "50"}
# With these it writes down, or sends to its console, keys, pastes and fields: passwords as well.
LOGS = ("TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT")


def prepare() -> None:
    """Set what Textual reads when it starts; call it before Textual is imported."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    for name in LOGS:
        os.environ.pop(name, None)
    if _is_terminal(sys.__stderr__) and not _is_terminal(sys.__stdout__):
        # Textual 8.2 draws on standard error, but takes the size from standard output.
        vars(sys)["__stdout__"] = sys.__stderr__


def refusal(environ: Mapping[str, str] = os.environ) -> str:
    """Why there can be no screen, as a sentence with a cure; "" if there can be one."""
    if not _is_terminal(sys.__stdin__):
        return "Standard input is not a terminal. For use in scripts there is `harbortui logs`."
    if not _is_terminal(sys.__stderr__):
        return (
            "Standard error, where the screen is drawn, is not a terminal. "
            "For use in scripts there is `harbortui logs`."
        )
    if environ.get("TERM") == "dumb":
        return "TERM=dumb names a terminal without a cursor. Set TERM, for example to xterm."
    return ""


def ascii_only(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the locale has no UTF-8, so that lines and signs must be ASCII."""
    names = (environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    name = next(filter(None, names), "")
    if _is_utf8(name):
        return False  # also where the server lacks that locale: the terminal is the user's own
    return not _is_utf8(locale.nl_langinfo(locale.CODESET))


def keys_from_terminal() -> bool:
    """Read keys from the terminal though standard input was used up; False if there is none."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, 0)
    os.close(terminal)
    return True


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _is_utf8(name: str) -> bool:
    return "utf8" in name.lower().replace("-", "")
