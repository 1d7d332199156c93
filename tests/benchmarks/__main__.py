"""`python -m tests.benchmarks [wire] [speed] [costs]`: fails if a limit is missed."""

from __future__ import annotations

import sys
from importlib import import_module

from tests.benchmarks.table import table

PARTS = ("wire", "speed", "costs")

if __name__ == "__main__":
    parts = sys.argv[1:] or PARTS
    found = [row for part in parts for row in import_module(f"tests.benchmarks.{part}").rows()]
    sys.stdout.write(f"{table(found)}\n")
    sys.exit(not all(row.kept for row in found))
