"""Recorded exchanges with a real Harbor, and how an answer differs from them in shape."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

FOLDER = Path(__file__).parent / "recordings"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
MAPS = (
    "metadata",
    "extra_attrs",
    "addition_links",
    "scan_overview",
    "summary.summary",
    "references",
)
"""Objects whose keys are open: only their values are compared."""


DOCUMENTED = (
    # harbor-api: nested lists that are empty are null, and what is not tagged was not recorded.
    r"\.tags is null, not array",
    # harbor-api: only a scan that has succeeded has findings; all recorded ones have.
    r"\.scan_overview\..*\.(severity|summary|duration) is missing",
    # harbor-api: build history marks lines without a layer; the recorded images have no such.
    r"\.(empty_layer|comment) is not in any recording",
    # harbor-api: counts of nobody are left out; the project recorded from 2.12.4 had one member.
    r"\.(maintainer|developer|guest|limited_guest)_count is not in any recording",
    # harbor-api: texts that are empty are left out; here all that was recorded had some.
    r"^\[\]\.(color|description) is missing",
    # 2.12 was recorded with a described registry, 2.15.2 with one that had no description.
    r"\.registry\.description is not in any recording",
    # harbor-api: what is false is left out; the recorded registry was insecure.
    r"\.registry\.insecure is missing",
)
"""Differences from the recordings that are Harbor's all the same."""


@dataclass(frozen=True)
class Exchange:
    """One request and its answer, as recorded."""

    file: str
    number: int
    who: str
    auth: str
    method: str
    path: str
    headers: dict[str, str]
    body: Any
    note: str
    status: int
    given: dict[str, str]
    """The headers of the answer, lower case."""
    value: Any
    """The JSON of the answer, or None."""

    @property
    def name(self) -> str:
        """For a test's id."""
        return f"{self.file}-{self.number}-{self.method}-{self.path[:60]}"

    @property
    def kind(self) -> str:
        """Which requests have answers of the same shape: names, ids and queries are left out."""
        path = re.sub(r"/sha256:[0-9a-f]+|/\d+", "/{}", self.path.partition("?")[0])
        path = re.sub(r"^(/projects/|/retentions/)[^/]+", r"\1{}", path)
        path = re.sub(r"(/repositories/|/scan/(?!stop))[^/]+", r"\1{}", path)
        return f"{self.method} {path} {self.status}"


@cache
def exchanges(file: str) -> list[Exchange]:
    """All exchanges of one file, as in `projects` or `2.12/projects`."""
    rows = json.loads((FOLDER / f"{file}.json").read_text())
    return [
        Exchange(
            file,
            number,
            row["as"],
            row["auth"],
            row["method"],
            row["path"],
            row.get("headers") or {},
            row.get("body"),
            row.get("note", ""),
            row["answer"]["status"],
            row["answer"].get("headers", {}),
            _value(row["answer"]),
        )
        for number, row in enumerate(rows)
    ]


def _value(answer: dict[str, Any]) -> Any:
    """The JSON of an answer; some is kept as text."""
    text = answer.get("text", "")
    return json.loads(text) if text.startswith('{"errors"') else answer.get("json")


@dataclass
class Shape:
    """What is known of a value: its types, its fields, which of them are always there."""

    types: set[str] = field(default_factory=set)
    fields: dict[str, "Shape"] = field(default_factory=dict)
    always: set[str] | None = None
    items: "Shape | None" = None

    def learn(self, value: Any, where: str = "") -> None:
        """Takes in one more example."""
        self.types.add(type_of(value))
        if isinstance(value, list):
            self.items = self.items or Shape()
            for item in value:
                self.items.learn(item, where)
        if isinstance(value, dict):
            keys = set() if where.endswith(MAPS) else set(value)
            self.always = keys if self.always is None else self.always & keys
            for key, inner in value.items():
                name = "*" if where.endswith(MAPS) else key
                self.fields.setdefault(name, Shape()).learn(inner, f"{where}.{key}")

    def faults(self, value: Any, where: str = "") -> list[str]:
        """What a value has that no example had, or lacks that all had."""
        if type_of(value) not in self.types:
            return [f"{where or 'the answer'} is {type_of(value)}, not {'/'.join(self.types)}"]
        if isinstance(value, list):
            known = self.items if self.items and self.items.types else None
            return [fault for item in value if known for fault in known.faults(item, where + "[]")]
        if not isinstance(value, dict):
            return []
        faults = [f"{where}.{key} is missing" for key in (self.always or set()) - set(value)]
        for key, inner in value.items():
            shape = self.fields.get(key) or self.fields.get("*")
            if shape:
                faults += shape.faults(inner, f"{where}.{key}")
            elif not where.endswith(MAPS):
                faults.append(f"{where}.{key} is not in any recording")
        return faults


def type_of(value: Any) -> str:
    """The JSON type of a value; Harbor's usual form of time is one of its own."""
    if isinstance(value, str):
        return "time" if TIME.fullmatch(value) else "string"
    names = {dict: "object", list: "array", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


@cache
def shapes(folder: str = "") -> dict[str, Shape]:
    """The shapes of the answers of all kinds of requests, over all recordings of a version."""
    known: dict[str, Shape] = {}
    for file in sorted((FOLDER / folder).glob("*.json")):
        for exchange in exchanges(f"{folder}{file.stem}"):
            known.setdefault(exchange.kind, Shape()).learn(exchange.value)
    return known


def differences(exchange: Exchange, response: httpx.Response) -> list[str]:
    """How an answer differs from the recorded one: status, headers, error, shape of its JSON."""
    if response.status_code != exchange.status:
        return [f"{response.status_code} instead of {exchange.status}: {response.text[:300]}"]
    found = list(_headers(exchange, response))
    is_json = "json" in response.headers.get("content-type", "") and response.content
    value = response.json() if is_json else None
    if exchange.status >= 400 and exchange.value:
        return found + _errors(exchange.value, value)
    folder = "2.12/" if exchange.file.startswith("2.12/") else ""
    faults = found + shapes(folder)[exchange.kind].faults(value)
    return [fault for fault in faults if not any(re.search(one, fault) for one in DOCUMENTED)]


def _headers(exchange: Exchange, response: httpx.Response) -> Iterable[str]:
    for name in ("content-type", "www-authenticate"):
        given, wanted = response.headers.get(name), exchange.given.get(name)
        if given != wanted and exchange.given:
            yield f"{name}: {given} instead of {wanted}"
    for name in ("x-total-count", "x-harbor-csrf-token", "location"):
        if exchange.given and (name in response.headers) != (name in exchange.given):
            yield f"{name}: {response.headers.get(name)} instead of {exchange.given.get(name)}"
    place, wanted = response.headers.get("location", ""), exchange.given.get("location", "")
    if _plain(place) != _plain(wanted):
        yield f"location: {place} instead of {wanted}"


def _errors(wanted: Any, given: Any) -> list[str]:
    if given and _plain(json.dumps(given)) == _plain(json.dumps(wanted)):
        return []
    return [f"{given} instead of {wanted}"]


def _plain(text: str) -> str:
    """A text without the numbers and digests that differ from one registry to another."""
    return re.sub(r"\d+", "N", re.sub(r"sha256:[0-9a-f]+|uuid: \S+", "DIGEST", text))
