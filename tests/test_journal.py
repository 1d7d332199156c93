import json
import stat
from datetime import UTC, datetime

import pytest

from harbortui import journal
from harbortui.journal import Journal
from harbortui.paths import Folder


def noon() -> datetime:
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path) -> Journal:
    return Journal(Folder(tmp_path / "state"), "https://harbor", noon)


def test_a_write_leaves_one_line(kept):
    kept("PUT", "/configurations", "id-1", "200")
    kept("DELETE", "/users/7", "id-2", "unknown")
    lines = kept.path.read_text().splitlines()
    assert json.loads(lines[0]) == {
        "at": "2026-03-01T12:00:00Z",
        "harbor": "https://harbor",
        "method": "PUT",
        "path": "/configurations",
        "request_id": "id-1",
        "result": "200",
    }
    assert len(lines) == 2
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700


def test_hostile_names_stay_in_their_line(kept):
    kept("DELETE", "/projects/a\nb\x1b[31m\ud800" + "x" * 10_000, "id", "200")
    (line,) = kept.path.read_text().splitlines()
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 2500


def test_the_journal_does_not_grow_for_ever(monkeypatch, kept):
    monkeypatch.setattr(journal, "LIMIT", 1000)
    for number in range(30):
        kept("PUT", "/x", str(number), "200")
    files = sorted(kept.path.parent.iterdir())
    assert [file.name for file in files] == ["writes.jsonl", "writes.old.jsonl"]
    assert all(file.stat().st_size < 1200 for file in files)
    assert json.loads(kept.path.read_text().splitlines()[-1])["request_id"] == "29"


def test_without_a_folder_writes_go_on_and_the_reason_is_known(tmp_path):
    nowhere = Journal(Folder(None, "no home"), "https://harbor")
    nowhere("PUT", "/x", "id", "200")
    assert nowhere.problem == "no home"
    (tmp_path / "file").touch()
    wrong = Journal(Folder(tmp_path / "file"), "https://harbor")
    assert wrong.problem == ""
    wrong("PUT", "/x", "id", "200")
    assert "File exists" in wrong.problem or "Not a directory" in wrong.problem
