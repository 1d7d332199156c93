"""The window against a model of Harbor."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from harbortui.api.errors import HarborError
from harbortui.audit.walk import Walk
from harbortui.audit.window import Window

from ..audit_model import run
from .world import COUNTS, PAGE, World


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
