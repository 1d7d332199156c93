"""`harbortui logs`: from arguments to events on standard output, or in a file, and an exit code."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from time import monotonic

from harbortui.api import configuration
from harbortui.api.audit import Source
from harbortui.api.errors import Forbidden, HarborError, Refused
from harbortui.audit.explain import access, switched_off, unrecorded
from harbortui.audit.filter import Filter
from harbortui.audit.formats import FORMATS
from harbortui.audit.language import Parsed
from harbortui.audit.language import parse as read
from harbortui.audit.log import HarborLog
from harbortui.audit.reading import Clocks
from harbortui.clock import Clock
from harbortui.credentials import Credential
from harbortui.logs.arguments import Asked
from harbortui.logs.entrance import enter, entrance, sign_in
from harbortui.logs.output import Meter, OnDisk, Output, Standard
from harbortui.logs.writing import Writing
from harbortui.problems import SettingsError
from harbortui.profile import Profile
from harbortui.session import Session
from harbortui.text import safe

FAILED, WRONG = 1, 2


def main(asked: Asked) -> int:
    """Write events, and return the exit code. BrokenPipeError when nobody reads any more."""
    gc.enable()
    parsed = read(asked.filter, Clock().now())
    if complaint := _complaint(asked.filter, parsed):
        sys.stderr.write(complaint)
        return WRONG
    if asked.follow and parsed.filter.until:
        return _said("-f goes on for ever: until: does not go with it", WRONG)
    try:
        profile, who = entrance(asked)
    except SettingsError as error:
        return _said(str(error), WRONG)
    try:
        asyncio.run(_run(asked, profile, who))
    except (SettingsError, Refused) as error:
        return _said(str(error), WRONG)
    except HarborError as error:
        return _said(str(error), FAILED)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = asked.output or "standard output"
        return _said(f"{where}: {error.strerror or error}", FAILED)
    return 0


def _said(sentence: str, code: int) -> int:
    sys.stderr.write(f"harbortui: {safe(sentence)}\n")
    return code


def _complaint(line: str, parsed: Parsed) -> str:
    """The mistakes of a filter, each marked below the line."""
    found = []
    for mistake in parsed.mistakes:
        mark = " " * mistake.start + "^" * max(1, mistake.end - mistake.start)
        found.append(f"harbortui: {safe(str(mistake))}\n  {safe(line)}\n  {mark}\n")
    return "".join(found)


async def _run(asked: Asked, profile: Profile, who: Credential) -> None:
    session = await enter(asked, profile, who)
    try:
        await _write(asked, session, partial(sign_in, session, profile, who))
    finally:
        await session.sign_out()


async def _write(asked: Asked, session: Session, again: Callable[[], Awaitable[None]]) -> None:
    wanted = read(asked.filter, session.clock.now()).filter
    log = HarborLog(session.harbor, Source(wanted.project))
    meter = Meter(bool(asked.output) or not sys.stdout.isatty())
    await _judge(log, wanted, session.me.username)
    output = _output(asked)
    writing = Writing(
        log,
        wanted,
        Clocks(monotonic, session.clock.now),
        output,
        meter,
        everything=session.me.is_admin,
        sign_in=again,
    )
    try:
        await _written(asked, session, writing, meter, wanted)
    finally:
        meter.clear()
        output.close()


async def _written(
    asked: Asked, session: Session, writing: Writing, meter: Meter, wanted: Filter
) -> None:
    """Write; and say why there is nothing, where Harbor gives a reason."""
    if not await writing.open() and (reason := access(session.me)):
        if not asked.follow:
            raise Forbidden(f"{session.me.username} sees no events at all. {reason}")
        meter.say(reason)
    silent = asked.follow or not await writing.everything()
    if silent and (reason := await _switched_off(session, wanted)):
        meter.say(reason)
    if asked.follow:
        await writing.follow()


async def _switched_off(session: Session, wanted: Filter) -> str:
    if not session.me.is_admin:
        return ""
    found = await configuration.read(session.harbor)
    return switched_off({key: one.value for key, one in found.root.items()}, wanted)


async def _judge(log: HarborLog, wanted: Filter, name: str) -> None:
    """Which log there is; Refused when it cannot hold what is wanted."""
    try:
        await log.ask("id=0", "id", 1)
    except Forbidden as error:
        whose = f"the log of {wanted.project}" if wanted.project else "the log"
        raise Forbidden(f"{name} may not read {whose}: it takes log: list") from error
    if reason := unrecorded(wanted, old=log.old):
        raise Refused(reason)


def _output(asked: Asked) -> Output:
    form = FORMATS[asked.format]
    return OnDisk(Path(asked.output), form) if asked.output else Standard(form)
