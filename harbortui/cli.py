"""The command line: from arguments to the app, or a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from harbortui.arguments import Flags, parse
from harbortui.terminal import start as terminal_start

if TYPE_CHECKING:
    from harbortui.start import Start

DEMO = "https://harbor.example.com"
WRONG = 2
"""Exit code: harbortui could not begin."""


def main() -> NoReturn:
    """Entry point."""
    terminal_start.prepare()
    flags = parse()
    if flags.password_stdin is False and (reason := terminal_start.refusal()):
        _fail(reason)
    sys.exit(_run(flags))


def _fail(sentence: str) -> NoReturn:
    sys.stderr.write(f"harbortui: {sentence}\n")
    sys.exit(WRONG)


def _run(flags: Flags) -> int:
    from harbortui.problems import SettingsError

    try:
        start = _demo(flags) if flags.demo else _start(flags)
    except SettingsError as error:
        _fail(str(error))
    from harbortui.app import HarborApp
    from harbortui.crashing import CRASHED
    from harbortui.terminal.driver import Terminal

    if flags.password_stdin:
        if not terminal_start.keys_from_terminal():
            _fail("there is no terminal for a screen; for use in scripts there is `harbortui logs`")
        if reason := terminal_start.refusal():
            _fail(reason)
    terminal = Terminal(plain=flags.plain_output, ascii_only=terminal_start.ascii_only())
    app = HarborApp(start, terminal)
    app.run()
    for words in app.last_words:
        sys.stderr.write(f"{words}\n")
    return CRASHED if app.crashed else app.return_code or 0


def _start(flags: Flags) -> Start:
    """Settings, memory and what is known of a password; may start the profile's command."""
    from harbortui import credentials, paths, settings
    from harbortui.clock import Clock
    from harbortui.start import Start
    from harbortui.state import Memory

    memory = Memory(paths.state())
    path = settings.config_path(os.environ)
    found = settings.load(flags, os.environ, path, memory.state.profile)
    problems, credential = [memory.notice] if memory.notice else [], None
    if found.profile:
        stdin = sys.stdin.buffer if flags.password_stdin else None
        known = credentials.find(found.profile, os.environ, stdin)
        credential = known.credential
        problems += known.problems
    clock = Clock(mode=found.time or "relative")
    return Start(found, memory, credential, flags.start, tuple(problems), clock=clock)


def _demo(flags: Flags) -> Start:
    """The built-in registry: signed in, things happen there, nothing is remembered."""
    from dataclasses import replace

    from pydantic import SecretStr

    from harbortui import settings
    from harbortui.credentials import Credential
    from harbortui.demo import credentials
    from harbortui.demo.life import LivingHarbor
    from harbortui.paths import Folder
    from harbortui.profile import Profile
    from harbortui.start import Start
    from harbortui.state import Memory

    scenario = "" if flags.demo == "small" else flags.demo
    found = settings.load(flags, os.environ, settings.config_path(os.environ))
    profile = Profile(url=DEMO, read_only=flags.read_only)
    username, password = credentials(scenario)
    return Start(
        replace(found, profile=profile),
        Memory(Folder(None, "the demo remembers nothing")),
        Credential(username, SecretStr(password), "the demo's own"),
        flags.start,
        transport=lambda: LivingHarbor(scenario),
    )
