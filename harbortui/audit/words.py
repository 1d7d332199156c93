"""The filter line taken apart into terms, each with its place; and put together again."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from harbortui.text import safe

KEYS = ("user", "op", "type", "res", "ok", "project", "since", "until")
_PLAIN = re.compile(r'[^\s",]+')
_WORD = re.compile(r'[^\s"\-:,][^\s":,]*')
_TERM = re.compile(
    r"""(?P<minus>-?)
        (?:(?P<key>[A-Za-z_]+):)?
        (?:"(?P<quoted>(?:[^"\\]|\\.)*)(?P<end>"?)|(?P<plain>[^\s"]*))""",
    re.VERBOSE | re.DOTALL,
)
_HEX = "[0-9a-fA-F]"
_ESCAPED = re.compile(rf"\\(?:x({_HEX}{{2}})|u({_HEX}{{4}})|U({_HEX}{{8}})|(.))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `-user:"a b"`; without a key it is a word to search for."""

    start: int
    end: int
    """Places in the line; the end is behind the last letter."""
    value: str
    key: str = ""
    minus: bool = False
    quoted: bool = False
    closed: bool = True
    """The quote ends."""


def terms(line: str) -> Iterator[Term]:
    """The terms of a line, from left to right."""
    place = 0
    while True:
        while place < len(line) and line[place].isspace():
            place += 1
        found = _TERM.match(line, place)
        if place >= len(line) or not found:
            return
        term = _term(found)
        yield term
        place = max(term.end, place + 1)


def _term(found: re.Match[str]) -> Term:
    key, quoted = found["key"] or "", found["quoted"]
    start, minus = found.start(), bool(found["minus"])
    if quoted is not None:
        value, closed = _ESCAPED.sub(_meant, quoted), bool(found["end"])
        return Term(start, found.end(), value, key, minus, True, closed)
    return Term(start, found.end(), found["plain"], key, minus)


def _meant(found: re.Match[str]) -> str:
    code = next(filter(None, found.groups()[:3]), "")
    return chr(int(code, 16)) if code and int(code, 16) <= sys.maxunicode else found[4] or ""


def normal(line: str) -> str:
    """The same line with everything visible: whatever a terminal would act on is written out."""
    return " ".join(
        line[term.start : term.end]
        if safe(line[term.start : term.end]) == line[term.start : term.end]
        else written(term.value, term.key, term.minus)
        for term in terms(line)
    )


def written(value: str, key: str = "", minus: bool = False) -> str:
    """A term as it is typed; what is more than a plain word stands in quotes, all of it visible."""
    if not (_PLAIN if key else _WORD).fullmatch(value) or safe(value, len(value) + 1) != value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
        value = '"' + "".join(safe(letter) for letter in value) + '"'
    return f"{'-' if minus else ''}{key}{':' if key else ''}{value}"


def replaced(line: str, key: str, value: str) -> str:
    """The line with this one value for a key, at its end; empty: without the key."""
    kept = [line[term.start : term.end] for term in terms(line) if term.key != key or term.minus]
    return " ".join([*kept, *([written(value, key)] if value else [])])
