"""What can go wrong when talking to Harbor, in words that a person can act on."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

LONGEST_WAIT = 300.0
"""Seconds: an absurd Retry-After is not obeyed beyond this."""


class HarborError(Exception):
    """Harbor said no, or could not be asked; the text is a sentence to show."""

    status = 0

    def __init__(self, message: str, *, request_id: str = "", code: str = "") -> None:
        super().__init__(message)
        self.request_id = request_id
        self.code = code


class Unreachable(HarborError):
    """No answer: network down, name unknown, TLS refused, no reply in time."""

    def __init__(self, message: str, *, sent: bool = True, final: bool = False) -> None:
        super().__init__(message)
        self.sent = sent
        """Harbor may have got the request."""
        self.final = final
        """Trying again in a moment cannot help."""


class UnknownOutcome(HarborError):
    """A write was sent and no answer came: it may have happened, or not."""


class Unreadable(HarborError):
    """An answer that is not what Harbor would say: HTML, broken JSON, too large, a redirect."""


class Refused(HarborError):
    """Refused here, before anything was sent: a read-only profile, a write already under way."""


class Invalid(HarborError):
    """400, 413 or 422: what was sent is not accepted."""


class Unauthorized(HarborError):
    """401: the credentials are missing or wrong, or the session has ended."""


class Forbidden(HarborError):
    """403: the account may not do this, or the registry is read-only (`code` DENIED)."""


class NotFound(HarborError):
    """404: it is gone, or never was; `missing_route` when this Harbor does not know the path."""

    @property
    def missing_route(self) -> bool:
        """An older Harbor, not a missing object."""
        words = str(self)
        return words.startswith("path ") and words.endswith("was not found")


class Conflict(HarborError):
    """409 or 412: the state of the registry is in the way."""


class TooMany(HarborError):
    """429: `wait` is how many seconds to leave Harbor alone."""

    wait = 0.0


class ServerFault(HarborError):
    """5xx: Harbor does not say why; its core.log does, under the request id."""


AWAY = (Unreachable, TooMany, ServerFault)
"""Errors after which the connection counts as lost; others are answers."""

_BY_STATUS: dict[int, type[HarborError]] = {
    400: Invalid,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    412: Conflict,
    413: Invalid,
    422: Invalid,
    429: TooMany,
}


def refused(response: httpx.Response, content: bytes) -> HarborError:
    """The error that a failed response stands for.

    Of a missing permission Harbor says the account's name, or `forbidden`, and no more (2.15.2).
    """
    status = response.status_code
    request_id = response.headers.get("x-request-id", "")
    code, message = _words(content)
    kind = _BY_STATUS.get(status, ServerFault if status >= 500 else HarborError)
    if status == 403 and " " not in message:
        message = f"{message} may not do that" if message not in ("", "forbidden") else ""
    error = kind(message or _plain(status, request_id), request_id=request_id, code=code)
    error.status = status
    if isinstance(error, TooMany):
        error.wait = retry_after(response)
    return error


@contextmanager
def traced(response: httpx.Response) -> Iterator[None]:
    """What cannot be read of this answer is told with the id under which Harbor's logs have it."""
    try:
        yield
    except Unreadable as error:
        error.request_id = response.headers.get("x-request-id", "")
        error.args = (f"{error}{_trace(error.request_id)}",)
        raise


async def in_full(error: HarborError, words: Awaitable[str]) -> str:
    """What an error means, when Harbor is asked; what it says by itself when that fails, too."""
    try:
        return await words
    except HarborError:
        return str(error)


def _trace(request_id: str) -> str:
    return f"; look for {request_id} in core.log" if request_id else ""


def _words(content: bytes) -> tuple[str, str]:
    """Harbor's code and message, empty when the body holds none or says nothing."""
    try:
        first = json.loads(content)["errors"][0]
        code, message = str(first.get("code", "")), str(first.get("message", ""))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return "", ""
    return code, "" if message == "internal server error" else message.strip()


def _plain(status: int, request_id: str) -> str:
    if status == 401:
        return "Harbor does not know these credentials, or the session has ended"
    if status == 403:
        return "this account may not do that"
    if status == 429:
        return "Harbor is asked too much, and wants to be left alone for a while"
    if status in (502, 503, 504):
        return f"no answer from Harbor's core behind its proxy (HTTP {status}); it may be starting"
    if status >= 500:
        return f"Harbor refused with an internal error (HTTP {status}){_trace(request_id)}"
    return f"Harbor answered HTTP {status}"


def retry_after(response: httpx.Response) -> float:
    """Seconds that `Retry-After` asks for, as a number or a date; 0 when it says nothing useful."""
    value = response.headers.get("retry-after", "")
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, min((until - datetime.now(UTC)).total_seconds(), LONGEST_WAIT))
