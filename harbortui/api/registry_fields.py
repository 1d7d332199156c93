"""The fields that forms of registries elsewhere share."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from harbortui.api.adapters import KINDS, adapters, known_endpoints
from harbortui.api.form import Choice, Lines, Shown
from harbortui.api.harbor import Harbor

ONLY = "EndpointPatternTypeFix"
"""Harbor's word for a kind that has no other addresses than those it knows."""
UNFIT = set(' \t\r\n"<>\\^`{|}')


async def kinds(harbor: Harbor, _: Mapping[str, Any]) -> Sequence[Choice]:
    """The kinds that this Harbor can work with."""
    return [Choice(one, KINDS.get(one, one)) for one in await adapters(harbor)]


async def endpoints(harbor: Harbor, answers: Mapping[str, Any]) -> Sequence[Choice]:
    """The known addresses of the chosen kind."""
    known = await known_endpoints(harbor, str(answers.get("type")))
    found = [Choice(one.value, f"{one.key} · {one.value}") for one in known.endpoints]
    if known.endpoint_type == ONLY:
        return found
    return [*found, Choice("", "another address")]


def check_name(name: str) -> str:
    """Harbor takes 1 to 64 characters, whatever they are."""
    if not 1 <= len(name.strip()) <= 64:
        raise ValueError("1 to 64 characters")
    return name.strip()


def check_url(text: str) -> str:
    """An address with its scheme: Harbor would take one without for http, in clear text."""
    url = text.strip().rstrip("/")
    try:
        place = urlsplit(url)
        host, _ = place.hostname, place.port
    except ValueError as error:
        raise ValueError("not an address: a host, and perhaps a port from 1 to 65535") from error
    if place.scheme not in ("http", "https"):
        raise ValueError("begin with https:// (or http://, which sends secrets in clear text)")
    if not host or set(url) & UNFIT:
        raise ValueError("an address such as https://registry.example.com")
    if place.username or place.password:
        raise ValueError("no name and password here: they have fields of their own")
    if place.query or place.fragment:
        raise ValueError("no ? and no # in it")
    return url


def check_certificate(text: str) -> str:
    """PEM that TLS can read, or nothing."""
    if not text.strip():
        return ""
    try:
        # Between certificates may stand anything, but Python takes nothing that is not ASCII.
        plain = text.encode("ascii", "replace").decode()
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=plain)
    except (ssl.SSLError, ValueError) as error:
        raise ValueError("not a certificate in PEM, which begins with -----BEGIN") from error
    return text


Name = Annotated[str, AfterValidator(check_name), Field(title="Name")]
Insecure = Annotated[
    bool,
    Field(title="Insecure", description="Do not check the certificate: for trying things only."),
]
Authority = Annotated[
    str,
    AfterValidator(check_certificate),
    Lines(),
    Shown(lambda answers: not answers.get("insecure")),
    Field(
        title="CA certificate",
        description="PEM of who signs its certificate, if Harbor does not trust it. Harbor 2.15.",
    ),
]
Key = Annotated[
    str,
    Field(
        title="Access key",
        description="User, robot or client id; nothing to read what is public.",
    ),
]
Description = Annotated[str, Field(title="Description")]
