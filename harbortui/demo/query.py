"""Harbor's `q` language (src/lib/q/builder.go), read and applied to rows of JSON.

`key=value` exact, `key=~value` contains, `[a~b]` range, `{a b}` any of, `(a b)` all of;
a backslash before the value takes away its meaning; commas always separate terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote_plus

from .answers import Json, Refusal

Read = Callable[[Json], object]
Keys = Mapping[str, Read]
Token = int | str | datetime

MALFORMED = 'the query string must contain "=" and the key/value cannot be empty'


@dataclass(frozen=True)
class Term:
    """One `key=value` of a query, with what the value's form means."""

    key: str
    form: str
    """One of `exact`, `contains`, `range`, `any`, `all`."""
    text: str = ""
    tokens: tuple[Token | None, ...] = ()
    """The words of a list, or the two ends of a range, of which one may be open (None)."""


def terms(q: str) -> list[Term]:
    """The terms of a query that the URL has already been stripped of once; 400 if malformed."""
    if not q:
        return []
    if re.search(r"%(?![0-9A-Fa-f]{2})", q):
        raise Refusal(400, f"invalid URL escape in {q!r}")
    parsed = [_term(part) for part in unquote_plus(q).split(",")]
    return list({term.key: term for term in parsed}.values())


def _term(part: str) -> Term:
    key, _, value = part.strip().partition("=")
    if not key or not value:
        raise Refusal(400, MALFORMED)
    if value.startswith("\\"):
        return Term(key, "exact", value[1:])
    if value.startswith("~"):
        return Term(key, "contains", value[1:])
    if value.startswith("["):
        return _range(key, value)
    if value.startswith(("{", "(")):
        if value[-1] != {"{": "}", "(": ")"}[value[0]]:
            raise Refusal(400, f"invalid list: {value}")
        form = "any" if value[0] == "{" else "all"
        return Term(key, form, tokens=tuple(_token(word) for word in value[1:-1].split()))
    return Term(key, "exact", value)


def _range(key: str, value: str) -> Term:
    if not value.endswith("]") or value.count("~") != 1:
        raise Refusal(400, f"invalid range: {value}")
    low, _, high = value[1:-1].partition("~")
    if not low and not high:
        raise Refusal(400, f"invalid range: {value}")
    return Term(key, "range", tokens=tuple(_token(end) if end else None for end in (low, high)))


def _token(word: str) -> Token:
    try:
        return datetime.strptime(word, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return int(word) if re.fullmatch(r"-?\d+", word) else word.strip("'\"")


def matches(term: Term, row: Json, keys: Keys) -> bool:
    """Whether a row is what the term asks for; unknown keys filter nothing."""
    read = keys.get(term.key) or keys.get(_column(term.key))
    if read is None:
        return True
    value = read(row)
    if isinstance(value, list):
        return _within(value, term)
    if term.form == "all":
        return True
    if term.form == "exact":
        return _same(value, term.text)
    if term.form == "contains":
        return term.text.lower() in str(value if value is not None else "").lower()
    if term.form == "any":
        return any(_same(value, word) for word in term.tokens)
    low, high = term.tokens
    # Both ends are looked at: a database refuses a wrong one even if the other decides.
    return all([_reaches(value, low, 1), _reaches(value, high, -1)])


def _within(values: list[object], term: Term) -> bool:
    """The forms for a column that is a list, as an artifact's tags (`nil`, `*`) and labels are."""
    if term.form == "exact" and term.text in ("nil", "*"):
        return bool(values) == (term.text == "*")
    if term.form == "contains":
        return any(term.text in str(value) for value in values)
    if term.form == "all":
        return all(any(_same(value, token) for value in values) for token in term.tokens)
    wanted = term.tokens if term.form == "any" else (term.text,)
    return any(_same(value, token) for value in values for token in wanted)


def _reaches(value: object, end: Token | None, sign: int) -> bool:
    """Whether a value is at least `end`, or at most if the sign is negative; NULL is neither."""
    if end is None:
        return True
    if value is None:
        return False
    if isinstance(value, int):
        return sign * value >= sign * _number(end)
    if (own := _moment(value)) is not None:
        if not isinstance(end, datetime):
            raise Refusal(500)
        return own == end or (own > end) == (sign > 0)
    return str(value) == str(end) or (str(value) > str(end)) == (sign > 0)


def _column(key: str) -> str:
    """The column of a Go field name: `OpTime` is `op_time`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", key).lower() if key[:1].isupper() else key


def _same(value: object, wanted: Token | None) -> bool:
    if isinstance(value, bool):
        return value == (str(wanted).lower() in ("true", "1", "t"))
    if isinstance(value, int):
        return value == _number(wanted)
    if isinstance(wanted, datetime):
        return _moment(value) == wanted
    return str(value) == str(wanted)


def _number(token: Token | None) -> int:
    """A token for a column of numbers; the database refuses others with an error (500)."""
    if token is None or isinstance(token, datetime):
        raise Refusal(500)
    try:
        return int(token)
    except ValueError as problem:
        raise Refusal(500) from problem


def _moment(value: object) -> datetime | None:
    """The moment that a text in Harbor's format means."""
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return datetime.fromisoformat(value)
    return None
