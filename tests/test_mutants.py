"""The mutants find what they change; whether tests notice them is a command of its own."""

from .mutants import Mutant
from .mutants.__main__ import MUTANTS, ROOT


def places(mutant: Mutant) -> list[int]:
    """How often each of its edits finds its place."""
    text, found = (ROOT / mutant.file).read_text(), []
    for before, after in mutant.edits:
        found.append(text.count(before) if before != after else 0)
        text = text.replace(before, after)
    return found


def test_each_finds_its_places_once_and_its_tests() -> None:
    for mutant in MUTANTS:
        assert set(places(mutant)) == {1}, mutant.name
        files = [name.partition("::")[0] for name in mutant.tests if "/" in name]
        assert all((ROOT / file).exists() for file in files), mutant.name
