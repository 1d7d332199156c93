"""`python -m tests.benchmarks [wire] [speed] …`: fails if a limit is missed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module

from tests.benchmarks.table import table

PARTS = ("wire", "speed", "link", "costs")


def main(parts: Sequence[str]) -> bool:
    """Print the table; whether every limit was kept."""
    with tempfile.TemporaryDirectory() as compiled:
        # As pip leaves it: compiled. Whoever starts before that is measured more than once.
        os.environ["PYTHONPYCACHEPREFIX"] = compiled
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        found = [row for part in parts for row in import_module(f"tests.benchmarks.{part}").rows()]
    sys.stdout.write(f"{table(found)}\n")
    return all(row.kept for row in found)


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:] or PARTS))
