"""Why a replication failed, said in words: Harbor repeats what its libraries said."""

from __future__ import annotations

from urllib.parse import urlsplit

from harbortui.api.registries import Registry

KNOWN = (
    ("run before was still going", "active replication still in progress"),
    ("connection refused", "connection refused"),
    ("name not known", "no such host", "server misbehaving"),
    ("no way there", "network is unreachable", "no route to host"),
    ("certificate has expired", "x509: certificate has expired"),
    ("certificate not trusted", "certificate signed by unknown authority"),
    ("certificate not accepted", "x509:", "tls: "),
    ("no answer in time", "timeout", "timed out", "deadline exceeded"),
    ("speaks http, not https", "server gave http response to https", "first record does not look"),
    ("connection broken off", "connection reset", ": eof", "unexpected eof", "broken pipe"),
    ("credentials refused", "unauthorized", "status code: 401"),
    ("quota used up", "quota", "will exceed the"),
    ("read-only", "read only mode"),
    ("too many requests", "toomanyrequests", "too many requests", "status code: 429"),
    ("access denied", "denied", "forbidden", "status code: 403"),
    ("no space left on a disk", "no space left"),
    ("names with too few levels to flatten", "flattening level"),
    ("not found", "not found", "status code: 404", "name_unknown"),
)
"""What a message means, and the words that give it away; the first that fits counts."""
WIDE = 76
"""Columns that a status line has at least."""


def in_words(text: str, registry: Registry | None = None) -> str:
    """A reason in a few words; the registry comes first when the message names its host."""
    lower = text.lower()
    for words, *marks in KNOWN:
        if any(mark in lower for mark in marks):
            host = urlsplit(registry.url).netloc if registry else ""
            return f"{registry.name}: {words}" if registry and host and host in text else words
    return gist(text)


def gist(text: str, room: int = WIDE) -> str:
    """The end of a message, whose parts lead from what was tried to what went wrong."""
    while len(text) > room and ": " in text:
        text = text.partition(": ")[2]
    return text
