"""The filter language: `user:alice op:delete res:library/* ok:no since:2h -type:robot "a b"`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches

from harbortui.api.audit import Event
from harbortui.audit.filter import Excluded, Filter
from harbortui.audit.moments import EXAMPLES, moment
from harbortui.audit.pattern import Pattern
from harbortui.audit.wording import PUSH
from harbortui.audit.words import KEYS, Term, terms, written

OPERATIONS = ("create", "delete", "pull", PUSH, "update", "login", "logout")
TYPES = ("artifact", "repository", "project", "user", "robot", "configuration", "tag")
YES, NO = ("yes", "true", "1"), ("no", "false", "0", "failed")
INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("username", "who", "by", "usr", "name"), "user"),
    **dict.fromkeys(("operation", "action", "did", "verb"), "op"),
    **dict.fromkeys(("resource_type", "kind", "typ"), "type"),
    **dict.fromkeys(("resource", "thing", "what", "artifact", "repository"), "res"),
    **dict.fromkeys(("result", "op_result", "operation_result", "success", "failed"), "ok"),
    **dict.fromkeys(("from", "after", "op_time", "time", "start"), "since"),
    **dict.fromkeys(("to", "before", "end", "till"), "until"),
}
"""What other programs and Harbor itself call our keys."""
UNRECORDED = {
    "member": "who becomes a member, or gets another role",
    "quota": "changes of quotas",
    "registry": "changes of registries",
    "replication": "replication rules and their runs; the rules' own list has the runs",
    "label": "what happens to labels",
    "webhook": "changes of webhooks",
    "retention": "changes of retention; what it deletes is by harbor-jobservice",
    "immutability": "changes of immutability",
    "session": "sign-ins as a type of their own: try op:login",
}
"""Types that one may look for and that Harbor has not."""


@dataclass(frozen=True)
class Vocabulary:
    """The words that this Harbor uses, as far as they are known."""

    operations: tuple[str, ...] = OPERATIONS
    types: tuple[str, ...] = TYPES

    def with_types(self, event_types: Iterable[str]) -> Vocabulary:
        """Also those in Harbor's own list of types of events (`create_artifact`)."""
        pairs = [one.partition("_") for one in event_types]
        return self._more((one for one, _, _ in pairs), (one for _, _, one in pairs))

    def with_events(self, events: Iterable[Event]) -> Vocabulary:
        """Also those of events that have been seen."""
        pairs = {(event.operation, event.resource_type) for event in events}
        return self._more((one for one, _ in pairs), (one for _, one in pairs))

    def _more(self, operations: Iterable[str], types: Iterable[str]) -> Vocabulary:
        return Vocabulary(
            tuple(dict.fromkeys([*self.operations, *sorted(filter(None, operations))])),
            tuple(dict.fromkeys([*self.types, *sorted(filter(None, types))])),
        )


@dataclass(frozen=True)
class Mistake:
    """What is wrong between two places of the line, and the words that would be right."""

    start: int
    end: int
    text: str
    right: tuple[str, ...] = ()

    def __str__(self) -> str:
        """A sentence."""
        return f"{self.text}: {', '.join(self.right)}?" if self.right else self.text


@dataclass(frozen=True)
class Parsed:
    """A line that was understood, as far as it has no mistakes."""

    filter: Filter
    mistakes: tuple[Mistake, ...] = ()


@dataclass
class _Reading:
    """A line while it is being read."""

    now: datetime
    local: bool
    vocabulary: Vocabulary
    filter: Filter
    mistakes: list[Mistake] = field(default_factory=list)


def parse(
    line: str, now: datetime, *, local: bool = False, vocabulary: Vocabulary | None = None
) -> Parsed:
    """The filter of a line, and its mistakes; times without an offset are `local` or UTC."""
    reading = _Reading(now, local, vocabulary or Vocabulary(), Filter(line.strip()))
    for term in terms(line):
        _read(reading, term)
    since, until = reading.filter.since, reading.filter.until
    if since and until and since > until:
        reading.mistakes.append(Mistake(0, len(line), "since is later than until"))
    return Parsed(reading.filter, tuple(reading.mistakes))


def _read(reading: _Reading, term: Term) -> None:
    known = term.key.lower()
    if not term.closed:
        _wrong(reading, term, "this quote does not end")
    elif term.key and known not in KEYS:
        _unknown_key(reading, term)
    elif not term.value:
        what = f"{term.key}: wants a value" if term.key else "a minus excludes the word behind it"
        _wrong(reading, term, what)
    else:
        for value in _values(known, term):
            _take(reading, term, known, value)


def _values(key: str, term: Term) -> list[str]:
    """Several values at once, where none can hold a comma."""
    if key in ("op", "type", "user") and not term.quoted:
        return [value for value in term.value.split(",") if value]
    return [term.value]


def _unknown_key(reading: _Reading, term: Term) -> None:
    """A key that is none is a mistake if it looks meant as one, else a text with a colon in it."""
    key = term.key.lower()
    right = INSTEAD.get(key) or next(iter(get_close_matches(key, KEYS, 1, 0.7)), "")
    if not right:
        _take(reading, term, "", f"{term.key}:{term.value}")
        return
    as_text = written(f"{term.key}:{term.value}", minus=term.minus)
    _wrong(reading, term, f"there is no key “{term.key}”", (f"{right}:", as_text))


def _wrong(reading: _Reading, term: Term, text: str, right: tuple[str, ...] = ()) -> None:
    reading.mistakes.append(Mistake(term.start, term.end, text, right))


def _take(reading: _Reading, term: Term, key: str, value: str) -> None:
    now = reading.filter
    if key in ("since", "until"):
        _take_time(reading, term, key, value)
        return
    found = _checked(reading, term, key, value)
    if not found:
        return
    pattern = Pattern(found, term.quoted)
    if term.minus:
        reading.filter = replace(now, excluded=(*now.excluded, Excluded(key, pattern)))
        return
    match key:
        case "user":
            reading.filter = replace(now, users=(*now.users, pattern))
        case "op":
            reading.filter = replace(now, operations=(*now.operations, found))
        case "type":
            reading.filter = replace(now, types=(*now.types, found))
        case "res":
            reading.filter = replace(now, things=(*now.things, pattern))
        case "ok":
            reading.filter = replace(now, worked=found == "yes")
        case "project" if now.project not in ("", found):
            _wrong(reading, term, "one project at a time: its own log is read")
        case "project":
            reading.filter = replace(now, project=found)
        case _:
            reading.filter = replace(now, words=(*now.words, found))


def _checked(reading: _Reading, term: Term, key: str, value: str) -> str:
    """The value in Harbor's spelling; empty, and a mistake, when there is no such value."""
    word = value.lower()
    if key == "ok":
        if word in YES + NO:
            return "yes" if word in YES else "no"
        _wrong(reading, term, f"“{value}” is neither", ("ok:yes", "ok:no"))
        return ""
    if key not in ("op", "type"):
        return value
    words = reading.vocabulary.operations if key == "op" else reading.vocabulary.types
    if word in words:
        return word
    if key == "type" and word.rstrip("s") in UNRECORDED:
        _wrong(reading, term, f"Harbor does not record {UNRECORDED[word.rstrip('s')]}")
        return ""
    near = get_close_matches(word, words, 3, 0.5) or list(words)
    what = "operation" if key == "op" else "type of thing"
    _wrong(reading, term, f"there is no {what} “{value}”", tuple(f"{key}:{one}" for one in near))
    return ""


def _take_time(reading: _Reading, term: Term, key: str, value: str) -> None:
    found = moment(value, reading.now, local=reading.local, end=key == "until")
    if term.minus:
        _wrong(reading, term, f"{key}: cannot be excluded", ("since:", "until:"))
    elif found is None:
        right = tuple(f"{key}:{one}" for one in EXAMPLES[:4])
        _wrong(reading, term, f"“{value}” is no time", right)
    elif key == "since":
        reading.filter = replace(reading.filter, since=found)
    else:
        reading.filter = replace(reading.filter, until=found)
