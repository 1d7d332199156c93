"""Changes to the registry: carried out once, one after another, and told truthfully."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from harbortui.api.errors import Forbidden, HarborError, NotFound, Unauthorized, UnknownOutcome
from harbortui.session import Session
from harbortui.shown import Once

IN_A_ROW = 3
"""Errors after which the rest is not tried."""
LOOKS, PAUSE = 3, 2.0
"""How often, and after how many seconds, an unknown outcome is read back."""

Happened = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Step:
    """One change to one thing."""

    label: str
    run: Callable[[], Awaitable[Once | str | None]]
    happened: Happened | None = None


@dataclass(frozen=True)
class Change:
    """What is to be done, and how it is told; `told` gets a secret that is shown only once."""

    steps: Sequence[Step]
    done: str
    """A sentence with {} for the label."""
    one: str = ""
    many: str = ""
    told: Callable[[Once], None] = lambda _: None


@dataclass
class Result:
    """What became of each thing."""

    done: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        """Everything was done."""
        return not (self.failed or self.unknown or self.untried)


async def carry_out(session: Session, change: Change) -> Result:
    """Each step in its turn; ctrl+c, lost rights or three errors in a row end it."""
    result, in_a_row, stopped = Result(), 0, session.stops.since_now()
    for number, step in enumerate(change.steps, 1):
        if stopped() or in_a_row >= IN_A_ROW:
            result.untried.append(step.label)
            continue
        if len(change.steps) > 1:
            session.say(f"{number} of {len(change.steps)}: {step.label} (ctrl+c stops)")
        try:
            note = await step.run()
        except HarborError as error:
            weight = await _judge(session, step, error, result)
            in_a_row = in_a_row + weight if weight else 0
            continue
        in_a_row = 0
        result.done.append(step.label)
        if isinstance(note, Once):
            change.told(note)
        elif note:
            result.notes.append(note)
    tell(session, change, result)
    return result


async def _judge(session: Session, step: Step, error: HarborError, result: Result) -> int:
    """Note what went wrong; how much it counts of what ends the run, 0 when it was done."""
    if isinstance(error, UnknownOutcome):
        return 0 if await _look(step, error, result) else 1
    gone = isinstance(error, NotFound) and not error.missing_route
    result.failed.append((step.label, f"{error} (gone already?)" if gone else str(error)))
    session.refused(error)
    return IN_A_ROW if isinstance(error, (Unauthorized, Forbidden)) else 1


async def _look(step: Step, error: UnknownOutcome, result: Result) -> bool:
    """Read back what is known only to Harbor now: done, not done, or cannot tell.

    Harbor's core goes on with a change after its proxy gave up: not done is said only when it was
    seen several times.
    """
    reason, looks = str(error), 0
    for look in range(LOOKS if step.happened else 0):
        if look:
            await asyncio.sleep(PAUSE)
        try:
            if step.happened and await step.happened():
                result.done.append(step.label)
                return True
            looks += 1
        except HarborError as second:
            reason = f"{error}; {second}"
    if step.happened and looks == LOOKS:
        result.failed.append((step.label, "the answer was lost, and it was not done"))
    else:
        result.unknown.append((step.label, f"look before you repeat it: {reason}"))
    return False


def tell(session: Session, change: Change, result: Result) -> None:
    """One summary on the status line."""
    if result.fine and len(result.done) == 1:
        note = result.notes[0] if result.notes else change.done.format(result.done[0])
        session.say(note, "ok", written=True)
    elif len(change.steps) == 1:
        label, why = (result.failed or result.unknown or [("", "stopped")])[0]
        session.say(f"{label}: {why}" if label else why, "bad", written=True)
    else:
        session.say(_summary(change, result), "ok" if result.fine else "bad", written=True)


def _summary(change: Change, result: Result) -> str:
    count = f"{len(result.done)} {change.many if len(result.done) != 1 else change.one}"
    words = [change.done.format(count).rstrip(".")]
    if result.notes:
        more = f", and {len(result.notes) - 1} more like that" if len(result.notes) > 1 else ""
        words[0] += f" ({result.notes[0].rstrip('.')}{more})"
    for kind, some in (("refused", result.failed), ("unknown", result.unknown)):
        if some:
            words.append(f"{len(some)} {kind}: {some[0][0]}: {some[0][1]}".rstrip("."))
    if result.untried:
        words.append(f"{len(result.untried)} not tried")
    return ", ".join(words) + "."


def single(label: str, run: Callable[[], Awaitable[Any]], done: str, **more: Any) -> Change:
    """A change of one thing."""
    return Change((Step(label, run, more.pop("happened", None)),), done, **more)
