"""Runs state machines with many examples; 1 when one of them finds a fault."""

from __future__ import annotations

import argparse
import sys
from time import perf_counter
from unittest import TextTestRunner, defaultTestLoader

from . import MACHINES, case


def main() -> int:
    """Run machines; 0 when all of them hold."""
    parser = argparse.ArgumentParser("python -m tests.statemachines")
    parser.add_argument("machines", nargs="*", choices=[*MACHINES, []], default=[])
    parser.add_argument("--examples", type=int, default=20_000)
    found = parser.parse_args()
    worst = 0
    for name in found.machines or MACHINES:
        began = perf_counter()
        tests = defaultTestLoader.loadTestsFromTestCase(case(MACHINES[name], found.examples))
        result = TextTestRunner(verbosity=0).run(tests)
        took = perf_counter() - began
        sys.stdout.write(f"{name}: {found.examples:,} examples in {took:.0f} s\n")
        worst |= not result.wasSuccessful()
    return worst


if __name__ == "__main__":
    sys.exit(main())
