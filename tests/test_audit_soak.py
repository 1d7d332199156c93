"""The soak, small: a busy registry behind a real socket, and the tail of `harbortui logs -f`."""

import subprocess
import sys


def test_a_small_soak_loses_nothing_and_repeats_nothing() -> None:
    command = [sys.executable, "-m", "tests.soak", "--events", "5000", "--faults", "10"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    table = done.stdout + done.stderr
    assert done.returncode == 0, table
    figures = {line[6:34].strip(): line[34:48].strip() for line in done.stdout.splitlines()}
    assert figures["faults"] == "10", table
    for name in ("lost", "repeated", "out of order", "made up", "late"):
        assert figures[name] == "0", table
