"""The mutants find what they change; whether tests notice them is a command of its own."""

import pytest

from .mutants import Mutant
from .mutants.__main__ import MUTANTS, ROOT


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_finds_its_place_once(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text()
    for before, after in mutant.edits:
        assert text.count(before) == 1
        assert before != after
        text = text.replace(before, after)
    assert all((ROOT / name.partition("::")[0]).exists() for name in mutant.tests if "/" in name)
