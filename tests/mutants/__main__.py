"""`python -m tests.mutants [WORD …]`: a mutant lives when its tests pass; then the exit code is 1.

With words only those that have one of them in their file or name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from . import Mutant, audit, changes, trust

MUTANTS = [*audit.MUTANTS, *changes.MUTANTS, *trust.MUTANTS]
ROOT = Path(__file__).parent.parent.parent
COPIED = ("harbortui", "styles", "tests", "pyproject.toml")
ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "MUTANT": "1"}
"""MUTANT: failing examples need not be made small."""
LIMIT = 900
"""Seconds for the tests of one mutant."""
FAILED = 1
"""pytest's exit code when a test has failed."""


def mutated(folder: Path, mutant: Mutant) -> None:
    """A copy of the project with the change."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    file = folder / mutant.file
    text = file.read_text()
    for before, after in mutant.edits:
        assert text.count(before) == 1, f"{mutant.name}: {before!r} is not there once"
        text = text.replace(before, after)
    file.write_text(text)


def outcome(mutant: Mutant) -> int:
    """What pytest says of a mutant: 1 when a test has failed."""
    with tempfile.TemporaryDirectory() as folder:
        mutated(Path(folder), mutant)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        return subprocess.run(
            [*command, *mutant.tests],
            cwd=folder,
            env=os.environ | ENVIRONMENT | {"PYTHONPATH": folder},
            capture_output=True,
            timeout=LIMIT,
        ).returncode


def main() -> int:
    """Make the mutants; 1 when one lives."""
    words, living = sys.argv[1:], 0
    for mutant in MUTANTS:
        if words and not any(word in f"{mutant.file} {mutant.name}" for word in words):
            continue
        began = perf_counter()
        killed = outcome(mutant) == FAILED
        living += not killed
        took, said = perf_counter() - began, "killed" if killed else "LIVES "
        sys.stdout.write(f"{said}  {took:5.1f} s  {mutant.file}: {mutant.name}\n")
        sys.stdout.flush()
    return 1 if living else 0


if __name__ == "__main__":
    sys.exit(main())
