"""What all tests share."""

import gc
import sys

import pytest

from harbortui.demo import DemoHarbor

from .counting import (
    count,
    pytest_configure,
    pytest_runtest_setup,
    pytest_sessionfinish,
    pytest_terminal_summary,
)

sys.dont_write_bytecode = False  # the program is started a hundred times: compile it once

__all__ = [
    "count",
    "pytest_configure",
    "pytest_runtest_setup",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]


@pytest.fixture
def demo() -> DemoHarbor:
    """The built-in registry, its clock standing still."""
    return DemoHarbor()


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks and settings of whoever runs the tests do not count."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "HARBORTUI_THEME", "HARBORTUI_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads are tried again at once."""
    monkeypatch.setattr("harbortui.api.harbor.random.uniform", lambda low, high: 0.0)


def pytest_collection_finish() -> None:
    """What stays to the end is not looked at again and again: a fifth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-pictures` rewrites the baselines."""
    parser.addoption("--update-pictures", action="store_true", help="rewrite screenshots/*.svg")


@pytest.fixture
def update_pictures(request: pytest.FixtureRequest) -> bool:
    """Whether the pictures are being rewritten."""
    return bool(request.config.getoption("--update-pictures"))
