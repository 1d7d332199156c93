"""What Harbor is asked for: `q`s that together find every event a filter wants, and more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from harbortui.api.model import both, contains, equals
from harbortui.audit.filter import Filter
from harbortui.audit.pattern import DIGEST, Pattern
from harbortui.audit.wording import PUSH

MOST = 6
"""Requests for one window of ids; a filter that needs more is judged here alone."""
ENDS = ("repository", "project")
"""Kinds of things that others are in, and end with."""

_LISTED = re.compile(r"[A-Za-z_][\w.$+@-]*")
"""Names that Harbor takes for texts in a list, and not for a number, a time or two names."""

Terms = dict[str, str]
"""Terms of `q` by their column, which may stand there once only (the last one wins)."""


def queries(wanted: Filter, old: bool = False) -> tuple[str, ...]:
    """Mostly one, perhaps empty; several, since Harbor knows no OR across columns.

    `old`: the log of Harbor before 2.13, which has no description and no result.
    """
    base = _base(wanted, old)
    ways = (
        list(_things(wanted.things, base, old))
        or list(_users(wanted.users, base))
        or list(_words(wanted, base, old))
        or [base]
    )
    if len(ways) > MOST:
        ways = [base]
    return tuple(dict.fromkeys(both(*way.values()) for way in ways))


def is_open(wanted: Filter) -> bool:
    """Whether Harbor is asked for everything, so that an administrator sees every id."""
    return not wanted.project and queries(wanted) == ("",)


def _base(wanted: Filter, old: bool) -> Terms:
    operations = dict.fromkeys("create" if one == PUSH else one for one in wanted.operations)
    pushes = wanted.operations == (PUSH,) and not wanted.types
    found = {
        "operation": _any("operation", operations),
        "resource_type": _any("resource_type", ("artifact",) if pushes else wanted.types),
        "username": _user(wanted.users),
    }
    if wanted.worked is not None and not old:
        found["op_result"] = f"op_result={str(wanted.worked).lower()}"
    return {column: term for column, term in found.items() if term}


def _any(column: str, values: Iterable[str]) -> str:
    words = list(values)
    if len(words) < 2:
        return equals(column, words[0]) if words else ""
    return f"{column}={{{' '.join(words)}}}"


def _user(users: Sequence[Pattern]) -> str:
    if len(users) == 1 and sayable(users[0].piece):
        return _is_user(users[0])
    if users and all(not one.wild and _LISTED.fullmatch(one.text) for one in users):
        return _any("username", (one.text for one in users))
    return ""


def _is_user(user: Pattern) -> str:
    return contains("username", user.piece) if user.wild else equals("username", user.text)


def _users(users: Sequence[Pattern], base: Terms) -> Iterator[Terms]:
    """Each of several users, where Harbor cannot be given a list of them."""
    if "username" not in base and all(sayable(one.piece) for one in users):
        for one in users:
            yield base | {"username": _is_user(one)}


def _words(wanted: Filter, base: Terms, old: bool) -> Iterator[Terms]:
    """The longest word, in each of the columns that may hold it."""
    word = max(filter(sayable, wanted.words), key=len, default="")
    if not word or "username" in base:
        return
    for column in ("username", "resource") if old else ("username", "resource", "op_desc"):
        yield base | {column: contains(column, word)}


def _things(things: Sequence[Pattern], base: Terms, old: bool) -> Iterator[Terms]:
    """The names of things; and the deletion of what they were in."""
    if not all(sayable(one.piece) for one in things):
        return
    by_repository: dict[str, list[Pattern]] = {}
    for one in things:
        if one.wild:
            yield base | {"resource": contains("resource", one.piece)}
        elif "/" not in one.text:
            yield base | _named(one.text, old)
        else:
            by_repository.setdefault(repository_of(one.text), []).append(one)
    for repository, named in by_repository.items():
        several = len(named) > 1
        yield base | _named(repository if several else named[0].text, old)
        yield from _ended(repository, base, whole=repository == named[0].text or several)


def _named(text: str, old: bool) -> Terms:
    """By digest in the description, which has it of every push, pull and deletion (2.13 on)."""
    column = "op_desc" if DIGEST in text and not old else "resource"
    return {column: contains(column, text)}


def _ended(repository: str, base: Terms, whole: bool) -> Iterator[Terms]:
    """The deletion of the project, and of the repository where that is not asked for anyway."""
    if "delete" not in base.get("operation", "delete"):
        return
    for kind in ENDS[1:] if whole else ENDS:
        if kind in base.get("resource_type", kind):
            name = repository if kind == "repository" else repository.partition("/")[0]
            ended = {
                "operation": "operation=delete",
                "resource_type": f"resource_type={kind}",
                "resource": equals("resource", name),
            }
            yield base | ended


def repository_of(name: str) -> str:
    """`payments/api` of `payments/api:v1` and of `payments/api@sha256:…`."""
    folder, _, last = name.partition("@")[0].rpartition("/")
    return f"{folder}/{last.partition(':')[0]}"


def sayable(text: str) -> bool:
    """Whether `q` can hold a text: Harbor splits at commas and cuts blanks at the ends."""
    return bool(text) and "," not in text and text == text.strip()
