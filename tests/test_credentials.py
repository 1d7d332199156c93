import base64
import io
import json
import os
from pathlib import Path

import pytest

from harbortui.credentials import Found, find, given, keyring
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


# docker's and podman's files


# The keyring
