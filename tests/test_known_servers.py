import stat
from datetime import date

import pytest

from harbortui import known_servers, paths
from harbortui.known_servers import KnownServers, Pin, fingerprint, read
from harbortui.paths import Folder
from harbortui.problems import SettingsError

A, B = fingerprint(b"a"), fingerprint(b"b")
TODAY = date(2026, 3, 1)
SERVER = "harbor.example.com:443"


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)


def test_a_fingerprint_is_the_sha256_of_the_certificate():
    assert fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_pin_is_written_and_judged_by_host_and_port(folder):
    known = read(folder)
    assert known.judge(SERVER, A) == "unknown"
    assert known.add(SERVER, A, TODAY) == ""
    again = read(folder)
    assert again.of(SERVER) == (Pin(SERVER, A, 1),)
    assert again.judge(SERVER, A) == "same"
    assert again.judge(SERVER, B) == "changed"
    assert again.judge("harbor.example.com:8443", A) == "unknown"
    path = folder.file(known_servers.NAME)
    assert path.read_text() == f"{SERVER} sha256:{A} since 2026-03-01\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_server_may_have_two_certificates(folder):
    read(folder).add(SERVER, A, TODAY)
    read(folder).add(SERVER, B, TODAY)
    assert [pin.line for pin in read(folder).of(SERVER)] == [1, 2]
    assert read(folder).judge(SERVER, B) == "same"


def test_people_may_write_the_file(folder):
    path = folder.file(known_servers.NAME)
    path.write_text(
        f"# ours\n\n  Harbor:443\tSHA256:{A.upper()}  the old one\n[::1]:8443 sha256:{B}"
    )
    known = read(folder)
    assert known.of("harbor:443") == (Pin("harbor:443", A, 3),)
    assert known.judge("[::1]:8443", B) == "same"
    known.add(SERVER, A, TODAY)
    assert read(folder).of(SERVER)[0].line == 5


@pytest.mark.parametrize("rest", ["", "sha256:", f"sha1:{A}", f"sha256:{A}0", f"sha256:{A[:-1]}g"])
def test_a_line_that_cannot_be_read_fits_no_certificate(folder, rest):
    folder.file(known_servers.NAME).write_text(f"{SERVER} {rest}\n")
    assert read(folder).judge(SERVER, A) == "changed"


def test_what_is_no_text_is_nobodys_pin(folder):
    folder.file(known_servers.NAME).write_bytes(b"\xff\xfe\x00 \n")
    assert read(folder).judge(SERVER, A) == "unknown"


def test_a_file_that_anyone_can_write_to_is_not_relied_upon(folder):
    path = folder.file(known_servers.NAME)
    path.touch()
    path.chmod(0o666)
    with pytest.raises(SettingsError, match=f"chmod o-w {path}"):
        read(folder)


def test_a_file_that_cannot_be_read_is_not_taken_for_none(folder):
    folder.file(known_servers.NAME).mkdir()
    with pytest.raises(SettingsError, match="is not a plain file"):
        read(folder)


def test_where_nothing_can_be_kept_a_pin_holds_until_the_end(monkeypatch, folder):
    monkeypatch.setattr(known_servers, "UNWRITTEN", [])
    nowhere = Folder(None, "no home")
    assert read(nowhere) == KnownServers()
    assert read(nowhere).add(SERVER, A, TODAY) == "there is no folder to keep it in"
    assert read(nowhere).judge(SERVER, A) == "same"

    def full(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(paths, "append", full)
    assert read(folder).add(SERVER, B, TODAY) == "Read-only file system"
    assert [read(folder).judge(SERVER, one) for one in (A, B)] == ["same", "same"]


def test_a_linked_file_is_added_to(folder, tmp_path):
    (tmp_path / "elsewhere").touch()
    folder.file(known_servers.NAME).symlink_to(tmp_path / "elsewhere")
    assert read(folder).add(SERVER, A, TODAY) == ""
    assert A in (tmp_path / "elsewhere").read_text()
