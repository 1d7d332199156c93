"""Doublestar patterns, as filters of replication rules, retention and immutability use them.

Read as github.com/bmatcuk/doublestar (1.3.4) does, which Harbor uses: `*` and `?` stay within a
segment of the path, a segment `**` is any number of segments, `[a-c]` one letter, `{a,b}` a choice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

MOST = 256
"""Choices that a pattern may come to, all multiplied."""
ANY = "**"


def matches(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern; everything fits an empty one, nothing a broken one."""
    found = _compiled(pattern)
    return found is not None and (not pattern or found.fullmatch(text) is not None)


def check(pattern: str) -> str:
    """A pattern that can be read; ValueError in words else."""
    if _compiled(pattern) is None:
        raise ValueError("not a pattern: [ ] and { } must be closed, \\ stands before a letter")
    return pattern


def literal(pattern: str) -> str:
    """What a pattern begins with that is no pattern: `payments/` of `payments/**`."""
    found = re.match(r"[^*?\[\]{}\\,]*", pattern)
    return found[0] if found else ""


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        choices = _spread(pattern)
        return re.compile("|".join(f"(?:{_path(choice)})" for choice in choices), re.DOTALL)
    except (ValueError, re.error, RecursionError):
        return None


def _spread(pattern: str) -> list[str]:
    """The patterns without braces that one with braces stands for."""
    depth, start, commas = 0, 0, []
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == "\\":
            place += 1
        elif letter == "{":
            depth += 1
            if depth == 1:
                start, commas = place, [place]
        elif letter == "," and depth == 1:
            commas.append(place)
        elif letter == "}" and depth:
            depth -= 1
            if not depth:
                cuts = [*commas, place]
                inner = [pattern[a + 1 : b] for a, b in pairwise(cuts)]
                rest = [pattern[:start] + one + pattern[place + 1 :] for one in inner]
                return _few([found for one in rest for found in _spread(one)])
        place += 1
    if depth:
        raise ValueError(pattern)
    return [pattern]


def _few(patterns: list[str]) -> list[str]:
    if len(patterns) > MOST:
        raise ValueError("too many choices")
    return patterns


def _path(pattern: str) -> str:
    """The regular expression of a pattern without braces."""
    parts: list[str] = []
    segments = re.split(r"(?<!\\)/", pattern)
    for place, segment in enumerate(segments):
        last = place == len(segments) - 1
        if segment == ANY:
            parts.append(".*" if last else "(?:.*/)?")
        else:
            parts.append(_segment(segment) + ("" if last else "/"))
    return "".join(parts)


def _segment(segment: str) -> str:
    parts: list[str] = []
    place = 0
    while place < len(segment):
        letter = segment[place]
        if letter == "*":
            parts.append("[^/]*")
        elif letter == "?":
            parts.append("[^/]")
        elif letter == "[":
            end = re.compile(r"(?<!\\)\]").search(segment, place + 1)
            if end is None or end.start() == place + 1:
                raise ValueError(segment)
            parts.append(_letters(segment[place + 1 : end.start()]))
            place = end.start()
        elif letter == "\\":
            place += 1
            if place == len(segment):
                raise ValueError(segment)
            parts.append(re.escape(segment[place]))
        else:
            parts.append(re.escape(letter))
        place += 1
    return "".join(parts)


def _letters(inside: str) -> str:
    """A class of letters; `^` turns it round, `!` is a letter."""
    turned = inside.startswith("^")
    inner = re.sub(r"([\[&~|])", r"\\\1", inside[turned:])
    if not inner or inner.startswith("-"):
        raise ValueError(inside)
    return f"(?!/)[{'^' if turned else ''}{inner}]"
