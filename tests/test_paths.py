import os
import stat
from pathlib import Path

import platformdirs
import pytest

from harbortui import paths


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("variable", "find"),
    [
        ("XDG_CONFIG_HOME", paths.config),
        ("XDG_STATE_HOME", paths.state),
    ],
)
def test_folders_are_where_the_system_wants_them(monkeypatch, tmp_path, variable, find):
    monkeypatch.setenv(variable, str(tmp_path))
    assert find() == paths.Folder(tmp_path / "harbortui")
    assert find().file("x") == tmp_path / "harbortui" / "x"


@pytest.mark.fault("F57")
def test_without_a_home_there_is_a_reason_instead_of_a_folder(monkeypatch):
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    assert paths.state() == paths.Folder(None, "there is no home folder; set HOME")
    assert paths.state().file("state.json") is None


def test_a_relative_folder_is_not_used(monkeypatch):
    monkeypatch.setattr(platformdirs, "user_config_path", lambda name: Path("here") / name)
    assert paths.config().path is None
    assert paths.config().reason == "here/harbortui is not an absolute path; look at HOME"


def test_styles_and_themes_are_found():
    assert (paths.styles() / "base.tcss").is_file()
    assert paths.theme_names() == ("day", "night", "terminal")


def test_a_file_is_written_for_its_owner_alone(tmp_path):
    path = tmp_path / "harbortui" / "state.json"
    paths.write(path, "één")
    assert path.read_text() == "één"
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_file_is_replaced_whole_and_closed_to_others(tmp_path):
    path = tmp_path / "x"
    path.write_text("old")
    path.chmod(0o666)
    paths.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert mode(path) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["x"]


@pytest.mark.fault("F58")
@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_no_other(monkeypatch, tmp_path, fault):
    path = tmp_path / "x"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if fault == "fsync" else (Path, "replace")), full)
    with pytest.raises(OSError, match="No space left"):
        paths.write(path, "new")
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["x"]


def test_a_link_is_replaced_and_what_it_points_at_is_left(tmp_path):
    victim, link = tmp_path / "victim", tmp_path / "link"
    victim.write_text("precious")
    link.symlink_to(victim)
    paths.write(link, "new")
    assert victim.read_text() == "precious"
    assert link.read_text() == "new"


@pytest.mark.fault("F58")
def test_a_file_that_cannot_settle_is_written_all_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "_settle", lambda _: os.open(tmp_path / "missing", os.O_RDONLY))
    paths.write(tmp_path / "x", "new")
    assert (tmp_path / "x").read_text() == "new"


def test_a_line_is_added_after_a_torn_one(tmp_path):
    path = tmp_path / "deep" / "lines"
    paths.append(path, "one")
    path.write_text("torn")
    paths.append(path, "two")
    assert path.read_text() == "torn\ntwo\n"
    paths.append(path, "three")
    assert path.read_text() == "torn\ntwo\nthree\n"
    assert mode(path) == 0o600


def test_a_line_is_not_added_through_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError):
        paths.append(tmp_path / "link", "one")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_of_ours_is_closed_to_others(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    assert mode(paths.private(folder)) == 0o700
    assert mode(paths.private(tmp_path / "a" / "new")) == 0o700


def test_only_plain_files_of_a_sane_size_are_read(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    assert paths.read(path, 5) == b"12345"
    with pytest.raises(OSError, match="larger than 4 bytes"):
        paths.read(path, 4)
    os.mkfifo(tmp_path / "pipe")
    for strange in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        with pytest.raises(OSError, match="is not a plain file"):
            paths.read(strange, 5)


def test_a_reason_names_the_file_and_has_no_number():
    assert paths.reason(OSError(13, "Permission denied", "/x")) == "/x: Permission denied"
    assert paths.reason(OSError(28, "No space left on device")) == "No space left on device"
    assert paths.reason(TimeoutError()) == "TimeoutError"
