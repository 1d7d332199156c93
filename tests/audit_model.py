"""A log for the engine's tests: virtual time, late commits, burnt ids, purges, faults."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from harbortui.api.audit import Event, Found
from harbortui.api.errors import Unreachable
from harbortui.demo import query

BASE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
V = TypeVar("V")


def run(asked: Coroutine[Any, Any, V]) -> V:
    """The result of a coroutine that never waits: no loop, so that examples are quick."""
    try:
        asked.send(None)
    except StopIteration as ended:
        return ended.value  # type: ignore[no-any-return]  # what it returned
    raise AssertionError("it waits for something")


class ModelLog:
    """Events by id; each is visible once it is committed, and what `hidden` says never."""

    old = False

    def __init__(self) -> None:
        self.time = 0.0
        self.rows: dict[int, Event] = {}
        self.flying: dict[int, tuple[float, Event]] = {}
        """Drawn, not committed: when they are due at the latest."""
        self.ever: set[int] = set()
        """Every id that has been visible at some time."""
        self.next_id = 1
        self.keeps = timedelta(0)
        """What is younger is not purged; Harbor keeps an hour."""
        self.counts = True
        self.deaf = False
        """The filter is ignored, as Harbor ignores keys that it does not know."""
        self.hidden: Callable[[Event], bool] = lambda event: False
        self.asked: list[str] = []
        self.fails_at = 0
        """Which of the next requests fails, from 1 on; 0: none."""
        self.before: list[Callable[[], None]] = []
        """What happens while requests are on their way, one for each."""
        self.after: list[Callable[[], None]] = []
        """What happens while answers are on their way."""

    def now(self) -> float:
        """The client's monotonic clock."""
        return self.time

    def moment(self) -> datetime:
        """The server's clock."""
        return BASE + timedelta(seconds=self.time)

    def draw(self, latency: float = 0, **more: Any) -> int:
        """Draw an id; the event commits within `latency` seconds, at once without."""
        event = Event(self.next_id, self.moment(), "pull", "artifact", "a/b:c", "alice")
        self.next_id += 1
        self.flying[event.id] = (self.time + latency, replace(event, **more))
        if not latency:
            self.commit(event.id)
        return event.id

    def commit(self, number: int) -> None:
        """The event becomes visible."""
        self.rows[number] = self.flying.pop(number)[1]
        self.ever.add(number)

    def burn(self, number: int) -> None:
        """The event never comes."""
        del self.flying[number]

    def purge(self, count: int, username: str = "") -> None:
        """The oldest events by their time go, of one kind where Harbor is told so."""
        until = self.moment() - self.keeps
        old = [one for one in self.stored() if one.op_time <= until]
        chosen = [one for one in old if username in ("", one.username)]
        for event in sorted(chosen, key=lambda one: one.op_time)[:count]:
            del self.rows[event.id]

    def rewind(self, last: int) -> None:
        """The database is restored as it was after an id; ids are drawn again."""
        self.rows = {number: event for number, event in self.rows.items() if number <= last}
        self.flying.clear()
        self.next_id = last + 1

    def advance(self, seconds: float) -> None:
        """Time goes on; what is due commits."""
        self.time += seconds
        for number, (due, _) in sorted(self.flying.items()):
            if due <= self.time:
                self.commit(number)

    def visible(self) -> list[Event]:
        """What can be read now, by rising id."""
        return [event for event in self.stored() if not self.hidden(event)]

    def stored(self) -> list[Event]:
        """What has been committed and not purged, by rising id."""
        return [self.rows[key] for key in sorted(self.rows)]

    async def ask(self, q: str, sort: str, size: int, skip: int = 0) -> Found:
        """A page, as Harbor would give it; the world does not stand still meanwhile.

        `skip` is what pages by number do: only mutants ask for that.
        """
        self.asked.append(q)
        self.advance(0.02)
        if self.before:
            self.before.pop(0)()
        if self.fails_at:
            self.fails_at -= 1
            if not self.fails_at:
                raise Unreachable("no answer")
        terms = query.terms(q)
        found = [event for event in self.visible() if self._fits(event, terms)]
        if sort == "-id":
            found.reverse()
        answer = Found(found[skip : skip + size], len(found) if self.counts else None)
        if self.after:
            self.after.pop(0)()
        self.advance(0.03)
        return answer

    def _fits(self, event: Event, terms: Sequence[query.Term]) -> bool:
        for term in terms:
            if term.key == "id" and term.form == "any" and event.id not in term.tokens:
                return False
            if term.form == "range":
                value: Any = event.id if term.key == "id" else event.op_time
                low, high = term.tokens
                if (low is not None and value < low) or (high is not None and value > high):
                    return False
            if term.key == "username" and not self.deaf and event.username != term.text:
                return False
        return True
