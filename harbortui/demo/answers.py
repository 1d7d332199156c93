"""Answers in Harbor's shape: JSON, empty bodies, and errors in their envelope."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

Json = dict[str, Any]

CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    412: "PRECONDITION",
    422: "UNPROCESSABLE_ENTITY",
    500: "UNKNOWN",
}


class Refusal(Exception):
    """Ends a request with an error in Harbor's envelope; raised by routes, caught by the server."""

    def __init__(self, status: int, message: str = "", code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = "internal server error" if status >= 500 else message
        self.code = code or CODES.get(status, "UNKNOWN")

    def answer(self) -> httpx.Response:
        """The envelope `{"errors": [{"code", "message"}]}`; every 5xx says the same."""
        body = {"errors": [{"code": self.code, "message": self.message}]}
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.status == 422:
            headers["WWW-Authenticate"] = 'Basic realm="API"'
        return httpx.Response(self.status, content=json.dumps(body), headers=headers)


def invalid(complaint: str) -> Refusal:
    """A 422, as Harbor's parameter validation words it."""
    return Refusal(422, f"validation failure list:\n{complaint}")


def answer(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """A body of JSON."""
    return httpx.Response(status, json=body, headers=headers)


def text(body: str, status: int = 200, content_type: str = "text/plain") -> httpx.Response:
    """A body of plain text, such as a job's log."""
    return httpx.Response(status, content=body.encode(), headers={"Content-Type": content_type})


def empty(status: int = 200, location: str = "") -> httpx.Response:
    """What a successful write gets: no body and no content type, sometimes a `Location`."""
    headers: Mapping[str, str] = {"Location": location} if location else {}
    return httpx.Response(status, headers=headers)


def created(location: str) -> httpx.Response:
    """201 with the `Location` below the API's root, as in `/projects/45`."""
    return empty(201, f"/api/v2.0{location}")


def body_of(request: httpx.Request) -> Json:
    """The JSON object in a request; 422 if there is none."""
    try:
        body = json.loads(request.content)
    except ValueError as problem:
        raise invalid("parsing body body from failed, because invalid JSON") from problem
    if not isinstance(body, dict):
        raise invalid("body in body must be of type object")
    return body


def without_zeros(row: Json, *kept: str) -> Json:
    """The row without `""`, 0, false and None, which Harbor leaves out, but for the `kept` keys."""
    return {key: value for key, value in row.items() if key in kept or value not in ("", 0, None)}
