"""Signing in without a screen: by what is settled, or by asking on the terminal."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import AsyncExitStack

from pydantic import SecretStr

from harbortui import config_file, credentials, paths, settings
from harbortui.arguments import Flags
from harbortui.clock import Clock
from harbortui.connection import connect
from harbortui.credentials import Credential
from harbortui.logs.arguments import Asked
from harbortui.problems import SettingsError, tell
from harbortui.profile import Profile
from harbortui.session import Session
from harbortui.state import Memory

DEMO = "https://harbor.example.com"


def entrance(asked: Asked) -> tuple[Profile, Credential]:
    """Where to go and as whom. SettingsError when nothing says so, and nobody can be asked."""
    if asked.demo:
        from harbortui.demo import credentials as known

        name, password = known("" if asked.demo == "small" else asked.demo)
        return Profile(url=DEMO), Credential(name, SecretStr(password), "the demo's own")
    flags = Flags(profile=asked.profile, url=asked.url, username=asked.username)
    last = Memory(paths.state()).state.profile
    found = settings.load(flags, os.environ, config_file.location(os.environ), last)
    tell(found.problems)
    if found.profile is None:
        raise SettingsError("Say where: harbortui logs --url https://harbor.example.com")
    profile = found.profile.model_copy(update={"read_only": True})
    stdin = sys.stdin.buffer if asked.password_stdin else None
    known_here = credentials.find(profile, os.environ, stdin)
    if known_here.credential:
        return profile, known_here.credential
    return profile, _typed(profile, " ".join(known_here.problems))


def _typed(profile: Profile, problem: str) -> Credential:
    """What somebody types; the prompt is no part of the output."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise SettingsError(
            problem or "No password is known: HARBORTUI_PASSWORD or --password-stdin gives one."
        )
    tell(filter(None, [problem]))
    name = profile.username or "admin"
    secret = getpass.getpass(f"Password of {name} at {profile.url}: ", sys.stderr)
    return Credential(name, SecretStr(secret), "typed in")


async def enter(asked: Asked, profile: Profile, who: Credential) -> Session:
    """A session that is signed in. Raises HarborError or SettingsError."""
    transport = None
    if asked.demo:
        from harbortui.demo.life import LivingHarbor

        transport = LivingHarbor("" if asked.demo == "small" else asked.demo)
    session = await connect(profile, Clock(mode="utc"), transport)
    async with AsyncExitStack() as unless_signed_in:
        unless_signed_in.push_async_callback(session.harbor.close)
        await sign_in(session, profile, who)
        unless_signed_in.pop_all()
    return session


async def sign_in(session: Session, profile: Profile, who: Credential) -> None:
    """Sign in, also once more when a session has ended. Raises HarborError."""
    await session.sign_in(who.username, who.secret, who.source, profile.authentication)
