import base64
import io
import json
import os
import sys
from pathlib import Path

import pytest

from harbortui.credentials import Found, docker, find, given, keyring
from harbortui.profile import Profile

SECRET = "S3cret-Of-Admin"
ADMIN = Profile(url="https://harbor.example.com", username="admin")
ANYBODY = Profile(url="https://harbor.example.com")


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A home without credentials, and an empty folder for programs."""
    (tmp_path / "bin").mkdir()
    (tmp_path / ".docker").mkdir()
    monkeypatch.setattr(keyring, "find_spec", lambda _: None)
    return tmp_path


@pytest.fixture
def environ(home) -> dict[str, str]:
    return {"HOME": str(home), "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}


def program(home: Path, name: str, script: str) -> str:
    path = home / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def config(home: Path, **values: object) -> Path:
    path = home / ".docker" / "config.json"
    path.write_text(json.dumps(values))
    path.chmod(0o600)
    return path


def secret(found: Found) -> str:
    assert found.credential, found.problems
    return found.credential.secret.get_secret_value()


def auth(text: str) -> dict[str, str]:
    return {"auth": base64.b64encode(text.encode()).decode()}


# Handed over on purpose


def test_nothing_anywhere_means_to_ask(environ):
    assert find(ADMIN, environ) == Found()


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_standard_input_is_read_to_its_end(environ, end):
    found = find(ADMIN, environ, io.BytesIO(f"{SECRET} {end}".encode()))
    assert secret(found) == SECRET + " "
    assert found.credential.source == "standard input"
    assert found.credential.username == "admin"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty password"),
        (b"\n", "empty password"),
        (b"a\nb\n", "more than one line"),
        (b"a\0b", "more than one line"),
        (b"\xff", "not UTF-8"),
        (b"x" * 70_000, "too long"),
    ],
    ids=["nothing", "line break", "two lines", "nul", "latin-1", "long"],
)
def test_standard_input_that_is_no_password_is_a_problem(environ, content, says):
    environ["HARBORTUI_PASSWORD"] = "other"
    found = find(ADMIN, environ, io.BytesIO(content))
    assert found.credential is None
    assert says in found.problems[0]
    assert "HARBORTUI_PASSWORD" not in environ


def test_sources_come_in_their_order(home, environ):
    file = home / "secret"
    file.write_text("from the file\n")
    file.chmod(0o600)
    command = program(home, "ask", "echo from the command")
    profile = ADMIN.model_copy(update={"password_command": (command,)})
    given_twice = environ | {
        "HARBORTUI_PASSWORD": "from the variable",
        "HARBORTUI_PASSWORD_FILE": str(file),
    }
    assert secret(find(profile, dict(given_twice), io.BytesIO(b"piped"))) == "piped"
    assert secret(find(profile, dict(given_twice))) == "from the variable"
    del given_twice["HARBORTUI_PASSWORD"]
    assert secret(find(profile, dict(given_twice))) == "from the file"
    assert secret(find(profile, environ)) == "from the command"


def test_a_password_in_the_environment_is_taken_out_and_used_once(environ):
    environ |= {"HARBORTUI_PASSWORD": SECRET, "HARBORTUI_PASSWORD_FILE": "/x"}
    found = find(ADMIN, environ)
    assert secret(found) == SECRET
    assert found.credential.source == "HARBORTUI_PASSWORD"
    assert not [name for name in environ if name.startswith("HARBORTUI_")]
    assert find(ADMIN, environ) == Found()


def test_the_secret_is_in_no_picture_of_it(environ):
    environ["HARBORTUI_PASSWORD"] = SECRET
    assert SECRET not in repr(find(ADMIN, environ))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_password_file_that_others_can_read_is_refused_with_the_cure(home, environ, mode):
    file = home / "my secret"
    file.write_text(SECRET)
    file.chmod(mode)
    found = find(ADMIN, environ | {"HARBORTUI_PASSWORD_FILE": str(file)})
    assert found.credential is None
    assert f"chmod 600 '{file}'" in found.problems[0]


@pytest.mark.parametrize("name", ["missing", ".docker"])
def test_a_password_file_that_is_none_is_a_problem(home, environ, name):
    (home / ".docker").chmod(0o700)
    found = find(ADMIN, environ | {"HARBORTUI_PASSWORD_FILE": str(home / name)})
    assert found.credential is None
    assert found.problems[0].startswith("HARBORTUI_PASSWORD_FILE: ")
    assert name in found.problems[0]


def test_a_password_command_gives_its_first_line(home, environ):
    command = program(home, "ask", 'echo "$1"; echo user: admin; cat /dev/null "$0" >/dev/null')
    profile = ADMIN.model_copy(update={"password_command": (command, f"{SECRET} $HOME;x")})
    found = find(profile, environ)
    assert secret(found) == f"{SECRET} $HOME;x"
    assert found.credential.source == "password_command (ask)"


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo hunter2; exit 7", "password_command (ask) failed with exit code 7."),
        ("exec sleep 60", "password_command (ask) did not end within 0.2 s."),
        ("yes hunter2", "password_command (ask) wrote more than 64 KiB."),
        ("true", "password_command (ask) gave an empty password."),
        (r"printf '\377'", "What password_command (ask) gave is not UTF-8."),
    ],
)
def test_a_password_command_that_fails_says_so_and_nothing_else_is_tried(
    monkeypatch, home, environ, script, says
):
    monkeypatch.setattr(given, "SECONDS", 0.2 if "sleep" in script else 10)
    profile = ADMIN.model_copy(update={"password_command": (program(home, "ask", script),)})
    config(home, credsStore="fake")
    assert find(profile, environ) == Found(None, (says,))


def test_a_password_command_that_is_not_there_says_so(environ):
    profile = ADMIN.model_copy(update={"password_command": ("nowhere-to-be-found",)})
    assert "cannot be started: No such file" in find(profile, environ).problems[0]


# docker's credential programs

KNOWS = """\
read key
case "$key" in
  {key}) echo '{{"ServerURL": "'"$key"'", "Username": "admin", "Secret": "{secret}"}}';;
  *) echo "credentials not found in native keychain"; exit 1;;
esac"""


@pytest.mark.parametrize(
    "key", ["harbor.example.com:443", "harbor.example.com", "https://harbor.example.com"]
)
@pytest.mark.parametrize("by_host", [False, True])
def test_dockers_program_is_asked_under_each_name(home, environ, key, by_host):
    program(home, "docker-credential-fake", KNOWS.format(key=key, secret=SECRET))
    if by_host:
        config(home, credHelpers={key: "fake"}, credsStore="missing")
    else:
        config(home, credsStore="fake")
    for profile in (ADMIN, ANYBODY):
        found = find(profile, environ)
        assert secret(found) == SECRET
        assert found.credential.username == "admin"
        assert found.credential.source == "docker-credential-fake"


def test_that_dockers_program_knows_nothing_is_no_error(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="elsewhere", secret=SECRET))
    config(home, credsStore="fake")
    assert find(ADMIN, environ) == Found()


def test_somebody_elses_password_is_not_tried(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="harbor.example.com", secret=SECRET))
    config(home, credsStore="fake")
    found = find(ADMIN.model_copy(update={"username": "bob"}), environ)
    assert found == Found(None, ("docker-credential-fake knows admin here, not bob.",))


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exec sleep 60", "did not end within 0.2 s"),
        ("head -c 1048576 /dev/zero", "wrote more than 64 KiB"),
        ("echo hunter2; echo hunter2 >&2; exit 1", "exit code 1; try: echo harbor.example.com:443"),
        ("echo '{'", "did not answer as docker wants it"),
        ("echo '[]'", "did not answer as docker wants it"),
        ("""echo '"hunter2"'""", "did not answer as docker wants it"),
        ("""echo '{"Username": "admin"}'""", "did not answer as docker wants it"),
        ("""echo '{"Username": "admin", "Secret": ""}'""", "did not answer as docker wants it"),
        ("""echo '{"Username": 1, "Secret": "hunter2"}'""", "did not answer as docker wants it"),
        ("""echo '{"Username": "<token>", "Secret": "hunter2"}'""", "identity token, not a"),
        (r"printf '\377'", "did not answer as docker wants it"),
    ],
)
def test_dockers_program_that_fails_says_so_in_our_words(
    monkeypatch, capfd, home, environ, script, says
):
    monkeypatch.setattr(docker, "SECONDS", 0.2 if "sleep" in script else 10)
    program(home, "docker-credential-fake", script)
    config(home, credsStore="fake")
    found = find(ADMIN, environ)
    assert found.credential is None
    assert len(found.problems) == 1
    assert says in found.problems[0]
    assert "hunter2" not in found.problems[0] + "".join(capfd.readouterr())


@pytest.mark.parametrize("name", ["missing", "../../bin/sh", "a b", "\x1b[31m"])
def test_dockers_program_that_is_not_there_says_so(home, environ, name):
    config(home, credsStore=name)
    (problem,) = find(ADMIN, environ).problems
    assert "which is not there" in problem
    assert problem.isprintable()


def test_a_program_in_a_folder_below_is_not_dockers(monkeypatch, home, environ):
    (home / "docker-credential-x").mkdir()
    Path(program(home, "evil", "touch ran")).rename(home / "docker-credential-x" / "evil")
    monkeypatch.chdir(home)
    config(home, credsStore="x/evil")
    assert "which is not there" in find(ADMIN, environ).problems[0]
    assert not (home / "ran").exists()


def test_a_password_may_say_anything(home, environ):
    text = KNOWS.format(key="harbor.example.com", secret="credentials not found")
    program(home, "docker-credential-fake", text)
    config(home, credHelpers={"harbor.example.com": "fake"})
    assert secret(find(ADMIN, environ)) == "credentials not found"


def test_dockers_folder_can_be_elsewhere(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="harbor.example.com", secret=SECRET))
    config(home, credsStore="fake").rename(home / "config.json")
    assert secret(find(ADMIN, environ | {"DOCKER_CONFIG": str(home)})) == SECRET


# docker's and podman's files


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "is no JSON"), ("[" * 100_000, "is no JSON"), (" " * 2**21, "is larger than")],
    ids=["broken", "nested", "large"],
)
def test_dockers_broken_file_is_a_problem(home, environ, text, says):
    config(home).write_text(text)
    assert says in find(ADMIN, environ).problems[0]


@pytest.mark.parametrize("values", [[], {"credHelpers": [], "auths": 1}, {"credsStore": None}])
def test_dockers_strange_file_is_no_problem(home, environ, values):
    path = config(home)
    path.write_text(json.dumps(values))
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_the_auth_file_is_read_only_where_the_profile_says_so(home, environ):
    path = config(home, auths={"harbor.example.com": auth(f"admin:{SECRET}:x")})
    assert find(ADMIN, environ) == Found()
    found = find(ANYBODY.model_copy(update={"auth_file": path}), environ)
    assert secret(found) == f"{SECRET}:x"
    assert found.credential.username == "admin"
    assert found.credential.source == str(path)


def test_a_program_for_the_host_replaces_the_auth_file(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="elsewhere", secret=SECRET))
    auths = {"harbor.example.com": auth("admin:stale")}
    path = config(home, auths=auths, credHelpers={"harbor.example.com": "fake"})
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_an_auth_file_that_others_can_read_is_refused_with_the_cure(home, environ):
    path = config(home, auths={"https://harbor.example.com": auth(f"admin:{SECRET}")})
    path.chmod(0o644)
    found = find(ADMIN.model_copy(update={"auth_file": path}), environ)
    assert found.credential is None
    assert f"chmod 600 {path}" in found.problems[0]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"auth": "%%%"}, "not what docker writes"),
        (auth("hunter2"), "not what docker writes"),
        ({"auth": "/zpodW50ZXIy"}, "not what docker writes"),
        (auth("admin:"), "empty password"),
        (auth("<token>:hunter2"), "identity token"),
        ({"identitytoken": "hunter2", "auth": "x"}, "identity token"),
        ({"registrytoken": "hunter2"}, "identity token"),
    ],
)
def test_an_entry_that_is_no_password_is_a_problem(home, environ, entry, says):
    path = config(home, auths={"harbor.example.com": entry})
    (problem,) = find(ADMIN.model_copy(update={"auth_file": path}), environ).problems
    assert says in problem
    assert "hunter2" not in problem


@pytest.mark.parametrize("entry", [{}, {"auth": ""}, "text", None])
def test_an_empty_entry_is_none(home, environ, entry):
    path = config(home, auths={"harbor.example.com": entry})
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_a_port_belongs_to_the_name(home, environ):
    path = config(home, auths={"harbor.example.com:8443": auth(f"admin:{SECRET}")})
    profile = Profile(url="https://harbor.example.com:8443", auth_file=path)
    assert secret(find(profile, environ)) == SECRET
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_a_token_is_not_looked_for_where_passwords_are(home, environ):
    path = config(home, auths={"harbor.example.com": auth(f"admin:{SECRET}")})
    profile = ANYBODY.model_copy(update={"sign_in": "bearer", "auth_file": path})
    assert find(profile, environ) == Found()
    assert secret(find(profile, environ | {"HARBORTUI_PASSWORD": "token"})) == "token"


# The keyring

KEYRING = """\
import sys, time
assert sys.argv[1:4] == ["get", "--", "harbortui:https://harbor.example.com"], sys.argv
{body}
"""


@pytest.fixture
def fake_keyring(monkeypatch, tmp_path, environ):
    """A `keyring` that python -m finds; its body is what the test says."""

    def install(body: str) -> dict[str, str]:
        (tmp_path / "keyring.py").write_text(KEYRING.format(body=body))
        monkeypatch.setattr(keyring, "find_spec", lambda _: True)
        return environ | {"PYTHONPATH": str(tmp_path)}

    return install


def test_the_keyring_is_asked_for_this_user_and_harbor(fake_keyring):
    environ = fake_keyring(f"print({SECRET!r} if sys.argv[4] == 'admin' else sys.exit(1))")
    found = find(ADMIN, environ)
    assert secret(found) == SECRET
    assert found.credential.source == "the keyring"
    assert find(ADMIN.model_copy(update={"username": "bob"}), environ) == Found()
    assert find(ANYBODY, environ) == Found()


@pytest.mark.parametrize("body", ["sys.exit(1)", "raise RuntimeError('hunter2')", "print()"])
def test_a_keyring_that_knows_nothing_or_fails_is_passed_over(capfd, fake_keyring, body):
    assert find(ADMIN, fake_keyring(body)) == Found()
    assert capfd.readouterr() == ("", "")


def test_a_keyring_that_waits_for_somebody_is_given_up(monkeypatch, fake_keyring):
    monkeypatch.setattr(keyring, "SECONDS", 0.2)
    found = find(ADMIN, fake_keyring("time.sleep(60)"))
    assert found == Found(None, ("The keyring did not end within 0.2 s.",))


def test_a_file_in_the_current_folder_is_not_taken_for_the_keyring(
    monkeypatch, fake_keyring, tmp_path
):
    environ = fake_keyring("print('from the current folder')")
    del environ["PYTHONPATH"]
    monkeypatch.chdir(tmp_path)
    assert find(ADMIN, environ) == Found()


def test_without_a_keyring_installed_none_is_started(monkeypatch, environ):
    monkeypatch.setattr(keyring, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    assert find(ADMIN, environ) == Found()
