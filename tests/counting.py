"""What the trials of trust have tried: counted in each test, added up in one table at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

TRIALS = "trials"
Count = Callable[[str, int], None]


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Adds to a line of the table: `count("hostile strings × fields", 190)`."""

    def add(line: str, number: int) -> None:
        record_property(TRIALS, f"{number} {line}")

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table; a trial counts when its whole test has passed."""
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for outcome, total in (("passed", passed), ("failed", failed)):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in report.user_properties if report.when == "call" else ():
                number, _, line = str(value).partition(" ")
                total[line] += int(number) if name == TRIALS else 0
    if not passed and not failed:
        return
    terminalreporter.section("trials of trust")
    for line in sorted(passed.keys() | failed.keys()):
        bad = f", {failed[line]:,} in tests that failed" if failed[line] else ""
        terminalreporter.write_line(f"{passed[line]:>9,} passed{bad}   {line}")
