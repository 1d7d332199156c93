"""The tail against a model of Harbor."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from harbortui.api.errors import HarborError
from harbortui.audit.tail import Tail

from ..audit_model import run
from .world import GRACE, Happenings


class Following(Happenings):
    """The tail: nothing is lost, nothing comes twice, all of it in order."""

    tail: Tail

    @initialize(
        dense=st.booleans(),
        counts=st.booleans(),
        limited=st.booleans(),
        deaf=st.booleans(),
        overlap=st.sampled_from([0, 2, 1000]),
        pages=st.sampled_from([1, 2, 20]),
        before=st.integers(0, 5),
        ahead=st.sampled_from([-5, 0, 60]),
        patience=st.sampled_from([0, 3]),
    )
    def start(
        self, overlap: int, pages: int, before: int, ahead: int, patience: int, **kinds: bool
    ) -> None:
        self.begin(**kinds)
        self.log.keeps, self.ahead = timedelta(hours=1), timedelta(seconds=ahead)
        for _ in range(before):
            self.insert(GRACE)
        self.tail = Tail(self.reader, self.log.now, self.log.moment, 0, grace=GRACE)
        self.tail.overlap, self.tail.pages, self.tail.patience = overlap, pages, patience
        self.delivered: list[int] = []

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

    @rule(seconds=st.floats(0, 5000))
    def nobody_asks(self, seconds: float) -> None:
        self.log.advance(seconds)

    def read_all(self) -> None:
        while not self.read():
            pass

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
        self.at_last(self.read_all)
        self.each_comes_once()
        lost = self.wanted() - set(self.delivered)
        assert not lost, f"lost {sorted(lost)}"
        assert not self.tail.seen, "never settled"
