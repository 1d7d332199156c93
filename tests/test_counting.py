"""The table at the end of the tests: what was tried, and what was not."""

from __future__ import annotations

from collections import Counter

from .counting import TRIALS, Tried, added
from .fault_numbers import TITLES


class Report:
    """What a test has said."""

    def __init__(self, *lines: str, when: str = "call") -> None:
        self.when, self.user_properties = when, [(TRIALS, line) for line in lines]


def tried(*lines: str, failed: tuple[str, ...] = ()) -> Tried:
    return Tried(added([Report(*lines)]), added([Report(*failed)]))  # type: ignore[list-item]  # ours


def test_every_fault_there_is_has_a_title() -> None:
    assert list(TITLES) == [f"F{number:02}" for number in range(1, 61)]


def test_lines_are_added_up_over_tests() -> None:
    reports = [Report("2 a × b", "3 a × b"), Report("4 a × b"), Report("9 a × b", when="setup")]
    assert added(reports) == Counter({"a × b": 9})  # type: ignore[arg-type]  # ours


def test_a_trial_counts_for_the_number_that_it_begins_with() -> None:
    found = tried("1 F10 no answer", "2 F10", "5 F100", "4 faults", failed=("3 F10 slow",))
    assert found.numbers == Tried(Counter(F10=3), Counter(F10=3))
    assert list(found.faults(every=False)) == [
        "        3 passed, 3 in tests that failed   F10 no answer"
    ]
    assert [line.split()[-1] for line in found.table()] == ["F100", "faults"]


def test_what_was_not_tried_is_seen_where_all_was_to_be() -> None:
    found = tried(*(f"1 {number}" for number in TITLES if number not in ("F02", "F37")))
    assert found.untried == ["F02", "F37"]
    lines = list(found.faults(every=True))
    assert len(lines) == 60
    assert lines[1] == "NOT TRIED          F02 a name that is not known"
    assert len(list(found.faults(every=False))) == 58
