"""Answers that can be read, and are not what Harbor would say."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx


def total(text: str) -> Callable[[httpx.Response], httpx.Response]:
    """Another X-Total-Count, or none."""

    def change(answer: httpx.Response) -> httpx.Response:
        kept = {k: v for k, v in answer.headers.items() if k != "x-total-count"}
        more = {"X-Total-Count": text} if text else {}
        return httpx.Response(answer.status_code, headers=kept | more, content=answer.content)

    return change


def values(make: Callable[[Any], Any]) -> Callable[[httpx.Response], httpx.Response]:
    """Every value of the JSON made into another."""

    def change(answer: httpx.Response) -> httpx.Response:
        if "json" not in answer.headers.get("content-type", "") or not answer.content:
            return answer
        content = json.dumps(make(answer.json())).encode()
        kept = {k: v for k, v in answer.headers.items() if k != "content-length"}
        return httpx.Response(answer.status_code, headers=kept, content=content)

    return change


def deep(leaf: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def make(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: make(inner) for key, inner in value.items()}
        return [make(one) for one in value] if isinstance(value, list) else leaf(value)

    return make


def beside(value: Any) -> Any:
    """A list with rows in it that are none."""
    return [17, "x", None, [], {"id": {}}, *value] if isinstance(value, list) else value


def twice(value: Any) -> Any:
    return [*value, *value] if isinstance(value, list) else value


def later(value: Any) -> Any:
    return value[1:] if isinstance(value, list) else value


def backwards(value: Any) -> Any:
    return value[::-1] if isinstance(value, list) else value


def at(date: str) -> Callable[[httpx.Response], httpx.Response]:
    """Another Date."""

    def change(answer: httpx.Response) -> httpx.Response:
        answer.headers["Date"] = date
        return answer

    return change


def moment(text: str) -> Callable[[Any], Any]:
    return lambda one: text if isinstance(one, str) and one[4:5] == "-" and "T" in one else one


def number(one: Any) -> Any:
    return one + 2**53 if isinstance(one, int) and not isinstance(one, bool) else one


def no_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: None if isinstance(v, list) else no_lists(v) for k, v in value.items()}
    return [no_lists(one) for one in value] if isinstance(value, list) else value


DATA: dict[str, Callable[[httpx.Response], httpx.Response]] = {
    "F31 no total": total(""),
    "F31 negative total": total("-5"),
    "F31 coloured total": total("\x1b[31m5"),
    "F31 huge total": total("9" * 18),
    "F31 total of none": total("0"),
    "F32 pages that begin a row later": values(later),
    "F33 rows in another order": values(backwards),
    "F34 every row twice": values(twice),
    "F35 a clock years ahead": at("Tue, 01 Jan 2041 00:00:00 GMT"),
    "F35 a clock years behind": at("Thu, 01 Jan 1970 00:00:01 GMT"),
    "F35 a clock that is none": at("yesterday"),
    "F35 zero time": values(deep(moment("0001-01-01T00:00:00Z"))),
    "F35 last time": values(deep(moment("9999-12-31T23:59:59Z"))),
    "F35 no zone": values(deep(moment("2026-01-01T00:00:00"))),
    "F40 numbers above 2⁵³": values(deep(number)),
    "F21 null lists": values(no_lists),
    "F21 rows that are none": values(beside),
    "F20 empty": lambda _: httpx.Response(200, headers={"content-type": "application/json"}),
    "F20 no content": lambda _: httpx.Response(204),
    "F21 null": values(lambda _: None),
    "F21 an empty object": values(lambda _: {}),
    "F21 an object": values(lambda _: {"a": {"b": 1}}),
    "F21 an empty list": values(lambda _: []),
    "F21 a list": values(lambda _: ["x", 1, None, {}]),
}
