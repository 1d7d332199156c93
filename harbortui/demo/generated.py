"""An audit log of millions of events that are computed from their ids, not stored.

What an event says repeats after `PERIOD` ids, so a filter is tried once on `PERIOD` events;
how many match in any range of ids, and which is the n-th, is then arithmetic.
"""

from __future__ import annotations

import random
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .event import Event

PERIOD = 99_991
BLOCK = 2_500
BURST = 400
REMEMBERED = 64
HOUR = 3_600_000

Fits = Callable[[Event], bool]


@dataclass(frozen=True)
class Matches:
    """The ids, from 1 on, whose place in the period is one of `places` (sorted)."""

    places: Sequence[int]

    def below(self, number: int) -> int:
        """How many matching ids are less than `number`."""
        rounds, rest = divmod(number - 1, PERIOD)
        return rounds * len(self.places) + bisect_left(self.places, rest)

    def nth(self, index: int) -> int:
        """The matching id with this index, the lowest having 0."""
        rounds, rest = divmod(index, len(self.places))
        return rounds * PERIOD + self.places[rest] + 1


class Generated:
    """`count` events that end at the time `end`; `kinds` and `weights` say what happens.

    The same arguments always give the same log. Times (milliseconds) never fall as ids rise:
    days are busier than nights, and here and there hundreds come within seconds.
    """

    def __init__(
        self, count: int, end: int, kinds: Sequence[Event], weights: Sequence[float]
    ) -> None:
        self.count = count
        chance = random.Random(PERIOD)
        order = chance.choices(range(len(kinds)), weights, k=PERIOD)
        # Whatever its weight, every kind happens at least once in a period.
        for kind, place in enumerate(chance.sample(range(PERIOD), len(kinds))):
            order[place] = kind
        self.kinds = kinds
        self.order = order
        self.starts = starts(end, -(-count // BLOCK), chance)
        self.known: dict[object, Matches] = {}

    def event(self, number: int) -> Event:
        """The event with this id."""
        kind = self.kinds[self.order[(number - 1) % PERIOD]]
        return kind._replace(id=number, at=self.at(number))

    def at(self, number: int) -> int:
        """When the event with this id happened, in milliseconds."""
        block, place = divmod(number - 1, BLOCK)
        begin, length = self.starts[block], self.starts[block + 1] - self.starts[block]
        if block % 7:
            return begin + length * place // BLOCK
        quiet = BLOCK - BURST
        calm = place if place < quiet // 2 else max(quiet // 2, place - BURST)
        return begin + (length - 4 * BURST) * calm // quiet + 4 * (place - calm)

    def first_since(self, moment: int) -> int:
        """The lowest id whose time is `moment` or later; one more than the last id if none is."""
        return bisect_left(range(1, self.count + 1), moment, key=self.at) + 1

    def matching(self, name: object, fits: Fits) -> Matches:
        """The ids whose events fit; `name` is what the filter is remembered by."""
        if name not in self.known:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            flags = [fits(kind) for kind in self.kinds]
            places = [place for place, kind in enumerate(self.order) if flags[kind]]
            self.known[name] = Matches(array("I", places))
        return self.known[name]


def starts(end: int, blocks: int, chance: random.Random) -> list[int]:
    """When each block of events begins, and last when the last one ends."""
    times = [end]
    for _ in range(blocks):
        hour = times[-1] // HOUR % 24
        busy = 3.0 if 7 <= hour < 18 else 0.6
        times.append(times[-1] - int(HOUR / busy * chance.uniform(1.6, 4.4)))
    return times[::-1]
