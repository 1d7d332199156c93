from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbortui import config_file, settings
from harbortui.arguments import Flags
from harbortui.problems import SettingsError
from harbortui.profile import Profile

TEXT = """\
profile = "prod"
theme = "day"
time = "utc"

[keys]
delete = "ctrl+x"

[profiles.prod]
url = "https://harbor.example.com"
username = "admin"
password_command = ["pass", "harbor"]
protected = true
refresh = 10
ca_file = "certs/ca.pem"

[profiles.dev]
url = "http://127.0.0.1:8080"
username = "robot$ci"
"""


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(TEXT)
    return path


def load(file: Path | None, environ: dict[str, str] | None = None, last: str = "", **flags):
    return settings.load(Flags(**flags), environ or {}, file, last)


def said(loaded: settings.Settings) -> list[str]:
    return [str(problem) for problem in loaded.problems]


def test_a_whole_file_is_understood(file):
    loaded = load(file)
    assert loaded.problems == ()
    assert (loaded.theme, loaded.time, loaded.keys) == ("day", "utc", {"delete": "ctrl+x"})
    assert set(loaded.profiles) == {"prod", "dev"}
    assert loaded.profile == Profile(
        name="prod",
        url="https://harbor.example.com",
        username="admin",
        password_command=("pass", "harbor"),
        protected=True,
        refresh=10,
        ca_file=file.parent / "certs/ca.pem",
    )


def test_without_a_file_everything_is_open(tmp_path):
    for path in (None, tmp_path / "none.toml"):
        loaded = load(path)
        assert (loaded.profile, loaded.theme, loaded.time, loaded.problems) == (None, "", None, ())


@pytest.mark.parametrize(
    ("flags", "environ", "name", "url"),
    [
        ({}, {}, "prod", "https://harbor.example.com"),
        ({"place": "dev"}, {}, "dev", "http://127.0.0.1:8080"),
        ({"profile": "dev"}, {"HARBORTUI_PROFILE": "prod"}, "dev", "http://127.0.0.1:8080"),
        ({}, {"HARBORTUI_PROFILE": "dev"}, "dev", "http://127.0.0.1:8080"),
        ({}, {"HARBORTUI_URL": "https://other"}, "", "https://other"),
        ({"place": "prod"}, {"HARBORTUI_URL": "https://other"}, "prod", None),
        ({"url": "https://other"}, {"HARBORTUI_PROFILE": "dev"}, "", "https://other"),
        ({"place": "other.example.com"}, {}, "", "https://other.example.com"),
        ({"place": "localhost"}, {}, "", "https://localhost"),
        ({"place": "https://harbor.example.com/harbor/projects"}, {}, "prod", None),
        ({"place": "prod", "url": "https://tunnel:8443"}, {}, "prod", "https://tunnel:8443"),
        ({"place": "dev", "profile": "dev"}, {}, "dev", None),
        ({"place": "https://other", "profile": "dev"}, {}, "dev", "https://other"),
    ],
)
def test_flags_win_over_the_environment_and_that_over_the_file(file, flags, environ, name, url):
    profile = load(file, environ, **flags).profile
    assert profile.name == name
    assert url in {None, profile.url}


def test_the_last_or_the_only_profile_opens_when_nothing_else_is_said(file):
    file.write_text(TEXT.replace('profile = "prod"\n', ""))
    assert load(file).profile is None
    assert load(file, last="dev").profile.name == "dev"
    assert load(file, last="gone").profile is None
    file.write_text('[profiles.only]\nurl = "https://x"\n')
    assert load(file).profile.name == "only"


def test_the_demo_asks_for_no_profile(file):
    assert load(file, {"HARBORTUI_URL": "nonsense://"}, demo="small").profile is None


@pytest.mark.parametrize(
    ("flags", "environ", "reason"),
    [
        ({"place": "staging"}, {}, "no profile staging: there are dev, prod"),
        ({"profile": "staging"}, {}, "no profile staging"),
        ({}, {"HARBORTUI_PROFILE": "staging"}, "no profile staging"),
        ({"place": "prod", "profile": "dev"}, {}, "different places"),
        ({"place": "https://a", "url": "https://b"}, {}, "different places"),
        ({"url": "http://other"}, {}, "The URL would send the password unprotected"),
        ({"url": "https://a:hunter2@b"}, {}, "The URL cannot be used: a user name or password"),
        ({}, {"HARBORTUI_URL": "ftp://x"}, "The URL cannot be used: an address starts with"),
        ({}, {"HARBORTUI_REFRESH": "fast"}, "HARBORTUI_REFRESH has to be a number"),
        ({}, {"HARBORTUI_REFRESH": "0"}, "HARBORTUI_REFRESH has to be at least 1"),
        ({}, {"HARBORTUI_READ_ONLY": "maybe"}, "HARBORTUI_READ_ONLY has to be true or false"),
        ({}, {"HARBORTUI_SIGN_IN": "magic"}, "HARBORTUI_SIGN_IN should be 'session'"),
        ({"username": "a\x1b"}, {}, "The user name has characters that cannot be used"),
    ],
)
def test_a_wish_that_cannot_be_met_is_an_error(file, flags, environ, reason):
    with pytest.raises(SettingsError) as caught:
        load(file, environ, **flags)
    assert reason in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_the_environment_changes_the_profile_that_opens(file):
    environ = {
        "HARBORTUI_USERNAME": "eve",
        "HARBORTUI_CA_FILE": "/etc/ca.pem",
        "HARBORTUI_REFRESH": "2.5",
        "HARBORTUI_THEME": "terminal",
        "HARBORTUI_TIME": "local",
    }
    loaded = load(file, environ)
    assert loaded.profile.username == "eve"
    assert loaded.profile.ca_file == Path("/etc/ca.pem")
    assert loaded.profile.refresh == 2.5
    assert (loaded.theme, loaded.time) == ("terminal", "local")
    assert loaded.profiles["prod"].username == "admin"
    assert load(file, environ, username="bob").profile.username == "bob"


def test_another_user_is_not_tried_with_the_profiles_password(file):
    assert load(file, username="bob").profile.password_command == ()
    assert load(file, username="admin").profile.password_command == ("pass", "harbor")


def test_care_can_be_added_from_outside_and_never_taken_away(file):
    loaded = load(file, {"HARBORTUI_PROTECTED": "yes"}, read_only=True)
    for profile in (loaded.profile, *loaded.profiles.values()):
        assert profile.read_only
        assert profile.protected
    assert loaded.read_only
    off = load(file, {"HARBORTUI_PROTECTED": "0", "HARBORTUI_READ_ONLY": "false"})
    assert off.profile.protected
    assert not off.profile.read_only
    assert load(file, {"HARBORTUI_READ_ONLY": "1"}).profiles["dev"].read_only


def test_insecure_and_plain_http_come_from_a_profile_only(file):
    loaded = load(file, {"HARBORTUI_INSECURE": "1", "HARBORTUI_ALLOW_HTTP": "1"})
    assert not loaded.profile.insecure
    assert said(loaded) == [
        "HARBORTUI_INSECURE is not a setting",
        "HARBORTUI_ALLOW_HTTP is not a setting",
    ]


@pytest.mark.fault("F59")
@given(st.data())
def test_no_damage_to_the_file_is_fatal(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "mutated.toml"
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, min(len(TEXT), start + 40)))
    put = data.draw(st.sampled_from(["", "\x00", "[", '"', "=", "\n", "1", "'''", "é", "{}", "a"]))
    path.write_text(TEXT[:start] + put + TEXT[end:])
    loaded = load(path)
    assert all(str(path) in line for line in said(loaded))


def test_robots_sign_in_by_basic_authentication_people_by_session():
    assert Profile(url="https://x", username="admin").authentication == "session"
    assert Profile(url="https://x", username="robot$a").authentication == "basic"
    assert Profile(url="https://x", sign_in="bearer").authentication == "bearer"
    assert Profile(url="https://x").host_port == "x:443"


def test_files_that_a_profile_names_are_found_from_its_folder(monkeypatch, file, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CERTS", "/etc/certs")
    for written, meant in (("~/a", tmp_path / "a"), ("$CERTS/b", "/etc/certs/b"), ("/c", "/c")):
        file.write_text(TEXT.replace("certs/ca.pem", written))
        assert load(file).profile.ca_file == Path(meant)


def test_the_configuration_is_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_file.location({}) == tmp_path / "harbortui" / "config.toml"
    assert config_file.location({"HARBORTUI_CONFIG": "/x.toml"}) == Path("/x.toml")


def test_a_profile_is_added_and_read_back(file):
    profile = Profile(
        name="new",
        url="https://new",
        username="robot$x",
        ca_file=Path("/etc/ca.pem"),
        password_command=("pass", 'a"b'),
        refresh=5,
        read_only=True,
    )
    loaded = settings.add_profile(load(file), profile)
    assert loaded.profiles["new"] == profile
    assert load(file, place="new").profile == profile
    assert file.read_text().startswith(TEXT)


def test_a_profile_that_cannot_be_added_changes_nothing(file):
    loaded = load(file)
    for profile in (Profile(url="https://x"), Profile(name="prod", url="https://x")):
        with pytest.raises(SettingsError):
            settings.add_profile(loaded, profile)
    with pytest.raises(SettingsError, match="Nothing was saved"):
        settings.add_profile(settings.Settings(), Profile(name="new", url="https://x"))
    assert file.read_text() == TEXT
