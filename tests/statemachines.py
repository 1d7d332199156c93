"""The audit log engine against a model of Harbor: `python -m tests.statemachines --examples N`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any, ClassVar
from unittest import TestCase, TextTestRunner, defaultTestLoader

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from harbortui.api.errors import HarborError
from harbortui.audit.filter import Filter
from harbortui.audit.pattern import Pattern
from harbortui.audit.reader import Reader
from harbortui.audit.tail import Tail
from harbortui.audit.walk import Walk
from harbortui.audit.window import Window

from .audit_model import ModelLog, run

GRACE = 10.0
PAGE = 3
MINE = Filter(users=(Pattern("mine"),))
COUNTS = st.integers(1, 9)


class World(RuleBasedStateMachine):
    """What happens in a registry, and on the way to it."""

    log: ModelLog
    reader: Reader

    def begin(self, dense: bool, counts: bool, limited: bool, deaf: bool) -> None:
        self.log = ModelLog()
        self.log.counts, self.log.deaf = counts, deaf
        if limited:
            self.log.hidden = lambda event: event.username == "theirs"
        wanted = Filter() if dense or limited else MINE
        self.reader = Reader(self.log, wanted, everything=dense and not limited, page=PAGE)

    def insert(self, latency: float) -> int:
        """Every third event is another's: no administrator, or a filter, sees it."""
        name = "theirs" if self.log.next_id % 3 == 0 else "mine"
        return self.log.draw(latency, username=name)

    def wanted(self) -> set[int]:
        """The ids that should be known, of those that are visible."""
        return {e.id for e in self.log.visible() if self.reader.wanted.takes(e)}

    def meanwhile(self, data: st.DataObject) -> None:
        """Things happen while requests and answers are on their way."""
        happenings: list[Callable[[], None]] = [
            lambda: self.insert(0) and None,
            lambda: self.insert(GRACE) and None,
            lambda: [self.insert(0) for _ in range(7)] and None,
            lambda: self.log.commit(min(self.log.flying)) if self.log.flying else None,
            lambda: self.log.purge(1),
            lambda: self.log.advance(GRACE / 2),
            self.one_overtakes_another,
        ]
        for way in (self.log.before, self.log.after):
            way[:] = data.draw(st.lists(st.sampled_from(happenings), max_size=4))

    def one_overtakes_another(self) -> None:
        """A slow commit has the lower id; both are drawn long after the request was sent."""
        self.log.advance(GRACE * 0.9)
        self.insert(GRACE)
        self.insert(0)
        self.insert(0)

    def quiet(self) -> None:
        """Nothing more happens on the way, and nothing fails."""
        self.log.before.clear()
        self.log.after.clear()
        self.log.fails_at = 0

    @invariant()
    def every_request_is_bounded(self) -> None:
        if hasattr(self, "log"):
            assert all(re.search(r"(id|op_time)=[\[{]\S", q) for q in self.log.asked)


class Following(World):
    """The tail: nothing is lost, nothing comes twice, all of it in order."""

    makes: ClassVar[type[Tail]] = Tail
    tail: Tail

    @initialize(
        dense=st.booleans(),
        counts=st.booleans(),
        limited=st.booleans(),
        deaf=st.booleans(),
        overlap=st.sampled_from([0, 2, 1000]),
        pages=st.sampled_from([1, 2, 20]),
        before=st.integers(0, 5),
    )
    def start(self, overlap: int, pages: int, before: int, **kinds: bool) -> None:
        self.begin(**kinds)
        for _ in range(before):
            self.insert(GRACE)
        self.tail = self.makes(self.reader, self.log.now, 0, grace=GRACE)
        self.tail.overlap, self.tail.pages = overlap, pages
        self.delivered: list[int] = []

    @rule(latency=st.floats(0, GRACE), count=COUNTS)
    def draw_ids(self, latency: float, count: int) -> None:
        for _ in range(count):
            self.insert(latency)

    @rule(data=st.data(), burnt=st.booleans())
    @precondition(lambda self: self.log.flying)
    def end_one(self, data: st.DataObject, burnt: bool) -> None:
        number = data.draw(st.sampled_from(sorted(self.log.flying)))
        self.log.burn(number) if burnt else self.log.commit(number)

    @rule(count=COUNTS)
    def purge(self, count: int) -> None:
        self.log.purge(count)

    @rule(seconds=st.floats(0, 2 * GRACE))
    def advance(self, seconds: float) -> None:
        self.log.advance(seconds)

    @rule(data=st.data(), fails_at=st.integers(0, 4))
    def poll(self, data: st.DataObject, fails_at: int) -> None:
        self.meanwhile(data)
        self.log.fails_at = fails_at
        self.read()
        self.quiet()

    @rule(seconds=st.floats(0, GRACE))
    def poll_while_one_overtakes_another(self, seconds: float) -> None:
        self.log.before.append(self.one_overtakes_another)
        self.read()
        self.quiet()
        self.log.advance(seconds)
        self.read()

    def read(self) -> bool:
        try:
            return run(self.tail.poll())
        except HarborError:
            return False
        finally:
            fresh = [event.id for event in self.tail.drain()]
            assert fresh == sorted(fresh), "out of order"
            self.delivered += fresh

    @invariant()
    def each_comes_once(self) -> None:
        assert len(self.delivered) == len(set(self.delivered)), "delivered twice"
        assert set(self.delivered) <= self.log.ever, "made up"

    @invariant()
    def what_is_settled_is_forgotten(self) -> None:
        assert all(number > self.tail.settled for number in self.tail.seen)
        assert not self.tail.late, "the grace was long enough"
        assert not self.tail.rewound

    def teardown(self) -> None:
        if not hasattr(self, "tail"):
            return
        self.quiet()
        for _ in range(4):
            self.log.advance(GRACE + 1)
            while not self.read():
                pass
        self.each_comes_once()
        lost = self.wanted() - set(self.delivered)
        assert not lost, f"lost {sorted(lost)}"
        assert not self.tail.seen, "never settled"


class Walking(World):
    """The window: whatever is done, all of the log between its ends and nothing else."""

    walk: Walk

    @initialize(
        dense=st.booleans(),
        counts=st.booleans(),
        limited=st.booleans(),
        deaf=st.booleans(),
        count=COUNTS,
    )
    def start(self, count: int, **kinds: bool) -> None:
        self.begin(**kinds)
        self.top = 0
        self.happen(4 * count, 1.0)
        self.walk = Walk(self.reader, self.log.now, lambda: self.top)
        self.most = 12
        self.newest()

    @rule(count=COUNTS, seconds=st.floats(0, 90))
    def happen(self, count: int, seconds: float) -> None:
        for _ in range(count):
            self.log.advance(seconds)
            self.insert(0)

    @rule(count=COUNTS)
    def burn_ids(self, count: int) -> None:
        self.log.next_id += count * PAGE

    @rule(count=COUNTS)
    def purge(self, count: int) -> None:
        self.log.purge(count)

    @rule(data=st.data())
    def purge_one(self, data: st.DataObject) -> None:
        if self.log.rows:
            del self.log.rows[data.draw(st.sampled_from(sorted(self.log.rows)))]

    @rule()
    def newest(self) -> None:
        if event := run(self.walk.newest(self.log.moment())):
            self.top = event.id
        self.place(self.top + 1)

    @rule(ago=st.floats(0, 2000))
    def at(self, ago: float) -> None:
        moment = self.log.moment() - self.log.moment().resolution * int(ago * 1e6)
        found = run(self.walk.first_since(moment, self.log.moment()))
        since = [e.id for e in self.log.visible() if e.op_time >= moment]
        assert (found is None) == (not since) or found not in since
        if since:
            assert found is not None and found <= min(since)
            self.place(min(found, self.top + 1))

    @rule()
    def oldest(self) -> None:
        self.place(run(self.walk.oldest()))

    def place(self, number: int) -> None:
        self.walk.start(number)
        self.walk.window = Window(number, self.most)

    @rule(times=st.integers(1, 6), data=st.data(), fails_at=st.integers(0, 6))
    def older(self, times: int, data: st.DataObject, fails_at: int) -> None:
        self.go(self.walk.older, times, data, fails_at)

    @rule(times=st.integers(1, 6), data=st.data(), fails_at=st.integers(0, 6))
    def newer(self, times: int, data: st.DataObject, fails_at: int) -> None:
        self.go(self.walk.newer, times, data, fails_at)

    def go(self, step: Any, times: int, data: st.DataObject, fails_at: int) -> None:
        happenings = [lambda: self.insert(0) and None, lambda: self.log.purge(1)]
        self.log.before[:] = data.draw(st.lists(st.sampled_from(happenings), max_size=3))
        self.log.fails_at = fails_at
        try:
            for _ in range(times):
                run(step())
        except HarborError:
            assert fails_at
        self.quiet()

    @rule()
    def to_the_beginning(self) -> None:
        while not self.walk.at_start:
            run(self.walk.older())
        assert self.walk.window.low == 1

    @rule()
    def to_the_end(self) -> None:
        while not self.walk.at_end:
            run(self.walk.newer())
        assert self.walk.window.high >= self.top

    @invariant()
    def the_window_is_whole(self) -> None:
        if not hasattr(self, "walk"):
            return
        window = self.walk.window
        ids = [event.id for event in window.events]
        assert ids == sorted(set(ids)) and len(ids) <= self.most
        assert all(window.low <= number <= window.high for number in ids)
        assert all(self.reader.wanted.takes(event) for event in window.events)
        inside = {number for number in self.wanted() if window.low <= number <= window.high}
        assert inside <= set(ids), f"missing {sorted(inside - set(ids))}"
        assert set(ids) <= self.log.ever


MACHINES: dict[str, type[World]] = {"following": Following, "walking": Walking}


def case(
    machine: type[World], examples: int, steps: int = 40, *, shrink: bool = True
) -> type[TestCase]:
    """A machine as a test case; `shrink` makes an example small that fails, which takes long."""
    found: type[TestCase] = machine.TestCase
    found.settings = settings(  # type: ignore[attr-defined]  # hypothesis's own way
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        print_blob=False,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
    )
    return found


def main() -> int:
    """Run machines; 0 when all of them hold."""
    parser = argparse.ArgumentParser("python -m tests.statemachines")
    parser.add_argument("machines", nargs="*", choices=[*MACHINES, []], default=[])
    parser.add_argument("--examples", type=int, default=20_000)
    found = parser.parse_args()
    worst = 0
    for name in found.machines or MACHINES:
        began = perf_counter()
        tests = defaultTestLoader.loadTestsFromTestCase(case(MACHINES[name], found.examples))
        result = TextTestRunner(verbosity=0).run(tests)
        took = perf_counter() - began
        sys.stdout.write(f"{name}: {found.examples:,} examples in {took:.0f} s\n")
        worst |= not result.wasSuccessful()
    return worst


if __name__ == "__main__":
    sys.exit(main())
