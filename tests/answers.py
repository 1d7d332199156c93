"""Answers that are none: statuses and bodies, as a transport gives them and as a socket does."""

from __future__ import annotations

from typing import NamedTuple

import httpx

from .serving import Serve
from .wire_faults import sending


class Answer(NamedTuple):
    """A whole answer, whoever asks for whatever."""

    status: int
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "application/json"

    def __call__(self, _: httpx.Request) -> httpx.Response:
        """As a transport gives it."""
        headers = dict([("content-type", self.kind), *self.headers])
        return httpx.Response(self.status, headers=headers, content=self.content)

    @property
    def serve(self) -> Serve:
        """As it goes over the wire, with a reason that would colour the terminal."""
        lines = [
            f"HTTP/1.1 {self.status} \x1b[31m",
            f"Content-Type: {self.kind}",
            f"Content-Length: {len(self.content)}",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return sending("\r\n".join([*lines, "", ""]).encode() + self.content)


def giving(status: int, content: bytes = b"", **headers: str) -> Answer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status, content, named)


def saying(status: int, message: str, code: str = "X") -> Answer:
    return giving(status, f'{{"errors":[{{"code":"{code}","message":"{message}"}}]}}'.encode())


def page(status: int) -> Answer:
    return Answer(status, b"<html>", kind="text/html")


ANSWERS: dict[str, tuple[Answer, str]] = {
    "F13 truncated JSON": (giving(200, b'[{"id": 1'), "cut short"),
    "F19 portal": (page(200), "page for browsers"),
    "F21 no JSON": (giving(200, b"nonsense"), "is not JSON"),
    "F21 latin-1": (giving(200, b'["\xe9"]'), "is not JSON"),
    "F21 nested": (giving(200, b"[" * 100_000), "JSON"),
    "F21 number": (giving(200, b"17"), ""),
    "F21 text": (giving(200, b'"text"'), ""),
    "F22 redirect": (giving(302, location="https://elsewhere/"), "redirects to"),
    "F22 to a file": (giving(301, location="file:///etc/passwd"), "redirects to"),
    "F25 rbac": (saying(403, "forbidden", "FORBIDDEN"), "may not do that"),
    "F25 read-only": (saying(403, "The system is in read only mode", "DENIED"), "read only"),
    "F25 CSRF": (saying(403, "CSRF token not found in request"), "CSRF"),
    "F25 empty": (giving(403), "may not do that"),
    "F26 gone": (saying(404, "it was not there"), "not there"),
    "F27 bad request": (saying(400, "bad query"), "bad query"),
    "F27 conflict": (saying(409, "in the way"), "in the way"),
    "F27 precondition": (saying(412, "not empty"), "not empty"),
    "F27 too large": (saying(413, "too large"), "too large"),
    "F27 invalid": (saying(422, "page_size"), "page_size"),
    "F28 too many": (giving(429, retry_after="1000000000"), "asked too much"),
    "F28 with a date": (
        giving(429, retry_after="Fri, 01 Jan 2100 00:00:00 GMT"), "asked too much"
    ),
    "F28 with junk": (giving(429, retry_after="soon"), "asked too much"),
    "F29 internal": (
        giving(500, b'{"errors":[{"code":"UNKNOWN","message":"internal server error"}]}',
               x_request_id="id-77"), "id-77"
    ),
    "F29 page": (page(500), "internal error"),
    "F30 502": (page(502), "core behind its proxy"),
    "F30 503": (page(503), "core behind its proxy"),
    "F30 504": (page(504), "core behind its proxy"),
}  # fmt: skip
"""What a screen says of each."""

BODIES: dict[str, tuple[Answer, str]] = {
    f"F21 {name}": (giving(200, content), "JSON")
    for name, content in {
        "an open brace": b"{",
        "a comma too many": b'[{"id": 1},]',
        "two values": b"[] []",
        "a byte order mark": b"\xef\xbb\xbf[]",
        "two bytes a character": '[{"id": 1}]'.encode("utf-16"),
        "an id of 5000 digits": b'[{"id": ' + b"1" * 5000 + b"}]",
        "names without quotes": b"{id: 1}",
        "single quotes": b"[{'id': 1}]",
        "a control character": b'["a\nb"]',
        "a comment": b"[] // nothing",
        "NUL": b"\x00",
    }.items()
} | {
    "F21 not a number": (giving(200, b"NaN"), ""),
    "F21 a truth": (giving(200, b"true"), ""),
    "F20 empty": (giving(200), "cut short"),
}
"""Bodies that are no JSON, or not what was asked for."""
