"""What the trials of trust have tried: counted in each test, added up in one table at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pytest

from .fault_numbers import TITLES

TRIALS = "trials"
NUMBER = re.compile(r"F\d\d\b")
Count = Callable[[str, int], None]


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Adds to a line of the table: `count("hostile strings × fields", 190)`.

    What begins with the number of a fault counts for that: `count("F10 no answer", 1)`.
    """

    def add(line: str, number: int) -> None:
        record_property(TRIALS, f"{number} {line}")

    return add


class Tried(NamedTuple):
    """How often; a trial counts as passed when its whole test has passed."""

    passed: Counter[str]
    failed: Counter[str]

    @property
    def numbers(self) -> Tried:
        """By numbers of faults alone."""
        return Tried(*map(_numbered, self))

    @property
    def untried(self) -> list[str]:
        """Faults that nothing has tried."""
        passed, failed = self.numbers
        return [number for number in TITLES if not passed[number] + failed[number]]

    def table(self) -> Iterator[str]:
        """Other lines than faults by number."""
        for line in sorted(self.passed.keys() | self.failed.keys()):
            if not NUMBER.match(line):
                yield f"{self._row(line)}   {line}"

    def faults(self, every: bool) -> Iterator[str]:
        """A line for each number that was tried, or for all there are."""
        numbers = self.numbers
        for number, title in TITLES.items():
            if number not in self.untried:
                yield f"{numbers._row(number)}   {number} {title}"
            elif every:
                yield f"NOT TRIED          {number} {title}"

    def _row(self, line: str) -> str:
        bad = f", {self.failed[line]:,} in tests that failed" if self.failed[line] else ""
        return f"{self.passed[line]:>9,} passed{bad}"


def _numbered(counted: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line, number in counted.items():
        if match := NUMBER.match(line):
            found[match[0]] += number
    return found


def added(reports: Iterable[pytest.TestReport]) -> Counter[str]:
    """What the tests of these reports have counted."""
    total: Counter[str] = Counter()
    for report in reports:
        for name, value in report.user_properties if report.when == "call" else ():
            number, _, line = str(value).partition(" ")
            total[line] += int(number) if name == TRIALS else 0
    return total


def _tried(reporter: pytest.TerminalReporter) -> Tried:
    return Tried(*(added(reporter.stats.get(outcome, [])) for outcome in ("passed", "failed")))


def whole(config: pytest.Config) -> bool:
    """Every test there is was asked for, and this is not one of several workers."""
    option = config.option
    chosen = option.keyword or option.markexpr or option.collectonly
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return everything and not chosen and not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """Whole tests are counted by a mark."""
    about = "fault(number, …): the test is a trial of these faults, by their numbers"
    config.addinivalue_line("markers", about)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Count the test for the faults that it is marked with."""
    for mark in item.iter_markers("fault"):
        item.user_properties += [(TRIALS, f"1 {number}") for number in mark.args]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A suite that leaves out a fault has not passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not exitstatus and whole(session.config) and _tried(reporter).untried:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table, and the faults by their numbers."""
    tried, every = _tried(terminalreporter), whole(terminalreporter.config)
    lines = [*tried.table(), *tried.faults(every)]
    if not lines:
        return
    terminalreporter.section("trials of trust")
    for line in lines:
        terminalreporter.write_line(line, red=line.startswith("NOT"))
