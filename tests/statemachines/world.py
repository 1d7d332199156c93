"""What happens in a registry while its audit log is read, for state machines."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from harbortui.audit.filter import Filter
from harbortui.audit.pattern import Pattern
from harbortui.audit.reader import Reader

from ..audit_model import ModelLog

GRACE = 10.0
PAGE = 3
MINE = Filter(users=(Pattern("mine"),))
COUNTS = st.integers(1, 9)


class World(RuleBasedStateMachine):
    """What happens in a registry, and on the way to it."""

    log: ModelLog
    reader: Reader
    ahead = timedelta(0)
    """How far another server's clock, which stamps what others do, is ahead."""

    def begin(self, dense: bool, counts: bool, limited: bool, deaf: bool) -> None:
        self.log = ModelLog()
        self.log.counts, self.log.deaf = counts, deaf
        if limited:
            self.log.hidden = lambda event: event.username == "theirs"
        wanted = Filter() if dense or limited else MINE
        self.reader = Reader(self.log, wanted, everything=dense and not limited, page=PAGE)

    def insert(self, latency: float) -> int:
        """Every third event is another's: no administrator, or a filter, sees it."""
        if self.log.next_id % 3:
            return self.log.draw(latency, username="mine")
        moment = self.log.moment() + self.ahead
        return self.log.draw(latency, username="theirs", op_time=moment)

    def wanted(self) -> set[int]:
        """The ids that should be known, of those that are visible."""
        return {e.id for e in self.log.visible() if self.reader.wanted.takes(e)}

    def at_last(self, settle: Callable[[], object]) -> None:
        """Everything commits, and the grace passes, more than once."""
        self.quiet()
        for _ in range(4):
            self.log.advance(GRACE + 1)
            settle()

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


class Happenings(World):
    """Ids are drawn, commit late or never; rows are purged; time goes on."""

    @rule(latency=st.floats(0, GRACE), count=COUNTS)
    def draw_ids(self, latency: float, count: int) -> None:
        for _ in range(count):
            self.insert(latency)

    @rule(data=st.data(), burnt=st.booleans())
    @precondition(lambda self: self.log.flying)
    def end_one(self, data: st.DataObject, burnt: bool) -> None:
        number = data.draw(st.sampled_from(sorted(self.log.flying)))
        self.log.burn(number) if burnt else self.log.commit(number)

    @rule(count=COUNTS, kind=st.sampled_from(["", "mine", "theirs"]))
    def purge(self, count: int, kind: str) -> None:
        self.log.purge(count, kind)

    @rule(seconds=st.floats(0, 2 * GRACE))
    def advance(self, seconds: float) -> None:
        self.log.advance(seconds)
