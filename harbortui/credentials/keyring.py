"""The desktop's keyring, when `harbortui[keyring]` is installed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import find_spec

from harbortui import programs
from harbortui.credentials.entry import Entry, entry
from harbortui.problems import SettingsError
from harbortui.profile import Profile

SECONDS = 3.0


def from_keyring(profile: Profile, environ: Mapping[str, str]) -> Entry | None:
    """What `keyring set harbortui:URL USERNAME` has stored.

    In a program of its own: a keyring that waits for an unlocking window can then be given up.
    """
    if not profile.username or find_spec("keyring") is None:
        return None
    # Without -P a file keyring.py in the current folder would be run.
    argv = (sys.executable, "-P", "-m", "keyring", "get", "--", f"harbortui:{profile.url}")
    try:
        ended = programs.run((*argv, profile.username), environ, SECONDS, quiet=True)
    except programs.ProgramError as error:
        raise SettingsError(f"The keyring {error}.") from error
    if ended.code or not ended.output.strip():
        return None
    return entry(ended.output, "the keyring", profile.username)
