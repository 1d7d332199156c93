"""Doublestar patterns, as replication filters and retention rules use them."""

from __future__ import annotations

import re
from functools import lru_cache

TOKENS = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]*\]|\{|\}|,|\\.|.", re.DOTALL)


def matches(pattern: str, text: str) -> bool:
    """Whether a text fits; `*` stays within one segment, `**` does not, `{a,b}` is a choice."""
    return compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern. After github.com/bmatcuk/doublestar."""
    depth = 0
    parts = []
    for token in TOKENS.findall(pattern):
        if token == "{":
            depth += 1
            parts.append("(?:")
        elif token == "}" and depth:
            depth -= 1
            parts.append(")")
        elif token == "," and depth:
            parts.append("|")
        else:
            parts.append(expression(token))
    return re.compile("".join(parts) + ")" * depth, re.DOTALL)


def expression(token: str) -> str:
    """The regular expression of one token outside braces."""
    simple = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if token in simple:
        return simple[token]
    if token.startswith("[") and len(token) > 2:
        inside = token[1:-1]
        sign = "^" if inside[0] in "!^" else ""
        # A dash stays a range: re.escape would make it a letter.
        return "[" + sign + re.sub(r"([\\\]^\[])", r"\\\1", inside[len(sign) :]) + "]"
    return re.escape(token.removeprefix("\\") or "\\")
