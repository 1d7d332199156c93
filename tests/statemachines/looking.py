"""Walking and following at once against a model of Harbor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from harbortui.api.errors import HarborError
from harbortui.audit.reading import Clocks, Reading

from ..audit_model import run
from .world import COUNTS, GRACE, PAGE, Happenings


class Looking(Happenings):
    """Walking and following at once: in the end the window is whole, wherever it is."""

    reading: Reading

    @initialize(
        dense=st.booleans(),
        counts=st.booleans(),
        limited=st.booleans(),
        deaf=st.booleans(),
        before=COUNTS,
    )
    def start(self, before: int, **kinds: bool) -> None:
        self.begin(**kinds)
        for number in range(before):
            self.insert(GRACE if number % 2 else 0)
        self.reading = Reading(
            self.log,
            self.reader.wanted,
            Clocks(self.log.now, self.log.moment),
            everything=self.reader.dense,
            page=PAGE,
            grace=GRACE,
        )
        run(self.reading.open())
        self.small()
        run(self.reading.older())

    def small(self) -> None:
        self.reading.walk.window._most = 12  # white box: as many as an example can fill

    @rule(data=st.data(), fails_at=st.integers(0, 4))
    def poll(self, data: st.DataObject, fails_at: int) -> None:
        self.meanwhile(data)
        self.try_it(self.reading.poll, fails_at)

    @rule(
        data=st.data(),
        fails_at=st.integers(0, 4),
        back=st.booleans(),
        left=st.booleans(),
        polled=st.booleans(),
    )
    def move(
        self, data: st.DataObject, fails_at: int, back: bool, left: bool, polled: bool
    ) -> None:
        self.meanwhile(data)
        if polled:
            self.log.after.insert(0, lambda: self.try_it(self.reading.poll, 0))
        if back and left:
            self.reading.leave_end()
        self.try_it(self.reading.older if back else self.reading.newer, fails_at)

    def try_it(self, step: Callable[[], Any], fails_at: int) -> None:
        self.log.fails_at = fails_at
        try:
            run(step())
        except HarborError:
            assert fails_at
        self.quiet()

    @rule(ago=st.floats(0, 100), oldest=st.booleans())
    def jump(self, ago: float, oldest: bool) -> None:
        moment = self.log.moment() - timedelta(seconds=ago)
        run(self.reading.oldest() if oldest else self.reading.at(moment))
        self.small()

    @rule()
    def to_the_end(self) -> None:
        self.reading.newest()
        self.small()

    @invariant()
    def the_window_is_in_order(self) -> None:
        if hasattr(self, "reading"):
            window = self.reading.walk.window
            ids = [event.id for event in window.events]
            assert ids == sorted(set(ids)) and len(ids) <= 12
            assert all(window.low <= number <= window.high for number in ids)
            assert all(self.reader.wanted.takes(event) for event in window.events)

    def teardown(self) -> None:
        if not hasattr(self, "reading"):
            return
        self.at_last(self.settle)
        self.the_window_is_whole()
        while not self.reading.walk.at_end:
            run(self.reading.newer())
        assert self.reading.walk.window.live
        self.the_window_is_whole()
        assert self.reading.top >= max(self.wanted(), default=0)

    def settle(self) -> None:
        while not run(self.reading.poll()):
            pass

    def the_window_is_whole(self) -> None:
        self.the_window_is_in_order()
        window = self.reading.walk.window
        inside = {number for number in self.wanted() if window.low <= number <= window.high}
        missing = inside - {event.id for event in window.events}
        assert not missing, f"missing {sorted(missing)}"
