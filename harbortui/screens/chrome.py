"""The words of the frame: who and where, the way here, the state of the connection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.cells import cell_len

from harbortui.session import Said, Session
from harbortui.shown import Part

STEP = " › "
LEFT_OUT = "…"
SIGNS = {"bad": "✗", "warn": "▲", "ok": "✓"}


def head(session: Session) -> tuple[Part, ...]:
    """Where (bold), Harbor's version, who and as what."""
    version = session.system.harbor_version.removeprefix("v").partition("-")[0]
    found = [Part(session.where, "strong")]
    if version:
        found.append(Part(f"  {version}", "muted"))
    if session.me.username:
        found.append(Part(f"   {session.me.username} · {role(session)}"))
    return tuple(found)


def role(session: Session) -> str:
    """What kind of account is signed in."""
    if session.me.is_robot:
        return "robot"
    return "system administrator" if session.me.is_admin else "user"


def alarm(session: Session) -> str:
    """The class of the first line: red without TLS, amber where care is needed."""
    return "alarm" if session.insecure else "caution" if session.protected else ""


def state(session: Session) -> tuple[Part, ...]:
    """The words at the right end of the first line."""
    words: list[Part] = []
    if session.insecure:
        words.append(Part("TLS NOT VERIFIED   ", "bad"))
    if session.protected:
        words.append(Part("protected   ", "warn"))
    if session.read_only:
        words.append(Part("read-only   ", "warn"))
    if session.system.read_only:
        words.append(Part("registry read-only   ", "warn"))
    return (*words, _connection(session))


def _connection(session: Session) -> Part:
    if session.fault:
        since, again = _time(session, session.fault_since), _time(session, session.next_try)
        return Part(f"no answer since {since}, next try {again}", "bad")
    return Part("live", "muted") if session.ready.is_set() else Part("signing in", "muted")


def _time(session: Session, seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{session.clock.zoned(moment):%H:%M:%S}"


def status(said: Said, problem: str, hint: str) -> tuple[Part, ...]:
    """The status line: a sign for the gutter, then what happened, what is wrong, or a hint."""
    if said.text:
        return (Part(SIGNS.get(said.tone, " "), said.tone), Part(said.text, said.tone))
    if problem:
        return (Part("✗", "bad"), Part(problem, "bad"))
    return (Part(" "), Part(hint, "muted"))


def way(crumbs: Sequence[str], room: int) -> tuple[Part, ...]:
    """`overview › projects › payments`; what there is no room for goes at the beginning."""
    shown = list(crumbs)
    while len(shown) > 2 and cell_len(STEP.join(shown)) > room:
        del shown[1 if shown[0] == LEFT_OUT else 0]
        shown[0] = LEFT_OUT
    found: list[Part] = []
    for crumb in shown[:-1]:
        found += [Part(crumb, "muted"), Part(STEP, "muted")]
    return (*found, Part(shown[-1], "here")) if shown else ()
