"""Files that a person asks for: our own names, in the folder one is in, never over another."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harbortui.exports import export

from .counting import Count
from .hostile import SHORT

NOW = datetime(2026, 11, 21, 6, 40, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_named_by_us_whatever_it_is_of(here: Path, count: Count) -> None:
    for what in SHORT:
        path = export(what, "txt", "x", NOW)
        assert path.parent == here
        assert path.name.isascii()
        assert path.name.isprintable()
        assert not set(path.name) & set(" /\\'\"$`;|&*?<>")
        assert len(path.name) < 120
    assert len(list(here.iterdir())) == len(SHORT)
    count("hostile strings × names of files", len(SHORT))


def test_a_file_is_for_its_owner_alone_and_never_written_over(here: Path) -> None:
    names = [export("robot$a+b", "secret", str(n), NOW) for n in range(3)]
    first = "harbortui-robot-a-b-20261121-064002"
    assert [path.name for path in names] == [
        f"{first}.secret", f"{first}~2.secret", f"{first}~3.secret"
    ]  # fmt: skip
    assert [path.read_text() for path in names] == ["0", "1", "2"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in names} == {0o600}
