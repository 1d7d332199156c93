"""JSON as Harbor, a Go program, writes it: read whatever comes, sent back byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, SecretStr
from pydantic_core import from_json

from harbortui.api.errors import Unreadable

_ESCAPED = re.compile(
    rb"(?:\\\\)+|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>\\u[dD][89a-fA-F]..)", re.DOTALL
)
"""In JSON: backslashes, an escaped character of two halves, or one half, which pydantic refuses."""
_GO = re.compile("[<>&\u2028\u2029]")
"""What Go, in which Harbor is written, escapes in JSON besides what everybody does."""


class Exact(float):
    """A number that is not whole, with all its digits: it goes back as it came."""

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str


def parsed(content: bytes) -> Any:
    """Plain JSON; halves of characters are replaced. Raises Unreadable."""
    return _read(content, from_json)


def exact(content: bytes) -> Any:
    """Plain JSON of which `body_bytes` makes the same again. Raises Unreadable."""

    def load(text: bytes) -> Any:
        from_json(text)  # whole, in UTF-8 and not too deep
        return json.loads(text.decode(), parse_float=Exact)

    return _read(content, load)


def _read(content: bytes, load: Callable[[bytes], Any]) -> Any:
    try:
        return load(content)
    except ValueError:
        whole = _ESCAPED.sub(lambda one: rb"\ufffd" if one["half"] else one[0], content)
    try:
        return load(whole)
    except ValueError as error:
        raise Unreadable("Harbor's answer is cut short or is not JSON") from error


def body_bytes(body: BaseModel | dict[str, Any] | list[Any]) -> bytes:
    """The JSON to send, as Harbor writes it; the only place where a form's secrets are revealed."""
    plain = body.model_dump(exclude_none=True) if isinstance(body, BaseModel) else body
    text = _GO.sub(lambda one: f"\\u{ord(one[0]):04x}", _json(plain))
    return text.encode(errors="backslashreplace")


def _json(value: object) -> str:
    if isinstance(value, Exact):
        return value.text
    if isinstance(value, dict):
        return f"{{{','.join(f'{_json(key)}:{_json(item)}' for key, item in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_json, value))}]"
    if value is None or isinstance(value, (str, int, float)):
        return json.dumps(value, ensure_ascii=False)
    return _json(_revealed(value))


def _revealed(value: object) -> object:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
