"""A closer look at a Harbor that one cannot get into: why, and a certificate to accept by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from textual.app import App

from harbortui import address, certificates, known_servers, paths
from harbortui.api.diagnosis import untrusted
from harbortui.api.errors import HarborError, ServerFault, Unreachable, Unreadable
from harbortui.certificates import Certificate
from harbortui.connection import verification
from harbortui.doctor import examine, tls
from harbortui.problems import SettingsError
from harbortui.profile import Profile
from harbortui.screens.forms import Send
from harbortui.screens.outliving import outliving
from harbortui.screens.pinning import PinScreen

ACCEPTED = "The certificate is accepted"
WELL = "A Harbor answers there: nothing stands in the way but the name or the password."
OFFER = "ctrl+t shows the certificate, to accept it by hand."


async def told(profile: Profile, error: HarborError) -> str:
    """What a sign-in that has failed says: the error, or the doctor's finding and its cure."""
    if untrusted(error):
        return f"{error}. {OFFER}"
    if not isinstance(error, (Unreachable, Unreadable, ServerFault)):
        return str(error)
    return await examine.first_fault(profile) or str(error)


def looking(app: App[Any], profile_of: Callable[[Any], Profile]) -> Send:
    """`look` for a form; what is no good news is raised, as HarborError."""

    async def looked(form: Any) -> str:
        try:
            profile = profile_of(form)
        except ValidationError as error:
            raise HarborError(error.errors()[0]["msg"].removeprefix("Value error, ")) from error
        said = await outliving(app, look(app, profile), "session")
        if said != WELL and not said.startswith(ACCEPTED):
            raise HarborError(said)
        return said

    return looked


async def look(app: App[Any], profile: Profile) -> str:
    """`ctrl+t`: the certificate when nobody vouches for it, else what the doctor finds."""
    try:
        context = await verification(profile)
    except (HarborError, SettingsError) as error:
        return str(error)
    if profile.url.startswith("https:") and await tls.is_untrusted(profile.url, context):
        return await accept(app, profile.url)
    return await examine.first_fault(profile) or WELL


async def accept(app: App[Any], url: str) -> str:
    """Ask whether a server's certificate is to be accepted, and keep it; what came of it."""
    server = address.host_port(url)
    try:
        shown = await certificates.fetch(url)
        known = known_servers.read(paths.config())
    except (Unreachable, SettingsError) as error:
        return str(error)
    if not await app.push_screen_wait(PinScreen(server, facts(shown), shown.sha256)):
        return "The certificate was not accepted, and nothing was sent."
    problem = known.add(server, shown.sha256, datetime.now(UTC).date())
    until = f" until you leave, and not kept: {problem}" if problem else ""
    return f"{ACCEPTED}{until}. enter signs in."


def facts(shown: Certificate) -> list[tuple[str, str]]:
    """What a person compares: names, who signed it, from when to when."""
    own = bool(shown.subject) and shown.subject == shown.issuer
    return [
        ("for", ", ".join(shown.names) or shown.subject or "no name"),
        ("signed by", "itself" if own else shown.issuer or "not said"),
        ("valid from", _day(shown.since)),
        ("valid until", _day(shown.until)),
    ]


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "not said"
