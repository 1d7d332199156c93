"""What could be typed next: keys, and the values that Harbor has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from harbortui.api.audit import Event
from harbortui.audit.filter import project_of
from harbortui.audit.language import Vocabulary
from harbortui.audit.moments import EXAMPLES
from harbortui.audit.words import Term, terms, written

ABOUT = {
    "user": "who did it",
    "op": "what was done: create, delete, pull, push …",
    "type": "to what kind of thing",
    "res": "to which thing, * stands for anything",
    "ok": "whether it worked: yes, no",
    "project": "the project's own log",
    "since": "from then on: 2h, 7d, a date, a time",
    "until": "up to then",
}
MOST = 200
"""Values that are offered."""


class Candidate(NamedTuple):
    """A term that could stand there, and what it means."""

    text: str
    about: str = ""


class Completion(NamedTuple):
    """Where the term is that is being typed, and what it could become."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]

    def into(self, line: str, text: str) -> tuple[str, int]:
        """The line with this candidate, and where one types on."""
        more = "" if text.endswith(":") else " "
        rest = line[self.end :].lstrip() if more else line[self.end :]
        return f"{line[: self.start]}{text}{more}{rest}", self.start + len(text) + len(more)


@dataclass(frozen=True)
class Known:
    """Values that have been met."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    users: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()

    def with_events(self, events: Iterable[Event]) -> Known:
        """Also those of events that have been seen."""
        seen = list(events)
        return Known(
            self.vocabulary.with_events(seen),
            tuple(sorted({*self.users, *(event.username for event in seen)} - {""})),
            tuple(sorted({*self.things, *(event.resource for event in seen)} - {""})),
            tuple(sorted({*self.projects, *map(project_of, seen)} - {""})),
        )


def complete(line: str, cursor: int, known: Known) -> Completion:
    """What the term at the cursor could become; between terms, all keys."""
    here = [term for term in terms(line) if term.start <= cursor <= term.end]
    if not here:
        return Completion(cursor, cursor, _keys(""))
    term = here[-1]
    start = term.start + term.minus
    return Completion(start, term.end, _keys(term.value) if not term.key else _values(term, known))


def _keys(typed: str) -> tuple[Candidate, ...]:
    low = typed.lower()
    return tuple(Candidate(f"{key}:", said) for key, said in ABOUT.items() if key.startswith(low))


def _values(term: Term, known: Known) -> tuple[Candidate, ...]:
    """Values that begin with what is typed, then those that hold it."""
    key, low = term.key.lower(), term.value.lower()
    values = _all(key, known)
    first = [value for value in values if value.lower().startswith(low)]
    rest = [value for value in values if low in value.lower() and value not in first]
    return tuple(Candidate(written(value, key)) for value in [*first, *rest][:MOST])


def _all(key: str, known: Known) -> tuple[str, ...]:
    match key:
        case "user":
            return known.users
        case "op":
            return known.vocabulary.operations
        case "type":
            return known.vocabulary.types
        case "res":
            return known.things
        case "ok":
            return ("yes", "no")
        case "project":
            return known.projects
        case "since" | "until":
            return EXAMPLES
    return ()
