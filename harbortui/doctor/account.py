"""Signing in: with what, as whom, what for, and what Harbor says of itself then."""

from __future__ import annotations

from harbortui.api import system
from harbortui.api.errors import HarborError, Unauthorized
from harbortui.credentials import Credential
from harbortui.doctor.line import Line, fault, ok, warning
from harbortui.session import Session

NONE = "Give HARBORTUI_PASSWORD or --password-stdin, or the profile's password_command."
WRONG = "It was tried once. LDAP or OIDC: a CLI secret is no password here."


async def signed_in(
    session: Session, credential: Credential | None, way: str | None = None
) -> list[Line]:
    """Sign in once, and look round."""
    if credential is None:
        return [warning("credentials", "No password is known: not signed in.", NONE)]
    lines = [ok("credentials", f"For {credential.username}, from {credential.source}.")]
    how = way if way in ("basic", "bearer") else "session"
    try:
        await session.sign_in(
            credential.username,
            credential.secret,
            credential.source,
            how,  # type: ignore[arg-type]  # mypy does not narrow by `in`
        )
    except Unauthorized as error:
        return [*lines, fault("sign-in", f"{error}.", WRONG)]
    except HarborError as error:
        return [*lines, fault("sign-in", f"{error}.")]
    return [*lines, *_rights(session), *_version(session), *await _health(session)]


def _rights(session: Session) -> list[Line]:
    me = session.me
    if me.is_robot:
        return [ok("sign-in", f"{me.username} is a robot: its permissions are its own.")]
    if me.is_admin:
        return [ok("sign-in", f"{me.username} is system administrator.")]
    count = len(session.granted(None))
    cure = "Much is for system administrators: users, configuration, the audit log."
    return [warning("sign-in", f"{me.username} is a user; {count} permissions.", cure)]


def _version(session: Session) -> list[Line]:
    said = session.system.harbor_version or "a version it does not say"
    lines = [ok("version", f"Harbor {said}, people sign in by {session.system.auth_mode}.")]
    if session.system.read_only:
        cure = "R on the overview ends it."
        lines.append(
            warning("read-only", "The registry is read-only: nothing can be pushed.", cure)
        )
    return lines


async def _health(session: Session) -> list[Line]:
    try:
        health = await system.health(session.harbor)
    except HarborError as error:
        return [warning("health", f"{error}.")]
    bad = [one.name for one in health.components if one.status != "healthy"]
    if not bad:
        return [ok("health", f"All {len(health.components)} components are healthy.")]
    commands = ", ".join(f"`docker compose logs {name}`" for name in bad[:3])
    said = f"Not healthy: {', '.join(bad)}."
    return [fault("health", said, f"On Harbor's host: `docker compose ps`, {commands}.")]
