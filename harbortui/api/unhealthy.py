"""Why a registry elsewhere fails: Harbor does not say, so we say what it could be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from harbortui.api.errors import Invalid, ServerFault

UNHEALTHY = "the registry is unhealthy"
"""All that Harbor says."""


@contextmanager
def explained(url: str, kind: str) -> Iterator[None]:
    """Harbor says no more than “unhealthy”, or 500, when a registry fails: say what it could be."""
    try:
        yield
    except Invalid as error:
        if UNHEALTHY not in str(error):
            raise
        raise Invalid(unhealthy(url, kind), request_id=error.request_id) from error
    except ServerFault as error:
        if error.status != 500:
            raise
        words = f"Harbor cannot work with {url}: {_perhaps(url, kind)}"
        raise Invalid(words, request_id=error.request_id) from error


def unhealthy(url: str, kind: str) -> str:
    """What it could be that a registry is unhealthy."""
    return f"{UNHEALTHY}, says Harbor, and no more. {_perhaps(url, kind)}"


def _perhaps(url: str, kind: str) -> str:
    """Harbor's core asks from its own container, with its own certificates and name server."""
    place = urlsplit(url)
    secure = place.scheme == "https"
    tls = ", shows a certificate that is not trusted" if secure else ", speaks https only"
    return (
        f"Perhaps {place.netloc} cannot be reached from Harbor's core, is no {kind}"
        f"{tls}, or refuses the credentials; core.log says which"
    )
