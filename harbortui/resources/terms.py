"""Terms of the audit log's filter, in its own language."""

from __future__ import annotations

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-$+@/:*")


def term(key: str, text: str) -> str:
    """`user:alice`; what is more than a word stands in quotes, as in `user:"a b"`."""
    if text and set(text) <= PLAIN:
        return f"{key}:{text}"
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{key}:"{quoted}"'
