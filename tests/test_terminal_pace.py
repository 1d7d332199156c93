"""Pictures wait for a terminal that is behind, and never for one that does not answer."""

import heapq

import pytest

from harbortui.terminal.pace import QUESTION, Pace


class Link:
    """A line of so many bytes a second with a round trip, and a person who holds a key."""

    def __init__(self, rate: float, round_trip: float, *, answers: bool = True) -> None:
        self.rate, self.round_trip, self.answers = rate, round_trip, answers
        self.pace = Pace()
        self.free = 0.0
        self.replies: list[float] = []
        self.lags: list[float] = []

    def send(self, size: int, now: float, key: float) -> None:
        self.free = max(self.free, now) + size / self.rate
        self.lags.append(self.free + self.round_trip / 2 - key)
        if self.pace.sent(size, now):
            self.free += len(QUESTION) / self.rate
            if self.answers:
                heapq.heappush(self.replies, self.free + self.round_trip)

    def hold_key(self, size: int, seconds: float = 5.0, a_second: int = 30, first: int = 0) -> None:
        """Hold it; the pictures of the first two seconds may be of another size."""
        self.send(60, 0.0, 0.0)
        waiting: float | None = None
        pressed = 0
        for step in range(int((seconds + 4) * 1000)):
            now = 1 + step / 1000
            while self.replies and self.replies[0] <= now:
                heapq.heappop(self.replies)
                self.pace.answered(now)
            if step / 1000 >= pressed / a_second and step / 1000 < seconds:
                waiting, pressed = now, pressed + 1
            if waiting is not None and not self.pace.wait(now):
                self.send(first if first and step < 2000 else size, now, waiting)
                waiting = None


@pytest.mark.parametrize("size", [340, 430, 2700])
def test_a_slow_line_is_never_more_than_a_second_behind(size: int) -> None:
    link = Link(8000, 0.3)
    link.hold_key(size)
    assert max(link.lags) < 1
    assert len(link.lags) * size > 0.6 * 5 * 8000  # and the line is not idle


def test_a_line_that_was_hardly_used_is_not_trusted_with_more() -> None:
    link = Link(8000, 0.3)
    link.hold_key(675, first=240)
    assert max(link.lags) < 1


@pytest.mark.parametrize(("rate", "round_trip"), [(1e5, 0.05), (1e6, 0.2), (1e6, 0.001)])
def test_a_line_that_is_fast_enough_shows_nearly_every_picture(
    rate: float, round_trip: float
) -> None:
    link = Link(rate, round_trip)
    link.hold_key(2700)
    assert len(link.lags) >= 143
    assert max(link.lags) < round_trip / 2 + 0.1


def test_nothing_waits_for_a_terminal_that_never_answers() -> None:
    link = Link(1e6, 0.1, answers=False)
    link.hold_key(430)
    assert len(link.lags) == 151
    assert not link.pace.owed


def test_a_terminal_that_falls_silent_gets_a_picture_now_and_then() -> None:
    pace = Pace()
    pace.sent(60, 0.0)
    pace.answered(0.1)
    sent, now = 0, 10.0
    while now < 130:
        if not pace.wait(now):
            pace.sent(3000, now)
            sent += 1
        now += 0.1
    assert 10 < sent < 40


def test_little_output_asks_nothing() -> None:
    pace = Pace()
    assert pace.sent(60, 0.0)
    pace.answered(0.1)
    assert not any(pace.sent(90, 1.0 + second) for second in range(5))
    assert pace.sent(90, 20.0)
