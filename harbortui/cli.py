"""The command line: from arguments to the app, or a sentence and an exit code."""

from __future__ import annotations

import gc
import os
import resource
import sys
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from harbortui import arguments
from harbortui.arguments import Flags
from harbortui.terminal import start as terminal_start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harbortui.start import Start

DEMO = "https://harbor.example.com"
INTERRUPTED = 130
"""Exit code after ctrl+c."""


def main() -> NoReturn:
    """Entry point."""
    gc.disable()  # what a start makes stays: the app turns it on again when it has begun
    # Looking for plugins takes pydantic as long as a model of ours; none may see passwords.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the password
    if sys.argv[1:2] == ["doctor"]:
        sys.exit(_ended(_doctor, sys.argv[2:]))
    if sys.argv[1:2] == ["logs"]:
        sys.exit(_ended(_logs, sys.argv[2:]))
    terminal_start.prepare()
    flags = arguments.parse()
    if flags.password_stdin is False and (reason := terminal_start.refusal()):
        _fail(reason)
    sys.exit(_run(flags))


def _ended(command: Callable[[Sequence[str]], int], words: Sequence[str]) -> int:
    """How a command without a screen ends, also when nobody reads on, or somebody has enough."""
    try:
        code = command(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _as_the_shell_expects()
    except OSError as error:
        sys.stderr.write(f"harbortui: standard output: {error.strerror or error}\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Python writes the rest when it ends
        return 1


def _as_the_shell_expects() -> int:
    """Whoever read has gone: end by the signal that other programs end by then."""
    import signal

    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGPIPE)
    return 128 + signal.SIGPIPE


def _doctor(words: Sequence[str]) -> int:
    from harbortui.doctor.arguments import parse

    wanted = parse(words)
    from harbortui.doctor import command

    return command.main(wanted)


def _logs(words: Sequence[str]) -> int:
    from harbortui.logs.arguments import parse

    asked = parse(words)
    from harbortui.logs import command

    return command.main(asked)


def _fail(sentence: str) -> NoReturn:
    sys.stderr.write(f"harbortui: {sentence}\n")
    sys.exit(terminal_start.REFUSED)


def _run(flags: Flags) -> int:
    from harbortui import glance
    from harbortui.app import HarborApp
    from harbortui.crashing import CRASHED
    from harbortui.start import Opening
    from harbortui.terminal.driver import Terminal

    begin = _demo if flags.demo else _start
    start = _piped(begin, flags) if flags.password_stdin else partial(begin, flags)
    where = DEMO if flags.demo else flags.url or flags.place or flags.profile
    opening = Opening(start, glance.theme(os.environ), glance.where(where, os.environ))
    app = HarborApp(
        opening, Terminal(plain=flags.plain_output, ascii_only=terminal_start.ascii_only())
    )
    app.run()
    for words in app.last_words:
        sys.stderr.write(f"{words}\n")
    return CRASHED if app.crashed else app.return_code or 0


def _piped(begin: Callable[[Flags], Start], flags: Flags) -> Callable[[], Start]:
    """Settle everything now: the password comes from standard input, then keys do."""
    from dataclasses import replace

    from harbortui import credentials
    from harbortui.problems import SettingsError

    try:
        start = begin(flags)
        if start.settings.profile and not start.credential:
            found = credentials.find(start.settings.profile, os.environ, sys.stdin.buffer)
            problems = (*start.problems, *found.problems)
            start = replace(start, credential=found.credential, problems=problems, searched=True)
    except SettingsError as error:
        _fail(str(error))
    if not terminal_start.keys_from_terminal():
        _fail("there is no terminal for a screen; for use in scripts there is `harbortui logs`")
    if reason := terminal_start.refusal():
        _fail(reason)
    return lambda: start


def _start(flags: Flags) -> Start:
    """Settings and memory. SettingsError when what was asked for cannot be had."""
    from harbortui import config_file, paths, settings
    from harbortui.clock import Clock
    from harbortui.start import Start
    from harbortui.state import Memory

    memory = Memory(paths.state())
    path = config_file.location(os.environ)
    found = settings.load(flags, os.environ, path, memory.state.profile)
    problems = (memory.notice,) if memory.notice else ()
    clock = Clock(mode=found.time or "relative")
    return Start(found, memory, None, flags.start, problems, clock=clock)


def _demo(flags: Flags) -> Start:
    """The built-in registry: signed in, things happen there, nothing is remembered."""
    from dataclasses import replace

    from pydantic import SecretStr

    from harbortui import config_file, settings
    from harbortui.credentials import Credential
    from harbortui.demo import credentials
    from harbortui.demo.life import LivingHarbor
    from harbortui.paths import Folder
    from harbortui.profile import Profile
    from harbortui.start import Start
    from harbortui.state import Memory

    scenario = "" if flags.demo == "small" else flags.demo
    found = settings.load(flags, os.environ, config_file.location(os.environ))
    profile = Profile(url=DEMO, read_only=flags.read_only)
    username, password = credentials(scenario)
    return Start(
        replace(found, profile=profile),
        Memory(Folder(None, "the demo remembers nothing")),
        Credential(username, SecretStr(password), "the demo's own"),
        flags.start,
        transport=lambda: LivingHarbor(scenario),
    )
