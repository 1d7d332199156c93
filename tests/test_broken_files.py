"""Every broken form of the files one may have: named, never overwritten, never fatal."""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from harbortui.arguments import Flags
from harbortui.paths import Folder
from harbortui.settings import load
from harbortui.state import LIMIT, Memory

from .counting import Count

WHOLE = '[profiles.here]\nurl = "https://harbor.example.com"\nusername = "admin"\nrefresh = 30\n'


def _linked_to_itself(path: Path) -> None:
    path.symlink_to(path)


def _linked_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


def _below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file where the folder should be")


STATES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a link to itself": _linked_to_itself,
    "a link to nothing": _linked_to_nothing,
    "too large": lambda path: path.write_bytes(b"#" * (LIMIT * 20)),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00" * 9),
    "nested": lambda path: path.write_bytes(b"[" * 100_000),
    "cut off": lambda path: path.write_text(WHOLE[:20]),
    "below a file": _below_a_file,
}


def look(path: Path) -> tuple[object, ...]:
    """What a file is, without opening what would wait."""
    try:
        found = path.lstat()
    except OSError as error:
        return (type(error).__name__, path.parent.read_bytes() if path.parent.is_file() else b"")
    content = path.read_bytes() if stat.S_ISREG(found.st_mode) else b""
    return (found.st_mode, found.st_ino, content)


@pytest.mark.parametrize("name", STATES)
def test_no_state_of_the_configuration_is_fatal_and_it_is_left_as_it_is(
    name: str, tmp_path: Path, count: Count
) -> None:
    path = tmp_path / "folder" / "config.toml"
    path.parent.mkdir()
    STATES[name](path)
    before = look(path)
    loaded = load(Flags(), {}, path)
    assert loaded.profile is None
    assert look(path) == before
    assert loaded.problems or name in ("empty", "a link to nothing", "below a file")
    count("states of files", 1)
    count(f"F58 {name}" if name == "below a file" else f"F59 {name}", 1)


@pytest.mark.parametrize("name", STATES)
def test_no_state_of_what_is_remembered_is_fatal_and_nothing_is_lost(
    name: str, tmp_path: Path, count: Count
) -> None:
    path = tmp_path / "folder" / "state.json"
    path.parent.mkdir()
    STATES[name](path)
    before = look(path)
    memory = Memory(Folder(path.parent))
    told = [memory.notice, memory.update(lambda state: state.model_copy(update={"theme": "day"}))]
    assert memory.state.theme == "day"
    kept = [look(one)[-1] for one in path.parent.glob("*")] if path.parent.is_dir() else []
    assert before == look(path) or before[-1] in kept or name == "a link to nothing"
    assert any(told) or name == "a link to nothing"
    count("states of files", 1)
    count(f"F58 {name}" if name == "below a file" else f"F59 {name}", 1)


def test_no_change_of_a_few_bytes_is_fatal(tmp_path: Path, count: Count) -> None:
    dice, path = random.Random(7), tmp_path / "config.toml"
    for _ in range(300):
        content = bytearray(WHOLE.encode())
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(len(content))
            content[at : at + dice.randrange(3)] = dice.randbytes(dice.randrange(3))
        path.write_bytes(content)
        loaded = load(Flags(), {}, path)
        assert all(str(path) in str(problem) for problem in loaded.problems)
        assert path.read_bytes() == content
    count("mutated configurations", 300)
    count("F59 mutated", 300)
