"""What is wrong in the configuration: named with its line, and never fatal."""

import os
import stat
from pathlib import Path

import pytest

from harbortui.problems import SettingsError
from harbortui.profile import Profile

from .test_settings import TEXT, file, load, said

__all__ = ["file"]


def test_a_misspelt_variable_is_named_and_its_value_is_not(file):
    loaded = load(file, {"HARBORTUI_PASWORD": "hunter2", "HARBORTUI_PASSWORD": "x", "HOME": "/"})
    assert said(loaded) == ["HARBORTUI_PASWORD is not a setting; HARBORTUI_PASSWORD is one"]


def test_a_wrong_variable_for_looks_is_a_problem_and_the_file_counts(file):
    loaded = load(file, {"HARBORTUI_THEME": "pink"})
    assert loaded.theme == "day"
    assert said(loaded) == ["HARBORTUI_THEME cannot be used: the themes are day, night, terminal"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"day"', '"pink"', "line 2: theme cannot be used: the themes are day, night, terminal"),
        ('"utc"', '"gmt"', "line 3: time should be 'relative', 'utc' or 'local'"),
        ("time =", "tmie =", "line 3: tmie is not a setting; time is one"),
        ('"ctrl+x"', "1", 'line 6: keys.delete has to be text, in quotes: "…"'),
        ("[keys]\ndelete", "keys", "line 5: keys has to be a table"),
        ('profile = "prod"', 'profile = "staging"', "line 1: profile names a profile that is not"),
        ("refresh = 10", "refresh = 0", "line 13: profiles.prod.refresh has to be at least"),
        ("refresh = 10", "reload = 10", "line 13: profiles.prod.reload is not a setting"),
        (
            "protected = true",
            'protected = "maybe"',
            "line 12: profiles.prod.protected has to be",
        ),
        ('"admin"', '"admin"\npassword = "hunter2"', "line 11: profiles.prod.password does not"),
        (
            '["pass", "harbor"]',
            '"pass hunter2"',
            "line 11: profiles.prod.password_command has",
        ),
        ('["pass", "harbor"]', "[1]", "line 11: profiles.prod.password_command has"),
        ("https://harbor.e", "https://x:hunter2@e", "line 9: profiles.prod.url cannot be used: a"),
        ("https://harbor.e", "http://harbor.e", "line 8: profiles.prod would send the password"),
        ('url = "https://harbor.example.com"\n', "", "line 8: profiles.prod.url is missing"),
        ("ca_file", "client_key", "line 8: profiles.prod client_key is of no use without client"),
        ("[profiles.prod]", '[profiles.prod]\nname = "x"', "profiles.prod.name is not a setting"),
        ("profiles.prod", "profiles.logs", "line 8: profiles.logs cannot be used: this is a comm"),
        ("profiles.prod", "profiles.doctor", "line 8: profiles.doctor cannot be used: this is a"),
        ("profiles.prod", 'profiles."a b"', "line 8: profiles.a b cannot be used: a profile's na"),
        (
            "[profiles.prod]",
            "[profiles]\nx = 1\n[profiles.prod]",
            "line 9: profiles.x has to be",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_field(file, old, new, says):
    file.write_text(TEXT.replace(old, new, 1))
    before = file.read_bytes()
    loaded = load(file, {"HARBORTUI_URL": "https://elsewhere"})
    assert any(line.startswith(f"{file}, ") and says in line for line in said(loaded)), said(loaded)
    assert "hunter2" not in repr(loaded.problems)
    assert file.read_bytes() == before


def test_a_broken_profile_is_not_used_and_costs_no_other(file):
    file.write_text(TEXT.replace("protected = true", "protected = 7"))
    loaded = load(file, last="dev")
    assert set(loaded.profiles) == {"dev"}
    assert loaded.profile.name == "dev"
    with pytest.raises(SettingsError, match=r"line 12: profiles\.prod\.protected has to be true"):
        load(file, place="prod")


@pytest.mark.fault("F59")
def test_a_broken_file_leaves_the_defaults(file):
    file.write_text("profile = [")
    loaded = load(file)
    assert (loaded.profile, loaded.theme, loaded.keys) == (None, "", {})
    assert said(loaded) == [f"{file}, line 1: Invalid value"]
    with pytest.raises(SettingsError, match=r"line 1: Invalid value\. There is no profile prod"):
        load(file, place="prod")


def test_a_configuration_that_is_named_and_not_there_is_told(tmp_path):
    loaded = load(tmp_path / "none.toml", {"HARBORTUI_CONFIG": str(tmp_path / "none.toml")})
    assert said(loaded) == ["HARBORTUI_CONFIG names a file that is not there"]
    assert said(load(tmp_path / "none.toml")) == []


def test_a_key_that_others_can_read_is_refused_with_the_cure(tmp_path):
    cert, key = tmp_path / "my cert.pem", tmp_path / "my key.pem"
    profile = Profile(url="https://x", client_cert=cert, client_key=key)
    with pytest.raises(SettingsError, match=r"client_cert: .* is not a file that can be read"):
        profile.check_files()
    cert.touch()
    key.touch(0o600)
    profile.check_files()
    key.chmod(0o640)
    with pytest.raises(SettingsError) as caught:
        profile.check_files()
    assert f"chmod 600 '{key}'" in str(caught.value)


def test_somebody_elses_key_is_refused(monkeypatch, tmp_path):
    path = tmp_path / "key.pem"
    path.touch(0o600)
    theirs = os.stat_result((stat.S_IFREG | 0o600, 1, 1, 1, os.getuid() + 4242, 0, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda *_, **__: theirs)
    with pytest.raises(SettingsError, match="belongs to another user"):
        Profile(url="https://x", client_cert=path, client_key=path).check_files()


def test_in_a_folder_that_is_gone_whole_paths_are_understood(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert Profile(url="https://h.example", ca_file="/etc/ca.pem").ca_file == Path("/etc/ca.pem")
    with pytest.raises(ValueError, match="the current folder is gone: give the whole path"):
        Profile(url="https://h.example", ca_file="ca.pem")
