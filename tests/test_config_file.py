import os
import stat
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from harbortui import config_file, paths
from harbortui.config_file import ConfigFile
from harbortui.problems import SettingsError

TEXT = """\
# url of nothing
theme = "night"
profiles.old = { url = "https://old" }

[keys]
delete = "ctrl+x"

[profiles.prod]
url = "https://prod"
password_command = [
    "pass",  # url
    "prod",
]
username = \"\"\"
url = 'x'
\"\"\"

[profiles."dots.and spaces"]
url = "https://dots"
"""


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("theme",), 2),
        (("profiles", "old", "url"), 3),
        (("keys", "delete"), 6),
        (("profiles", "prod"), 8),
        (("profiles", "prod", "url"), 9),
        (("profiles", "prod", "password_command"), 10),
        (("profiles", "prod", "username"), 14),
        (("profiles", "dots.and spaces", "url"), 19),
        (("profiles", "prod", "missing"), 8),
        (("profiles", "dots.and spaces"), 18),
        (("nothing",), 0),
    ],
)
def test_the_line_of_every_value_is_found(file, keys, line):
    assert config_file.read(file).line(*keys) == line


def test_a_problem_names_file_line_and_field(file):
    problem = config_file.read(file).problem("has to be a number", "profiles", "prod", "refresh")
    assert str(problem) == f"{file}, line 8: profiles.prod.refresh has to be a number"


def test_no_file_is_no_problem(tmp_path):
    assert config_file.read(None) == ConfigFile()
    assert config_file.read(tmp_path / "none.toml") == ConfigFile(tmp_path / "none.toml")


@pytest.mark.fault("F59")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'theme = "night"\nkeys = [', "line 2: Invalid value"),
        (b"a = 1\na = 2", "line 2: Cannot overwrite a value"),
        (b"# caf\xe9\n", "line 1: this is not UTF-8"),
        (b"ok = 1\n\x00", "line 2: Invalid statement"),
        (b"a = " + b"[" * 100_000, "RecursionError"),
        (b"a" + b".a" * 60_000 + b" = 1", "RecursionError"),
        (b"a = " + b"9" * 5000, "ValueError"),
        (b"#" * 300_000, "larger than 262144 bytes"),
    ],
    ids=["open", "twice", "latin-1", "nul", "nested", "dotted", "number", "large"],
)
def test_a_broken_file_is_named_with_its_line_and_left_alone(file, content, says):
    file.write_bytes(content)
    read = config_file.read(file)
    assert read.values == {}
    assert str(read.broken).startswith(str(file))
    assert says in str(read.broken)
    with pytest.raises(SettingsError, match="Mend it first"):
        config_file.add_table(file, ["profiles", "new"], {"url": "https://x"})
    assert file.read_bytes() == content


@pytest.mark.fault("F59")
def test_a_byte_order_mark_is_read_over(file):
    file.write_bytes(b"\xef\xbb\xbftheme = 'day'\r\n")
    assert config_file.read(file).values == {"theme": "day"}


@pytest.mark.fault("F59")
def test_what_is_no_plain_file_is_a_problem_and_no_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "loop", Path("/dev/zero")):
        assert str(config_file.read(path).broken).startswith(f"{path} cannot be read: ")


@pytest.mark.fault("F58")
def test_a_file_that_cannot_be_opened_is_a_problem(monkeypatch, file):
    def denied(path: Path, limit: int) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(paths, "read", denied)
    assert str(config_file.read(file).broken) == f"{file} cannot be read: Permission denied"


@pytest.mark.fault("F58")
def test_a_file_that_anyone_can_write_to_could_run_programs_and_is_not_read(file):
    file.chmod(0o646)
    assert f"chmod o-w {file}" in str(config_file.read(file).broken)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_table_is_added_and_the_rest_stays_byte_for_byte(tmp_path, end):
    path = tmp_path / "config.toml"
    path.write_bytes(b"theme = 'day' # mine" + end.encode())
    config_file.add_table(
        path,
        ["profiles", "dev.1"],
        {"url": 'a"\\\x7f\x1bé', "read_only": True, "refresh": 2.5, "password_command": ["p", "x"]},
    )
    content = path.read_bytes()
    assert content.startswith(b"theme = 'day' # mine" + (end or "\n").encode())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tomli.loads(content.decode())["profiles"]["dev.1"] == {
        "url": 'a"\\\x7f\x1bé',
        "read_only": True,
        "refresh": 2.5,
        "password_command": ["p", "x"],
    }


def test_the_first_table_makes_the_file(tmp_path):
    path = tmp_path / "new" / "config.toml"
    config_file.add_table(path, ["profiles", "prod"], {"url": "https://x"})
    assert path.read_text() == '[profiles.prod]\nurl = "https://x"\n'


@pytest.mark.parametrize(
    "before", ["[profiles.prod]\nurl = 'x'\n", "profiles = {}\n", "profiles = 1\n"]
)
def test_a_table_that_the_file_cannot_hold_is_refused(file, before):
    file.write_text(before)
    with pytest.raises(SettingsError, match="add it by hand"):
        config_file.add_table(file, ["profiles", "prod"], {"url": "https://x"})
    assert file.read_text() == before


def test_a_linked_file_stays_linked(tmp_path, file):
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    config_file.add_table(link, ["profiles", "new"], {"url": "https://x"})
    assert link.is_symlink()
    assert file.read_text().startswith(TEXT)
    assert "[profiles.new]" in file.read_text()


@pytest.mark.fault("F58")
def test_a_full_disk_is_said_and_loses_nothing(monkeypatch, file):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left on device"):
        config_file.add_table(file, ["profiles", "new"], {"url": "https://x"})
    assert file.read_text() == TEXT


def test_half_a_character_is_refused(file):
    with pytest.raises(SettingsError, match="no file holds"):
        config_file.add_table(file, ["profiles", "new"], {"url": "\ud800"})
    assert file.read_text() == TEXT


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(max_codepoint=200)))
def test_any_text_survives_being_written(key, value):
    line = f"{config_file._key(key)} = {config_file._value(value)}"
    assert tomli.loads(line) == {key: value}


@given(st.binary() | st.text(st.sampled_from("a=.[]{}\"'\n1, #\\")).map(str.encode))
def test_any_content_is_values_or_a_problem(content):
    read = config_file.parse(Path("config.toml"), content)
    assert (read.broken is None) or not read.values
