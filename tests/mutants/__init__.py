"""Changes that must not go unnoticed; `python -m tests.mutants` makes each and runs tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """What is changed in a file (each text is there once), and the tests that notice it."""

    name: str
    file: str
    edits: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]


def listed(text: str, tests: dict[str, tuple[str, ...]]) -> list[Mutant]:
    """Mutants as a text: `# WORD FILE: name`, then lines with `-` and `+` as in a diff.

    `tests` are pytest's arguments for each WORD. A `-` after a `+` begins another edit.
    """
    found: list[Mutant] = []
    for block in text.split("\n# ")[1:]:
        head, *lines = block.splitlines()
        place, _, name = head.partition(": ")
        word, _, file = place.partition(" ")
        found.append(Mutant(name, file, tuple(_edits(lines)), tests[word]))
    return found


def _edits(lines: list[str]) -> list[tuple[str, str]]:
    edits: list[tuple[str, str]] = []
    before, after = "", ""
    for line in [*filter(None, lines), "-"]:
        if line.startswith("-"):
            if after or line == "-":
                edits.append((before, after))
                before, after = "", ""
            before += f"{line[1:]}\n" if line != "-" else ""
        else:
            after += f"{line[1:]}\n"
    return edits
